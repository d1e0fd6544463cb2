"""Format kits: octets and text, no domain words."""
