"""SMPP 3.4: a file for each subject of the specification."""
