"""The process that makes the load, with Locust's runner: alone, as master, or as one of its workers.

`python -m loadtests.generator local|master` reads the plan as one line of JSON and then stays until its input
ends; it answers with a line of JSON per batch. `… worker HOST:PORT` hears of the plan from the master.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import gevent
import msgspec
from gevent.event import Event
from locust.env import Environment  # before anything that opens sockets: Locust patches them for gevent
from locust.runners import MasterRunner, Runner

from loadtests.ledger import Outcome, Sent
from loadtests.plan import Plan
from loadtests.share import Share
from loadtests.users import user_of

REPORT_EVERY = 0.5  # seconds
LEAD = 0.3  # seconds between the last preparation and the first call
TOGETHER_WITHIN = 30.0  # seconds for all workers to join and all users to stand ready


def main() -> None:
    # Locust warns on standard error when this process, not the target, is the bottleneck.
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    role, *address = sys.argv[1:]
    environment = Environment()
    share = Share(lambda call: tell(environment, call))
    environment.user_classes = [user_of(share)]
    if role == "worker":
        host, _, port = address[0].rpartition(":")
        work(environment.create_worker_runner(host, int(port)), share)
    elif role == "master":
        lead(environment.create_master_runner("127.0.0.1", 0), environment)
    else:
        runner = environment.create_local_runner()
        answer_plan(runner, share)
        lead(runner, environment)


def tell(environment: Environment, call: Sent) -> None:
    """Locust keeps statistics of its own."""
    environment.events.request.fire(  # type: ignore[no-untyped-call]
        request_type="send",
        name="send",
        response_time=call.latency * 1000,
        response_length=0,
        context={},
        exception=None if call.outcome is Outcome.ACCEPTED else RuntimeError(call.reason),
    )


def work(runner: Runner, share: Share) -> None:
    answer_plan(runner, share)
    runner.greenlet.join()  # until the master says quit, or is gone


def answer_plan(runner: Runner, share: Share) -> None:
    """On a plan: start, and report every half second from then on."""

    def on_plan(msg: Any, **_: object) -> None:
        plan = msgspec.convert(msg.data["plan"], Plan)
        share.begin(plan, worker=msg.data["worker"], at=msg.data["at"])
        runner.greenlet.spawn(report)

    def report() -> None:
        while True:
            gevent.sleep(REPORT_EVERY)
            # As it will be printed: whoever passes it on need not read thousands of calls, and stalls nobody.
            runner.send_message("batch", msgspec.json.encode(share.news()))

    runner.register_message("plan", on_plan)


def lead(runner: Runner, environment: Environment) -> None:
    """Hand out the plan, pass on what the workers report, stop when the input ends."""
    runner.register_message("batch", lambda msg, **_: say(msg.data))
    plan = msgspec.json.decode(sys.stdin.buffer.readline(), type=Plan)
    if isinstance(runner, MasterRunner):
        say(msgspec.json.encode({"port": runner.server.port}))
        wait_until(lambda: len(runner.clients.ready) == plan.workers, "workers to join")
    stand_ready(runner, environment, plan)
    workers = list(runner.clients) if isinstance(runner, MasterRunner) else [None]
    at = time.time() + LEAD
    for index, client in enumerate(workers):
        message = {"plan": msgspec.to_builtins(plan), "worker": index, "at": at}
        runner.send_message("plan", message, client_id=client)
    gevent.get_hub().threadpool.apply(sys.stdin.buffer.read)
    runner.quit()


def stand_ready(runner: Runner, environment: Environment, plan: Plan) -> None:
    spawned = Event()
    environment.events.spawning_complete.add_listener(lambda **_: spawned.set())  # type: ignore[no-untyped-call]
    runner.start(plan.users, spawn_rate=100)
    if not spawned.wait(TOGETHER_WITHIN):
        raise SystemExit("the users were not ready in time")


def wait_until(happened: Callable[[], bool], what: str) -> None:
    give_up = time.monotonic() + TOGETHER_WITHIN
    while not happened():
        if time.monotonic() > give_up:
            raise SystemExit(f"waited {TOGETHER_WITHIN:.0f} s in vain for {what}")
        gevent.sleep(0.05)


def say(line: bytes) -> None:
    """In a thread: a pipe takes little at a time, and whoever reads it may be slow, but the calls go on."""
    gevent.get_hub().threadpool.apply(write, (line + b"\n",))


def write(octets: bytes) -> None:
    sys.stdout.buffer.write(octets)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
