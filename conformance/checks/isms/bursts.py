"""Many submits at once."""

import time
from collections import Counter

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import Smsc
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_pdus import SUBMIT_SM, pdu
from conformance.drivers.smpp_statuses import Status

FIRST = 1001
"""Their first sequence number, so that the link's own do not come near."""


def burst(smsc: Smsc, link: Link, count: int, *, registered: int = 0) -> Counter[Status]:
    """How often each status answers so many submits in one write, which have a second to themselves.

    Blocked where they take longer.
    """
    smsc.place.spend(count, 0)
    smsc.place.clock.advance(1)
    body, sequences = smsc.letter(registered=registered).body, range(FIRST, FIRST + count)
    began = time.monotonic()
    link.send(b"".join(pdu(SUBMIT_SM, body, sequence=sequence) for sequence in sequences))
    found = Counter(link.answer(sequence).status for sequence in sequences)
    if smsc.place.remote is None and time.monotonic() - began > 1:
        raise Blocked(f"needs {count} submits in a second; the way to the target is too slow")
    smsc.place.clock.advance(1)
    return found
