"""Pages of a list: where they begin, how long they are, and how they lead to each other."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from conformance.checks.ip1.calls import COLLECTIONS, done, id_of, listed, refused, sent
from conformance.checks.ip1.conftest import Afterwards, Put
from conformance.drivers.ip1 import (
    BATCHES,
    BLACKLIST,
    CONTACTS,
    LANDINGS,
    SENDERS,
    Answer,
    Ip1Driver,
)
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

ENDLESS = 2147483647

BAD = [
    "start=-1",
    "limit=0",
    "limit=-1",
    "start=first",
    "limit=1.5",
    "limit=",
    f"start={ENDLESS + 1}",
    f"limit={ENDLESS + 1}",
    "start=0&start=1",
    "limit=1&limit=1",
    "order=UP",
    "order=",
]


def many(ip1: Ip1Driver, numbers: Numbers, n: int) -> tuple[str, list[str]]:
    """The list of a batch's messages, of which there are `n`, and the recipients in their order."""
    to = numbers(n)
    return f"{BATCHES}/{sent(ip1, to)}/messages", to


def recipients(answer: Answer) -> list[object]:
    return [one.get("recipient") for one in listed(answer)]


def query(links: Mapping[str, str], rel: str) -> dict[str, str]:
    """The parameters of a link that has to be there."""
    verify(sorted(links)).holds(lambda there: rel in there, f"a link with rel {rel}")
    return {name: values[-1] for name, values in parse_qs(urlsplit(links[rel]).query).items()}


@requirement("ip1/pagination/start")
def test_start_is_the_place_of_the_first_entry(ip1: Ip1Driver, numbers: Numbers) -> None:
    """The first of all where nothing is said."""
    path, to = many(ip1, numbers, 3)

    verify(recipients(ip1.get(path, {"start": 1}))).equals([*to[1:]])
    verify(recipients(ip1.get(path, {"start": 0}))).equals([*to])
    verify(recipients(ip1.get(path))).equals([*to])


