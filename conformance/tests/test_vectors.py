"""Vectors for any language: what the emulator and the independent drivers make of them."""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from runpy import run_path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest

from conformance.catalogue import catalogue
from conformance.drivers import php as driven_php
from conformance.drivers.http import HttpClient
from conformance.drivers.iro import Fault
from conformance.drivers.iro_json import IroJson
from conformance.drivers.netoxygen import PATH, NetOxygenDriver
from conformance.drivers.xmlrpc import XmlRpcClient
from conformance.places import fixtures
from conformance.target import emulated
from conformance.tests.vectors import FILES, each, vectors
from emulator.core import text as alphabets
from emulator.providers.iro import wire as iro
from emulator.providers.isms import quirks as isms_quirks
from emulator.providers.isms import wire as isms
from emulator.providers.netoxygen import quirks as netoxygen_quirks
from emulator.providers.netoxygen import wire as netoxygen
from emulator.wire import phpvalues
from emulator.wire.strtotime import strtotime


@pytest.fixture(scope="module")
def schema() -> jsonschema_rs.Validator:
    text = (fixtures() / "vectors.schema.json").read_text("utf-8")
    return jsonschema_rs.validator_for(json.loads(text), validate_formats=True)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_of_the_schema(path: Path, schema: jsonschema_rs.Validator) -> None:
    schema.validate(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_names_stand_once_and_requirements_exist(path: Path) -> None:
    [rows] = [value for value in json.loads(path.read_text("utf-8")).values() if isinstance(value, list)]
    named = [one for row in rows for one in ([row["req"]] if isinstance(row["req"], str) else row["req"])]

    assert len({row["name"] for row in rows}) == len(rows)
    assert [one for one in named if one not in catalogue()] == []


@pytest.mark.parametrize("kind", ["parts", "moments"])
def test_a_file_is_what_its_script_writes(kind: str) -> None:
    script = run_path(str(fixtures() / "vectors" / f"make_{kind}.py"))

    assert [*script["vectors"]()] == vectors(kind)


@pytest.mark.parametrize(("program", "kind", "suffix"), [("php", "php", "php"), ("node", "pdus", "js")])
def test_a_file_is_what_another_language_writes(program: str, kind: str, suffix: str) -> None:
    script = fixtures() / "vectors" / f"make_{kind}.{suffix}"
    try:
        done = subprocess.run([program, script], capture_output=True, check=False, timeout=60)
    except FileNotFoundError:
        pytest.skip(f"needs {program}; .ci/run installs it where it may")
    if b"Cannot find module 'smpp'" in done.stderr:
        pytest.skip("needs `npm install --no-save smpp@0.5.1`; .ci/run installs it where it may")

    assert done.stdout == (fixtures() / "vectors" / f"{kind}.json").read_bytes()


@each("parts")
def test_a_text_takes_its_alphabet_and_parts(vector: Any) -> None:
    coding = alphabets.alphabet(vector["text"])

    assert coding.value == vector["alphabet"]
    assert alphabets.units(vector["text"], coding) == vector["units"]
    assert [len(part) for part in alphabets.segments(vector["text"], coding)] == vector["parts"]


NUMBERS: dict[str, Callable[[str], str | None]] = {
    "netoxygen": lambda text: netoxygen.number(text, netoxygen_quirks.Quirks()),
    "iro": iro.number,
    "isms": lambda text: isms.number(text, isms_quirks.Quirks()),
}


@each("numbers")
def test_a_number_is_understood(vector: Any) -> None:
    assert NUMBERS[vector["provider"]](vector["written"]) == vector["number"]


@pytest.fixture(scope="module")
def client() -> Iterator[HttpClient]:
    with emulated(seed=1, clock="2026-03-02T09:00:00Z") as target, HttpClient(target.base) as client:
        yield client


def test_netoxygen_is_asked_what_a_number_means(client: HttpClient) -> None:
    driver = NetOxygenDriver(XmlRpcClient(client, PATH), "demo", "demo")
    own = [one for one in vectors("numbers") if one["provider"] == "netoxygen"]

    assert {one["written"]: driver.clean_number(one["written"]) for one in own} == {
        one["written"]: one["number"] or False for one in own
    }


def test_iro_is_asked_whether_it_is_a_number(client: HttpClient) -> None:
    driver = IroJson(client, "demo-iro")
    own = [one for one in vectors("numbers") if one["provider"] == "iro"]

    answers = {one["written"]: driver.telnumber([one["written"]]) for one in own}

    assert {written: not isinstance(answer, Fault) for written, answer in answers.items()} == {
        one["written"]: one["number"] is not None for one in own
    }


@each("moments")
def test_words_mean_a_moment(vector: Any) -> None:
    now, zone = datetime.fromisoformat(vector["now"]), ZoneInfo(vector["zone"])
    meant = {
        words: None if moment is None else datetime.fromisoformat(moment)
        for words, moment in vector["answers"].items()
    }

    assert {words: strtotime(words, now, zone) for words in meant} == meant


@each("php")
def test_php_is_written(vector: Any) -> None:
    assert phpvalues.encoded(vector["value"]) == vector["json"]
    assert phpvalues.serialized(vector["value"]).encode().hex() == vector["serialize"]


@each("php")
def test_the_driver_reads_what_php_writes(vector: Any) -> None:
    assert driven_php.unserialize(bytes.fromhex(vector["serialize"])) == vector["value"]
    assert json.loads(vector["json"]) == vector["value"]
