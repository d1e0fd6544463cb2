"""The bound from above: an SMSC that keeps nothing, `struct` and asyncio alone, in one loop.

`python -m loadtests.bench.echo --port 0 --ready-file F`, as `smslab serve` would be started.
"""

from __future__ import annotations

import asyncio
import json
import os
from itertools import count
from pathlib import Path

import click

from emulator.tuning import tune_interpreter
from loadtests.smpp import ANSWER, BIND_TRANSCEIVER, DELIVER, HEADER, SUBMIT, pdu

TEXT = b"id:%s sub:001 dlvrd:001 submit date:2603021100 done date:2603021100 stat:DELIVRD err:000 text:Hello"
NUMBERS = count(1)
HEAD = b"\0\x01\x01306912345670\0\x05\0smslab\0\x04\0\0\0\0\0\0\0\0"
RECEIPT = HEAD + b"%c%s\x00\x1e\x00\x0b%s\0\x04\x27\0\x01\x02"


class Echo(asyncio.Protocol):
    """Answers each submit_sm with a number, and delivers a receipt for it at once."""

    def __init__(self) -> None:
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, octets: bytes) -> None:
        octets, at, out = self._rest + octets, 0, list[bytes]()
        while len(octets) - at >= HEADER.size:
            length, command, _, sequence = HEADER.unpack_from(octets, at)
            if len(octets) - at < length:
                break
            at += length
            if command == SUBMIT:
                out += self._accepted(sequence)
            elif command == BIND_TRANSCEIVER:
                out.append(pdu(command | ANSWER, sequence, b"echo\0"))
        self._rest = octets[at:]
        self._transport.write(b"".join(out))

    def _accepted(self, sequence: int) -> tuple[bytes, bytes]:
        number = next(NUMBERS)
        id = b"%010d" % number
        text = TEXT % id
        body = RECEIPT % (len(text), text, id)
        return pdu(SUBMIT | ANSWER, sequence, id + b"\0"), pdu(DELIVER, number, body)


async def serve(port: int, ready_file: Path) -> None:
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", port)
    told = {"http": "none", "smpp": f"127.0.0.1:{server.sockets[0].getsockname()[1]}", "pid": os.getpid()}
    ready_file.write_text(json.dumps(told))
    await server.serve_forever()


@click.command()
@click.option("--port", type=int, default=0)
@click.option("--ready-file", type=click.Path(path_type=Path), required=True)
def main(port: int, ready_file: Path) -> None:
    tune_interpreter()
    asyncio.run(serve(port, ready_file))


if __name__ == "__main__":
    main()
