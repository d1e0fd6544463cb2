"""The nine methods of the page: one table that all four dialects call."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from emulator.core.gateway import Gateway
from emulator.core.model import Draft, Login, Medium
from emulator.core.refusals import refuse_for
from emulator.providers.iro import arguments, offers, wire
from emulator.providers.iro.arguments import Arguments, Given, Reader
from emulator.providers.iro.bill import Bill
from emulator.providers.iro.bill import bill as billed
from emulator.providers.iro.faults import Declined, Invalid, NoAddress, NoNumber
from emulator.providers.iro.quirks import Quirks


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was understood: who makes it, and with what."""

    gateway: Gateway
    login: Login
    told: Arguments
    quirks: Quirks


def status(call: Call) -> Mapping[str, Mapping[str, str]]:
    # req: iro/status/all iro/status/one iro/status/user iro/status/foreign-job iro/status/no-jobs
    # req: iro/status/no-effect iro/status/detailed-unused
    id, gateway = call.told.id, call.gateway
    found = gateway.owned(call.login) if id is None else gateway.ordered(call.login, id)
    now = gateway.clock.now()
    jobs = ((id, list(messages)) for id, messages in groupby(found, lambda pair: pair[0].order.id))
    # req: iro/status/dict iro/status/word iro/status/only-status iro/xmlrpc/string-keys
    return {str(id): {"status": wire.word(messages, now, call.quirks)} for id, messages in jobs}


def sms(call: Call) -> int:
    return _sent(call, Medium.SMS, call.told.message)  # req: iro/sms/job-id iro/sms/user iro/sms/long


def fax(call: Call) -> int:
    return _sent(call, Medium.FAX, call.told.fax)  # req: iro/fax/job-id iro/fax/user


def mail(call: Call) -> int:
    return _sent(call, Medium.MAIL, call.told.body)  # req: iro/mail/job-id iro/mail/user


def routes(call: Call) -> list[str]:
    return offers.usable(call.gateway.account(call.login), call.told.typ)


def default_route(call: Call) -> list[str]:
    return offers.preferred(call.gateway.account(call.login), call.told.typ)


def bill(call: Call) -> Bill:
    # req: iro/bill/user iro/bill/no-effect
    return billed(call.gateway.owned(call.login), call.quirks)


def telnumber(call: Call) -> bool:
    # req: iro/telnumber/true iro/telnumber/no-key iro/telnumber/invalid iro/telnumber/empty
    return _all_valid(call, wire.number, NoNumber)


def email(call: Call) -> bool:
    # req: iro/email/true iro/email/no-key iro/email/invalid iro/email/empty
    return _all_valid(call, wire.address, NoAddress)


def _sent(call: Call, medium: Medium, text: str) -> int:
    """The id of a new job. Raises Refused."""
    told, gateway = call.told, call.gateway
    route = offers.carrier(gateway.account(call.login), medium, told.route, call.quirks)
    subject = {} if medium is Medium.SMS else {wire.SUBJECT: told.subject}
    draft = Draft(
        sender=told.frm,
        recipients=told.recipients,
        text=text,
        coding=wire.coding(text, medium),
        medium=medium,
        route=route,
        extras={wire.INFO: told.info, **subject},
        own_sender=not told.frm,
    )
    return gateway.send(call.login, draft).id  # req: iro/faults/no-effect


def _all_valid(call: Call, read: Callable[[str], str | None], wrong: type[Declined]) -> bool:
    refuse_for(call.login.flaws)
    strange = next((entry for entry in call.told.recipients if read(entry) is None), None)
    if strange is not None and call.quirks.invalid_numbers == "fault":
        raise wrong(strange)
    return strange is None


