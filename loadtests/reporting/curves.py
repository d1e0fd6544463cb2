"""Line charts as inline SVG; colours come from the page, so they follow its light or dark dress."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 900, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 12, 36
TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line; None interrupts it. `style` is a class of the page's style sheet."""

    name: str
    style: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Values from 0 to a round number at or above the largest, on `length` units of the drawing."""

    top: float
    step: float
    length: float

    def __call__(self, value: float) -> float:
        return round(value / self.top * self.length, 1)

    @property
    def ticks(self) -> list[float]:
        return [n * self.step for n in range(round(self.top / self.step) + 1)]


def scale(largest: float, length: float) -> Scale:
    step = round_step((largest if largest > 0 else 1.0) / TICKS)
    return Scale(top=step * max(1, math.ceil(round(largest / step, 9))), step=step, length=length)


def round_step(at_least: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(at_least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= at_least * (1 - 1e-9))


def chart(title: str, unit: str, moments: Sequence[float], curves: Sequence[Curve]) -> str:
    """`moments` are seconds, one for each value of every curve."""
    across = scale(max(moments, default=0.0), WIDTH - LEFT - RIGHT)
    largest = max((value for curve in curves for value in curve.values if value is not None), default=0.0)
    up = scale(largest, HEIGHT - TOP - BOTTOM)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        *grid(across, up, unit),
        *(line(curve, moments, across, up) for curve in curves),
        "</svg>",
        '<p class="legend">',
        *(f'<span class="{curve.style}">{escape(curve.name)}</span>' for curve in curves),
        "</p>",
    ]
    return "\n".join(parts)


def grid(across: Scale, up: Scale, unit: str) -> Iterator[str]:
    floor = HEIGHT - BOTTOM
    for tick in up.ticks:
        y = round(floor - up(tick), 1)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:g}" y2="{y:g}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:g}" text-anchor="end">{tick:,g}</text>'
    for tick in across.ticks:
        yield f'<text x="{LEFT + across(tick):g}" y="{floor + 16}" text-anchor="middle">{tick:g}</text>'
    yield f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 4}" text-anchor="end">seconds into the run</text>'
    yield f'<text x="4" y="{HEIGHT - 4}">{escape(unit)}</text>'


def line(curve: Curve, moments: Sequence[float], across: Scale, up: Scale) -> str:
    """A path that starts anew after a gap; a point without neighbours still shows, thanks to round caps."""
    commands = []
    pen = "M"
    for moment, value in zip(moments, curve.values, strict=True):
        if value is None:
            pen = "M"
            continue
        x, y = LEFT + across(moment), HEIGHT - BOTTOM - up(value)
        commands.append(f"{pen}{x:.1f} {y:.1f}" + (f"L{x:.1f} {y:.1f}" if pen == "M" else ""))
        pen = "L"
    return f'<path class="{curve.style}" d="{"".join(commands)}"/>'
