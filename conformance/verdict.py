"""Requirement and observations -> verdict; what we only guessed convicts nobody but ourselves."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from conformance.catalogue import Level, Origin, Requirement
from conformance.observation import Outcome
from conformance.record import Check, Judged


class Verdict(StrEnum):
    """Worst last: a requirement with several checks takes the worst of them."""

    MET = "met"
    SUPPORTED = "supported"
    UNTESTED = "untested"
    DISABLED = "disabled"
    BLOCKED = "blocked"
    UNSUPPORTED = "unsupported"
    DIFFERS = "differs"
    WARNED = "warned"
    FAILED = "failed"
    ERROR = "error"


FINE = frozenset({Verdict.MET, Verdict.SUPPORTED, Verdict.UNTESTED})
UNMET = frozenset({Verdict.UNSUPPORTED, Verdict.DIFFERS, Verdict.WARNED, Verdict.FAILED})
OBSERVED = UNMET | {Verdict.MET, Verdict.SUPPORTED}

SAME: Mapping[Outcome, Verdict] = {
    Outcome.DISABLED: Verdict.DISABLED,
    Outcome.BLOCKED: Verdict.BLOCKED,
    Outcome.ERROR: Verdict.ERROR,
}
FROM_A_DOCUMENT: Mapping[tuple[Level, Outcome], Verdict] = {
    (Level.MUST, Outcome.MET): Verdict.MET,
    (Level.MUST, Outcome.UNMET): Verdict.FAILED,
    (Level.SHOULD, Outcome.MET): Verdict.MET,
    (Level.SHOULD, Outcome.UNMET): Verdict.WARNED,
    (Level.MAY, Outcome.MET): Verdict.SUPPORTED,
    (Level.MAY, Outcome.UNMET): Verdict.UNSUPPORTED,
}


def verdict(origin: Origin, level: Level, outcome: Outcome, *, ours: bool) -> Verdict:
    if outcome in SAME:
        return SAME[outcome]
    if origin is not Origin.INFERRED:
        return FROM_A_DOCUMENT[level, outcome]
    if outcome is Outcome.MET:
        return Verdict.MET
    return Verdict.FAILED if ours else Verdict.DIFFERS


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=list(Verdict).index, default=Verdict.UNTESTED)


def judged(
    requirement: Requirement, checks: Sequence[Check], *, ours: bool, disabled: str | None = None
) -> Judged:
    """`checks` are those that observe the requirement; `disabled` is why the target does not offer it."""
    seen = [verdict(requirement.origin, requirement.level, Outcome(one.outcome), ours=ours) for one in checks]
    final = Verdict.DISABLED if disabled else worst(_offered(seen))
    decisive = [check for check, one in zip(checks, seen, strict=True) if one is final]
    return Judged(
        id=requirement.id,
        origin=requirement.origin,
        level=requirement.level,
        at=requirement.at,
        means=requirement.means,
        setting=requirement.setting,
        verdict=final,
        reason=disabled or _reason(requirement, decisive, seen),
        flaky=final in UNMET and all(check.flaky for check in decisive),
        checks=tuple(check.id for check in checks),
    )


def _offered(seen: Sequence[Verdict]) -> Sequence[Verdict]:
    """Without what was not asked of an interface that is not there, where others were asked."""
    return [one for one in seen if one is not Verdict.DISABLED] or seen


def _reason(requirement: Requirement, decisive: Sequence[Check], seen: list[Verdict]) -> str:
    if not decisive:
        return requirement.untestable or "no check was run"
    reason = decisive[0].reason
    if decisive[0].flaky:
        reason = f"{reason}; when asked again, as it should be"
    met = sum(one in FINE for one in seen)
    return f"{reason} ({met} of {len(seen)} checks are met)" if reason and met else reason


MEANING: Mapping[Verdict, str] = {
    Verdict.MET: "does what the document says",
    Verdict.SUPPORTED: "offers what the document leaves open",
    Verdict.UNTESTED: "no check has observed it; the row says why",
    Verdict.DISABLED: "the target has no address for it, or its file leaves it out",
    Verdict.BLOCKED: "the target lacks what the check needs; nothing was found out",
    Verdict.UNSUPPORTED: "does not offer what the document leaves open",
    Verdict.DIFFERS: "does it another way than we guessed where the document is silent; no fault",
    Verdict.WARNED: "does not do what the document recommends",
    Verdict.FAILED: "does not do what the document says",
    Verdict.ERROR: "the harness broke; nothing is said about the target",
}
