"""The ring of exchanges, bounded in number and in octets."""

import pytest

from emulator.core.journal import Exchange, Journal
from emulator.tests.samples import NINE


def an_exchange(octets: int = 0) -> Exchange:
    return Exchange(at=NINE, surface="http", method="GET", target="", headers=(), body=b"x" * octets)


def journal(*sizes: int, entries: int = 100, octets: int = 1000) -> Journal:
    """A journal that has kept exchanges of these sizes."""
    made = Journal(entries, octets)
    for size in sizes:
        made.keep(an_exchange(size))
    return made


def ids(journal: Journal, since: int = 0, limit: int = 100) -> list[int]:
    return [exchange.id for exchange in journal.since(since, limit)]


def test_exchanges_are_numbered_from_one() -> None:
    assert ids(journal(1, 1, 1)) == [1, 2, 3]


def test_beyond_its_entries_the_oldest_fall_out_and_are_counted() -> None:
    full = journal(1, 1, 1, 1, 1, entries=3)

    assert ids(full) == [3, 4, 5]
    assert (full.dropped, full.last) == (2, 5)


def test_beyond_its_octets_the_oldest_fall_out_and_are_counted() -> None:
    full = journal(300, 300, 300, 300)

    assert ids(full) == [2, 3, 4]
    assert full.dropped == 1


def test_its_octets_may_be_used_to_the_last() -> None:
    assert ids(journal(500, 500)) == [1, 2]


def test_the_latest_exchange_is_kept_whatever_its_size() -> None:
    full = journal(1, 1001)

    assert ids(full) == [2]


def test_request_and_answer_both_count() -> None:
    exchange = an_exchange(400)
    exchange.target, exchange.answer = "t" * 300, b"a" * 301
    full = journal(1)

    full.keep(exchange)

    assert exchange.octets() == 1001
    assert ids(full) == [2]


def test_header_fields_and_what_was_understood_count_too() -> None:
    exchange = an_exchange(1)
    exchange.headers, exchange.fields = [("HTTP_HOST", "h" * 100)], {"to": "n" * 200, "to_list": ["n"]}

    assert exchange.octets() == 1 + 109 + 200


@pytest.mark.parametrize(
    ("since", "limit", "found"),
    [
        (0, 100, [3, 4, 5]),
        (1, 100, [3, 4, 5]),
        (3, 100, [4, 5]),
        (5, 100, []),
        (99, 100, []),
        (0, 2, [3, 4]),
        (3, 1, [4]),
        (0, 0, []),
    ],
)
def test_a_reader_gets_what_is_later_oldest_first(since: int, limit: int, found: list[int]) -> None:
    assert ids(journal(1, 1, 1, 1, 1, entries=3), since, limit) == found


def test_a_forgetful_journal_begins_anew() -> None:
    forgetful = journal(300, 300, 300, 300)

    forgetful.forget()

    assert (forgetful.last, forgetful.dropped, ids(forgetful)) == (0, 0, [])
    for size in (500, 500):
        forgetful.keep(an_exchange(size))
    assert ids(forgetful) == [1, 2]


def test_an_exchange_says_no_secret_when_it_is_printed() -> None:
    exchange = an_exchange()
    exchange.target, exchange.body = "/send.php?password=s3cret", b"password=s3cret"
    exchange.fields, exchange.headers = {"password": "s3cret"}, [("HTTP_AUTHORIZATION", "Bearer s3cret")]

    assert "s3cret" not in repr(exchange)
