"""Secrets of a target, out of everything that is kept or shown."""

import json
from base64 import b64encode, encodebytes
from collections.abc import Iterable
from html import escape
from urllib.parse import quote, quote_plus

STARS = b"***"


class Mask:
    """Puts stars where a secret stands, however it is spelled."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        found = {spelled for secret in secrets for spelled in spellings(secret)}
        self._spellings = sorted(found, key=len, reverse=True)

    def octets(self, octets: bytes) -> bytes:
        """With three stars for each, whatever its length."""
        for spelled in self._spellings:
            octets = octets.replace(spelled, STARS)
        return octets

    def pdu(self, octets: bytes) -> bytes:
        """With a star for each octet: the PDU tells its length, and what stands behind has to stay there."""
        for spelled in self._spellings:
            octets = octets.replace(spelled, b"*" * len(spelled))
        return octets

    def text(self, text: str) -> str:
        return self.octets(text.encode(errors="surrogatepass")).decode(errors="surrogatepass")


def spellings(secret: str) -> frozenset[bytes]:
    """A secret as the drivers may have put it into octets."""
    return frozenset(ways(secret))


def ways(text: str) -> list[bytes]:
    """A text as it is put into octets: plain, in an address, in XML, JSON or base64; always in this order."""
    octets = text.encode()
    written = (text, quote(text), quote_plus(text), escape(text, quote=False), escape(text))
    quoted = (json.dumps(text, ensure_ascii=plain)[1:-1] for plain in (True, False))
    return [*(one.encode() for one in (*written, *quoted)), b64encode(octets), encodebytes(octets).rstrip()]
