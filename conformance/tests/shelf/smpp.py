"""SMSCs that are wrong about frames, sessions, binds and limits."""

from collections.abc import Iterable
from functools import partial

from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import ANSWER, BIND_TRANSCEIVER
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.relaying import changed

MINIATURES: list[Miniature] = []

asked = partial(relaying.asked, MINIATURES)
told = partial(relaying.told, MINIATURES)


@told("smpp34/bind/system-id", "does not say who it is", BIND_TRANSCEIVER | ANSWER)
def nameless(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=b"\0")


@asked("smpp34/bind/wrong-password", "takes any password", BIND_TRANSCEIVER)
def trusting(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body.replace(b"wrong\0", b"demo\0", 1))
