"""SMS gateway emulator: five provider APIs on one deterministic core."""
