"""What checks of contacts and landing pages keep for an account, and take away again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from conformance.checks.ip1.calls import Document, done, id_of, listed
from conformance.clock import Clock
from conformance.drivers.ip1 import CONTACTS, LABELS, LANDINGS, Answer, Ip1Driver
from conformance.verify import verify

NAMES = {"firstName": "Icarus", "lastName": "Sol"}
TITLE = {  # the element of the page's example, which the service gives an id
    "type": "Title",
    "order": 0,
    "backgroundColor": "#f7f7f7",
    "foregroundColor": "#111",
    "padding": "2",
    "margin": "0",
    "textAlignment": "Center",
    "font": "Roboto",
    "content": "Welcome to the Landing",
    "level": 1,
    "bold": False,
    "italic": False,
    "underline": False,
}


@dataclass(slots=True, kw_only=True)
class Book:
    """Contacts of one check. All have a label that nobody else uses: other contacts are left alone."""

    ip1: Ip1Driver
    mark: str
    ids: list[str] = field(default_factory=list)

    def add(self, *properties: Mapping[str, str], labels: Iterable[str] = ()) -> list[Document]:
        """A contact for each set of properties, as the answer shows them."""
        return self.made([{"properties": one, "labels": [self.mark, *labels]} for one in properties])

    def one(self, properties: Mapping[str, str] = NAMES, labels: Iterable[str] = ()) -> str:
        """The id of a contact that is made."""
        return id_of(self.add(properties, labels=labels)[0])

    def made(self, contacts: list[Document]) -> list[Document]:
        """What POST makes of contacts as they are sent, which has to succeed."""
        found = listed(self.ip1.post(f"{CONTACTS}?sync", contacts))
        self.ids += map(id_of, found)
        verify(len(found)).equals(len(contacts))
        return found

    def found(self, query: str = "") -> list[str]:
        """The ids of those contacts of this check that filters find; `query` as it shall travel."""
        more = f"&{query}" if query else ""
        return [id_of(one) for one in listed(self.ip1.get(f"{CONTACTS}?labels={self.mark}&limit=2000{more}"))]

    def clear(self) -> None:
        """One by one: who reads filters wrongly would lose more."""
        for id in self.ids:
            self.ip1.delete(f"{CONTACTS}/{id}")


@dataclass(slots=True, kw_only=True)
class Pages:
    """Landing pages of one check."""

    ip1: Ip1Driver
    ids: list[str] = field(default_factory=list)

    def add(self, name: str = "smslab check", **members: object) -> Document:
        """A landing page that is made, as the answer shows it."""
        made = done(self.ip1.post(LANDINGS, {"name": name, **members}))
        self.ids.append(id_of(made))
        return made

    def clear(self) -> None:
        for id in self.ids:
            self.ip1.delete(landing(id))


def unused(clock: Clock) -> str:
    """A word that nobody has used yet, as long as time goes on."""
    return f"smslab{clock.now():%Y%m%d%H%M%S%f}"


def contact(id: object) -> str:
    return f"{CONTACTS}/{id}"


def label(name: str, rest: str = "") -> str:
    return f"{LABELS}/{quote(name, safe='')}{rest}"


def landing(id: object) -> str:
    return f"{LANDINGS}/{id}"


def element(landing: object, id: object = "") -> str:
    """An element, or all of them."""
    return f"{LANDINGS}/{landing}/elements" + (f"/{id}" if id else "")


def shown(ip1: Ip1Driver, path: str) -> Document:
    """What can be read at an address, which has to be there."""
    return answered(ip1.get(path))


def own(document: Document, mark: str = "") -> list[str]:
    """The labels of a contact, but for those that it did not ask for."""
    return [one for one in labels(document) if one not in ("all", mark)]


def labels(document: Document) -> list[str]:
    found = document.get("labels")
    verify(found).holds(lambda one: isinstance(one, list), "an array of labels")
    return list(found or ())


def answered(answer: Answer) -> Document:
    """The document of an answer with 200."""
    verify(answer.status).equals(200)
    return answer.document