class Parameter(NamedTuple):
    """A name of a signature, its type, and how what is given for it is read."""

    name: str
    kind: str
    read: Reader
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Method:
    """A signature, what it does, the type of its answer, and the requirement that a success obeys."""

    name: str
    parameters: tuple[Parameter, ...]
    act: Callable[[Call], object]
    returns: str
    requirement: str

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(parameter.name for parameter in self.parameters)

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(parameter.name for parameter in self.parameters if not parameter.optional)

    def named(self, given: Sequence[Given] | Mapping[str, Given]) -> Mapping[str, Given]:
        """Arguments by name, also where they came by place."""
        # req: iro/xmlrpc/positional iro/soap/document-order iro/mail/frm-before-route iro/json/named
        if isinstance(given, Mapping):
            return given
        return {parameter.name: value for parameter, value in zip(self.parameters, given, strict=False)}

    def fits(self, given: Sequence[Given] | Mapping[str, Given]) -> bool:
        """Whether these are arguments of the method: what it needs, and nothing that it does not know."""
        # req: iro/xmlrpc/argument-count iro/soap/argument-count iro/json/argument-names iro/xmlrpc/defaults
        named = self.named(given).keys()
        return self.required <= named <= self.known and len(given) == len(named)

    def read(self, given: Mapping[str, Given], quirks: Quirks) -> Arguments:
        """What was given, in the order in which it is looked at. Raises Invalid."""
        return Arguments(**dict(self._read(given, quirks)))

    def _read(self, given: Mapping[str, Given], quirks: Quirks) -> Iterator[tuple[str, Any]]:
        for parameter in reversed(self.parameters):  # req: iro/status/check-order
            name = parameter.name
            value = given.get(name)
            if value is not None:
                yield name, parameter.read(name, value, quirks)
            elif not parameter.optional:  # req: iro/xmlrpc/nil iro/soap/nil
                raise Invalid(name)


USER = Parameter("user", "string", arguments.spelled)
ID = Parameter("id", "integer", arguments.job, optional=True)
DETAILED = Parameter("detailed", "boolean", arguments.flag, optional=True)
MESSAGE = Parameter("message", "string", arguments.text)
SUBJECT = Parameter("subject", "string", arguments.text)
BODY = Parameter("body", "string", arguments.text)
FAX = Parameter("fax", "string", arguments.document)
NUMBERS = Parameter("recipients", "list", arguments.numbers)
ADDRESSES = Parameter("recipients", "list", arguments.addresses)
ENTRIES = Parameter("recipients", "list", arguments.entries)
FRM = Parameter("frm", "string", arguments.sender, optional=True)
ROUTE = Parameter("route", "string or list", arguments.route, optional=True)
INFO = Parameter("info", "string", arguments.text, optional=True)
TYP = Parameter("typ", "string", arguments.medium)

METHODS: Mapping[str, Method] = {  # req: iro/xmlrpc/methods iro/xmlrpc/name-case
    method.name: method
    for method in (
        Method(
            name="status",
            parameters=(USER, ID, DETAILED),
            act=status,
            returns="dict",
            requirement="iro/status/dict",
        ),
        Method(
            name="sms",
            parameters=(USER, MESSAGE, NUMBERS, ROUTE, INFO),
            act=sms,
            returns="integer",
            requirement="iro/sms/job-id",
        ),
        Method(
            name="fax",
            parameters=(USER, SUBJECT, FAX, NUMBERS, ROUTE, INFO),
            act=fax,
            returns="integer",
            requirement="iro/fax/job-id",
        ),
        Method(
            name="mail",
            parameters=(USER, SUBJECT, BODY, ADDRESSES, FRM, ROUTE, INFO),
            act=mail,
            returns="integer",
            requirement="iro/mail/job-id",
        ),
        Method(
            name="routes",
            parameters=(USER, TYP),
            act=routes,
            returns="list",
            requirement="iro/routes/list",
        ),
        Method(
            name="defaultRoute",
            parameters=(USER, TYP),
            act=default_route,
            returns="list",
            requirement="iro/default-route/list",
        ),
        Method(name="bill", parameters=(USER,), act=bill, returns="dict", requirement="iro/bill/routes"),
        Method(
            name="telnumber",
            parameters=(ENTRIES,),
            act=telnumber,
            returns="boolean",
            requirement="iro/telnumber/true",
        ),
        Method(
            name="email",
            parameters=(ENTRIES,),
            act=email,
            returns="boolean",
            requirement="iro/email/true",
        ),
    )
}
