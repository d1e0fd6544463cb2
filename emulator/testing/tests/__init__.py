"""Tests of what suites of users are given."""
