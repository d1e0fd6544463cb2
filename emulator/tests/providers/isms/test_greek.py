"""Greek in the GSM alphabet."""

import pytest

from emulator.core.text import fits_gsm7
from emulator.providers.isms.greek import in_gsm


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Hello, world! €", "Hello, world! €"),
        ("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", "ABΓΔEZHΘIKΛMNΞOΠPΣTYΦXΨΩ"),
        ("αβγδεζηθικλμνξοπρστυφχψω", "ABΓΔEZHΘIKΛMNΞOΠPΣTYΦXΨΩ"),
        ("άέήίόύώ", "AEHIOYΩ"),
        ("ΆΈΉΊΌΎΏ", "AEHIOYΩ"),
        ("ϊϋΐΰΪΫ", "IYIYIY"),
        ("λόγος", "ΛOΓOΣ"),
        ("Καλημέρα κόσμε", "KAΛHMEPA KOΣME"),
        ("ἀρχή", "APXH"),
        ("é à ç ñ", "é à ? ñ"),
        ("Привет", "??????"),
        ("你好", "??"),
        ("😀", "?"),
        ("`", "?"),
        ("a\tb", "a?b"),
        ("", ""),
    ],
)
def test_a_greek_letter_becomes_the_capital_that_looks_the_same(text: str, sent: str) -> None:
    assert in_gsm(text) == sent
    assert fits_gsm7(sent)


def test_an_accent_written_apart_belongs_to_its_letter() -> None:
    """Some systems send letter and accent as two characters."""
    assert in_gsm("Καλημε\u0301ρα, n\u0303") == "KAΛHMEPA, ñ"


def test_without_transliteration_greek_is_foreign() -> None:
    assert in_gsm("Γειά ΣΟΥ", greek=False) == "Γ??? Σ??"
