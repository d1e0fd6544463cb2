"""What was sent, heard, stored and charged, and whether all of it agrees."""
