"""A measured figure, its target, and the table they make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`beside` was measured next to it in the same run."""

    part: str
    what: str
    value: float
    unit: str
    beside: float | None = None
    beside_what: str = ""
    at_least: float | None = None
    at_most: float | None = None
    bounds_value: bool = False  # the target bounds the value, even where there is a ratio
    note: str = ""
    left_out: str = ""
    """Why it was not measured; then it bounds nothing."""

    @property
    def ratio(self) -> float | None:
        return None if self.beside is None else self.value / self.beside if self.beside else 0.0

    @property
    def reached(self) -> bool:
        if self.left_out:
            return True
        bounded = self.value if self.ratio is None or self.bounds_value else self.ratio
        return (self.at_least is None or bounded >= self.at_least) and (
            self.at_most is None or bounded <= self.at_most
        )

    @property
    def target(self) -> str:
        sign, bound = ("at least", self.at_least) if self.at_most is None else ("at most", self.at_most)
        if bound is None:
            return ""
        if self.ratio is None or self.bounds_value:
            return f"{sign} {figure(bound)} {self.unit}".strip()
        return f"{sign} {bound:.0%}"


def figure(value: float) -> str:
    """Three digits that mean something, thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


COLUMNS = ("part", "what", "measured", "beside it", "ratio", "target", "reached")


def cells(row: Row) -> tuple[str, ...]:
    if row.left_out:
        return row.part, row.what, f"left out: {row.left_out}", "", "", row.target, ""
    beside = "" if row.beside is None else f"{row.beside_what}: {figure(row.beside)}"
    return (
        row.part,
        f"{row.what} ({row.note})" if row.note else row.what,
        f"{figure(row.value)} {row.unit}".strip(),
        beside,
        "" if row.ratio is None else f"{row.ratio:.0%}",
        row.target,
        ("yes" if row.reached else "NO") if row.target else "",
    )


def markdown(rows: Sequence[Row], circumstances: Sequence[str]) -> str:
    table = [COLUMNS, tuple("---" for _ in COLUMNS), *(cells(row) for row in rows)]
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([*lines, "", *(f"- {line}" for line in circumstances), ""])


def plain(rows: Sequence[Row]) -> Iterator[str]:
    """The table for a terminal, columns aligned."""
    table = [COLUMNS, *(cells(row) for row in rows)]
    widths = [max(len(row[n]) for row in table) for n in range(len(COLUMNS))]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def as_json(rows: Sequence[Row], circumstances: Sequence[str]) -> bytes:
    told = [
        msgspec.to_builtins(row) | {"ratio": row.ratio, "target": row.target, "reached": row.reached}
        for row in rows
    ]
    value = {"rows": told, "circumstances": circumstances}
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
