"""Tables for the pages, generated from the catalogue and the checks: `python -m conformance.tables`."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from conformance.catalogue import Level, Origin, Requirement, catalogue
from conformance.judge import listed
from conformance.renderings.markdown import code, marked, table


def tables() -> dict[str, str]:
    """Markdown by the NAME that stands in `<!-- table:NAME -->` markers."""
    rows, checks = list(catalogue()), listed()
    found = {"coverage": coverage(rows, checks)}
    for provider, own in groupby(rows, key=lambda row: row.provider):
        mine = list(own)
        found[f"areas-{provider}"] = areas(mine, checks)
        found[f"assumed-{provider}"] = assumed(mine)
        found[f"unobserved-{provider}"] = unobserved(mine)
    return {name: text for name, text in found.items() if text}


def coverage(rows: Iterable[Requirement], checks: Mapping[str, Sequence[str]]) -> str:
    """How many requirements by provider and origin, and how many of them a check observes."""
    lines = []
    for (provider, origin), group in _grouped(rows):
        own = list(group)
        levels = [str(sum(row.level is level for row in own)) for level in Level]
        observed = sum(row.id in checks for row in own)
        lines.append((provider, origin, *levels, str(len(own)), str(observed)))
    return _text(("provider", "origin", *Level, "requirements", "observed by checks"), lines)


def areas(rows: Iterable[Requirement], checks: Mapping[str, Sequence[str]]) -> str:
    """What is emulated: an area a line, split into what documents say and what is assumed."""
    grouped: dict[str, list[Requirement]] = {}
    for row in rows:
        grouped.setdefault(row.area, []).append(row)
    lines = []
    for area, own in grouped.items():
        guessed = sum(row.origin is Origin.INFERRED for row in own)
        names = {name for row in own for name in checks.get(row.id, ())}
        lines.append((code(area), str(len(own) - guessed), str(guessed), str(len(names))))
    return _text(("area", "from documents", "assumed", "checks"), lines)


def assumed(rows: Iterable[Requirement]) -> str:
    """Every assumption, and the setting that turns it around where there is one."""
    lines = [
        (code(row.id), marked(row.means), code(row.setting) if row.setting else "")
        for row in rows
        if row.origin is Origin.INFERRED
    ]
    return _text(("requirement", "assumed", "setting"), lines)


def unobserved(rows: Iterable[Requirement]) -> str:
    """What no check can see, and why."""
    lines = [(code(row.id), marked(row.means), marked(row.untestable)) for row in rows if row.untestable]
    return _text(("requirement", "says", "why no check"), lines)


def _grouped(rows: Iterable[Requirement]) -> Iterable[tuple[tuple[str, Origin], Iterable[Requirement]]]:
    order = list(Origin)
    ordered = sorted(rows, key=lambda row: (row.provider, order.index(row.origin)))
    return groupby(ordered, key=lambda row: (row.provider, row.origin))


def _text(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(table(head, lines)).rstrip("\n") if lines else ""


if __name__ == "__main__":
    for name, text in tables().items():
        print(f"<!-- table:{name} -->\n{text}\n<!-- /table:{name} -->\n")
