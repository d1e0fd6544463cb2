"""What every provider package owes the emulator."""

import inspect
import re
import shlex
from dataclasses import fields, is_dataclass
from itertools import permutations

import pytest
from werkzeug.test import TestResponse

from emulator.core import sabotage
from emulator.core.ids import Ids
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect, Fault
from emulator.provider import Provider
from emulator.providers import PROVIDERS
from emulator.tests.samples import an_order
from emulator.tests.served import Served

every_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)


every_wording = pytest.mark.parametrize(
    ("provider", "reason"),
    [(provider, reason) for provider in PROVIDERS for reason in Reason],
    ids=lambda value: getattr(value, "name", value),
)


def sent(served: Served, provider: Provider) -> TestResponse:
    """The answer to the provider's sample request."""
    sample = provider.sample
    method = "POST" if sample.body else "GET"
    return served.client.open(
        sample.path,
        method=method,
        data=sample.body,
        content_type=sample.content_type or None,
        headers=list(sample.headers),
    )


@every_wording
def test_a_refusal_on_purpose_is_worded_or_never_comes(provider: Provider, reason: Reason) -> None:
    served = Served()
    served.space.store.put(sabotage.KIND, ("no",), Fault(id="no", effect=Effect.REFUSE, reason=reason))

    sent(served, provider)

    assert (served.space.messages == 0) is (reason in provider.faults)


@every_provider
def test_a_provider_words_what_every_service_refuses(provider: Provider) -> None:
    assert {Reason.BAD_CREDENTIALS, Reason.NO_RECIPIENTS, Reason.NO_CREDIT} <= set(provider.faults)


@every_provider
def test_every_switch_names_the_requirement_it_settles(provider: Provider) -> None:
    source = inspect.getsource(type(provider.quirks)).splitlines()
    settled = re.compile(rf"    (\w+): .* = .*# .*req: {provider.name}/[\w-]+/[\w-]+")

    assert is_dataclass(provider.quirks)
    named = [found[1] for line in source if (found := settled.match(line))]
    assert named == [field.name for field in fields(provider.quirks)]


@every_provider
def test_the_sample_request_sends_one_message_in_the_default_world(provider: Provider) -> None:
    served = Served()

    answer = sent(served, provider)

    assert answer.status_code in {200, 201}
    assert [message.order.provider for message in served.space.store.messages()] == [provider.name]


@every_provider
def test_the_sample_request_can_be_copied_into_a_shell(provider: Provider) -> None:
    fields = [part for name, value in provider.sample.headers for part in ("-H", f"{name}: {value}")]

    command = shlex.split(provider.sample.curl("http://127.0.0.1:8000"))

    assert command[:2] == ["curl", f"http://127.0.0.1:8000{provider.sample.path}"]
    assert command[2:] == (
        [*fields, "-H", f"Content-Type: {provider.sample.content_type}", "-d", provider.sample.body]
        if provider.sample.body
        else fields
    )


@every_provider
def test_a_base_address_leads_to_what_the_provider_serves(provider: Provider) -> None:
    assert any(prefix.startswith(provider.base) for prefix in provider.prefixes)


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