@requirement("ip1/pagination/limit")
def test_limit_is_how_many_entries_there_are_at_most(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Fifty where nothing is said."""
    path, to = many(ip1, numbers, 51)

    verify(recipients(ip1.get(path, {"limit": 2}))).equals([*to[:2]])
    verify(recipients(ip1.get(path))).equals([*to[:50]])


@requirement("ip1/pagination/order")
def test_a_list_can_be_turned_around(ip1: Ip1Driver, numbers: Numbers) -> None:
    """And is cut afterwards."""
    path, to = many(ip1, numbers, 3)

    verify(recipients(ip1.get(path, {"order": "DESC"}))).equals([*to[::-1]])
    verify(recipients(ip1.get(path, {"order": "DESC", "limit": 2}))).equals([*to[:0:-1]])
    verify(recipients(ip1.get(path, {"order": "ASC"}))).equals([*to])


@requirement("ip1/pagination/array")
def test_a_list_is_an_array(ip1: Ip1Driver) -> None:
    """With nothing around it."""
    for path in COLLECTIONS.values():
        verify(ip1.get(path).value).holds(lambda value: isinstance(value, list), "a JSON array")


@requirement("ip1/pagination/collections")
def test_batches_and_messages_are_shown_in_pages(ip1: Ip1Driver, numbers: Numbers) -> None:
    """One of two."""
    path, _ = many(ip1, numbers, 2)
    sent(ip1, numbers())

    verify(len(listed(ip1.get(BATCHES, {"limit": 1})))).equals(1)
    verify(len(listed(ip1.get(path, {"limit": 1})))).equals(1)


@requirement("ip1/pagination/collections")
def test_senders_and_the_blacklist_are_shown_in_pages(
    ip1: Ip1Driver, numbers: Numbers, register: Put, block: Put
) -> None:
    """One of two."""
    for sender, number in zip(("smslabone", "smslabtwo"), numbers(2), strict=True):
        register(sender)
        block(number)

    verify(len(listed(ip1.get(SENDERS, {"limit": 1})))).equals(1)
    verify(len(listed(ip1.get(BLACKLIST, {"limit": 1})))).equals(1)


@requirement("ip1/pagination/collections")
def test_contacts_are_shown_in_pages(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """One of two."""
    made = listed(ip1.post(f"{CONTACTS}?sync", [{"properties": {"firstName": name}} for name in "ab"]))
    for contact in made:
        afterwards(ip1, f"{CONTACTS}/{id_of(contact)}")

    verify(len(listed(ip1.get(CONTACTS, {"limit": 1})))).equals(1)


@requirement("ip1/pagination/collections")
def test_landing_pages_and_elements_are_shown_in_pages(ip1: Ip1Driver, afterwards: Afterwards) -> None:
    """One of two."""
    pages = [id_of(done(ip1.post(LANDINGS, {"name": name}))) for name in ("one", "two")]
    for page in pages:
        afterwards(ip1, f"{LANDINGS}/{page}")
    elements = f"{LANDINGS}/{pages[0]}/elements"
    for _ in range(2):
        done(ip1.post(elements, {"type": "Title"}))
    shown = [listed(ip1.get(path, {"limit": 1})) for path in (LANDINGS, elements)]

    verify([len(one) for one in shown]).equals([1, 1])


@requirement("ip1/pagination/link")
def test_a_page_leads_to_all_others(ip1: Ip1Driver, numbers: Numbers) -> None:
    """By absolute addresses that say where, how many and which way round."""
    path, _ = many(ip1, numbers, 3)
    page = ip1.get(path, {"start": 1, "limit": 1, "order": "DESC"})
    links = page.links

    verify(page.headers.get("Link")).matches(r'<[^>]+>; rel="\w+"(, *<[^>]+>; rel="\w+")*')
    verify(set(links)).equals({"self", "first", "prev", "next", "last"})
    for rel, start in {"self": "1", "first": "0", "prev": "0", "next": "2", "last": "2"}.items():
        verify(links[rel]).matches(rf"https?://[^/]+(/.*)?{path}\?.*")
        verify(query(links, rel)).equals({"start": start, "limit": "1", "order": "DESC"})


@requirement("ip1/pagination/next")
def test_following_next_shows_everything_once(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Two at a time, five in all."""
    path, to = many(ip1, numbers, 5)
    page = ip1.get(path, {"limit": 2})
    seen = recipients(page)
    while (address := page.links.get("next")) and len(seen) <= len(to):
        page = ip1.follow(address)
        seen += recipients(page)

    verify(seen).equals([*to])


@requirement("ip1/pagination/zero-based")
def test_entries_are_counted_from_nought(ip1: Ip1Driver, numbers: Numbers) -> None:
    """The second page of two begins with number 2."""
    path, to = many(ip1, numbers, 5)
    page = ip1.get(path, {"limit": 2})

    verify(query(page.links, "next").get("start")).equals("2")
    verify(recipients(ip1.get(path, {"limit": 2, "start": 2}))).equals([*to[2:4]])


@requirement("ip1/pagination/last")
@pytest.mark.parametrize(("n", "start"), [(4, "2"), (5, "4")])
def test_the_last_page_still_shows_something(ip1: Ip1Driver, numbers: Numbers, n: int, start: str) -> None:
    """Of pages of two."""
    path, _ = many(ip1, numbers, n)

    verify(query(ip1.get(path, {"limit": 2}).links, "last").get("start")).equals(start)


@requirement("ip1/pagination/last")
def test_the_last_page_of_nothing_is_the_first(ip1: Ip1Driver) -> None:
    """Contacts with a label that nobody has."""
    answer = ip1.get(CONTACTS, {"labels": "smslab-nobody"})

    verify(listed(answer)).equals([])
    verify(query(answer.links, "last").get("start")).equals("0")


@requirement("ip1/pagination/always")
@pytest.mark.parametrize(
    ("start", "rels"),
    [(0, "first last next self"), (2, "first last prev self"), (1, "first last next prev self")],
    ids=["first", "last", "between"],
)
def test_a_page_leads_where_there_is_something(
    ip1: Ip1Driver, numbers: Numbers, start: int, rels: str
) -> None:
    """To the first and the last in any case."""
    path, _ = many(ip1, numbers, 4 if start != 1 else 5)

    verify(" ".join(sorted(ip1.get(path, {"start": start, "limit": 2}).links))).equals(rels)


@requirement("ip1/pagination/always")
def test_the_page_before_begins_at_nought_at_the_earliest(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Two back from the second entry."""
    path, _ = many(ip1, numbers, 3)

    verify(query(ip1.get(path, {"start": 1, "limit": 2}).links, "prev").get("start")).equals("0")


@requirement("ip1/pagination/filters-kept")
def test_links_keep_what_else_was_asked(ip1: Ip1Driver) -> None:
    """A filter of contacts."""
    links = ip1.get(CONTACTS, {"labels": "smslab å&b", "limit": 1}).links

    verify([query(links, rel).get("labels") for rel in ("self", "first", "last")]).equals(["smslab å&b"] * 3)


@requirement("ip1/pagination/bad-values")
def test_bad_parameters_are_a_problem(ip1: Ip1Driver) -> None:
    """A limit that is no number, for every list."""
    for path in COLLECTIONS.values():
        answer = ip1.get(f"{path}?limit=many")
        refused(answer)
        verify(answer.document.get("status")).equals(400)


@requirement("ip1/pagination/bounds")
def test_what_is_no_page_is_refused(ip1: Ip1Driver) -> None:
    """By the list of batches."""
    for bad in BAD:
        refused(ip1.get(f"{BATCHES}?{bad}"))


@requirement("ip1/pagination/bounds")
def test_what_is_a_page_is_shown(ip1: Ip1Driver) -> None:
    """An order in any letter case, and the highest numbers."""
    for good in ("order=desc", "order=Asc", f"limit={ENDLESS}", f"start={ENDLESS}"):
        listed(ip1.get(f"{BATCHES}?{good}"))


@requirement("ip1/pagination/no-cap")
def test_a_page_may_be_of_any_length(ip1: Ip1Driver, numbers: Numbers) -> None:
    """A hundred and twenty at once."""
    path, to = many(ip1, numbers, 120)

    verify(recipients(ip1.get(path, {"limit": 1000}))).equals([*to])


@requirement("ip1/pagination/beyond")
def test_behind_the_last_entry_is_nothing(ip1: Ip1Driver, numbers: Numbers) -> None:
    """An empty page, as an empty list has."""
    path, _ = many(ip1, numbers, 2)

    verify(listed(ip1.get(path, {"start": 2}))).equals([])
    verify(listed(ip1.get(CONTACTS, {"labels": "smslab-nobody"}))).equals([])
