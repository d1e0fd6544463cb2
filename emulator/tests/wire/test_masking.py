"""Secrets taken out of what was said."""

import json
from base64 import b64encode
from time import process_time
from urllib.parse import quote, quote_plus

import pytest

from emulator.wire import masking
from emulator.wire.masking import LONGEST

SECRETS = frozenset({"password", "token"})

KEY = "S3cret <&> 'Ω' \\ 😀"

SPELLINGS = {
    "plain": KEY,
    "a character section": f"<![CDATA[{KEY}]]>",
    "XML": "S3cret &lt;&amp;&gt; &apos;Ω&apos; \\ 😀",
    "numbers of letters": "".join(f"&#{ord(letter)};" for letter in KEY),
    "hexadecimal numbers": "".join(f"&#x{ord(letter):X};" for letter in KEY),
    "JSON": json.dumps(KEY)[1:-1],
    "percent": quote(KEY),
    "percent of a form": quote_plus(KEY),
    "all of it percent": "".join(f"%{octet:02x}" for octet in KEY.encode()),
    "base64": b64encode(KEY.encode()).decode(),
    "base64 in lines": "\r\n".join(b64encode(KEY.encode()).decode()[at : at + 8] for at in range(0, 32, 8)),
    "every letter otherwise": "S%33&#99;r\\u0065t+&#x3C;%26&gt; &apos;&#937;%27%20%5C \\ud83d\\ude00",
}


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/a?password=x", "/a?password=***"),
        ("/a?b=1&password=x&c=why?", "/a?b=1&password=***&c=why?"),
        ("/a?pass%77ord=x", "/a?pass%77ord=***"),
        ("/a?+password=x&%20token=y", "/a?+password=***&%20token=***"),
        ("/a?password", "/a?password"),
        ("/a?passwords=x", "/a?passwords=x"),
        ("/password=x", "/password=x"),
    ],
)
def test_secrets_are_taken_out_of_a_target(target: str, shown: str) -> None:
    assert masking.target(target, SECRETS) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"user=a&password=x?y&b", b"user=a&password=***&b"),
        (b'{"password": "x\\"y", "n": 1}', b'{"password": "***", "n": 1}'),
        (b'[{"token":"x"},{"token":"y"}]', b'[{"token":"***"},{"token":"***"}]'),
        (
            b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\ny\r\n--B\r\n'
            b'Content-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--B--\r\n',
            b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\n***\r\n--B\r\n'
            b'Content-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--B--\r\n',
        ),
        (
            b"--B\nContent-Disposition: form-data; name=token\nContent-Type: text/plain\n\nx\n--B--",
            b"--B\nContent-Disposition: form-data; name=token\nContent-Type: text/plain\n\n***\n--B--",
        ),
        (b"<a><password>x</password><b>y</b></a>", b"<a><password>***</password><b>y</b></a>"),
        (
            b"<n:password t='s'>x &lt;</n:password ><token>y</token>",
            b"<n:password t='s'>***</n:password ><token>***</token>",
        ),
        (b"<password><![CDATA[</a>]]><b>x</b></password>", b"<password>***</password>"),
        (b"<a><password>x</a", b"<a><password>***"),
        (
            b"<password/><b>y</b><token /><passwords>z</passwords>",
            b"<password/><b>y</b><token /><passwords>z</passwords>",
        ),
        (b"\x00\xff", b"\x00\xff"),
        (b"", b""),
    ],
)
def test_secrets_are_taken_out_of_a_body(body: bytes, shown: bytes) -> None:
    assert masking.body(body, SECRETS) == shown


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_a_secret_is_found_however_it_is_spelled(spelled: str) -> None:
    body = f"<call><pass>{spelled}</pass><text>Hello</text></call>".encode()

    shown = masking.body(body, SECRETS, [KEY])

    assert shown.replace(b"<![CDATA[***]]>", b"***") == b"<call><pass>***</pass><text>Hello</text></call>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "latin-1"])
