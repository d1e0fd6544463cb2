"""Benchmarks of the emulator beside what it is compared with, in one run: `python -m loadtests.bench`."""
