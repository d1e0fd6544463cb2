"""The phrases that states are made of; one before another takes its words first."""

from collections.abc import Sequence

from emulator.tests.providers.voipe.recorded.phrases import (
    AMOUNT,
    COUNT,
    WHO,
    Phrase,
    deducted,
    each,
    failures,
    groups,
    happened,
    holds,
    lacking,
    login_key,
    means,
    prices,
    received,
    senders,
    sent,
    shared,
)

WORLDS = [
    happened(r"Fresh install with only the admin account, webservices switched on for it", "only_admin"),
    means(r"Fresh install plus (?:the )?accounts? ([\w, ]+?)(?: \([^)]*\))?(?=\.|$)", each("account")),
    holds(rf"Fresh settings: rate {AMOUNT} for every number", "rate"),
    holds(r"default sender of the whole system (\w+)(?=,)", "system_sender"),
    happened(r"accounts have no balance and footer @username"),
    holds(rf"Main world: every segment costs {AMOUNT}", "rate"),
    holds(r"no system-wide sender()", "system_sender"),
    means(rf"{WHO} has approved senders (.+?), and \w+ not yet approved", senders),
    holds(r"Now a system-wide sender (\S+) is set", "system_sender"),
    means(r"Numbers starting (?:with \d+ cost [\d.]*\d(?:, )?)+", prices),
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
        sent,
    ),
    happened(
        rf"{WHO}(?: \(unbanned again\))? has (\d+) rows, smslog_id (\d+) to \d+, one a minute",
        "unbanned", "many_rows",
    ),
    means(rf"{WHO} has {COUNT} handled inbound messages put in by hand.*$", received),
    means(rf"{WHO} has group (.+?\))(?=; |\.|$)", groups),
    means(rf"{WHO} shares group ([A-Z]+) \(([^)]*)\) with everyone and keeps ([A-Z]+) to \w+", shared),
    happened(rf"{WHO} also has a second contact with (\S+), named ([^.]+)", "contact"),
    happened(r"(\+?\d+) is on the stop list", "blocked"),
]  # fmt: skip

CREDIT = [
    means(rf"After (?:({COUNT}) deductions of|deducting) {AMOUNT} from {AMOUNT}", deducted),
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
        rf"{WHO}: (IP not allowed)?(?:, )?(no token)?(?: and )?(webservices off)?(?:, all at once)?", lacking
    ),
    happened(rf"{WHO} is a subuser of {WHO}", "subuser"),
    happened(rf"{WHO}, {WHO} and {WHO} are other accounts"),
    holds(rf"{WHO} is banned(?: \([^)]*\))?", "banned"),
    happened(rf"{WHO} has just called set_token", "new_token"),
    happened(rf"The password of {WHO} was just changed to (\w+)", "password"),
    happened(rf"{WHO} is a fresh account", "account"),
    happened(rf"{WHO} was removed", "removed"),
    means(rf"A login key was set for {WHO}((?:,| and) [^.]*)?", login_key),
    happened(r"Follows the redirect of the previous exchange with its cookie"),
    happened(rf"The PHPSESSID cookie sent along was logged in as {WHO} by ws_login"),
    means(rf"(?i:({COUNT})) wrong passwords came from this address for {WHO}", failures),
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
