"""Every operation of the pages: where it is, what answers it, which requirement the answer obeys."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from emulator.provider import Reply
from emulator.providers.ip1.calls import Call
from emulator.providers.ip1.quirks import Quirks


def always(quirks: Quirks) -> bool:
    return True


class Operation(NamedTuple):
    """What one method does at a path; parts in braces change, and are identifiers if they end in `Id`.

    One that is `told` something takes a body; one may be `offered` under some switches only.
    """

    method: str
    path: str
    act: Callable[[Call], Reply]
    requirement: str
    told: bool = False
    offered: Callable[[Quirks], bool] = always


OPERATIONS: tuple[Operation, ...] = ()

Methods = Mapping[str, Operation]


def grouped(operations: Iterable[Operation]) -> dict[str, dict[str, Operation]]:
    """What each path answers, by method."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method] = operation
    return paths


# req: ip1/http/addresses
PATHS = grouped(OPERATIONS)
