"""The process that makes the load, with Locust's runner: alone, as master, or as one of its workers.

`python -m loadtests.sending.generator local|master [HOST:PORT]` reads the plans as a line of JSON and
stays until its input ends. A further line stops the sending. It answers with a line of JSON per batch.
`… worker HOST:PORT [LISTEN]` hears of the plans from the master, until its input ends; LISTEN is its own
address for reports.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from dataclasses import replace
from typing import Any

import gevent
import msgspec
from gevent.event import Event
from gevent.socket import wait_read
from locust.env import Environment  # before anything that opens sockets: Locust patches them for gevent
from locust.runners import Runner

from loadtests.accounting.ledger import Batch
from loadtests.ending import ends_with, vital
from loadtests.failures import WARNED
from loadtests.planning.plan import Plan
from loadtests.sending.clocks import Clocks, tell_time
from loadtests.sending.runners import Follower, Leader
from loadtests.sending.share import Share, seats
from loadtests.sending.users import user_of

REPORT_EVERY = 0.5  # seconds
LEAD = 0.3  # seconds between the last preparation and the first call
SPAWN_RATE = 100  # users a second, beyond which Locust warns
TOGETHER_WITHIN = 30.0  # seconds for all users to stand ready, beside the time that it takes to spawn them
JOIN_WITHIN = (
    30.0,
    600.0,
)  # seconds for workers to join: those that we start, those that others start elsewhere
SPEAK_EVERY = 10.0  # seconds
LEAVE = 2.0  # seconds to take leave of the workers, once the input has ended
GONE = -10  # Locust's count of a worker's heartbeats, three when it was just heard


def main() -> None:
    # Locust warns when this process, not the target, is the bottleneck.
    logging.basicConfig(level=logging.WARNING, format=f"{WARNED}%(message)s")
    role, *words = sys.argv[1:]
    environment = Environment()
    share = Share()
    environment.user_classes = [user_of(share)]
    if role == "worker":
        gevent.spawn(end_with_input)
        follow(environment, share, words[0], listen=words[1] if words[1:] else None)
    elif role == "master":
        host, port = host_and_port(words[0]) if words else ("127.0.0.1", 0)
        environment.runner = leader = Leader(environment, host, port)
        lead(leader, environment, join_within=JOIN_WITHIN[bool(words)])
    else:
        runner = environment.create_local_runner()
        answer_plans(runner, share, listen=None)
        lead(runner, environment, join_within=0.0)


def host_and_port(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host, int(port)


def follow(environment: Environment, share: Share, master: str, *, listen: str | None) -> None:
    """Until the master takes leave. Raises SystemExit when it is gone, or was never there."""
    try:
        environment.runner = follower = Follower(environment, *host_and_port(master))
    except ConnectionError:  # after all the time for which Locust tries
        raise SystemExit("nobody answers there") from None
    tell_time(follower)
    follower.heed()
    answer_plans(follower, share, listen=listen)
    follower.greenlet.join()
    if not follower.dismissed:
        raise SystemExit("the master is gone")


def answer_plans(runner: Runner, share: Share, *, listen: str | None) -> None:
    """On plans: start, and report every half second from then on."""

    @vital
    def on_plans(msg: Any, **_: object) -> None:
        plans = msgspec.convert(msg.data["plans"], list[Plan])
        own = [replace(plan, listen=listen or plan.listen) for plan in plans]
        gc.freeze()  # a search of all that was loaded would keep calls from leaving when they are due
        share.begin(own, worker=msg.data["worker"], at=msg.data["at"])
        runner.greenlet.spawn(report)

    @vital
    def report() -> None:
        while True:
            gevent.sleep(REPORT_EVERY)
            for batch in share.news():
                # As it will be printed: whoever passes it on need not read thousands of calls.
                runner.send_message("batch", msgspec.json.encode(batch))

    runner.register_message("plans", on_plans)
    runner.register_message("brake", lambda **_: share.stop())


def lead(runner: Runner, environment: Environment, *, join_within: float) -> None:
    """Hand out the plans, pass on what the workers report, stop when the input ends."""
    clocks, over = Clocks(runner), Event()
    runner.register_message("batch", lambda msg, **_: say(msg.data))
    plans = msgspec.json.decode(sys.stdin.buffer.readline(), type=list[Plan])
    gevent.spawn(obey, runner, over)
    if isinstance(runner, Leader):
        say(msgspec.json.encode({"port": runner.server.port}))
        joined(runner, plans[0].workers, join_within)
        runner.choose(plans[0].workers)
        gevent.spawn(watch, runner)
    stand_ready(runner, environment, sum(seats(plan) for plan in plans) * plans[0].workers)
    workers = runner.chosen if isinstance(runner, Leader) else (None,)
    ahead = [clocks.ahead(client) for client in workers]
    at = time.time() + LEAD
    for index, client in enumerate(workers):
        message = {"plans": msgspec.to_builtins(plans), "worker": index, "at": at + ahead[index]}
        runner.send_message("plans", message, client_id=client)
    over.wait()
    runner.quit()


def obey(runner: Runner, over: Event) -> None:
    """A further line stops the sending; the end of input ends the process, whatever it waits for."""
    while gevent.get_hub().threadpool.apply(sys.stdin.buffer.readline):
        runner.send_message("brake")
    over.set()
    gevent.sleep(LEAVE)
    os._exit(1)


def end_with_input() -> None:
    """Nobody writes there; it ends with whoever started this worker."""
    wait_read(sys.stdin.fileno())
    os._exit(1)


def joined(runner: Leader, workers: int, within: float) -> None:
    """Says how many have, whenever that changes and now and then. Raises SystemExit when time is over."""
    give_up = time.monotonic() + within
    told, spoke = -1, 0.0
    while told < workers:
        if len(runner.clients.ready) != told or time.monotonic() - spoke > SPEAK_EVERY:
            told, spoke = len(runner.clients.ready), time.monotonic()
            say(msgspec.json.encode({"joined": told}))
        if time.monotonic() > give_up:
            raise SystemExit(f"{told} of {workers} workers joined in {within:.0f} s")
        gevent.sleep(0.05)


def watch(runner: Leader) -> None:
    """A worker that is gone would be waited for without end."""
    while True:
        gevent.sleep(1.0)
        for client in runner.clients.all:
            if client.heartbeat < GONE:
                ends_with(f"worker {client.id} is gone")


def stand_ready(runner: Runner, environment: Environment, users: int) -> None:
    """Gives a sign of life now and then. Raises SystemExit when it takes too long."""
    spawned = Event()
    environment.events.spawning_complete.add_listener(lambda **_: spawned.set())  # type: ignore[no-untyped-call]
    gevent.spawn(vital(runner.start), users, spawn_rate=SPAWN_RATE)
    give_up = time.monotonic() + users / SPAWN_RATE + TOGETHER_WITHIN
    while not spawned.wait(SPEAK_EVERY):
        say(msgspec.json.encode(Batch()))
        if time.monotonic() > give_up:
            raise SystemExit("the users were not ready in time")


def say(line: bytes) -> None:
    """In a thread: a pipe takes little at a time, and whoever reads it may be slow, but the calls go on."""
    gevent.get_hub().threadpool.apply(write, (line + b"\n",))


def write(octets: bytes) -> None:
    sys.stdout.buffer.write(octets)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
