"""Phone books as states tell of them, with what is listed of their entries elsewhere."""

from collections.abc import Iterator

from emulator.tests.providers.voipe.recorded.hindsight import Row
from emulator.tests.providers.voipe.recorded.scene import Scene

ROOM = 100
"""Numbers between two that a recording lists, for those that it does not."""


def group(scene: Scene, owner: str, code: str, named: str, shared: str, *numbers: str) -> None:
    """A group with its members; who has the number already is the same contact, but for a second time."""
    if any(parts[1:2] == [code] for _, parts in _entries(scene, owner, "group.")):
        return
    row = scene.known.groups.get(code, {})
    name, flag = row.get("group_name", named or code.title()), row.get("flag_sender", "2" if shared else "0")
    scene.world.attribute(owner, **{f"group.{_number(scene, row, 'gpid')}": f"{name}; {code}; {flag}"})
    left = list(numbers)
    for key, parts in list(_entries(scene, owner, "contact.")):
        if parts[1] in left:
            left.remove(parts[1])
            scene.world.attribute(owner, **{key: "; ".join([*parts[:4], f"{parts[4]} {code}"])})
    for number in left:
        contact(scene, owner, number, "", code)


def contact(scene: Scene, owner: str, number: str, named: str, code: str = "") -> None:
    """A contact as it is listed somewhere; of who is never listed there is only the number."""
    there = {parts[0] for _, parts in _entries(scene, owner, "contact.")}
    if named in there:
        return
    listed = [row for row in scene.known.contacts if row["p_num"] == number and row["p_desc"] not in there]
    row = next((row for row in listed if named in ("", row["p_desc"])), {})
    parts = (named or row.get("p_desc", number), number, row.get("email", ""), row.get("tags", ""), code)
    scene.world.attribute(owner, **{f"contact.{_number(scene, row, 'pid')}": "; ".join(parts)})


def _entries(scene: Scene, owner: str, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for key, text in scene.world.ensured(owner).attributes.items():
        if key.startswith(prefix):
            yield key, [part.strip() for part in f"{text};;;;".split(";")][:5]


def _number(scene: Scene, row: Row, name: str) -> int:
    """The number it is listed under, so that lists come in the same order."""
    last = scene.world.numbers.get(name, 0)
    scene.world.numbers[name] = int(row[name]) * ROOM if row else last + 1
    return scene.world.numbers[name]
