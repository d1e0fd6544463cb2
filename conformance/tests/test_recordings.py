"""A recording is judged by the documents, and compared with the emulator field by field."""

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conformance.checking import check
from conformance.checks.iro.calls import job
from conformance.drivers.http import HttpClient
from conformance.drivers.ip1 import Ip1Driver
from conformance.drivers.iro_json import IroJson
from conformance.drivers.iro_soap import IroSoap
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.isms_soap import IsmsSoapDriver
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, SUBMIT_SM, UNBIND, Submit, bind
from conformance.drivers.voipe import VoipeDriver
from conformance.drivers.xmlrpc import XmlRpcClient
from conformance.record import read
from conformance.recording import Keeper
from conformance.recordings.proxy import passing
from conformance.tests.subjects import answering
from emulator.app import running

TOKEN = "fe01ce2a7fbac8fafaed7c982a04e229"
ANYWHERE = ("127.0.0.1", 0)


def call_everybody(address: str) -> None:
    with HttpClient(address) as client:
        isms = IsmsDriver(client, "demo", "demo")
        isms.query(mid=isms.send(to="306912345678").text.removeprefix("ID:"), mobile="306912345678")
        isms.send(to="")
        IsmsSoapDriver(client, "demo", "demo").send(to=["306912345678"])
        netoxygen = NetOxygenDriver(XmlRpcClient(client, "/api2/"), "demo", "demo")
        netoxygen.send_message("+32479123456")
        Ip1Driver(client, "demo-ip1").send(["46701740606"])
        Ip1Driver(client, "nobody").get("/v2/batches")
        iro = IroJson(client, "demo-iro")
        iro.status(job(iro.sms(["+4955120000138"])))
        IroSoap(client, "demo-iro").telnumber(["hallo"])
        VoipeDriver(client, "demo", "demo", TOKEN).pv("0521234567", format="serialize")


def call_the_smsc(address: str) -> None:
    host, _, port = address.removeprefix("smpp://").rpartition(":")
    with Link((host, int(port))) as link:
        link.ask(BIND_TRANSCEIVER, bind("demo", "demo"))
        link.ask(SUBMIT_SM, Submit(destination="306912345678", message=b"hi", registered=1).body)
        link.ask(UNBIND)


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What an emulator answered, over HTTP and over SMPP."""
    folder = tmp_path_factory.mktemp("recordings")
    http, smpp = folder / "http.jsonl", folder / "smpp.jsonl"
    with running() as emulator:
        for path, upstream, talk in (
            (http, emulator.http, call_everybody),
            (smpp, f"smpp://{emulator.smpp}", call_the_smsc),
        ):
            with closing(Keeper(path, upstream)) as keeper, passing(upstream, ANYWHERE, keeper.hear) as at:
                talk(at)
    return http, smpp


def judge(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, list(map(str, arguments)))


def spoilt(path: Path, folder: Path, old: str, new: str) -> Path:
    """The recording of a server that answers something else."""
    text = path.read_text()
    assert old in text
    copy = folder / path.name
    copy.write_text(text.replace(old, new))
    return copy


def test_what_our_emulator_answered_is_as_the_documents_say(
    recordings: tuple[Path, Path], tmp_path: Path
) -> None:
    http, smpp = (
        judge("--transcripts", recordings[0], "--out", tmp_path),
        judge("--transcripts", recordings[1]),
    )

    rows = {row.id for row in read(tmp_path / "run.jsonl").verdicts}
    assert (http.exit_code, smpp.exit_code) == (0, 0), http.stdout + smpp.stdout
    assert {one.partition("/")[0] for one in rows} == {"isms", "netoxygen", "ip1", "iro", "voipe"}
    assert {"isms/send/reply", "isms/query/reply", "netoxygen/send/result", "iro/faults/number"} <= rows


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("\\r\\n\\r\\nStatus: Queued", "\\r\\n\\r\\nStatus:Queued", "FAILED  isms/query/reply"),
        ("<boolean>1</boolean>", "<int>1</int>", "FAILED  netoxygen/send/result"),
        ("No valid telnumber", "Invalid telnumber", "DIFFERS  iro/faults/number"),
        ("a:3:{", "a:4:{", "FAILED  voipe/format/serialize"),
    ],
)
def test_an_answer_that_no_document_has_is_found(
    recordings: tuple[Path, Path], tmp_path: Path, old: str, new: str, finding: str
) -> None:
    result = judge("--transcripts", spoilt(recordings[0], tmp_path, old, new))

    assert f"{finding}  (" in result.stdout
    assert f"requirements: 1 {finding.split()[0].lower()}, " in result.stdout


def test_a_pdu_that_answers_nothing_is_found(recordings: tuple[Path, Path], tmp_path: Path) -> None:
    lines = recordings[1].read_bytes().splitlines(keepends=True)
    path = tmp_path / "smpp.jsonl"
    path.write_bytes(b"".join(line for line in lines if b"submit" in line or line is not lines[3]))

    result = judge("--transcripts", path)

    assert result.exit_code == 1
    assert "FAILED  smpp34/framing/same-sequence  (must, public)" in result.stdout
    assert "came      submit_sm_resp, ROK, sequence 2" in result.stdout


def test_the_emulator_answers_as_it_did(recordings: tuple[Path, Path]) -> None:
    results = [judge("self", "--transcripts", path) for path in recordings]

    assert [result.exit_code for result in results] == [0, 0], results[0].stdout + results[1].stdout
    assert "0 of them answered otherwise" in results[0].stdout


def test_what_it_answers_otherwise_is_listed_by_field(recordings: tuple[Path, Path], tmp_path: Path) -> None:
    path = spoilt(recordings[0], tmp_path, "\\r\\n\\r\\nStatus: Queued", "\\r\\n\\r\\nStatus: Delivered")

    result = judge("self", "--transcripts", path)

    assert result.exit_code == 1
    assert "  body: 'Status: Delivered' there, 'Status: Queued' here" in result.stdout
    assert "1 of them answered otherwise" in result.stdout


def test_a_recording_is_never_said_to_a_stranger(recordings: tuple[Path, Path]) -> None:
    with answering(lambda target: b"hello") as address:
        result = judge(address, "--transcripts", recordings[0])

    assert result.exit_code == 2
    assert "--transcripts are said to emulators alone" in result.stderr
