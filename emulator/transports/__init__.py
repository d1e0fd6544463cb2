"""Sockets, threads and outgoing callbacks."""
