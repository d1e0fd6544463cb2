"""How an SMSC is spoilt that is wrong about letters: submit_sm and deliver_sm, read and written otherwise."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from conformance.drivers.smpp_frames import Frame, Reader
from conformance.drivers.smpp_pdus import DELIVER_SM, SUBMIT_SM, Submit, parameter
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.relaying import changed

Writing = Callable[[Submit], Submit]


def letter(frame: Frame) -> Submit:
    """A submit_sm or deliver_sm, read."""
    read = Reader(frame.body)
    service_type, source_kind, source = read.string(6), read.numbers(2), read.string(21)
    dest_kind, destination, modes = read.numbers(2), read.string(21), read.numbers(3)
    schedule, validity, flags = read.string(17), read.string(17), read.numbers(4)
    message = read.octets(*read.numbers(1))
    return Submit(
        service_type=service_type, source_ton=source_kind[0], source_npi=source_kind[1], source=source,
        dest_ton=dest_kind[0], dest_npi=dest_kind[1], destination=destination,
        esm_class=modes[0], protocol_id=modes[1], priority=modes[2], schedule=schedule, validity=validity,
        registered=flags[0], replace=flags[1], coding=flags[2], default_message=flags[3], message=message,
        parameters=b"".join(parameter(tag, value) for tag, value in read.parameters().items()),
    )  # fmt: skip


def delivering(shelf: list[Miniature], breaks: str, says: str) -> Callable[[Writing], Writing]:
    """Shelves an SMSC whose deliver_sm are written otherwise."""
    return _rewriting(relaying.told(shelf, breaks, says, DELIVER_SM))


def obeying(shelf: list[Miniature], breaks: str, says: str) -> Callable[[Writing], Writing]:
    """Shelves an SMSC that obeys another submit_sm than the one it is given."""
    return _rewriting(relaying.asked(shelf, breaks, says, SUBMIT_SM))


def _rewriting(shelve: relaying.Shelving) -> Callable[[Writing], Writing]:
    def rewriting(write: Writing) -> Writing:
        def behave(talk: Talk, frame: Frame) -> Iterable[bytes]:
            yield changed(frame, body=write(letter(frame)).body)

        behave.__name__ = write.__name__
        shelve(behave)
        return write

    return rewriting


def wording(said: Submit, pattern: bytes, words: bytes) -> Submit:
    """With other words in its text."""
    return replace(said, message=re.sub(pattern, words, said.message))


def putting(said: Submit, tag: int, value: bytes | None) -> Submit:
    """With another value of a parameter, or without it; what lacks it is left alone."""
    found = Reader(said.parameters).parameters()
    if tag in found:
        found[tag] = b"" if value is None else value
    kept = {one: octets for one, octets in found.items() if one != tag or value is not None}
    return replace(said, parameters=b"".join(parameter(one, octets) for one, octets in kept.items()))
