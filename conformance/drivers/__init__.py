"""Clients written from the documents, on the standard library alone."""
