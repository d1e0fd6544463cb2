"""The phrases that states are made of, and the steps they mean."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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


def _deducted(found: re.Match[str]) -> Iterator[Step]:
    """The account is the one that the exchange is about."""
    left = Decimal(found[3]) - _counted(found[1] or "one") * abs(Decimal(found[2]))
    yield Step("balance", ("", str(left)))


def _each(verb: str) -> Callable[[re.Match[str]], Iterable[Step]]:
    """A step for each name of a list such as "demo, empty and dana"."""
    return lambda found: [Step(verb, (name,)) for name in SEPARATOR.split(found[1])]


def _senders(found: re.Match[str]) -> Iterator[Step]:
    default = re.search(r"([^,]+) \(default\)", found[2])
    senders = SEPARATOR.split(found[2].replace(" (default)", ""))
    yield Step("senders", (found[1], default[1].strip() if default else senders[0], *senders))


def _groups(found: re.Match[str]) -> Iterator[Step]:
    for code, named, members in GROUP.findall(found[2]):
        yield Step("group", (found[1], code, named, "", *NUMBER.findall(members)))


def _shared(found: re.Match[str]) -> Iterator[Step]:
    owner, shared, members, private = found.groups()
    yield Step("group", (owner, shared, "", "everyone", *NUMBER.findall(members)))
    yield Step("group", (owner, private, "", ""))


def _sent(found: re.Match[str]) -> Iterator[Step]:
    """Rows put in by hand, so many to a queue: five arguments for each."""
    owner, together = found[1], _counted(found[2])
    rows = [tuple("" if word == "(empty)" else word for word in row) for row in SENT.findall(found[3])]
    for first in range(0, len(rows), together):
        yield Step("sent_rows", (owner, *chain.from_iterable(rows[first : first + together])))


def _received(found: re.Match[str]) -> Iterator[Step]:
    """Whoever puts rows in by hand has cleared the tables before."""
    owner, inbox = found[1], re.search(r"inbox holds the same \w+ as id (\d+)", found[0])
    yield Step("nothing_received")
    for place, (id, sender, number, keyword, at) in enumerate(RECEIVED.findall(found[0])):
        yield Step("handled_row", (owner, id, sender, number, keyword, at))
        if inbox:
            yield Step("inbox_row", (owner, str(int(inbox[1]) + place), id, sender, number, at))
    yield from (Step("other_row", (owner, *other)) for other in OTHER.findall(found[0]))


def _prices(found: re.Match[str]) -> Iterator[Step]:
    yield from (Step("price", price, setting=True) for price in PRICE.findall(found[0]))


def _failures(found: re.Match[str]) -> Iterator[Step]:
    yield Step("wrong_passwords", (found[2], str(_counted(found[1]))))


def _login_key(found: re.Match[str]) -> Iterator[Step]:
    """A key is gone after any attempt."""
    if re.search("attempt|used|spent", found[2] or ""):
        yield Step("key_burnt", (found[1],))


AT_WORK = frozenset({"queue_worker", "report_reader", "credit_worker", "inbound_worker", "workers"})

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

WORLDS = [
    happened(r"Fresh install with only the admin account, webservices switched on for it", "only_admin"),
    means(r"Fresh install plus (?:the )?accounts? ([\w, ]+?)(?: \([^)]*\))?(?=\.|$)", _each("account")),
    holds(rf"Fresh settings: rate {AMOUNT} for every number", "rate"),
    holds(r"default sender of the whole system (\w+)(?=,)", "system_sender"),
    happened(r"accounts have no balance and footer @username"),
    holds(rf"Main world: every segment costs {AMOUNT}", "rate"),
    holds(r"no system-wide sender()", "system_sender"),
    means(rf"{WHO} has approved senders (.+?), and \w+ not yet approved", _senders),
    holds(r"Now a system-wide sender (\S+) is set", "system_sender"),
    means(r"Numbers starting (?:with \d+ cost [\d.]*\d(?:, )?)+", _prices),
    happened(rf"{WHO} has no time zone of its own"),
    holds(r"the system zone is ([+-]\d{4})", "system_zone"),
    holds(rf"{WHO} has time zone ([+-]\d{{4}})", "zone"),
    holds(rf"{WHO} has the prefix (\+?\d+) for a leading zero(?: and local length (\d+) set)?", "prefix"),
    holds(r"the system (removes|adds) plus signs", "plus_signs"),
    holds(r"The operator has switched on (brute force detection)", "brute_force"),
    holds(r"The database server now runs in its (strict) mode(?: \([^)]*\))?", "strict"),
    holds(r"The database server is (down)", "down"),
]

ROWS = [
    means(
        rf"{WHO} has {COUNT} rows put into the database by hand, smslog_id [\d to]+, "
        rf"({COUNT}) to a queue: (.*)$",
        _sent,
    ),
    happened(
        rf"{WHO}(?: \(unbanned again\))? has (\d+) rows, smslog_id (\d+) to \d+, one a minute",
        "unbanned", "many_rows",
    ),
    means(rf"{WHO} has {COUNT} handled inbound messages put in by hand.*$", _received),
    means(rf"{WHO} has group (.+?\))(?=; |\.|$)", _groups),
    means(rf"{WHO} shares group ([A-Z]+) \(([^)]*)\) with everyone and keeps ([A-Z]+) to \w+", _shared),
    happened(rf"{WHO} also has a second contact with (\S+), named ([^.]+)", "contact"),
    happened(r"(\+?\d+) is on the stop list", "blocked"),
]  # fmt: skip

CREDIT = [
    means(rf"After (?:({COUNT}) deductions of|deducting) {AMOUNT} from {AMOUNT}", _deducted),
    happened(rf"(?i:{COUNT}) additions of \d+ were booked and the credit worker has run", "credit_worker"),
    happened(
        rf"{WHO} had {AMOUNT} and (?:{COUNT} accepted messages of \d+ each|sent {COUNT} messages of \d+)"
    ),
    happened(rf"{WHO} is a subuser of {WHO} and has {AMOUNT}", "subuser"),
    happened(rf"{WHO} has about {AMOUNT}"),
    happened(
        rf"{WHO} (?:has|is overdrawn to|overdrawn to|is back to exactly) {AMOUNT}(?=[.,;]|$)", "balance"
    ),
    happened(rf"{WHO} has no balance yet()", "balance"),
    happened(rf"An odd amount was added to the balance of {WHO}", "odd_balance"),
    happened(rf"(?i:{COUNT}) messages? of {AMOUNT} segments? is already queued but not yet charged"),
    happened(rf"{WHO} has sent messages and has credit left"),
]

ACCOUNTS = [
    holds(rf"Webservices are switched (off) for {WHO}", "webservices"),
    holds(rf"{WHO} may only call from ([\d./*]+) and ([\d./*]*[\d*])", "addresses"),
    holds(rf"{WHO} has an empty token", "no_token"),
    means(
        rf"{WHO}: (IP not allowed)?(?:, )?(no token)?(?: and )?(webservices off)?(?:, all at once)?",
        lambda found: [
            Step(verb, args, setting=True)
            for phrase, verb, args in (
                (found[2], "addresses", (found[1], "10.0.0.0/8", "192.168.1.*")),
                (found[3], "no_token", (found[1],)),
                (found[4], "webservices", ("off", found[1])),
            )
            if phrase
        ],
    ),
    happened(rf"{WHO} is a subuser of {WHO}", "subuser"),
    happened(rf"{WHO}, {WHO} and {WHO} are other accounts"),
    holds(rf"{WHO} is banned(?: \([^)]*\))?", "banned"),
    happened(rf"{WHO} has just called set_token", "new_token"),
    happened(rf"The password of {WHO} was just changed to (\w+)", "password"),
    happened(rf"{WHO} is a fresh account", "account"),
    happened(rf"{WHO} was removed", "removed"),
    means(rf"A login key was set for {WHO}((?:,| and) [^.]*)?", _login_key),
    happened(r"Follows the redirect of the previous exchange with its cookie"),
    happened(rf"The PHPSESSID cookie sent along was logged in as {WHO} by ws_login"),
    means(rf"(?i:({COUNT})) wrong passwords came from this address for {WHO}", _failures),
    happened(rf"(?i:{COUNT}) wrong tokens came from this address with u=\w+"),
    happened(r"The last attempt before these was right", "right_password"),
    happened(r"(?:[Tt]he )second and third call (?:repeat the first|come after the removal)"),
]

WORKERS = [
    happened(r"The queue worker and the delivery report reader run after every message", "queue_worker",
             "report_reader"),
    happened(r"The queue worker has run, no delivery report was read yet", "queue_worker"),
    happened(r"The queue worker and the delivery report reader have run", "queue_worker", "report_reader"),
    happened(r"The queue worker has taken the queue but not sent anything yet", "queue_taken"),
    happened(r"Handed to the gateway, no delivery report read", "queue_worker"),
    happened(r"The first of the two messages was set to status (\d)(?: \(\w+\))?(?: in the database)?, "
             r"the second is still 0", "first_status"),
    happened(r"The delivery report reader has run; the gateway reports everything as delivered",
             "report_reader"),
    happened(r"Queue processed", "queue_worker", "report_reader"),
    happened(r"The gateway reported the message as failed", "last_failed"),
    happened(rf"(?i:{COUNT}) messages costing [\d. and]+ were accepted, no worker has run"),
    happened(rf"(?i:{COUNT}) messages costing [\d. and]+ were handed over, the credit worker has not run",
             "queue_worker"),
    happened(rf"(?i:{COUNT}) messages costing [\d. and]+ were delivered and the credit worker has run",
             "workers"),
    happened(r"One more message costing [\d.]+ was handed over and reported failed; all workers have run",
             "last_failed", "workers"),
    happened(r"[Aa]ll workers have run", "workers"),
    happened(r"The credit worker has run(?:, too)?", "credit_worker"),
    happened(r"the credit worker has not run in between"),
    happened(r"[Nn]o worker (?:runs|has run)(?: since the message was accepted)?"),
    happened(r"Accepted a moment ago for \w+ numbers"),
    happened(r"older entries of the inbox were deleted", "inbox_cleared"),
    happened(r"[A-Z][\w@ ]+ (?:was|were) injected and the inbound worker has run", "inbound_worker"),
    happened(r"The keyword (\w+) belongs to (\w+)", "keyword"),
    happened(r"messages naming @user go to the inbox of that user"),
    happened(r"[\w ]+ sent (?:one )?internal messages? to @\w+(?: some seconds to minutes)? earlier"),
    happened(r"Queue of a pv that was refused with \d+"),
    happened(r"Queue value of an internal message to @\w+"),
]  # fmt: skip

PHRASES: Sequence[Phrase] = [*WORLDS, *ROWS, *CREDIT, *ACCOUNTS, *WORKERS]
