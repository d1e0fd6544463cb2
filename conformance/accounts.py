"""As whom the subject is called: the accounts of the default world, and what others are there for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SMPP34 = "smpp34"
"""The provider that is an SMSC alone."""

OTHERS: Mapping[str, str] = {
    "empty": "an account without credit",
    "free": "an account that may not choose its sender",
    "admin": "the account of an administrator",
}
"""What accounts of special roles are there for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A user name and a password, or a key that stands for both."""

    username: str = ""
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """As whom to call one provider: ordinarily, and by role (OTHERS)."""

    login: Login
    others: Mapping[str, Login] = field(default_factory=dict)


DEMO: Mapping[str, Accounts] = {
    "isms": Accounts(
        login=Login(username="demo", password="demo"),
        others={"empty": Login(username="empty", password="empty")},
    ),
    "netoxygen": Accounts(
        login=Login(username="demo", password="demo"),
        others={
            "empty": Login(username="empty", password="empty"),
            "free": Login(username="free", password="free"),
        },
    ),
    "iro": Accounts(login=Login(username="demo", key="demo-iro")),
    "ip1": Accounts(
        login=Login(username="ip1-10001", key="demo-ip1"),
        others={"empty": Login(username="ip1-10002", key="empty-ip1")},
    ),
    SMPP34: Accounts(
        login=Login(username="demo", password="demo"),
        others={"empty": Login(username="empty", password="empty")},
    ),
    "voipe": Accounts(
        login=Login(username="demo", password="demo", key="fe01ce2a7fbac8fafaed7c982a04e229"),
        others={
            "empty": Login(username="empty", password="empty", key="a2e4822a98337283e39f7b60acf85ec9"),
            "admin": Login(username="admin", password="admin", key="21232f297a57a5a743894a0e4a801fc3"),
        },
    ),
}
"""The accounts of the default world. A target file names its own in the same way: by key, by name and
password, or by all three, where this does."""
