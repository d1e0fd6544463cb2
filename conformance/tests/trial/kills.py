"""How many miniatures of each dialect the suite noticed, kept as a file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import msgspec

from conformance.miniature import Miniature, Stage, unmet
from conformance.places import fixtures

FILE = "trial/miniatures.json"

WANTED = 0.97
"""Of the miniatures of each dialect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kills:
    """`survivors` say what is wrong with those that passed for right."""

    dialect: str
    miniatures: int
    survivors: Sequence[str]

    @property
    def killed(self) -> int:
        return self.miniatures - len(self.survivors)

    @property
    def enough(self) -> bool:
        return self.killed >= WANTED * self.miniatures


def survivors(shelf: Sequence[Miniature]) -> list[str]:
    """Those in which the suite does not find the requirement violated that they offend."""
    with Stage().open() as stage:
        return [
            f"{one.name} {one.says} ({one.breaks})"
            for one in shelf
            if one.breaks not in unmet(stage, one, only=[one.breaks])
        ]


def kept(found: Sequence[Kills]) -> None:
    text = msgspec.json.format(msgspec.json.encode([asdict(one) for one in found]), indent=2)
    (fixtures() / FILE).write_bytes(text + b"\n")


def known() -> list[Kills]:
    """What came of the last trial."""
    return msgspec.json.decode((fixtures() / FILE).read_bytes(), type=list[Kills])
