"""What the checks of SMPP 3.4 may ask for."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from conformance.bench import Place
from conformance.checks.smpp34.calls import Smsc


@pytest.fixture
def smsc(place: Place) -> Iterator[Smsc]:
    """The SMSC, to which nobody is connected yet."""
    with ExitStack() as links:
        yield Smsc(place, links)
