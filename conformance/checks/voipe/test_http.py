"""How calls travel, and what their answers are labelled."""

import json as text
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import pytest

from conformance.bench import Place
from conformance.checks.voipe.calls import (
    HEBREW,
    query,
    refused,
    sent,
    succeeded,
    timeless,
)
from conformance.drivers.http import Reply
from conformance.drivers.voipe import INDEX, OLD, WS, Answer, VoipeDriver, VoipeForm
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LOGIN_PAGE = "index.php?app=main&inc=core_auth&route=login"
BLOCKED_PAGE = "index.php?app=main&inc=core_auth&route=block&op=block"


MULTIPART = "multipart/form-data; boundary=smslab"


class Percented(VoipeDriver):
    """Writes blanks as %20."""

    def send(self, fields: Mapping[str, str]) -> Reply:
        return self.get(f"{WS}&{urlencode(fields, quote_via=quote)}")


def answered(reply: Reply) -> str:
    return timeless(reply.text)


def parts(fields: dict[str, str]) -> bytes:
    """A form in the way browsers send files."""
    named = [
        f'--smslab\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*named, "--smslab--\r\n"]).encode()


@requirement("voipe/http/address", "voipe/http/get")
def test_calls_are_taken_at_the_address(voipe: VoipeDriver) -> None:
    """In the query of a GET request."""
    succeeded(Answer(voipe.get(f"{INDEX}?app=ws&{query(voipe, 'cr')}")))


@requirement("voipe/http/old-address")
def test_calls_are_taken_at_the_old_address(voipe: VoipeDriver) -> None:
    """And answered alike."""
    asked = query(voipe, "cr")

    verify(answered(voipe.get(f"{OLD}?app=ws&{asked}"))).equals(answered(voipe.get(f"{WS}&{asked}")))


@requirement("voipe/http/app-names")
@pytest.mark.parametrize("app", ["webservice", "webservices"])
def test_the_module_has_three_names(voipe: VoipeDriver, app: str) -> None:
    """Two of them longer."""
    succeeded(Answer(voipe.get(f"{INDEX}?app={app}&{query(voipe, 'cr')}")))


@requirement("voipe/http/other-app", "voipe/http/html-type")
@pytest.mark.parametrize("app", ["WS", "foo"])
def test_other_modules_say_nothing(voipe: VoipeDriver, app: str) -> None:
    """Nor does this one in capitals."""
    reply = voipe.get(f"{INDEX}?app={app}&{query(voipe, 'cr')}")

    verify((reply.status, reply.body, reply.headers["Content-Type"])).equals(
        (200, b"", "text/html; charset=UTF-8")
    )


@requirement("voipe/http/no-app", "voipe/http/html-type")
@pytest.mark.parametrize("with_query", [True, False])
def test_without_a_module_there_is_the_login_page(voipe: VoipeDriver, with_query: bool) -> None:
    """Whatever else is asked."""
    reply = voipe.get(f"{INDEX}?{query(voipe, 'cr')}" if with_query else INDEX)

    verify((reply.status, reply.headers["Location"], reply.body)).equals((302, LOGIN_PAGE, b""))
    verify(reply.headers["Content-Type"]).equals("text/html; charset=UTF-8")


@requirement("voipe/http/singular-form")
def test_a_form_for_the_singular_is_turned_away(voipe: VoipeDriver) -> None:
    """It lacks what protects forms from others."""
    reply = voipe.post(f"{INDEX}?app=webservice", query(voipe, "cr").encode())

    verify((reply.status, reply.headers["Location"], reply.body)).equals((302, BLOCKED_PAGE, b""))


@requirement("voipe/http/form")
def test_calls_may_be_posted(form: VoipeForm) -> None:
    """The module in the query, or in the form."""
    succeeded(form.call("cr"))
    succeeded(Answer(form.post(INDEX, f"app=ws&{query(form, 'cr')}".encode())))


@requirement("voipe/http/multipart")
def test_calls_may_be_posted_in_parts(voipe: VoipeDriver) -> None:
    """As browsers send files."""
    body = parts({"u": voipe.username, "h": voipe.token, "op": "cr"})

    succeeded(Answer(voipe.post(WS, body, MULTIPART)))


@requirement("voipe/http/form-wins")
def test_the_form_outweighs_the_query(voipe: VoipeDriver) -> None:
    """One has who calls, both have what for."""
    asked = urlencode({"u": voipe.username, "op": "nosuchop"})
    body = urlencode({"h": voipe.token, "op": "cr"}).encode()

    succeeded(Answer(voipe.post(f"{WS}&{asked}", body)))


@requirement("voipe/http/other-methods")
def test_the_method_is_no_matter(voipe: VoipeDriver) -> None:
    """With a query."""
    target = f"{WS}&{query(voipe, 'cr')}"

    for method in ("PUT", "DELETE", "OPTIONS"):
        succeeded(Answer(voipe.get(target, method=method)))
    head = voipe.get(target, method="HEAD")
    verify((head.status, head.body)).equals((200, b""))


@requirement("voipe/http/name-case")
def test_names_in_capitals_are_others(voipe: VoipeDriver) -> None:
    """The operation, and a parameter of one."""
    asked = {"u": voipe.username, "h": voipe.token}

    verify(timeless(voipe.ask({**asked, "OP": "cr"}).text)).equals(timeless(voipe.ask(asked).text))
    refused(voipe.call("pv", TO="1", msg="x"), "201")


@requirement("voipe/http/trimmed")
def test_blanks_around_values_are_nothing(voipe: VoipeDriver) -> None:
    """Of credentials, and of a format."""
    fields = {"u": f" {voipe.username} ", "h": f"\t{voipe.token}\n", "op": "cr", "format": " xml "}

    succeeded(voipe.ask(fields))


@requirement("voipe/http/untrimmed")
def test_blanks_around_an_operation_make_it_another(voipe: VoipeDriver) -> None:
    """Which does not exist."""
    verify(timeless(voipe.call(" cr ").text)).equals(timeless(voipe.call("nosuchop").text))


@requirement("voipe/http/untrimmed")
def test_blanks_around_a_user_make_another(voipe: VoipeDriver, admin: VoipeDriver) -> None:
    """Whom nobody knows."""
    succeeded(admin.call("creditview", data_username=voipe.username))
    refused(admin.call("creditview", data_username=f" {voipe.username} "), "620")


@requirement("voipe/http/array")
@pytest.mark.parametrize("name", ["to", "msg"])
def test_arrays_count_as_missing(voipe: VoipeDriver, name: str) -> None:
    """A destination or a message."""
    fields = {"to": "1", "msg": "x"}
    fields[f"{name}[]"] = fields.pop(name)

    refused(voipe.call("pv", **fields), "201")


@requirement("voipe/http/repeated")
def test_the_last_of_a_name_counts(voipe: VoipeDriver) -> None:
    """First the wrong one, then first the right one."""
    asked = query(voipe, "cr")

    succeeded(Answer(voipe.get(f"{WS}&u=nobody&{asked}")))
    refused(Answer(voipe.get(f"{WS}&{asked}&u=nobody")), "100")


@requirement("voipe/http/unknown-names")
def test_other_parameters_are_ignored(voipe: VoipeDriver) -> None:
    """An array among them."""
    succeeded(Answer(voipe.get(f"{WS}&{query(voipe, 'cr')}&unknown=1&foo[bar]=2&callback=cb")))


@requirement("voipe/http/no-json")
def test_json_is_not_read_here(voipe: VoipeDriver) -> None:
    """Under either name of who calls."""
    members = {
        "op": "cr",
        "u": voipe.username,
        "h": voipe.token,
        "user": voipe.username,
        "token": voipe.token,
    }
    reply = voipe.post(WS, text.dumps(members).encode(), "application/json")

    verify(answered(reply)).equals(answered(voipe.get(WS)))


@requirement("voipe/http/encoding")
@pytest.mark.parametrize("kind", [VoipeDriver, Percented])
def test_blanks_may_be_written_in_two_ways(
    voipe: VoipeDriver, place: Place, numbers: Numbers, kind: type[VoipeDriver]
) -> None:
    """In a message with letters beyond ASCII."""
    driver = kind(voipe.client, voipe.username, voipe.password, voipe.token, place.spend)

    verify(sent(voipe, place.clock, driver.pv(numbers()[0], f"a + b {HEBREW}"))["msg"]).equals(
        f"a + b {HEBREW}"
    )


@requirement("voipe/http/broken-octets")
@pytest.mark.parametrize("broken", ["%FF", "%C3%28", "%D7", "%ED%A0%80", "%E5%E9", "%00"])
def test_wrong_octets_are_answered(voipe: VoipeDriver, broken: str) -> None:
    """In a parameter that is not needed, in who calls, in the format, in the operation."""
    asked = query(voipe, "cr")

    succeeded(Answer(voipe.get(f"{WS}&{asked}&from={broken}&format={broken}")))
    refused(Answer(voipe.get(f"{WS}&{asked}&u=x{broken}y")), "100")
    verify(voipe.get(f"{WS}&{asked}&op={broken}x").status).equals(200)
    succeeded(Answer(voipe.post(WS, f"{asked}&from={broken}".encode())))
