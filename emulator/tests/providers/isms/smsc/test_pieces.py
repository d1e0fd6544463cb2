"""Pieces of long texts: they become one, whatever says that they are pieces."""

from typing import Any

import pytest

from emulator.tests.esme import LETTER, Centre, Esme
from emulator.tests.samples import NUMBER, OTHER
from emulator.wire.smpp.addresses import Destination
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.texts import Alphabet, encoded


def piece(esme: Esme, text: bytes, number: int, header: str = "short", **fields: Any) -> str:
    place = bytes((3, number))
    headers = {"short": b"\x05\x00\x03\x4d" + place, "long": b"\x06\x08\x04\x12\x34" + place}
    if header == "sar":
        options: dict[str | int, Any] = {
            "sar_msg_ref_num": 77,
            "sar_total_segments": 3,
            "sar_segment_seqnum": number,
        }
        return esme.sent(options, short_message=text, **fields)
    return esme.sent(esm_class=0x40, short_message=headers[header] + text, **fields)


@pytest.mark.parametrize("header", ["short", "long", "sar"])
@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2)])
def test_pieces_become_one_text_in_whatever_order_they_come(header: str, order: tuple[int, ...]) -> None:
    centre, texts = Centre(), {1: b"one ", 2: b"two ", 3: b"three"}

    with centre.bound() as esme:
        ids = [piece(esme, texts[number], number, header) for number in order]

    assert len(set(ids)) == 3
    assert centre.messages[-1].text == "one two three"
    assert [message.parts for message in centre.messages] == [1, 1, 1]
    assert [message.order.extras["piece"] for message in centre.messages] == [f"{n}/3" for n in order]


def test_pieces_of_different_texts_are_kept_apart() -> None:
    centre = Centre()

    with centre.bound() as esme:
        piece(esme, b"a", 1)
        piece(esme, b"b", 1, destination_addr=OTHER)
        piece(esme, b"c", 2)
        piece(esme, b"d", 3)

    assert [message.text for message in centre.messages] == ["a", "b", "c", "acd"]


def test_a_piece_that_was_refused_is_not_part_of_the_text() -> None:
    centre = Centre()

    with centre.bound() as esme:
        fields = {**LETTER, "esm_class": 0x40, "source_addr": "x" * 15}
        refused = esme.ask("submit_sm", {**fields, "short_message": b"\x05\x00\x03\x4d\x02\x01a"})
        esme.sent(esm_class=0x40, short_message=b"\x05\x00\x03\x4d\x02\x02b")

    assert refused.status == CommandStatus.RINVSRCADR
    assert [message.text for message in centre.messages] == ["b"]


@pytest.mark.parametrize(
    ("text", "coding", "alphabet"),
    [("Καλημέρα \U0001f600 κόσμε", 0x08, "utf-16-be"), ("one {two} three", 0x00, "gsm")],
)
def test_a_letter_that_is_cut_in_two_is_whole_again(text: str, coding: int, alphabet: str) -> None:
    centre = Centre()
    octets = encoded(text, Alphabet(alphabet))
    cut = octets.index(b"\xd8\x3d") + 2 if coding else octets.index(b"\x1b") + 1

    with centre.bound() as esme:
        for number, part in ((1, octets[:cut]), (2, octets[cut:]), (3, b"")):
            piece(esme, part, number, data_coding=coding)

    assert centre.messages[-1].text == text


def test_pieces_may_be_written_in_alphabets_of_their_own() -> None:
    centre = Centre()

    with centre.bound() as esme:
        piece(esme, b"one ", 1)
        piece(esme, "δύο ".encode("utf-16-be"), 2, data_coding=0x08)
        piece(esme, b"three", 3)

    assert centre.messages[-1].text == "one δύο three"


def test_a_header_that_is_about_something_else_leaves_it_to_the_parameters() -> None:
    centre, ports = Centre(), b"\x06\x05\x04\x0b\x84\x23\xf0"

    with centre.bound() as esme:
        for number, part in enumerate((b"one ", b"two"), start=1):
            place: dict[str | int, Any] = {
                "sar_msg_ref_num": 9,
                "sar_total_segments": 2,
                "sar_segment_seqnum": number,
            }
            esme.sent(place, esm_class=0x40, short_message=ports + part)

    assert centre.messages[-1].text == "one two"


def test_the_only_piece_of_a_text_is_none() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(esm_class=0x40, short_message=b"\x05\x00\x03\x4d\x01\x01" + b"whole")

    (message,) = centre.messages
    assert (message.text, "piece" in message.order.extras) == ("whole", False)


def test_pieces_that_go_to_many_become_one_text_for_each() -> None:
    centre = Centre()
    both = tuple(Destination(1, 1, number) for number in (NUMBER, OTHER))

    with centre.bound() as esme:
        for number, part in enumerate((b"one ", b"two"), start=1):
            octets = b"\x05\x00\x03\x4d\x02" + bytes((number,)) + part
            fields = {**LETTER, "dest_addresses": both, "esm_class": 0x40, "short_message": octets}
            assert esme.ask("submit_multi", fields).status == 0

    assert [(message.recipient, message.text) for message in centre.messages[2:]] == [
        (NUMBER, "one two"),
        (OTHER, "one two"),
    ]
