"""The processes that make the load, and how they keep to the plan, over HTTP and over SMPP."""
