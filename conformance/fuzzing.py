"""Calls that Schemathesis draws from an OpenAPI file: fitting ones, others, and such as follow from others.

They travel over the recorded connection of a place, so a failure is shown as the curl line that repeats it.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from conformance import places
from conformance.bench import Place
from conformance.blocked import Blocked
from conformance.tape import Exchange
from conformance.verify import Mismatch

if TYPE_CHECKING:
    from requests import Session
    from schemathesis import Case
    from schemathesis.schemas import APIOperation
    from schemathesis.specs.openapi.schemas import OpenApiSchema

EXAMPLES, STEPS = DRAWN = ("SMSLAB_EXAMPLES", "SMSLAB_STEPS")
"""Environment variables: how many calls are drawn for an operation, how many follow from each other."""

MANY = 10
"""Examples from which on calls are made at every limit as well."""

KEPT = 20
"""Exchanges of calls that were answered well: more would make records too large."""

AT_A_TIME = 20
"""Calls that follow from each other before everything begins anew."""

METHODS = ("get", "put", "post", "patch", "delete")

CONFIG = """
seed = {seed}
headers = {{ Authorization = "Bearer {key}" }}

[generation]
max-examples = {examples}
database = "none"

{leeway}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An operation of the file."""

    name: str
    method: str
    path: str

    @property
    def reads(self) -> bool:
        return self.method == "get"


def operations(provider: str) -> list[Described]:
    """All that the provider's file describes, in its order."""
    paths = json.loads(written(provider))["paths"]
    return [
        Described(name=item[method]["operationId"], method=method, path=path)
        for path, item in paths.items()
        for method in METHODS
        if method in item
    ]


def written(provider: str) -> str:
    return (places.specs() / f"{provider}.openapi.json").read_text("utf-8")


@cache
def read(provider: str, config: str) -> "OpenApiSchema":
    """The file as Schemathesis understands it. Blocked without Schemathesis."""
    try:
        import schemathesis
    except ImportError:
        raise Blocked("needs Schemathesis: pip install 'smslab[test]' brings it along") from None
    return schemathesis.openapi.from_dict(
        json.loads(written(provider)), config=schemathesis.Config.from_str(config)
    )


def builder() -> Any:
    """What Schemathesis's own runners make an operation's calls with: of examples, chance and limits in one.

    Its public names offer that to a collection of pytest alone, so this may move with any release of it.
    Blocked where it has.
    """
    try:
        from schemathesis.generation.hypothesis import builder
    except ImportError as moved:
        raise Blocked(f"needs Schemathesis 4.32, or one alike: {moved}") from None
    return builder


def wanted(variable: str, otherwise: int) -> int:
    """A number from the environment."""
    return int(os.environ.get(variable) or otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzing:
    """Draws calls of one place.

    `leeway` is configuration of Schemathesis for what no schema can say; `tamed` may change a call before it
    goes out, or raise Blocked.
    """

    place: Place
    provider: str
    seed: int
    examples: int
    surface: str
    leeway: str = ""
    tamed: Callable[["Case[Any]"], None] = lambda case: None

    @property
    def schema(self) -> "OpenApiSchema":
        key = self.place.login(self.provider).key
        config = CONFIG.format(seed=self.seed, key=key, examples=self.examples, leeway=self.leeway)
        return read(self.provider, config)

    def draw(self, described: Described) -> None:
        """Examples, chance, and limits where many are asked for. Mismatch where an answer is another."""
        operation = self.schema[described.path][described.method]  # first: it tells what is not installed
        making = builder()

        with self._calling() as session:
            config = making.HypothesisTestConfig(
                project=self.schema.config,
                modes=[mode for mode in making.HypothesisTestMode if self._is_wanted(mode)],
                settings=self._settings(operation),
                seed=self.seed,
            )

            def call(case: "Case[Any]") -> None:
                self._validated(case, session)

            making.create_test(operation=operation, test_func=call, config=config)()

    def walk(self, steps: int) -> None:
        """Calls that follow from each other along the links of the file, so many in all."""
        schema = self.schema  # first: it tells what is not installed

        import hypothesis

        each = min(steps, AT_A_TIME)
        with self._calling() as session:
            walk = self

            class Calls(schema.as_state_machine()):  # type: ignore[misc]  # a class made at run time
                def setup(self) -> None:
                    walk.place.tape.exchanges.clear()
                    if walk.place.remote is not None:
                        walk.place.remote.reset()

                def step(self, input: Any) -> Any:
                    walk.tamed(input.case)
                    return super().step(input)

                def get_call_kwargs(self, case: "Case[Any]") -> dict[str, Any]:
                    return {"session": session, "base_url": walk.place.http(walk.provider)}

            settings = hypothesis.settings(
                max_examples=max(1, steps // each), stateful_step_count=each, deadline=None, database=None
            )
            with self._told(f"{STEPS}={steps}"):
                hypothesis.seed(self.seed)(Calls)
                Calls.run(settings=settings)

    def _is_wanted(self, phase: str) -> bool:
        """Calls at every limit of every member are many, whatever number is asked for."""
        return phase != "coverage" or self.examples >= MANY

    def _settings(self, operation: "APIOperation[Any, Any, Any, Any]") -> Any:
        import hypothesis

        given = self.schema.config.get_hypothesis_settings(operation=operation, phase="fuzzing")
        return hypothesis.settings(given, deadline=None, report_multiple_bugs=False)

    def _validated(self, case: "Case[Any]", session: "Session") -> None:
        self.tamed(case)
        with self._told(f"{EXAMPLES}={self.examples}"):
            case.call_and_validate(base_url=self.place.http(self.provider), session=session)
        del self.place.tape.exchanges[:-KEPT]

    @contextmanager
    def _told(self, asked: str) -> Iterator[None]:
        """A finding of Schemathesis as one of ours; `asked` is what the environment said."""
        from schemathesis.core.failures import FailureGroup

        again = f"{asked} smslab check … --provider {self.provider} --seed {self.seed}"
        try:
            yield
        except FailureGroup as found:
            titles = "; ".join(dict.fromkeys(f"{one.title}: {one.message}" for one in found.exceptions))
            promise = f"an answer that the description has; drawn again by {again}"
            raise Mismatch((promise,), " ".join(titles.split()), self._guilty) from None

    @property
    def _guilty(self) -> Exchange | None:
        heard = [one for one in self.place.tape.exchanges if one.surface == self.surface]
        return heard[-1] if heard else None

    @contextmanager
    def _calling(self) -> Iterator["Session"]:
        from conformance.session import session

        with self.place.connection(self.provider, self.surface) as client, session(client) as opened:
            yield opened
