"""Who may import whom. Imports point downwards only, and neighbours never import each other."""

import ast
from functools import cache
from pathlib import Path

import pytest

import emulator
from emulator.providers import PROVIDERS

ROOT = Path(emulator.__file__).parent.parent

MAY_IMPORT = {
    "emulator/core": {"emulator.core", "phonenumbers"},
    "emulator/wire": {
        "emulator.wire", "emulator.core.pages", "emulator.core.quick", "lxml", "msgspec", "spyne",
    },
    "emulator/provider.py": {"emulator.core", "emulator.wire.smpp", "flask"},
    "emulator/settings.py": {"emulator.core", "msgspec"},
    "emulator/store": {"emulator.core", "emulator.store", "msgspec", "sqlalchemy", "psycopg"},
    "emulator/space": {
        "emulator.core", "emulator.store", "emulator.settings", "emulator.provider",
        "emulator.providers.PROVIDERS", "emulator.space", "msgspec",
    },
    "emulator/transports": {
        "emulator.core", "emulator.wire", "emulator.provider", "emulator.settings", "emulator.space",
        "emulator.transports", "flask", "granian", "werkzeug",
    },
    "emulator/admin": {
        "emulator.core", "emulator.provider", "emulator.settings", "emulator.space", "emulator.store",
        "emulator.transports.pump", "emulator.wire.masking", "emulator.wire.problem", "emulator.admin",
        "flask", "werkzeug", "msgspec",
    },
    **{
        f"emulator/providers/{provider.name}": {
            "emulator.core", "emulator.wire", "emulator.provider",
            f"emulator.providers.{provider.name}", "flask", "msgspec",
        }
        for provider in PROVIDERS
    },
    "conformance": {"conformance", "emulator.app", "msgspec", "urllib3"},
    "loadtests": {"loadtests", "conformance", "emulator.tuning", "msgspec", "flask", "granian"},
    "loadtests/planning": {"loadtests.planning", "loadtests.scenarios"},
    "loadtests/accounting": {
        "loadtests.planning", "loadtests.accounting", "loadtests.scenarios", "loadtests.client",
        "loadtests.failures", "loadtests.smpp", "msgspec",
    },
    "loadtests/sending": {
        "loadtests.planning", "loadtests.accounting", "loadtests.sending", "loadtests.scenarios",
        "loadtests.ending", "loadtests.failures", "loadtests.served", "loadtests.smpp", "msgspec",
    },
    "loadtests/reporting": {
        "loadtests.planning", "loadtests.accounting", "loadtests.reporting", "loadtests.scenarios",
        "loadtests.failures", "msgspec",
    },
    "emulator/testing": {
        "emulator.testing", "emulator.app", "emulator.core.model.Status", "emulator.execute.addresses",
        "msgspec",
    },
}  # fmt: skip

ONLY_IN = {
    "phonenumbers": {"emulator/core/networks.py", "emulator/core/numbering.py"},
    "sqlalchemy": {
        "emulator/store/engines.py",
        "emulator/store/ledger.py",
        "emulator/store/schema.py",
        "emulator/store/shared.py",
    },
    "psycopg": {"emulator/store/shared.py"},
    "spyne": {"emulator/wire/soap/behind.py"},
    "emulator.app": {
        "emulator/serve.py",
        "emulator/execute.py",
        "conformance/target.py",
        "emulator/testing/emulator.py",
    },
}

STARTERS = {
    "emulator/__init__.py", "emulator/__main__.py", "emulator/announcement.py", "emulator/app.py",
    "emulator/ending.py", "emulator/execute.py", "emulator/listening.py", "emulator/options.py",
    "emulator/providers/__init__.py", "emulator/serve.py", "emulator/tuning.py",
}  # fmt: skip
"""What puts everything together, and may import all of it."""

WATCHED = {
    "emulator", "conformance", "loadtests",
    "flask", "werkzeug", "waitress", "granian", "urllib3", "lxml", "spyne", "msgspec", "phonenumbers",
    "sqlalchemy", "psycopg",
}  # fmt: skip


@cache
def imports(path: Path) -> list[str]:
    """Every name a module imports, in full."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [(node.module, node.names) for node in nodes if isinstance(node, ast.ImportFrom)]
    return whole + [f"{module}.{alias.name}" for module, names in parts for alias in names]


def within(name: str, names: set[str]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in names)


def modules(layer: str) -> list[Path]:
    """The modules of a layer, its tests left out."""
    place = ROOT / layer
    found = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return [path for path in found if "tests" not in path.relative_to(ROOT).parts]


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_below_it(layer: str) -> None:
    strays = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(layer)
        for name in imports(path)
        if within(name, WATCHED) and not within(name, MAY_IMPORT[layer])
    ]

    assert strays == []


@pytest.mark.parametrize("name", ONLY_IN)
def test_what_belongs_to_few_modules_is_imported_there_alone(name: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for package in ("emulator", "conformance", "loadtests")
        for path in modules(package)
        if any(within(one, {name}) for one in imports(path))
    }

    assert users <= ONLY_IN[name]


def test_every_module_of_the_emulator_lies_in_a_layer_or_starts_it() -> None:
    layered = {path for layer in MAY_IMPORT for path in modules(layer)}
    loose = {str(path.relative_to(ROOT)) for path in modules("emulator") if path not in layered}

    assert loose <= STARTERS


def test_a_folder_beside_the_providers_is_one_of_them() -> None:
    folders = {path.parent.name for path in (ROOT / "emulator" / "providers").glob("*/__init__.py")}

    assert folders == {provider.name for provider in PROVIDERS}
