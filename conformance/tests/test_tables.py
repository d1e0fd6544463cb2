"""The tables of the pages are counted from the catalogue."""

from conformance.catalogue import Level, Origin, Requirement
from conformance.tables import areas, assumed, coverage, tables, unobserved


def row(
    slug: str,
    origin: Origin,
    level: Level = Level.MUST,
    *,
    setting: str | None = None,
    untestable: str | None = None,
) -> Requirement:
    return Requirement(
        id=f"acme/{slug}",
        provider="acme",
        origin=origin,
        level=level,
        at="1",
        means=f"Says `{slug}` | more.",
        setting=setting,
        untestable=untestable,
    )


ROWS = [
    row("send/ok", Origin.SEED),
    row("send/id", Origin.INFERRED, Level.SHOULD, setting="acme.ids"),
    row("query/ok", Origin.SEED, untestable="only a handset shows it"),
    row("query/past", Origin.INFERRED),
]
CHECKS = {"acme/send/ok": ["a", "b"], "acme/send/id": ["b"], "acme/query/past": ["c"]}


def test_coverage_counts_by_origin_and_level() -> None:
    assert coverage(ROWS, CHECKS).splitlines()[2:] == [
        "| acme | seed | 2 | 0 | 0 | 2 | 1 |",
        "| acme | inferred | 1 | 1 | 0 | 2 | 2 |",
    ]


def test_an_area_shows_what_is_from_documents_and_what_is_assumed() -> None:
    assert areas(ROWS, CHECKS).splitlines()[2:] == [
        "| `send` | 1 | 1 | 2 |",
        "| `query` | 1 | 1 | 1 |",
    ]


def test_an_area_has_one_line_wherever_its_rows_stand() -> None:
    parted = [*ROWS, row("send/more", Origin.PUBLIC)]

    assert [line.split()[1] for line in areas(parted, CHECKS).splitlines()[2:]] == ["`send`", "`query`"]


def test_assumptions_are_listed_with_their_settings() -> None:
    assert assumed(ROWS).splitlines()[2:] == [
        "| `acme/send/id` | Says `send/id` &#124; more. | `acme.ids` |",
        "| `acme/query/past` | Says `query/past` &#124; more. |  |",
    ]


def test_what_cannot_be_observed_is_listed_with_the_reason() -> None:
    assert unobserved(ROWS).splitlines()[2:] == [
        "| `acme/query/ok` | Says `query/ok` &#124; more. | only a handset shows it |"
    ]
    assert unobserved(ROWS[:2]) == ""


def test_the_own_tables_have_names() -> None:
    assert {"coverage", "areas-isms", "assumed-isms"} <= set(tables())
