"""One folder per provider, one file per area of its document."""
