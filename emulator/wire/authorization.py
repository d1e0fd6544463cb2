"""The Authorization field: the token of a bearer (RFC 6750), a name and password (RFC 7617)."""

from base64 import b64decode


def bearer(field: str) -> str | None:
    """The token; None where the field has none."""
    return _of(field, "bearer")


def basic(field: str) -> tuple[str, str] | None:
    """Name and password; None where the field has none, or none that can be read."""
    pair = _of(field, "basic")
    if pair is None:
        return None
    try:
        name, _, password = b64decode(pair, validate=True).decode().partition(":")
    except ValueError:
        return None
    return name, password


def _of(field: str, scheme: str) -> str | None:
    """What follows the scheme, in whatever letters that is written."""
    name, _, rest = field.partition(" ")
    return rest.strip() if name.lower() == scheme else None
