"""What phrases look like, and the steps they mean."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple


class Step(NamedTuple):
    """A verb of the World with its arguments.

    A setting holds as long as its words are there, anything else happens once, when they turn up; what is
    `repeated` happens before every exchange that has the words.
    """

    verb: str
    args: tuple[str, ...] = ()
    setting: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """How it looks, and what it means."""

    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str]], Iterable[Step]]


def happened(pattern: str, *verbs: str) -> Phrase:
    """Something that was done; the groups are what it was done to. Workers find nothing to do twice."""
    return Phrase(
        re.compile(pattern),
        lambda found: [Step(verb, _args(found), repeated=verb in AT_WORK) for verb in verbs],
    )


def holds(pattern: str, verb: str) -> Phrase:
    """Something that is so while the words are there."""
    return Phrase(re.compile(pattern), lambda found: [Step(verb, _args(found), setting=True)])


def means(pattern: str, meaning: Callable[[re.Match[str]], Iterable[Step]]) -> Phrase:
    return Phrase(re.compile(pattern), meaning)


def _args(found: re.Match[str]) -> tuple[str, ...]:
    return tuple(group or "" for group in found.groups())


def _counted(word: str) -> int:
    return NUMERALS.get(word.lower()) or int(word)


def deducted(found: re.Match[str]) -> Iterator[Step]:
    """The account is the one that the exchange is about."""
    left = Decimal(found[3]) - _counted(found[1] or "one") * abs(Decimal(found[2]))
    yield Step("balance", ("", str(left)))


def each(verb: str) -> Callable[[re.Match[str]], Iterable[Step]]:
    """A step for each name of a list such as "demo, empty and dana"."""
    return lambda found: [Step(verb, (name,)) for name in SEPARATOR.split(found[1])]


def senders(found: re.Match[str]) -> Iterator[Step]:
    default = re.search(r"([^,]+) \(default\)", found[2])
    senders = SEPARATOR.split(found[2].replace(" (default)", ""))
    yield Step("senders", (found[1], default[1].strip() if default else senders[0], *senders))


def groups(found: re.Match[str]) -> Iterator[Step]:
    for code, named, members in GROUP.findall(found[2]):
        yield Step("group", (found[1], code, named, "", *NUMBER.findall(members)))


def shared(found: re.Match[str]) -> Iterator[Step]:
    owner, shared, members, private = found.groups()
    yield Step("group", (owner, shared, "", "everyone", *NUMBER.findall(members)))
    yield Step("group", (owner, private, "", ""))


def sent(found: re.Match[str]) -> Iterator[Step]:
    """Rows put in by hand, so many to a queue: five arguments for each."""
    owner, together = found[1], _counted(found[2])
    rows = [tuple("" if word == "(empty)" else word for word in row) for row in SENT.findall(found[3])]
    for first in range(0, len(rows), together):
        yield Step("sent_rows", (owner, *chain.from_iterable(rows[first : first + together])))


def received(found: re.Match[str]) -> Iterator[Step]:
    """Whoever puts rows in by hand has cleared the tables before."""
    owner, inbox = found[1], re.search(r"inbox holds the same \w+ as id (\d+)", found[0])
    yield Step("nothing_received")
    for place, (id, sender, number, keyword, at) in enumerate(RECEIVED.findall(found[0])):
        yield Step("handled_row", (owner, id, sender, number, keyword, at))
        if inbox:
            yield Step("inbox_row", (owner, str(int(inbox[1]) + place), id, sender, number, at))
    yield from (Step("other_row", (owner, *other)) for other in OTHER.findall(found[0]))


def prices(found: re.Match[str]) -> Iterator[Step]:
    yield from (Step("price", price, setting=True) for price in PRICE.findall(found[0]))


def failures(found: re.Match[str]) -> Iterator[Step]:
    yield Step("wrong_passwords", (found[2], str(_counted(found[1]))))


def login_key(found: re.Match[str]) -> Iterator[Step]:
    """A key is gone after any attempt."""
    if re.search("attempt|used|spent", found[2] or ""):
        yield Step("key_burnt", (found[1],))


AT_WORK = frozenset({"queue_worker", "report_reader", "credit_worker", "inbound_worker", "workers"})


def lacking(found: re.Match[str]) -> Iterator[Step]:
    """Everything that an account is said to have not, or not from here."""
    name, address, token, webservices = found.groups()
    if address:
        yield Step("addresses", (name, "10.0.0.0/8", "192.168.1.*"), setting=True)
    if token:
        yield Step("no_token", (name,), setting=True)
    if webservices:
        yield Step("webservices", ("off", name), setting=True)


NUMERALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}

WHO, AMOUNT, AT = r"\b([a-z]\w*)", r"(-?\d+(?:\.\d+)?)", r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
COUNT = rf"(?:{'|'.join(NUMERALS)}|\d+)"

SEPARATOR = re.compile(r", | and ")
NUMBER = re.compile(r"\+?\d{5,}")
GROUP = re.compile(r"([A-Z]+) \((?:named ([^;)]*); )?(no members|members [^)]*)\)")
SENT = re.compile(rf"(\d+) (\S+) from (\S+) at {AT} status (\d)")
RECEIVED = re.compile(rf"(\d+) from (\S+) to (\S+) keyword (\S+) at {AT}")
OTHER = re.compile(r"(\d+) (without keyword|unhandled)")
PRICE = re.compile(rf"with (\d+) cost {AMOUNT}")
