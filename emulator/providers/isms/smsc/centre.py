"""The SMSC of one space: who may bind, and what each request is answered with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from emulator.core.model import Login
from emulator.core.refusals import Reason, Refused
from emulator.provider import Service, Terms, Told
from emulator.providers.isms import wire
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc.enquiring import asked
from emulator.providers.isms.smsc.envelope import Envelopes
from emulator.providers.isms.smsc.statuses import voiced
from emulator.providers.isms.smsc.submitting import Submits, room, within_limit
from emulator.providers.isms.smsc.throttle import Throttle
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.statuses import CommandStatus

SUBMITS = frozenset({"submit_sm", "submit_multi", "data_sm"})

OLDEST_WITH_OPTIONS = 0x34
"""An ESME of an earlier version does not know optional parameters (section 3.4)."""


class Centre:
    """Answers the ESMEs of one space. What accounts sent this second it knows, and nothing else."""

    def __init__(self, service: Service) -> None:
        self._service, self._quirks = service, service.switches(Quirks)
        self._envelopes = Envelopes(self._quirks)
        self._sending_to, self._throttles = service.gateway, defaultdict[str, Throttle](Throttle)

    @property
    def terms(self) -> Terms:
        quirks = self._quirks
        return Terms(
            session_init=quirks.smpp_session_init,
            enquire_link=quirks.smpp_enquire_link,
            response=quirks.smpp_response,
            retry=quirks.smpp_retry,
            window=quirks.smpp_window,
            deliver_window=quirks.smpp_deliver_window,
            binds=quirks.smpp_binds,
            early=quirks.smpp_receipts_early,
        )

    def login(self, system_id: str, password: str) -> Login:
        """Whom a bind says it comes from: system_id and password are those of HTTP."""
        # req: isms/smpp/credentials isms/smpp/version
        return Login(provider=wire.NAME, name=system_id, password=password)

    def bound(self, login: Login, version: int) -> Told:
        """The answer to a bind."""
        # req: smpp34/bind/transmitter smpp34/bind/receiver smpp34/bind/transceiver smpp34/bind/any-version
        # req: smpp34/bind/system-id smpp34/bind/address-range
        gateway = self._service.gateway
        if gateway.who(login) is None:
            return Told(self._stranger(login))
        # req: smpp34/bind/interface-version smpp34/bind/interface-version-older
        options: dict[str | int, int] = (
            {"sc_interface_version": 0x34} if version >= OLDEST_WITH_OPTIONS else {}
        )
        return Told(0, {"system_id": self._quirks.smpp_system_id}, options)

    def _stranger(self, login: Login) -> CommandStatus:
        # req: smpp34/bind/wrong-password smpp34/bind/wrong-name
        if self._quirks.smpp_bind_refusal == "alike":
            return CommandStatus.RBINDFAIL
        known = self._service.gateway.store.account(login.provider, login.name) is not None
        return CommandStatus.RINVPASWD if known else CommandStatus.RINVSYSID

    def answers(self, login: Login, pdus: Sequence[Pdu]) -> list[Told]:
        """What each of these is answered with, in one turn of the store."""
        with self._service.gateway.store.turn():
            told, login = list[Told](), self._still(login)
            for submitting, group in groupby(pdus, key=lambda pdu: pdu.command in SUBMITS):
                alike = list(group)
                told += self._submitted(login, alike) if submitting else self._asked(login, alike)
            return told

    def _still(self, login: Login) -> Login:
        """Whom a session was granted to, also where the password is another by now: only binds tell one."""
        account = self._service.gateway.store.account(login.provider, login.name)
        return login if account is None else replace(login, password=account.password)

    def refused(self, reasons: Iterable[Reason]) -> Told:
        """How these objections are put."""
        return Told(voiced(Refused(reasons), self._quirks))

    def _asked(self, login: Login, pdus: Iterable[Pdu]) -> list[Told]:
        return [asked(self._service, login, pdu, self._quirks) for pdu in pdus]

    def _submitted(self, login: Login, pdus: Sequence[Pdu]) -> list[Told]:
        gateway = self._service.gateway
        account = gateway.who(login)
        limit = account.limits.submits_per_second if account else None
        if not room(gateway, login, self._quirks):
            return [Told(CommandStatus.RMSGQFUL)] * len(pdus)
        if gateway is not self._sending_to:  # the space began anew, where nothing was sent
            self._sending_to, self._throttles = gateway, defaultdict(Throttle)
        passed = within_limit(pdus, self._throttles[login.name], limit, gateway.clock.now())
        submits = Submits(self._service, login, self._quirks, self._envelopes)
        for pdu, passes in zip(pdus, passed, strict=True):
            if passes:
                submits.take(pdu)
        answers = iter(submits.told())
        return [next(answers) if passes else Told(CommandStatus.RTHROTTLED) for passes in passed]
