"""What the control API's tests share."""

import pytest

from emulator.tests.admin.called import Called


@pytest.fixture
def control() -> Called:
    return Called()
