"""XML-RPC by contract: whatever is called, the answer is one that the method catalogue has."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from conformance.bench import CLOCK
from conformance.catalogue import catalogue
from conformance.drivers.xmlrpc import Fault, Value, document, read
from conformance.tests.contract import ANYTHING, TEXTS, contract, tampered
from emulator.app import running

CONTRACTS = {
    "netoxygen": contract(
        "netoxygen",
        {
            "user": ["demo"],
            "pass": ["demo"],
            "dest": [
                "0791112233",
                ["0790009001", "0790009006", "nobody"],
                [],
                "",
                ["0790009003"],
                "+41 79 1",
            ],
            "sender": ["", "Myself", "no sender at all!"],
        },
    ),
    "iro": contract("iro", {"user": ["demo-iro"]}),
}
REFUSALS = {
    "netoxygen": frozenset[int](),
    "iro": frozenset({700, 702, 703, 800, 801}),  # of texts that no schema can tell from numbers and routes
}
"""Faults that a call may meet which fits the catalogue."""

OUTSIDE = {"netoxygen": frozenset[int](), "iro": frozenset({8001, 8002})}
"""Faults of the library below the methods, which a catalogue for several dialects leaves out."""

METHODS = [(name, method) for name, one in CONTRACTS.items() for method in one.methods]

every_method = pytest.mark.parametrize(("provider", "method"), METHODS)
every_provider = pytest.mark.parametrize("provider", CONTRACTS)

drawn = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],  # how quick the machine is proves nothing
)
plenty = settings(drawn, max_examples=150)


class Defects(logging.Handler):
    """Keeps what the emulator logs as its own mistakes."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class Emulated:
    """The emulator in this process, some messages under way, and the contracts with their identifiers."""

    def __init__(self, client: Client, defects: Defects) -> None:
        self._client = client
        self._defects = defects
        self.contracts = dict(CONTRACTS)

    def says(self, provider: str, body: bytes) -> Value:
        """The value or fault that comes back, always as a success of HTTP, and never by mistake."""
        reply = self._client.post(
            self.contracts[provider].address("xmlrpc"), data=body, content_type="text/xml"
        )

        assert (reply.status_code, self._defects.lines) == (200, [])
        return read(reply.data)

    def begin(self) -> None:
        """Messages in every state; one identifier that nobody has, one of no message at all."""
        to = ["0791112233", "0790009001", "0790009003", "0790009006"]
        now = self.says("netoxygen", document("send_message", "demo", "demo", to, "hello"))
        later = self.says(
            "netoxygen", document("send_message", "demo", "demo", to, "later", "", "2036-12-06 20:05:00")
        )
        self._client.post("/_emulator/clock/advance", json={"seconds": 2})
        ids = [one[2] for one in [*now, *later]]
        self._know("netoxygen", identifier=[*ids, ids, ids[:2], ["0" * 32, ids[0]], [], ""])
        self.says("iro", document("sms", "demo-iro", "hello", ["0551-28293640"]))
        self._know("iro", id=[None, 1, "1", 2])

    def _know(self, provider: str, **known: list[Value]) -> None:
        known_already = self.contracts[provider].known
        self.contracts[provider] = replace(self.contracts[provider], known={**known_already, **known})

    def answers(self, provider: str, method: str, values: Sequence[Value]) -> Value:
        return self.says(provider, document(method, *values))


@pytest.fixture(scope="module")
def emulated() -> Iterator[Emulated]:
    defects = Defects()
    logging.getLogger("smslab").addHandler(defects)
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        emulated = Emulated(Client(emulator.wsgi), defects)
        emulated.begin()
        yield emulated
    logging.getLogger("smslab").removeHandler(defects)


def is_fault(provider: str, answer: Value) -> bool:
    known = CONTRACTS[provider].faults | OUTSIDE[provider]
    return isinstance(answer, Fault) and answer.code in known and bool(answer.text)


@every_method
@drawn
@given(data=st.data())
def test_a_call_that_fits_gets_a_result_of_its_method(
    emulated: Emulated, provider: str, method: str, data: st.DataObject
) -> None:
    promised = emulated.contracts[provider]
    values = data.draw(promised.methods[method].fitting)

    answer = emulated.answers(provider, method, values)

    refused = isinstance(answer, Fault) and answer.code in REFUSALS[provider]
    assert refused or promised.methods[method].promises(answer), (values, answer)


@pytest.mark.parametrize("wrong", ["counted_wrongly", "shaped_wrongly"])
@every_method
@drawn
@given(data=st.data())
def test_a_call_whose_parameters_do_not_fit_is_refused(
    emulated: Emulated, provider: str, method: str, wrong: str, data: st.DataObject
) -> None:
    """There are too few or too many of them, or one is of another shape."""
    values = data.draw(getattr(emulated.contracts[provider].methods[method], wrong))

    answer = emulated.answers(provider, method, values)

    assert is_fault(provider, answer), (values, answer)


@every_method
@drawn
@given(data=st.data())
def test_any_values_get_a_result_or_a_fault(
    emulated: Emulated, provider: str, method: str, data: st.DataObject
) -> None:
    promised = emulated.contracts[provider]
    values = data.draw(st.lists(ANYTHING, max_size=promised.methods[method].most))

    answer = emulated.answers(provider, method, values)

    result = promised.methods[method].promises(answer)
    assert result or is_fault(provider, answer), (values, answer)


@every_provider
@drawn
@given(data=st.data())
def test_a_method_that_the_catalogue_lacks_is_refused(
    emulated: Emulated, provider: str, data: st.DataObject
) -> None:
    promised = emulated.contracts[provider]
    name = data.draw(TEXTS.filter(lambda one: one.strip() not in promised.methods))

    answer = emulated.answers(provider, name, data.draw(st.lists(ANYTHING, max_size=3)))

    assert isinstance(answer, Fault), (name, answer)


@every_provider
@plenty
@given(data=st.data())
def test_a_body_that_was_tampered_with_is_answered_in_xml_rpc(
    emulated: Emulated, provider: str, data: st.DataObject
) -> None:
    promised = emulated.contracts[provider]
    method = data.draw(st.sampled_from(list(promised.methods)))
    body = document(method, *data.draw(promised.methods[method].fitting))

    emulated.says(provider, data.draw(tampered(body)))


@every_provider
@drawn
@given(body=st.binary(max_size=100))
def test_any_octets_are_a_fault(emulated: Emulated, provider: str, body: bytes) -> None:
    assert isinstance(emulated.says(provider, body), Fault)


@every_method
def test_methods_name_rows_of_the_catalogue(provider: str, method: str) -> None:
    named = CONTRACTS[provider].methods[method].requirements

    assert [one for one in named if one not in catalogue()] == []


@every_provider
def test_faults_name_rows_of_the_catalogue(provider: str) -> None:
    named = [one["requirement"] for one in CONTRACTS[provider].document["faults"].values()]

    assert [one for one in named if one not in catalogue()] == []
