"""What iP.1's REST API promises, observed from outside."""
