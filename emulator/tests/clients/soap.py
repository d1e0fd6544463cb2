"""SOAP clients that others wrote: PHP's SoapClient, with a description and without, and zeep."""

from collections.abc import Callable
from typing import Any

import zeep
import zeep.exceptions

from emulator.tests.clients.programs import php

PHP = php("soap.php", "soap", "php-soap")

Call = Callable[..., Any]
"""Takes an operation and its arguments; a fault is a result `{"fault": {"code": …, "text": …}}`."""


def by_php(address: str, namespace: str) -> Call:
    """Reads the description first where the address is one."""
    return lambda operation, *arguments: PHP.result(address, namespace, operation, list(arguments))


def by_zeep(address: str) -> Call:
    """By position, and by name."""
    client: Any = zeep.Client(address)  # type: ignore[no-untyped-call]

    def call(operation: str, *arguments: Any, **named: Any) -> Any:
        try:
            return client.service[operation](*arguments, **named)
        except zeep.exceptions.Fault as fault:
            return {"fault": {"code": fault.code, "text": fault.message}}

    return call
