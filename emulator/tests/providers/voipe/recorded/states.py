"""What a state says in words, as steps that bring it about. Words that nobody understands are told."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from emulator.tests.providers.voipe.recorded.phrases import Phrase, Step
from emulator.tests.providers.voipe.recorded.vocabulary import PHRASES

OVER = re.compile(r"[A-Za-z]{2}")


class State(NamedTuple):
    """A state in steps, in the order of its words, and what was left over of it."""

    steps: tuple[Step, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=1024)
def state(text: str, phrases: Sequence[Phrase] = PHRASES) -> State:
    """What there is to do for an exchange in that state; a phrase before another takes its words first."""
    rest, found = text, list[tuple[int, Step]]()
    for phrase in phrases:
        for match in phrase.pattern.finditer(rest):
            found += [(match.start(), step) for step in phrase.meaning(match)]
        rest = phrase.pattern.sub(lambda match: "\0" * len(match[0]), rest)
    found.sort(key=lambda placed: placed[0])
    left = [piece.strip(" .,;:") for piece in rest.split("\0")]
    return State(tuple(step for _, step in found), tuple(piece for piece in left if OVER.search(piece)))
