"""Numbers of things, in words."""


def many(count: int, word: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{count} {word}{'s' * (count != 1)}"
