"""The mark that ties a check to the sentences of a document."""

import pytest


def requirement(*ids: str) -> pytest.MarkDecorator:
    """`@requirement("isms/send/no-credit")`: the check observes these requirements and no others."""
    return pytest.mark.requirement(*ids)
