"""What tests of the judge may ask for."""

from collections.abc import Iterator

import pytest

from conformance.miniature import Stage
from conformance.tests.subjects import answering


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Where wrong emulators appear, one after the other."""
    with Stage().open() as stage:
        yield stage


@pytest.fixture(scope="module")
def hello() -> Iterator[str]:
    """A server that answers `200 hello` to everything."""
    with answering(lambda target: b"hello") as address:
        yield address
