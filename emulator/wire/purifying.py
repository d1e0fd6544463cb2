"""What a purifier knows of HTML: elements, the attributes they may have, and which close others."""

import re
from collections.abc import Mapping


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INLINE = _names(
    "a abbr acronym b basefont bdo big br cite code del dfn em font i img ins kbd q s samp small span strike "
    "strong sub sup tt u var"
)
BLOCK = _names("address blockquote center dir div dl h1 h2 h3 h4 h5 h6 hr menu ol p pre table ul")
PARTS = _names("caption col colgroup dd dt li tbody td tfoot th thead tr")

KNOWN = INLINE | BLOCK | PARTS
EMPTY = _names("area base basefont br col frame hr img input isindex link meta param")
HIDDEN = frozenset({"script", "style"})
"""Elements that go with everything in them."""

INSIDE: Mapping[str, tuple[str, ...]] = {
    "li": ("ul", "ol", "dir", "menu"),
    "dt": ("dl",),
    "dd": ("dl",),
    "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
    **dict.fromkeys(("caption", "col", "colgroup", "thead", "tbody", "tfoot"), ("table", "colgroup")),
}
"""Where an element must stand that cannot stand anywhere."""

CELLS = frozenset({"td", "th", "p", "span", "font", "a", "b", "i", "u"})
CLOSED_BY: Mapping[str, frozenset[str]] = {
    **{block: frozenset({"p"}) for block in BLOCK},
    "p": _names("p h1 h2 h3 h4 h5 h6 tt i b u s strike big small"),
    "a": frozenset({"a"}),
    "li": _names("p h1 h2 h3 h4 h5 h6 dl address pre li"),
    "dt": _names("p menu dir address pre dd"),
    "dd": _names("p menu dir address pre dt"),
    "td": CELLS,
    "th": CELLS,
    "tr": _names("td th tr caption col colgroup p"),
}
"""The elements that the start of another one ends."""

WEIGHTS: Mapping[str, int] = {
    "div": 150, "td": 160, "th": 160, "tr": 170, "thead": 180, "tbody": 180, "tfoot": 180, "table": 190,
}  # fmt: skip

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "": frozenset({"class", "title", "dir", "lang", "xml:lang"}),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height", "longdesc"}),
    "font": frozenset({"color", "face", "size"}),
    "q": frozenset({"cite"}),
    "blockquote": frozenset({"cite"}),
    "del": frozenset({"cite"}),
    "ins": frozenset({"cite"}),
    "td": frozenset({"abbr", "colspan", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "rowspan"}),
    "table": frozenset({"border", "cellpadding", "cellspacing", "summary", "width"}),
}
"""What an element may have beside what all may have."""

ADDRESSES = frozenset({"href", "src", "cite", "longdesc"})
SCHEMES = frozenset({"http", "https", "mailto", "ftp", "nntp", "news"})

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def allowed(name: str, value: str) -> bool:
    """Whether an attribute may have the value; addresses lead to well-known places only."""
    if name in ADDRESSES:
        scheme = _SCHEME.match(value.strip())
        return scheme is None or scheme[1].lower() in SCHEMES
    if name == "dir":
        return value in ("ltr", "rtl")
    return bool(value.strip()) if name == "class" else True


def priority(name: str) -> int:
    """How much an element weighs: an end tag closes none that weighs more than its own."""
    return WEIGHTS.get(name, 100)
