"""What providers keep for their customers: made, read, changed, taken away, and shown in pages."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from emulator.core.clock import VirtualClock
from emulator.core.events import Change, Feed, Kind
from emulator.core.kept import JSON, Kept, Resource
from emulator.core.logins import admitted, opened
from emulator.core.model import Account, Login
from emulator.core.pages import Page, Window
from emulator.core.ports import Store
from emulator.core.recall import Derived, Place, Recall, Select
from emulator.core.refusals import Reason, Refused

KIND = "resource"

Fields = Mapping[str, JSON]
Shelf = list[Resource]
"""A collection in the order in which it was made, so that a page of it is a slice."""

_number = attrgetter("number")


class Resources:
    """The collections of all accounts of one space.

    Thread-safe like the gateway, each verb is one turn of the store; `look` and `keep` are for who is within
    one. Every verb raises Refused where the login opens no account.
    """

    def __init__(self, store: Store, clock: VirtualClock, feed: Feed) -> None:
        self._store, self._clock, self._feed = store, clock, feed
        self._shelves: dict[Place, Shelf] | None = None
        """Every collection; None until somebody asks."""
        self._recall = Recall()
        store.watch(KIND, self._others_changed)

    def create(
        self, login: Login, collection: str, many: Sequence[Fields], name: Callable[[int], str]
    ) -> list[Resource]:
        """Make an entry of each; `name` gives it one by its number. Refused with TAKEN if one is there."""
        with self._store.turn():
            account, now = self._admitted(login), self._clock.now()
            first = self._store.count(KIND) + 1
            names = [name(first + place) for place in range(len(many))]
            if len(set(names)) < len(names) or any(self.look(account, collection, one) for one in names):
                raise Refused([Reason.TAKEN])
            pairs = zip(names, many, strict=True)
            made = [
                self._made(account, Kept(collection=collection, name=pair[0], fields=pair[1]), now)
                for pair in pairs
            ]
            self._tell(now, Change.MADE, made)
            return made

    def read(self, login: Login, collection: str, name: str) -> Resource:
        """Refused with UNKNOWN_RESOURCE where there is none."""
        with self._store.turn():
            return self._found(self._admitted(login), collection, name)

    def put(
        self, login: Login, collection: str, name: str, change: Callable[[Resource | None], Fields]
    ) -> tuple[Resource, bool]:
        """Give the entry of that name the fields that `change` makes of it; whether it is new.

        If `change` raises Refused, nothing has happened.
        """
        with self._store.turn():
            account, now = self._admitted(login), self._clock.now()
            before = self.look(account, collection, name)
            kept = Kept(collection=collection, name=name, fields=change(before))
            return self.keep(account, kept, now), before is None

    def remove(self, login: Login, collection: str, name: str) -> Resource:
        """Take an entry away. Refused with UNKNOWN_RESOURCE where there is none."""
        with self._store.turn():
            account = self._admitted(login)
            found, shelf = self._found(account, collection, name), self._shelf(account, collection)
            self._drop(found)
            del shelf[_place(shelf, found)]
            self._tell(self._clock.now(), Change.REMOVED, [found])
            return found

    def page(self, login: Login, collection: str, window: Window) -> Page[Resource]:
        """Entries in the order in which they were made."""
        with self._store.turn():
            return window.of(self._shelf(self._admitted(login), collection))

    def every(self, login: Login, collection: str) -> list[Resource]:
        with self._store.turn():
            return list(self._shelf(self._admitted(login), collection))

    def derived(
        self, login: Login, collection: str, key: Hashable, make: Callable[[Sequence[Resource]], Derived]
    ) -> Derived:
        """What `make` makes of all entries; remembered under the key until one of them changes."""
        with self._store.turn():
            account = self._admitted(login)
            place = account.provider, account.login, collection
            return self._recall.derived(place, key, lambda: make(self._shelf(account, collection)))

    def selected(self, login: Login, collection: str, key: Hashable, select: Select) -> list[Resource]:
        """The entries that `select` lets through; remembered under the key, and followed as they change."""
        with self._store.turn():
            account = self._admitted(login)
            place = account.provider, account.login, collection
            return self._recall.selected(place, key, self._shelf(account, collection), select)

    def change_all(
        self, login: Login, collection: str, change: Callable[[Resource], Fields | None]
    ) -> list[Resource]:
        """Give entries the fields that `change` makes of them, None leaves one as it is; those changed."""
        with self._store.turn():
            shelf, now = self._shelf(self._admitted(login), collection), self._clock.now()
            changes = [(place, change(resource)) for place, resource in enumerate(shelf)]
            changed = [
                self._changed(shelf, place, fields, now) for place, fields in changes if fields is not None
            ]
            self._tell(now, Change.CHANGED, changed)
            return changed

    def remove_all(self, login: Login, collection: str, which: Callable[[Resource], bool]) -> list[Resource]:
        """Take entries away; those that are gone."""
        with self._store.turn():
            shelf = self._shelf(self._admitted(login), collection)
            removed = [resource for resource in shelf if which(resource)]
            gone = {resource.number for resource in removed}
            for resource in removed:
                self._drop(resource)
            shelf[:] = [resource for resource in shelf if resource.number not in gone]
            self._tell(self._clock.now(), Change.REMOVED, removed)
            return removed

    def _others_changed(self, before: object | None, now: object | None) -> None:
        """Read everything anew when it is next asked for."""
        self._shelves, self._recall = None, Recall()

    # Within a turn

    def look(self, account: Account, collection: str, name: str) -> Resource | None:
        """The entry of that name."""
        found = self._store.get(KIND, (account.provider, account.login, collection, name))
        return found if isinstance(found, Resource) else None

    def keep(self, account: Account, kept: Kept, now: datetime) -> Resource:
        """Put an entry in the place of what is there, if anything is."""
        before = self.look(account, kept.collection, kept.name)
        if before is None:
            resource = self._made(account, kept, now)
        else:
            shelf = self._shelf(account, kept.collection)
            resource = self._changed(shelf, _place(shelf, before), kept.fields, now)
        self._tell(now, Change.CHANGED if before else Change.MADE, [resource])
        return resource

    def _made(self, account: Account, kept: Kept, now: datetime) -> Resource:
        shelf = self._shelf(account, kept.collection)
        resource = Resource(
            provider=account.provider,
            account=account.login,
            collection=kept.collection,
            name=kept.name,
            number=self._store.take(KIND),
            created_at=now,
            changed_at=now,
            fields=kept.fields,
        )
        self._store.put(KIND, _key(resource), resource)
        shelf.append(resource)
        return resource

    def _changed(self, shelf: Shelf, place: int, fields: Fields, now: datetime) -> Resource:
        resource = shelf[place] = replace(shelf[place], fields=fields, changed_at=now)
        self._store.put(KIND, _key(resource), resource)
        return resource

    def _drop(self, resource: Resource) -> None:
        self._store.drop(KIND, _key(resource))

    def _found(self, account: Account, collection: str, name: str) -> Resource:
        found = self.look(account, collection, name)
        if found is None:
            raise Refused([Reason.UNKNOWN_RESOURCE])
        return found

    def _admitted(self, login: Login) -> Account:
        return admitted(login, opened(self._store, login))

    def _shelf(self, account: Account, collection: str) -> Shelf:
        if self._shelves is None:
            self._shelves = _shelves(self._store)
        return self._shelves[account.provider, account.login, collection]

    def _tell(self, now: datetime, change: Change, resources: Sequence[Resource]) -> None:
        for one in resources[:1]:  # all are of one collection
            place = one.provider, one.account, one.collection
            self._recall.learn(place, resources, gone=change is Change.REMOVED)
        self._feed.tell(now, Kind.RESOURCE, [(change, resource) for resource in resources])


def _shelves(store: Store) -> dict[Place, Shelf]:
    """Everything that is kept, by account and collection."""
    shelves = defaultdict[Place, Shelf](list)
    for one in sorted((one for one in store.values(KIND) if isinstance(one, Resource)), key=_number):
        shelves[one.provider, one.account, one.collection].append(one)
    return shelves


def _place(shelf: Shelf, resource: Resource) -> int:
    return bisect_left(shelf, resource.number, key=_number)


def _key(resource: Resource) -> tuple[str, str, str, str]:
    return resource.provider, resource.account, resource.collection, resource.name
