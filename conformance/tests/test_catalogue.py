"""Spec files are read strictly, and complain in one line."""

from pathlib import Path

import pytest

from conformance.catalogue import CatalogueError, Level, Origin, Requirement, catalogue, load

ROW = """
[[requirement]]
id     = "acme/send/ok"
origin = "seed"
level  = "must"
at     = "send, replies, row 1"
means  = "A send is answered with its id."
"""


def spec(folder: Path, text: str, name: str = "acme.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_row_becomes_a_requirement(tmp_path: Path) -> None:
    rows = load(spec(tmp_path, ROW + 'setting = "acme.ids"\n'))

    assert list(rows) == [
        Requirement(
            id="acme/send/ok",
            provider="acme",
            origin=Origin.SEED,
            level=Level.MUST,
            at="send, replies, row 1",
            means="A send is answered with its id.",
            setting="acme.ids",
        )
    ]


def test_the_version_follows_the_text(tmp_path: Path) -> None:
    before = load(spec(tmp_path, ROW)).version

    assert load(spec(tmp_path, ROW)).version == before
    assert load(spec(tmp_path, ROW.replace("row 1", "row 2"))).version != before


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ROW + 'colour = "red"\n', "acme.toml: row 1 (acme/send/ok): unknown key 'colour'"),
        (ROW + ROW, "acme.toml: acme/send/ok stands twice; an id is never reused"),
        (
            ROW.replace('"seed"', '"rumour"'),
            "acme.toml: row 1 (acme/send/ok): origin is one of seed, public, measured, inferred; got ",
        ),
        (
            ROW.replace('"must"', '"shall"'),
            "acme.toml: row 1 (acme/send/ok): level is one of must, should, may; got 'shall'",
        ),
        (ROW.replace("at     =", "# at ="), "acme.toml: row 1 (acme/send/ok): at is missing"),
        (
            ROW + 'untestable = " "\n',
            "acme.toml: row 1 (acme/send/ok): untestable must be a text that is not empty",
        ),
        (
            ROW.replace("acme/send/ok", "acme/Send"),
            "acme.toml: row 1 (acme/Send): an id here reads acme/area/slug, in small letters",
        ),
        (
            ROW.replace("acme/send/ok", "other/send/ok"),
            "acme.toml: row 1 (other/send/ok): an id here reads acme/area/slug, in small letters",
        ),
        (ROW + "[extra]\n", "acme.toml: unknown key 'extra'; a spec file holds [[requirement]] rows"),
        ("[[requirement", "acme.toml: "),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(CatalogueError) as fault:
        load(spec(tmp_path, text))

    assert str(fault.value).startswith(complaint)
    assert "\n" not in str(fault.value)


def test_the_own_catalogue_loads() -> None:
    assert "isms" in catalogue().providers
    assert all(row.id.startswith(f"{row.provider}/{row.area}/") for row in catalogue())
