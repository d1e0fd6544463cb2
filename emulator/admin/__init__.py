"""The control API under /_emulator/."""
