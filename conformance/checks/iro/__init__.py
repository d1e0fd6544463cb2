"""What the Iro page promises, observed over its four interfaces."""
