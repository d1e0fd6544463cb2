"""Conformance suite: judges any implementation against the provider documents."""
