"""An exchange as a line for a shell, read back from its octets."""

import re
from shlex import quote

from conformance.tape import Exchange

FORM = "application/x-www-form-urlencoded"
CURL_SETS = frozenset({"host", "user-agent", "accept", "connection", "content-length"})


def command(exchange: Exchange) -> str:
    """A curl line that sends the same request; octets curl would never send become printf and nc."""
    head, _, body = exchange.request.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    request = re.fullmatch(rb"([A-Z]+) (/[!-~]*) HTTP/1\.1", first)
    headers = [re.fullmatch(rb"([!-9;-~]+): ([ -~]*)", line) for line in lines]
    if request is None or not all(headers) or b"\0" in body or not _utf8(body) or _chunked(lines):
        return _netcat(exchange)
    method, target = (part.decode() for part in request.groups())
    pairs = [(pair[1].decode(), pair[2].decode()) for pair in headers if pair]
    return " ".join(["curl", "-sSi", *_words(exchange.base, method, target, pairs, body.decode())])


def _words(base: str, method: str, target: str, headers: list[tuple[str, str]], body: str) -> list[str]:
    words = ["-g"] if re.search(r"[\[\]{}]", target) else []
    if "/." in target:
        words.append("--path-as-is")
    if method == "HEAD":
        words.append("-I")
    elif method != ("POST" if body else "GET"):
        words += ["-X", method]
    for name, value in headers:
        if not _implied(name.lower(), value, base, body):
            words += ["-H", quote(f"{name}: {value}" if value else f"{name};")]
    if body:
        if not any(name.lower() == "content-type" for name, _ in headers):
            words += ["-H", quote("Content-Type:")]
        words += ["--data-raw", quote(body)]
    return [*words, quote(base + target)]


def _implied(name: str, value: str, base: str, body: str) -> bool:
    if name == "host":
        return value == base.partition("://")[2]
    return name in CURL_SETS or (name == "content-type" and bool(body) and value == FORM)


def _netcat(exchange: Exchange) -> str:
    host, _, port = exchange.base.partition("://")[2].partition(":")
    octets = "".join(_printed(octet) for octet in exchange.request)
    return f"printf {quote(octets)} | nc {host} {port or 80}"


def _printed(octet: int) -> str:
    known = {0x0D: r"\r", 0x0A: r"\n", 0x25: "%%", 0x5C: r"\\"}
    return known.get(octet) or (chr(octet) if 0x20 <= octet < 0x7F else f"\\{octet:03o}")


def _utf8(octets: bytes) -> bool:
    try:
        octets.decode()
    except UnicodeDecodeError:
        return False
    return True


def _chunked(lines: list[bytes]) -> bool:
    return any(line.lower().startswith(b"transfer-encoding:") for line in lines)