def test_a_secret_is_found_in_other_encodings(encoding: str) -> None:
    assert b"e" not in masking.body("<a>Pässe</a>".encode(encoding), SECRETS, ["Pässe"])


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"<a>demo</a><b>demonstration</b>", b"<a>***</a><b>demonstration</b>"),
        (b"<a>x=%3Ddemo</a><b>%3D demo demo1</b>", b"<a>x=%3D***</a><b>%3D *** demo1</b>"),
        (b"<a>&amp;password=1</a><b>demo</b>", b"<a>&amp;password=1</a><b>***</b>"),
        (b"user=demo&password=demo", b"user=demo&password=***"),
        (b"user=demo", b"user=***"),
    ],
)
def test_a_secret_is_a_word_of_its_own(body: bytes, shown: bytes) -> None:
    assert masking.body(body, SECRETS, ["demo"]) == shown


def test_a_part_without_an_end_is_secret_as_far_as_it_goes() -> None:
    part = b"--B\nContent-Disposition: form-data; name=token\n\n"

    assert masking.body(part + b"x\ny", SECRETS) == part + b"***"


@pytest.mark.parametrize("line", [b"name=password\n", b"name=password\n\n", b"<password>", b"</password "])
def test_what_is_like_secrets_many_times_is_done_with_at_once(line: bytes) -> None:
    started = process_time()
    masking.body(line * 50_000, SECRETS)

    assert process_time() - started < 2


def test_of_a_body_with_a_secret_too_long_to_search_for_nothing_is_shown() -> None:
    longest, longer = "x" * LONGEST, "x" * 1_000_000
    started = process_time()

    assert masking.body(f"<a>{longest}</a>".encode(), SECRETS, [longest]) == b"<a>***</a>"
    assert masking.body(f"<a>{longer}</a>".encode(), SECRETS, ["demo", longer]) == b"***"
    assert masking.target("/a", SECRETS, [longer]) == "/a"
    assert process_time() - started < 2


def test_a_target_without_names_is_searched_for_values() -> None:
    assert masking.target("/a/d%65mo?demo&x=Ω", SECRETS, ["demo"]) == "/a/***?***&x=Ω"


def test_of_secrets_within_each_other_the_longest_is_taken_out() -> None:
    body = b"<a>open-sesame</a><b>open</b>"

    assert masking.body(body, SECRETS, ["open", "open-sesame"]) == b"<a>***</a><b>***</b>"


def test_of_credentials_in_the_head_only_the_scheme_is_left() -> None:
    assert masking.header("Authorization", "Bearer abc") == ("Authorization", "Bearer ***")
    assert masking.header("Authorization", "abc") == ("Authorization", "***")
    assert masking.header("Cookie", "a=b; c=d") == ("Cookie", "***")
    assert masking.header("Set-Cookie", "a=b; path=/") == ("Set-Cookie", "***")
    assert masking.header("Accept", "a b") == ("Accept", "a b")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (b'{"login":"me","token":"k\\"y"}', b'{"login":"me","token":"***"}'),
        (b'[{"a":{"token" : "key"}}]', b'[{"a":{"token" : "***"}}]'),
        (
            b"<?xml version='1.0'?><r><token>key</token></r>",
            b"<?xml version='1.0'?><r><token>***</token></r>",
        ),
        (b'a:1:{s:5:"token";s:3:"k"y";}', b'a:1:{s:5:"token";s:3:"***";}'),
        (b'a:1:{s:5:"token";s:3:"k\ny";}', b'a:1:{s:5:"token";s:3:"***";}'),
        (b"<html><token>shown</token></html>", b"<html><token>shown</token></html>"),
        (b"token=shown", b"token=shown"),
        (b"", b""),
    ],
)
def test_secrets_are_taken_out_of_an_answer_that_has_members(answer: bytes, shown: bytes) -> None:
    assert masking.answer(answer, SECRETS) == shown


def test_an_answer_of_whom_has_no_secrets_is_shown_as_it_is() -> None:
    assert masking.answer(b'{"token":"key"}', frozenset()) == b'{"token":"key"}'
