"""What holds for every call: how bodies are read, what is refused, who may come."""

import pytest
from werkzeug.test import Client

from emulator.admin.call import LARGEST
from emulator.admin.routes import CALLS
from emulator.tests.admin.called import Called

JSON = "application/json"


@pytest.mark.parametrize(
    ("octets", "detail"),
    [
        (b"{", "body: Input data was truncated"),
        (b"[]", "body: Expected `object`, got `array`"),
        (b"null", "body: Expected `object`, got `null`"),
        (b'"x"', "body: Expected `object`, got `str`"),
        (b'{"rate": 1} x', "body: JSON is malformed: trailing characters (byte 13)"),
        (b'{"rate": "1"}', "body: Expected `float | null`, got `str` - at `$.rate`"),
        (b'{"rat": 1}', "body: Object contains unknown field `rat`"),
        (b"\xef\xbb\xbf{}", "body: JSON is malformed: invalid character (byte 0)"),
    ],
)
def test_a_body_that_cannot_be_obeyed_is_told_why(control: Called, octets: bytes, detail: str) -> None:
    assert control.problem("PUT", "/clock", data=octets, content_type=JSON) == (400, detail)


@pytest.mark.parametrize(
    "octets",
    [
        b'{"now": "\xff"}',
        b'{"now": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"rate": 1e999}',
        b"\x00",
    ],
)
def test_the_strangest_bodies_are_refused(control: Called, octets: bytes) -> None:
    assert control.problem("PUT", "/clock", data=octets, content_type=JSON)[0] == 400


@pytest.mark.parametrize(
    "media_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        None,
    ],
)
def test_json_is_read_under_these_names(control: Called, media_type: str | None) -> None:
    """The last two are what curl --data says of anything, and nothing at all."""
    assert control.call("PUT", "/clock", data=b'{"rate": 2}', content_type=media_type).get_json()["rate"] == 2


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "nonsense"]
)
def test_other_formats_are_not_read(control: Called, media_type: str) -> None:
    answer = control.problem("PUT", "/clock", data=b'{"rate": 2}', content_type=media_type)

    assert answer == (415, f"{media_type.partition(';')[0]} is not read here: send application/json")


@pytest.mark.parametrize("body", [b"", b"{}", b" {} "])
def test_a_call_without_a_body_accepts_none(control: Called, body: bytes) -> None:
    assert control.call("POST", "/reset", data=body, content_type=JSON).status_code == 204


def test_a_call_without_a_body_refuses_one(control: Called) -> None:
    assert control.problem("POST", "/reset", {"seed": 3}) == (
        400,
        "body: Object contains unknown field `seed`",
    )


def test_a_body_has_an_end(control: Called) -> None:
    padded = b'{"rate": 2}'.ljust(LARGEST)

    assert control.call("PUT", "/clock", data=padded, content_type=JSON).status_code == 200
    assert control.problem("PUT", "/clock", data=padded + b" ", content_type=JSON) == (
        413,
        "a body may have 8388608 octets here",
    )


def test_a_body_that_breaks_off_is_not_obeyed(control: Called) -> None:
    import io

    cut = {"CONTENT_LENGTH": "100", "CONTENT_TYPE": JSON}
    rate = control.get("/clock")["rate"]

    answer = control.call("PUT", "/clock", input_stream=io.BytesIO(b'{"rate": 7}'), environ_overrides=cut)

    assert (answer.status_code, control.get("/clock")["rate"]) == (400, rate)


def test_a_body_of_no_stated_length_has_the_same_end(control: Called) -> None:
    import io

    sent = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_TYPE": JSON}
    padded = b'{"rate": 2}'.ljust(LARGEST)

    def put(octets: bytes) -> int:
        return control.call(
            "PUT", "/clock", input_stream=io.BytesIO(octets), environ_overrides=sent
        ).status_code

    assert (put(padded), put(padded + b" ")) == (200, 413)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "", 404),
        ("GET", "/", 404),
        ("GET", "/clock/", 404),
        ("GET", "//clock", 404),
        ("GET", "/accounts/isms/", 404),
        ("PUT", "/accounts/isms/a/b", 404),
        ("GET", "/%FF%FE", 404),
        ("GET", "/clock%00", 404),
        ("GET", "/" + "x" * 10_000, 404),
        ("POST", "/clock", 405),
        ("OPTIONS", "/clock", 405),
        ("TRACE", "/clock", 405),
        ("BREW", "/clock", 405),
    ],
)
def test_what_is_no_call_is_a_problem_too(control: Called, method: str, path: str, status: int) -> None:
    assert control.problem(method, path)[0] == status


def test_a_wrong_method_is_told_the_right_ones(control: Called) -> None:
    answer = control.call("DELETE", "/clock")

    assert sorted(answer.headers["Allow"].split(", ")) == ["GET", "HEAD", "PUT"]


def test_a_long_path_is_not_repeated_whole(control: Called) -> None:
    assert len(control.problem("GET", "/" + "x" * 10_000)[1]) < 300


def test_a_page_of_another_site_changes_nothing(control: Called) -> None:
    """A browser says where a request comes from; the page that asks cannot make it say otherwise."""
    assert control.problem("POST", "/reset", headers={"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert control.call("GET", "/clock", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    assert control.call("POST", "/reset", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 204


TOKEN = "open-sesame"


@pytest.fixture
def guarded() -> Called:
    return Called(token=TOKEN)


@pytest.mark.parametrize(("method", "path"), [(call.method, call.path) for call in CALLS])
def test_every_call_wants_the_token(guarded: Called, method: str, path: str) -> None:
    answer = guarded.call(method, path.replace("<int:id>", "1").replace("<", "").replace(">", ""))

    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer open-sesam",
        "Bearer open-sesame ",
        "open-sesame",
        "Basic open-sesame",
        "Bearer \xff",
    ],
)
def test_other_tokens_open_nothing(guarded: Called, given: str) -> None:
    assert guarded.problem("GET", "/clock", headers={"Authorization": given})[0] == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
@pytest.mark.parametrize("token", [TOKEN, "άνοιξε σουσάμι", "a b"])
def test_the_token_opens(scheme: str, token: str) -> None:
    given = f"{scheme} {token}".encode().decode("latin-1")

    answer = Called(token=token).call("GET", "/clock", headers={"Authorization": given})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/_emulator/nothing", "/_emulator", "/~%20/_emulator/clock", "/~mine/_emulator/clock"]
)
def test_without_the_token_nobody_learns_what_is_there(guarded: Called, path: str) -> None:
    assert guarded.client.get(path).status_code == 401


def test_providers_do_not_ask_for_the_token(guarded: Called) -> None:
    guarded.send()


def test_a_defect_is_a_problem_and_a_line_in_the_log(
    control: Called, defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control.space.store, "accounts", lambda: 1 / 0)

    assert control.problem("GET", "/accounts") == (500, "a defect of the emulator: see its log")
    assert defects == ["defect at GET /_emulator/accounts"]
    defects.clear()


def test_head_is_get_without_the_body(control: Called) -> None:
    answer = Client(control.emulator.wsgi).head("/_emulator/clock")

    assert (answer.status_code, answer.data) == (200, b"")
