"""What is done about accounts: who asks, and accounts that a provider lets customers open and change."""

from collections.abc import Callable
from decimal import Decimal

from emulator.core.desk import Desk
from emulator.core.events import Change, Kind
from emulator.core.logins import opened
from emulator.core.model import Account, Login
from emulator.core.refusals import Reason, Refused

Taken = Callable[[str], bool]
"""Whether an account of the provider has that login."""


class Customers(Desk):
    """The verbs about accounts; which of them a customer may use, its provider decides."""

    def who(self, login: Login) -> Account | None:
        """The account that the login opens, whatever else speaks against the request."""
        with self.store.turn():
            return opened(self.store, login)

    def account(self, login: Login) -> Account:
        """The account that asks. Raises Refused."""
        with self.store.turn():
            return self._admitted(login)

    def credit(self, login: Login) -> Decimal | None:
        """What the account has left; None is unlimited. Raises Refused."""
        return self.account(login).credit

    def accounts(self, login: Login) -> list[Account]:
        """Every account of the provider that is asked. Raises Refused."""
        with self.store.turn():
            self._admitted(login)
            return [one for one in self.store.accounts() if one.provider == login.provider]

    def open_account(self, login: Login, make: Callable[[Account, Taken], Account]) -> Account:
        """Let in the account that `make` gives for who asks. Raises Refused; so may `make`.

        Refused with TAKEN if another has its login or its key.
        """
        with self.store.turn():
            made = make(self._admitted(login), lambda name: self._named(login, name) is not None)
            if self._named(login, made.login) is not None:
                raise Refused([Reason.TAKEN])
            return self._let_in(made, Change.MADE)

    def amend(self, login: Login, name: str, change: Callable[[Account, Account], Account]) -> Account:
        """Put in an account's place what `change` makes of it for who asks. Raises Refused; so may `change`.

        Refused with UNKNOWN_ACCOUNT where there is none, with TAKEN if another has the key.
        """
        with self.store.turn():
            asking, target = self._admitted(login), self._found(login, name)
            return self._let_in(change(asking, target), Change.CHANGED)

    def close_account(self, login: Login, name: str) -> None:
        """Take an account away. Raises Refused, with UNKNOWN_ACCOUNT where there is none."""
        with self.store.turn():
            self._admitted(login)
            found = self._found(login, name)
            self.store.drop_account(login.provider, name)
            self._tell(Change.REMOVED, found)

    def _named(self, login: Login, name: str) -> Account | None:
        return self.store.account(login.provider, name)

    def _found(self, login: Login, name: str) -> Account:
        found = self._named(login, name)
        if found is None:
            raise Refused([Reason.UNKNOWN_ACCOUNT])
        return found

    def _let_in(self, account: Account, change: Change) -> Account:
        holder = self.store.keyed(account.provider, account.key)
        if holder is not None and holder.login != account.login:
            raise Refused([Reason.TAKEN])
        self.store.put_account(account)
        self._tell(change, account)
        return account

    def _tell(self, change: Change, account: Account) -> None:
        self.feed.tell(self.clock.now(), Kind.ACCOUNT, [(change, account)])
