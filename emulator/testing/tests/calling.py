"""An application of a few lines."""

from urllib.parse import urlencode
from urllib.request import urlopen

from emulator.testing import Space

NUMBER = "306912345678"

LETTER = {"username": "demo", "password": "demo", "from": "smslab", "to": NUMBER, "message": "Hello"}


def sent(space: Space, **fields: str) -> str:
    """What iSMS answers to a send."""
    with urlopen(f"{space.address('isms')}/send.php?{urlencode({**LETTER, **fields})}") as reply:
        return str(reply.read().decode())
