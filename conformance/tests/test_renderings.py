"""Every rendering is a function of the record, shown on a small one that has every verdict."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from conformance.record import Run, read
from conformance.renderings.summary import counts, sentence
from conformance.report import RENDERINGS, rendered
from conformance.verdict import Verdict

RECORDS = Path(__file__).parent / "records"
VOID = {"meta", "input", "br", "link", "img"}


@pytest.fixture(scope="module")
def small() -> Run:
    return read(RECORDS / "small.jsonl")


class Page(HTMLParser):
    """Reads a page and complains about tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def rows(self) -> Iterator[dict[str, str | None]]:
        return (attributes for tag, attributes in self.tags if tag == "details")


@pytest.fixture(scope="module")
def page(small: Run) -> Page:
    return Page(RENDERINGS["report.html"](small))


def test_the_record_has_every_verdict(small: Run) -> None:
    assert set(counts(small.verdicts)) == set(Verdict)


@pytest.mark.parametrize("name", ["junit.xml", "report.md"])
def test_a_rendering_is_what_it_was(small: Run, name: str) -> None:
    assert RENDERINGS[name](small) == (RECORDS / name).read_text(encoding="utf-8")


def test_all_renderings_are_written(small: Run, tmp_path: Path) -> None:
    paths = rendered(small, tmp_path / "new" / "folder")

    assert {path.name for path in paths} == {"report.html", "junit.xml", "report.md"}
    assert all(path.stat().st_size for path in paths)


def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(page: Page) -> None:
    assert page.open == []
    assert [
        tag for tag, attributes in page.tags if tag == "link" or "src" in attributes or "href" in attributes
    ] == []


def test_the_page_has_a_row_for_every_requirement_with_what_it_is_filtered_by(page: Page, small: Run) -> None:
    found = [(row["id"], row["data-verdict"], row["data-origin"], row["data-level"]) for row in page.rows()]

    assert sorted(found, key=str) == sorted(
        [(row.id, row.verdict, row.origin, row.level) for row in small.verdicts], key=str
    )


def test_the_page_shows_every_exchange_with_a_line_to_copy(page: Page, small: Run) -> None:
    text = "".join(page.text)

    assert text.count("curl -sSi 'http://gateway.example:8000/api/http/send.php?") == 4
    assert r"printf 'GET /api/http/send.php?to=\377 HTTP/1.1\r\n\r\n' | nc gateway.example 8000" in text
    assert "status=ΟΚ" in text
    assert "the target called us" in text


def test_what_the_target_says_cannot_break_the_page(small: Run) -> None:
    evil = "</script><script>alert(1)</script>"
    check = msgspec.structs.replace(small.checks[0], reason=evil, actual=evil, accepted=(evil,), title=evil)
    row = msgspec.structs.replace(small.verdicts[0], reason=evil, means=evil, at=evil)
    run = msgspec.structs.replace(small, checks=(check,), verdicts=(row,))

    scripts = [tag for tag, _ in Page(RENDERINGS["report.html"](run)).tags if tag == "script"]

    assert scripts == ["script"]


def test_what_xml_cannot_hold_is_replaced(small: Run) -> None:
    row = msgspec.structs.replace(small.verdicts[1], reason="came '\x00\x1b\ufffe'")
    run = msgspec.structs.replace(small, verdicts=(row,))

    tree = ElementTree.fromstring(RENDERINGS["junit.xml"](run))

    failure = tree.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "failed: came '\ufffd\ufffd\ufffd'"


def test_counts_add_up_in_junit(small: Run) -> None:
    tree = ElementTree.fromstring(RENDERINGS["junit.xml"](small))

    for name, tag in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        assert int(tree.get(name, "")) == len(tree.findall(f".//{tag}"))
        assert int(tree.get(name, "")) == sum(int(suite.get(name, "")) for suite in tree)


def test_the_sentence_counts_worst_first(small: Run) -> None:
    assert sentence(small.verdicts[:3]) == "3 requirements: 1 failed, 1 unsupported, 1 met"
    assert sentence(small.verdicts[:1]) == "1 requirement: 1 met"
