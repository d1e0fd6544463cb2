"""Quick values are those that a dataclass makes."""

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from emulator.core.quick import quick


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    name: str
    count: int = 1
    parts: dict[str, int] = field(default_factory=dict)


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Quick:
    name: str
    count: int = 1
    parts: dict[str, int] = field(default_factory=dict)


@pytest.mark.parametrize("given", [{"count": 2}, {}, {"parts": {"a": 1}, "count": 0}])
def test_a_quick_value_has_what_the_plain_one_has(given: dict[str, object]) -> None:
    plain, made = Plain(name="x", **given), Quick(name="x", **given)  # type: ignore[arg-type]

    assert repr(made) == repr(plain).replace("Plain", "Quick")
    assert made == Quick(name="x", **given)  # type: ignore[arg-type]
    assert type(made) is Quick


def test_a_quick_value_cannot_be_changed_and_can_be_replaced() -> None:
    made = Quick(name="x")

    with pytest.raises(FrozenInstanceError):
        made.name = "y"  # type: ignore[misc]
    assert replace(made, name="y") == Quick(name="y")


def test_defaults_that_are_made_are_made_anew() -> None:
    assert Quick(name="x").parts is not Quick(name="x").parts


@pytest.mark.parametrize("given", [{}, {"name": "x", "strange": 1}])
def test_a_quick_value_is_told_what_a_plain_one_is_told(given: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Quick(**given)  # type: ignore[arg-type]
