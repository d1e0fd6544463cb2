"""How a wrong emulator that speaks SOAP is written down: by what it does to calls and answers."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.wrappers import Response

from conformance.drivers.soap import wrapped
from conformance.miniature import Miniature
from conformance.target import Wrap
from conformance.tests import spoiling

TEXT_XML = "text/xml; charset=utf-8"


@dataclass(slots=True, kw_only=True)
class Call(spoiling.Call):
    """A call of an operation, as the text it came in."""

    @property
    def text(self) -> str:
        return self.request.get_data().decode(errors="replace")

    @property
    def operation(self) -> str:
        """The name of the first element in the body; empty where there is none."""
        found = re.search(r"[:<]Body[^>]*>\s*<(?:[\w-]+:)?([\w.-]+)", self.text)
        return found[1] if found else ""

    def argument(self, name: str) -> str:
        """What stands in an argument, for one that is written plainly."""
        found = re.search(rf"<{name}(?: [^>]*)?>([^<]*)</{name}>", self.text)
        return found[1] if found else ""

    def says(self, text: str | None = None) -> str:
        """What the true emulator answers, to the call as it came or as another text."""
        return self.truth(None if text is None else text.encode()).get_data(as_text=True)

    def put(self, pattern: str, by: str | Callable[[re.Match[str]], str]) -> str:
        """What the true emulator answers to the call with something put into it."""
        return self.says(re.sub(pattern, by, self.text, flags=re.DOTALL))


Behaviour = Callable[[Call], str | Response]
"""Answers a text, which takes the place of what the true emulator said, or a whole response."""


def wrong(
    shelf: list[Miniature], breaks: str, says: str, operation: str = "", *, path: str
) -> Callable[[Behaviour], Behaviour]:
    """Put a behaviour on the shelf: what it offends, what is wrong with it, the operation it is met at."""

    def app(behave: Behaviour) -> Wrap:
        def answer(call: Call) -> Response:
            return _answered(behave, call) if operation in ("", call.operation) else call.truth()

        return spoiling.spoilt(Call, answer, f"*{path}")

    return spoiling.shelved(shelf, breaks, says, app)


def answer(operation: str, text: str, namespace: str) -> str:
    """A result of its own."""
    return wrapped(
        f"<ns1:{operation}Response><return>{text}</return></ns1:{operation}Response>", namespace=namespace
    )


def fault(sentence: str, code: str = "Server") -> Response:
    """A refusal of its own."""
    inside = f"<faultcode>SOAP-ENV:{code}</faultcode><faultstring>{sentence}</faultstring>"
    return Response(wrapped(f"<SOAP-ENV:Fault>{inside}</SOAP-ENV:Fault>"), 500, content_type=TEXT_XML)


def refused(text: str) -> bool:
    """Whether an answer is a fault."""
    return ":Fault>" in text


def _answered(behave: Behaviour, call: Call) -> Response:
    answer = behave(call)
    if isinstance(answer, Response):
        return answer
    reply = call.heard or Response(content_type=TEXT_XML)
    reply.set_data(answer)
    return reply
