"""Recorded exchanges with a real server, replayed against the profile that behaves like it."""
