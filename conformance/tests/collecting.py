"""How the suite is collected, and searched for garbage."""

import gc
from collections.abc import Generator

import pytest

ENOUGH = 50_000
"""New objects before garbage is looked for: a test makes many that live as long as itself."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay until the end: they need not be searched for garbage over and over."""
    gc.disable()
    collected = yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(ENOUGH)
    gc.enable()
    return collected
