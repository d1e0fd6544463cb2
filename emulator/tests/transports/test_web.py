"""Fixed addresses and the methods they answer."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote_to_bytes

import pytest
from flask import Blueprint, Request
from werkzeug.test import EnvironBuilder

from emulator.provider import CONTEXT, Context, Declined, Reply, Surface, View
from emulator.providers.isms import ISMS
from emulator.transports.http import Answer
from emulator.transports.web import Addresses, web_app


def echo(here: Context, request: Request) -> Reply:
    return Reply(f"{request.method} {request.get_data(as_text=True)}", "text/plain")


@pytest.fixture
def web() -> Addresses:
    views: Mapping[str, View | Surface] = {
        "/any": echo,
        "/post.php": Surface(echo, methods=("POST",)),
        "/get/": Surface(echo, methods=("GET",)),
    }
    return web_app((replace(ISMS, views=views),))


def answer(web: Addresses, method: str, path: str) -> Answer:
    environ = EnvironBuilder(path=path, method=method, data=b"Hello").get_environ()
    return web.answered({**environ, CONTEXT: None})


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/any"), ("POST", "/any"), ("POST", "/post.php"), ("GET", "/get/")]
)
def test_an_address_answers_its_methods(method: str, path: str, web: Addresses) -> None:
    status, _, body = answer(web, method, path)

    assert (status, body) == ("200 OK", f"{method} Hello".encode())


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/post.php", {"POST"}),
        ("HEAD", "/post.php", {"POST"}),
        ("OPTIONS", "/post.php", {"POST"}),
        ("POST", "/get/", {"GET", "HEAD"}),
        ("PUT", "/any", {"GET", "HEAD", "POST"}),
    ],
)
def test_an_address_says_which_methods_it_answers(
    method: str, path: str, allowed: set[str], web: Addresses
) -> None:
    status, headers, _ = answer(web, method, path)

    assert status == "405 METHOD NOT ALLOWED"
    assert set(dict(headers)["Allow"].split(", ")) == allowed


def worded(declined: Declined) -> Reply:
    told = (declined.status, declined.title, declined.method, declined.path, declined.allow)
    return Reply(repr(told), "text/x-words", declined.status)


def broken(here: Context, request: Request) -> Reply:
    raise ValueError("broken")


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/api/http/none", (404, "Not Found", "GET", "/api/http/none", ())),
        ("PUT", "/api/http/get", (405, "Method Not Allowed", "PUT", "/api/http/get", ("GET", "HEAD"))),
        ("GET", "/api/http/broken", (500, "Internal Server Error", "GET", "/api/http/broken", ())),
    ],
)
def test_a_provider_has_its_own_words_for_what_no_surface_answers(
    method: str, path: str, told: tuple[object, ...]
) -> None:
    views = {
        "/api/http/get": Surface(echo, methods=("GET",)),
        "/api/http/broken": Surface(broken, methods=("GET",)),
    }
    web = web_app((replace(ISMS, views=views, declined=worded),))

    status, headers, body = answer(web, method, path)

    assert body.decode() == repr(told)
    assert status[:3] == str(told[0])
    assert dict(headers)["Content-Type"] == "text/x-words"
    assert dict(headers).get("Allow", "") == ", ".join(told[4])  # type: ignore[arg-type]


def test_where_a_provider_has_no_words_a_line_says_it(web: Addresses) -> None:
    assert answer(web, "GET", "/api/http/none").body == b"404 Not Found: GET /api/http/none\n"


def test_another_spelling_of_an_address_is_the_same_address(web: Addresses) -> None:
    assert answer(web, "POST", "/post%2Ephp").body == b"POST Hello"


@pytest.mark.parametrize("rest", ["a", "a/b", "a%0Ab", "%0A"])
def test_the_rest_of_a_path_may_be_anything(rest: str) -> None:
    blueprint = Blueprint("rest", __name__)
    blueprint.add_url_rule("/<path:rest>", view_func=lambda rest: rest, endpoint="rest")
    web = web_app((replace(ISMS, views={}, blueprint=lambda: blueprint),))

    status, _, body = answer(web, "GET", f"/{rest}")

    assert (status, body) == ("200 OK", unquote_to_bytes(rest))
