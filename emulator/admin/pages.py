"""Pages for people: one file each, no outside resources, usable offline."""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Response, render_template, request
from markupsafe import Markup

from emulator import settings
from emulator.admin import descriptions, reference, views
from emulator.admin.call import Here
from emulator.core.model import Account, Medium
from emulator.provider import Provider

TEMPLATES = Path(__file__).with_name("templates")

SHOWN = 100
"""Messages on the page when it is opened; its script keeps as many."""

LONGEST = 500
"""Characters of a text on the page; the whole of it may be millions."""

MOST_ACCOUNTS = 20


def home(here: Here) -> Response:
    """What this is, where to go, what arrived. A guarded emulator tells only what is documented anyway."""
    open_ = not here.guarded
    return _page(
        "home.html",
        here,
        script=_text("home.js"),
        messages=_latest(here) if open_ else [],
        total=_counted(here.space.messages),
        clock=views.clock(here.space) if open_ else None,
        providers=[_provider(here, provider) for provider in here.providers],
        outcomes=[views.outcome(one) for one in here.space.gateway.outcomes.named.values()],
    )


def docs(here: Here, document: Mapping[str, Any], shown: str, titles: Iterable[tuple[str, str]]) -> Response:
    """A document as a page, with the way to the others: `titles` are all of them by name."""
    base = request.host_url.rstrip("/") + document["servers"][0]["url"]
    return _page(
        "docs.html",
        here,
        script="",
        document=document,
        shown=shown,
        titles=list(titles),
        schemas=document.get("components", {}).get("schemas", {}),
        base=base,
        groups=reference.groups(document, base, _token(descriptions.provider(shown))),
    )


def prose(text: str) -> Markup:
    """A description: what stands in backticks is code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )


def clock(moment: str) -> str:
    """A moment as people read it, to the second."""
    return moment[:19].replace("T", " ")


def pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _page(template: str, here: Here, *, script: str, **values: Any) -> Response:
    style = _text("style.css")
    html = render_template(
        template,
        root=request.script_root,
        space=here.space.name,
        guarded=here.guarded,
        style=style,
        script=script,
        **values,
    )
    answer = Response(html, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = policy([style], [script])
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Nothing may run or be loaded but what the page itself brings."""
    style, script = (" ".join(_digest(text) for text in texts) for texts in (styles, scripts))
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _text(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _latest(here: Here) -> list[views.Shown]:
    """The newest messages, newest first."""
    with here.space.store.turn():
        found = list(here.space.store.messages(here.space.store.count("message") - SHOWN))
    render = here.views.message
    return [brief(render(one)) for one in reversed(found)]


def brief(message: views.Shown) -> views.Shown:
    """The message as the page shows it, which its script does in the same way."""
    text, fax = message["text"], message["medium"] == Medium.FAX
    cut = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    return {
        **message,
        "subject": message["extras"].get("subject", ""),
        "text": f"a document, {len(text)} characters of base64" if fax else cut,
        "sender": message["from"] and f"from {message['from']}",
    }


def _counted(total: int) -> str:
    return f"{total} message{'' if total == 1 else 's'}"


def _provider(here: Here, provider: Provider) -> dict[str, Any]:
    url = request.host_url.rstrip("/") + request.script_root
    return {
        "name": provider.name,
        "title": provider.title,
        "addresses": [url + prefix for prefix in provider.prefixes],
        "sample": provider.sample.curl(url),
        "accounts": [] if here.guarded else _accounts(here, provider),
    }


def _accounts(here: Here, provider: Provider) -> list[dict[str, Any]]:
    """Who may log in, and with what: shown only where it is what the default world documents."""
    documented = {(one.provider, one.login): _secrets(one) for one in settings.accounts(settings.world())}
    known = [one for one in here.space.store.accounts() if one.provider == provider.name][:MOST_ACCOUNTS]
    return [
        {
            "login": one.login,
            "credit": one.credit,
            "secrets": [
                pair for pair in _secrets(one) if pair in documented.get((one.provider, one.login), ())
            ],
        }
        for one in known
    ]


def _token(provider: str) -> str:
    """A key of the default world, for commands that can be tried; three dots where it has none."""
    keys = [one.key for one in settings.accounts(settings.world()) if one.provider == provider and one.key]
    return keys[0] if keys else "…"


def _secrets(account: Account) -> list[tuple[str, str]]:
    """Password and key, and which of them it is; what an account does not have is left out."""
    return [pair for pair in (("password", account.password), ("key", account.key)) if pair[1]]
