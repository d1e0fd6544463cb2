"""A recording -> a run: each exchange is a check of what it shows, and the verdicts are those of any run."""

from collections.abc import Iterator
from itertools import groupby

from conformance.blocked import Blocked
from conformance.catalogue import Catalogue
from conformance.observation import Outcome
from conformance.record import FORMAT, Check, Header, Run
from conformance.recorder import smslab_version
from conformance.recordings.calls import call
from conformance.recordings.file import Recording, Taken
from conformance.recordings.pdus import Session
from conformance.recordings.rules import Sight, seen
from conformance.renderings.octets import headline
from conformance.tape import SMPP
from conformance.verdict import judged


def judged_by_documents(recording: Recording, rows: Catalogue) -> Run:
    """Of those rows that the recording shows anything of; it is never taken for our own emulator's."""
    checks = tuple(_checks(recording))
    shown = {one for check in checks for one in check.requirements}
    observed = [row for row in rows if row.id in shown]
    header = Header(
        format=FORMAT,
        smslab=smslab_version(),
        target=recording.head.upstream,
        base=recording.head.upstream,
        address=recording.name,
        ours=False,
        catalogue=rows.version,
        providers=tuple(dict.fromkeys(row.provider for row in observed)),
        seed=0,
        clock=recording.head.date,
        date=recording.head.date,
    )
    behind = {row.id: [check for check in checks if row.id in check.requirements] for row in observed}
    verdicts = tuple(judged(row, behind[row.id], ours=False) for row in observed)
    return Run(header=header, checks=checks, verdicts=verdicts)


def _checks(recording: Recording) -> Iterator[Check]:
    sessions: dict[int, Session] = {}
    for number, taken in enumerate(recording.taken, start=1):
        name = f"{recording.name}::{number}"
        try:
            sights = _seen(taken, sessions)
        except Blocked as lack:
            yield Check(
                id=name, title=title(taken), requirements=(), outcome=Outcome.BLOCKED, reason=str(lack)
            )
            continue
        for requirement, group in groupby(sights, key=lambda one: one.requirement):
            yield _check(f"{name}[{requirement}]", taken, requirement, list(group))


def _seen(taken: Taken, sessions: dict[int, Session]) -> list[Sight]:
    one = taken.exchange
    if one.surface == SMPP:
        return sessions.setdefault(taken.connection, Session()).seen(one)
    found = call(one.request)
    return seen(found, one) if found is not None and one.response else []


def _check(name: str, taken: Taken, requirement: str, sights: list[Sight]) -> Check:
    wrong = next((one for one in sights if one.actual is not None), None)
    return Check(
        id=name,
        title=title(taken),
        requirements=(requirement,),
        outcome=Outcome.MET if wrong is None else Outcome.UNMET,
        reason="" if wrong is None else f"came {wrong.actual}",
        accepted=() if wrong is None else (wrong.accepted,),
        actual=None if wrong is None else wrong.actual,
        guilty=None if wrong is None else 0,
        exchanges=(taken.said,),
    )


def title(taken: Taken) -> str:
    """An exchange in a few words, with when it was."""
    one = taken.exchange
    if one.surface == SMPP:
        return f"{headline(one.request or one.response)} · {taken.at}"
    return f"{one.request.partition(b' HTTP/')[0].decode(errors='replace')[:120]} · {taken.at}"
