"""What is sent, whatever text it is."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.core.model import Account
from emulator.providers.voipe import senders, texts
from emulator.providers.voipe.quirks import PROFILES, Quirks

DOCUMENTED, UPSTREAM = Quirks(), Quirks(**PROFILES["upstream"])  # type: ignore[arg-type]
LETTERS = st.text(st.sampled_from("aé€שß[ "), max_size=400)
FLAGS = st.sampled_from(["", "0", "1", "2", "-1", "true"])


@given(LETTERS, st.integers(0, 60))
def test_a_text_is_cut_in_characters(text: str, most: int) -> None:
    assert texts.cut(text, most, DOCUMENTED) == text[:most]


@given(LETTERS, st.integers(0, 60))
def test_a_text_is_cut_in_octets_with_a_mark_for_a_split_letter(text: str, most: int) -> None:
    left = texts.cut(text, most, UPSTREAM)
    whole = left if text.startswith(left) else left.removesuffix("?")

    assert text.startswith(whole)
    assert len(whole.encode()) <= most
    assert left == whole or len(text[: len(whole) + 1].encode()) > most


@given(LETTERS, FLAGS)
def test_more_text_takes_no_fewer_parts(text: str, flag: str) -> None:
    short, long = (texts.worded(one, "", flag, DOCUMENTED).parts for one in (text, f"{text}ש"))

    assert 1 <= short <= long


@given(LETTERS)
def test_only_the_flag_makes_a_text_wide_upstream(text: str) -> None:
    plain, flagged = (texts.worded(text, "", flag, UPSTREAM) for flag in ("", "1"))

    assert plain.parts <= flagged.parts
    assert plain.coding != flagged.coding


def test_upstream_counts_letters_of_the_basic_alphabet_in_octets() -> None:
    assert texts.worded("é" * 80, "", "", UPSTREAM).parts == 1
    assert texts.worded("é" * 81, "", "", UPSTREAM).parts == 2
    assert texts.worded("é" * 81, "", "", DOCUMENTED).parts == 1
    assert texts.worded("ש" * 160, "", "", UPSTREAM).parts == 1


@given(st.text(max_size=20))
def test_a_sender_is_approved_or_another_one(asked: str) -> None:
    account = Account(
        provider="voipe", login="demo", senders=("VipInvest", "Vip Team"), attributes={"sender": "Demo"}
    )

    assert senders.sender(asked, account, DOCUMENTED) in {"VipInvest", "Vip Team", "Demo"}
    assert senders.sender("VipInvest", account, DOCUMENTED) == "VipInvest"
