"""What tests of the judge may ask for."""

from collections.abc import Iterator

import pytest

from conformance.miniature import Stage


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Where wrong emulators appear, one after the other."""
    with Stage().open() as stage:
        yield stage
