"""How much of everything a benchmark does; small enough sizes make a smoke test of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Part(StrEnum):
    SEND = "send"
    BULK = "bulk"
    DIALECTS = "dialects"
    STORED = "stored"
    STORES = "stores"
    LISTS = "lists"
    CLOCK = "clock"
    START = "start"
    RIVALS = "rivals"
    GROWTH = "growth"
    PROFILE = "profile"


class Tool(StrEnum):
    WRK = "wrk"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    tool: Tool
    seconds: float = 5.0  # a round of requests
    rounds: int = 3  # of each of two things that are compared, taking turns
    connections: int = 32
    recipients: int = 100  # of a bulk call
    few: int = 1_000  # stored messages
    many: int = 1_000_000
    listed: int = 100_000  # contacts, and messages, of one account
    scheduled: int = 10_000
    sessions: int = 500  # of SMPP that say nothing
    spaces: int = 900
    repeats: int = 5  # of a single operation, for its median
    settle: float = 120.0  # at most so many seconds for what a round left to be done
    cache: Path = Path("node_modules", ".cache", "smslab-bench")  # what others' servers are installed into
