"""Greek in the GSM alphabet: each letter as the capital there that looks the same."""

import unicodedata

from emulator.core.text import ALPHABET, fits_gsm7

CAPITALS = {
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M",
    "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
}  # fmt: skip
"""Capitals that GSM 03.38 has only in their Latin look; Γ Δ Θ Λ Ξ Π Σ Φ Ψ Ω it has itself."""


def in_gsm(text: str, *, greek: bool = True) -> str:
    """The text in the GSM alphabet; what has no place there becomes a question mark."""
    if fits_gsm7(text):
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(letter if letter in ALPHABET else _replaced(letter, greek) for letter in composed)


def _replaced(letter: str, greek: bool) -> str:
    """The look-alike of a Greek letter without case or accent."""
    if not greek or not unicodedata.name(letter, "").startswith("GREEK"):
        return "?"
    bare = unicodedata.normalize("NFD", letter)[0].upper()
    capital = CAPITALS.get(bare, bare)
    return capital if capital in ALPHABET else "?"
