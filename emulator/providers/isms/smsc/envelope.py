"""What stands around the text of a submit: addresses' kinds, modes, flags; most clients send one all day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc.statuses import Objection
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.texts import Alphabet, Scheme, scheme

TONS = frozenset(range(7))
NPIS = frozenset({0, 1, 3, 4, 6, 8, 9, 10, 14, 18})
MOST_KNOWN = 1000

KINDS, UDHI, REPLY_PATH = 0x3C, 0x40, 0x80
RESERVED = 0x03
"""What registered_delivery may not say in bits 1 and 0 (section 5.2.17)."""

TYPES = frozenset({0x00, 0x08, 0x10})
"""What an ESME may say a message is, in bits 5 to 2 of esm_class: a text, or an acknowledgement (5.2.12)."""


class Envelope(NamedTuple):
    """What is the same for every message sent with the same flags."""

    alphabet: Alphabet
    flash: bool
    headed: bool
    """Whether the text begins with a user data header."""
    replacing: bool
    extras: Mapping[str, str]
    """What the order remembers of it."""


NAMES = (
    "service_type", "source_addr_ton", "source_addr_npi", "dest_addr_ton", "dest_addr_npi", "esm_class",
    "priority_flag", "registered_delivery", "replace_if_present_flag", "data_coding", "sm_default_msg_id",
)  # fmt: skip

_all = itemgetter(*NAMES)


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Envelopes as they were judged before."""

    quirks: Quirks
    _known: dict[tuple[Any, ...], Envelope] = field(default_factory=dict)

    def of(self, fields: Mapping[str, Any]) -> Envelope:
        """The envelope of a submit_sm, submit_multi or data_sm. Raises Objection."""
        try:
            key = _all(fields)
        except KeyError:  # data_sm has not all of them
            key = tuple([fields.get(name, 0) for name in NAMES])
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = judged(dict(zip(NAMES, key, strict=True)), self.quirks)
        return found


def judged(fields: Mapping[str, Any], quirks: Quirks) -> Envelope:
    """Raises Objection for a value that the specification does not have, or this SMSC."""
    if quirks.smpp_reserved == "refuse":
        refuse_reserved(fields, quirks)
    if fields["sm_default_msg_id"]:  # req: smpp34/submit/default-message
        raise Objection(CommandStatus.RINVDFTMSGID)
    # req: smpp34/submit/esm-default smpp34/submit/esm-store
    # req: smpp34/submit/esm-datagram smpp34/submit/esm-transaction
    kind = fields["esm_class"] & KINDS  # whatever the mode, it is stored and forwarded
    if kind not in TYPES:
        raise Objection(CommandStatus.RINVESMCLASS)
    # req: smpp34/text/reserved-coding smpp34/text/flash smpp34/text/flash-general smpp34/text/flash-ucs2
    # req: isms/smpp/flash
    read = scheme(fields["data_coding"]) or Scheme(Alphabet.OCTETS)
    return Envelope(
        alphabet=read.alphabet,
        flash=read.flash,
        headed=bool(fields["esm_class"] & UDHI),  # req: smpp34/submit/esm-udhi
        replacing=fields["replace_if_present_flag"] == 1,
        extras=extras(fields, read.alphabet),
    )


def refuse_reserved(fields: Mapping[str, Any], quirks: Quirks) -> None:
    """Raise Objection for what has no meaning."""
    # req: smpp34/submit/service-type smpp34/submit/bad-service-type
    if fields["service_type"] not in quirks.smpp_service_types:
        raise Objection(CommandStatus.RINVSERTYP)
    if fields["source_addr_ton"] not in TONS:  # req: smpp34/submit/bad-source-ton
        raise Objection(CommandStatus.RINVSRCTON)
    if fields["source_addr_npi"] not in NPIS:  # req: smpp34/submit/bad-source-npi
        raise Objection(CommandStatus.RINVSRCNPI)
    if fields["dest_addr_ton"] not in TONS:  # req: smpp34/submit/bad-dest-ton
        raise Objection(CommandStatus.RINVDSTTON)
    if fields["dest_addr_npi"] not in NPIS:  # req: smpp34/submit/bad-dest-npi
        raise Objection(CommandStatus.RINVDSTNPI)
    # req: smpp34/submit/priority smpp34/submit/bad-priority
    if fields["priority_flag"] > 3:
        raise Objection(CommandStatus.RINVPRTFLG)
    if fields["registered_delivery"] & RESERVED == RESERVED:  # req: smpp34/receipts/reserved
        raise Objection(CommandStatus.RINVREGDLVFLG)
    if fields["replace_if_present_flag"] > 1:  # req: smpp34/replace/bad-flag
        raise Objection(CommandStatus.RINVREPFLAG)


def extras(fields: Mapping[str, Any], alphabet: Alphabet) -> Mapping[str, str]:
    """What receipts, queries and replacing need to know later: replace_sm says no data_coding."""
    return {
        "alphabet": alphabet,
        "service_type": fields["service_type"],
        "source": f"{fields['source_addr_ton']}.{fields['source_addr_npi']}",
        "dest": f"{fields['dest_addr_ton']}.{fields['dest_addr_npi']}",
        "priority": str(fields["priority_flag"]),
        "registered": str(fields["registered_delivery"]),
    }
