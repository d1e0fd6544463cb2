"""Addresses with changing parts."""

import pytest

from emulator.wire.paths import Paths

PATHS = Paths(
    {
        "/pages": "pages",
        "/pages/new": "new",
        "/pages/{pageId}": "page",
        "/pages/{pageId}/parts/{part}": "part",
        "/tags/{tag}/a.b": "tag",
    },
    wide={"tag"},
)


@pytest.mark.parametrize(
    ("path", "known", "parts"),
    [
        ("/pages", "pages", {}),
        ("/pages/new", "new", {}),
        ("/pages/7", "page", {"pageId": "7"}),
        ("/pages/7/parts/x y", "part", {"pageId": "7", "part": "x y"}),
        ("/tags/a/b\nc/a.b", "tag", {"tag": "a/b\nc"}),
    ],
)
def test_a_path_is_one_of_the_addresses(path: str, known: str, parts: dict[str, str]) -> None:
    assert PATHS.find(path) == (known, parts)


@pytest.mark.parametrize(
    "path",
    ["", "/", "/pages/", "/pages//", "/pages/7/", "/pages/7/parts", "/Pages", "/tags/x/a-b", "/tags//a.b"],
)
def test_another_path_is_none_of_them(path: str) -> None:
    assert PATHS.find(path) is None
