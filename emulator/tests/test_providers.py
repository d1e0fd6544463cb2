"""What every provider package owes the emulator."""

import inspect
import re
from dataclasses import fields, is_dataclass
from itertools import permutations

import pytest

from emulator.core.ids import Ids
from emulator.core.refusals import Reason
from emulator.provider import Provider
from emulator.providers import PROVIDERS
from emulator.tests.samples import an_order
from emulator.tests.served import Served

every_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)


@every_provider
def test_a_provider_words_every_reason(provider: Provider) -> None:
    assert set(provider.faults) == set(Reason)


@every_provider
def test_every_switch_names_the_requirement_it_settles(provider: Provider) -> None:
    source = inspect.getsource(type(provider.quirks)).splitlines()
    settled = re.compile(rf"    (\w+): .* = .*# .*req: {provider.name}/\w+/[\w-]+")

    assert is_dataclass(provider.quirks)
    named = [found[1] for line in source if (found := settled.match(line))]
    assert named == [field.name for field in fields(provider.quirks)]


@every_provider
def test_the_sample_request_sends_one_message_in_the_default_world(provider: Provider) -> None:
    served = Served()

    answer = served.client.get(provider.sample)

    assert answer.status_code == 200
    assert [message.order.provider for message in served.space.store.messages()] == [provider.name]


@every_provider
def test_every_order_has_a_reference_of_its_own(provider: Provider) -> None:
    references = {provider.reference(an_order(id=id)[0], Ids(1)) for id in range(1, 101)}

    assert len(references) == 100


def test_no_two_providers_share_name_or_address() -> None:
    names = [provider.name for provider in PROVIDERS]
    prefixes = [prefix for provider in PROVIDERS for prefix in provider.prefixes]

    assert len(set(names)) == len(names)
    assert all(prefix.startswith("/") for prefix in prefixes)
    assert [pair for pair in permutations(prefixes, 2) if pair[0].startswith(pair[1])] == []
