"""SMSCs that are wrong about receipts: for what they are sent, and what they say."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from conformance.drivers.smpp_frames import Frame, Reader
from conformance.drivers.smpp_pdus import (
    DELIVER_SM,
    MESSAGE_STATE,
    NETWORK_ERROR_CODE,
    RECEIPTED_MESSAGE_ID,
    USER_MESSAGE_REFERENCE,
    Submit,
)
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.shelf import smpp_letters
from conformance.tests.shelf.smpp_letters import putting, wording

MINIATURES: list[Miniature] = []

told = partial(relaying.told, MINIATURES)
delivering = partial(smpp_letters.delivering, MINIATURES)
obeying = partial(smpp_letters.obeying, MINIATURES)


# For what


@obeying("smpp34/receipts/none", "sends receipts to everybody")
def receipts_for_all(given: Submit) -> Submit:
    return replace(given, registered=given.registered or 1)


@told("smpp34/receipts/final", "keeps failures to itself", DELIVER_SM)
def good_news_only(talk: Talk, frame: Frame) -> Iterable[bytes]:
    return [] if b"stat:UNDELIV" in frame.body else [frame.octets]


@obeying("smpp34/receipts/failure-only", "takes the wish for failures for the wish for everything")
def failures_and_successes(given: Submit) -> Submit:
    return replace(given, registered=1) if given.registered == 2 else given


@obeying("smpp34/receipts/failure-only-fails", "knows no wish for failures alone")
def failures_unknown(given: Submit) -> Submit:
    return replace(given, registered=0) if given.registered == 2 else given


@obeying("smpp34/receipts/reserved", "sends a receipt for a reserved wish")
def reserved_wish(given: Submit) -> Submit:
    return replace(given, registered=1) if given.registered == 3 else given


@delivering("smpp34/receipts/intermediate", "calls what happens on the way something else")
def acknowledgement_of_a_user(said: Submit) -> Submit:
    return replace(said, esm_class=0x10) if said.esm_class == 0x20 else said


# As what


@delivering("smpp34/receipts/deliver-sm", "does not say that a receipt is one")
def plain_receipt(said: Submit) -> Submit:
    return replace(said, esm_class=0)


@delivering("smpp34/receipts/addresses", "sends receipts the way that the message went")
def forth_instead_of_back(said: Submit) -> Submit:
    return replace(said, source=said.destination, destination=said.source)


@delivering("smpp34/receipts/message-id", "counts its receipts")
def counted_receipts(said: Submit) -> Submit:
    return putting(wording(said, rb"id:\S+", b"id:1"), RECEIPTED_MESSAGE_ID, b"1\0")


@delivering("smpp34/receipts/text", "tells the state first")
def another_order(said: Submit) -> Submit:
    return wording(said, rb"(id:.*) (stat:\w+)(.*)", rb"\2 \1\3")


@delivering("smpp34/receipts/id-text", "names the message in small letters in the text")
def small_letters(said: Submit) -> Submit:
    return replace(said, message=re.sub(rb"id:\S+", lambda found: found[0].lower(), said.message))


@delivering("smpp34/receipts/counts", "has delivered none of one")
def none_of_one(said: Submit) -> Submit:
    return wording(said, b"dlvrd:001", b"dlvrd:000")


@delivering("smpp34/receipts/dates", "is done a century before it begins")
def done_before(said: Submit) -> Submit:
    return wording(said, rb"done date:\d\d", b"done date:00")


@delivering("smpp34/receipts/states", "has a word of its own for what failed")
def own_word(said: Submit) -> Submit:
    return wording(said, b"stat:UNDELIV", b"stat:FAILED!")


@delivering("smpp34/receipts/delivered", "has only accepted what arrived")
def accepted_only(said: Submit) -> Submit:
    return wording(said, b"stat:DELIVRD", b"stat:ACCEPTD")


@delivering("smpp34/receipts/expired", "takes what expired for undeliverable")
def never_expired(said: Submit) -> Submit:
    return wording(said, b"stat:EXPIRED", b"stat:UNDELIV")


@delivering("smpp34/receipts/undeliverable", "does not know what became of what failed")
def unknown_failure(said: Submit) -> Submit:
    return wording(said, b"stat:(UNDELIV|REJECTD)", b"stat:UNKNOWN")


@delivering("smpp34/receipts/deleted", "delivers what was cancelled")
def delivered_all_the_same(said: Submit) -> Submit:
    return wording(said, b"stat:DELETED", b"stat:DELIVRD")


@delivering("smpp34/receipts/excerpt", "does not stop after twenty characters")
def long_excerpt(said: Submit) -> Submit:
    return replace(said, message=said.message + b"a receipt to repeat")


@delivering("smpp34/receipts/err", "has an error for what went well")
def error_of_success(said: Submit) -> Submit:
    return wording(said, b"err:000", b"err:045")


@delivering("smpp34/receipts/coding", "writes receipts in UCS-2")
def wide_receipt(said: Submit) -> Submit:
    return replace(said, coding=8, message=said.message.decode("ascii").encode("utf-16-be"))


@delivering("smpp34/receipts/null-fields", "gives receipts a validity")
def perishable_receipt(said: Submit) -> Submit:
    return replace(said, validity="000001000000000R")


@delivering("smpp34/receipts/unasked-receipt", "wants receipts for receipts")
def receipt_for_a_receipt(said: Submit) -> Submit:
    return replace(said, registered=1)


@delivering("smpp34/receipts/receipted-message-id", "forgets the end of the parameter")
def endless_id(said: Submit) -> Submit:
    named = Reader(said.parameters).parameters().get(RECEIPTED_MESSAGE_ID, b"")
    return putting(said, RECEIPTED_MESSAGE_ID, named.rstrip(b"\0"))


@delivering("smpp34/receipts/message-state", "tells programs that all arrived")
def always_delivered(said: Submit) -> Submit:
    return putting(said, MESSAGE_STATE, b"\2")


@delivering("smpp34/receipts/network-error-code", "leaves out the network")
def code_alone(said: Submit) -> Submit:
    return putting(said, NETWORK_ERROR_CODE, b"\x1b")


@delivering("smpp34/receipts/user-message-reference", "forgets the reference")
def no_reference(said: Submit) -> Submit:
    return putting(said, USER_MESSAGE_REFERENCE, None)
