"""One module per format that a finished run can take."""
