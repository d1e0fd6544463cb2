"""The service itself: values and pure functions that have never heard of HTTP."""
