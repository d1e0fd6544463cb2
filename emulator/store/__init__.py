"""Where the memory of a gateway lies."""
