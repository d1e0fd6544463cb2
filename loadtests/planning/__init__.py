"""What is wanted of a run, checked, and made into plans: every moment is fixed before it begins."""
