"""What the Authorization field says."""

import pytest

from emulator.wire.authorization import basic, bearer


@pytest.mark.parametrize(
    ("field", "token"),
    [("Bearer abc", "abc"), ("bEARER  abc ", "abc"), ("Bearer", ""), ("Basic abc", None), ("", None)],
)
def test_a_bearer_has_a_token(field: str, token: str | None) -> None:
    assert bearer(field) == token


@pytest.mark.parametrize(
    ("field", "pair"),
    [
        ("Basic bmFtZTpwYXNz", ("name", "pass")),
        ("basic  bmFtZTpwYXNz ", ("name", "pass")),
        ("Basic bmFtZTpwOmE=", ("name", "p:a")),
        ("Basic bmFtZQ==", ("name", "")),
        ("Basic", ("", "")),
        ("Basic ???", None),
        ("Basic \xff", None),
        ("Basic //8=", None),
        ("Bearer bmFtZTpwYXNz", None),
    ],
)
def test_name_and_password_are_read_where_they_can_be(field: str, pair: tuple[str, str] | None) -> None:
    assert basic(field) == pair
