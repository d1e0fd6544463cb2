"""Where the data files lie: inside an installed wheel, or beside the package in a checkout."""

from pathlib import Path

HERE = Path(__file__).parent
CHECKS = HERE / "checks"
TEMPLATES = HERE / "templates"
EXAMPLE_TARGET = HERE / "targets" / "example.toml"


def specs() -> Path:
    return _first(HERE.parent / "emulator" / "_data" / "specs", HERE.parent / "specs")


def fixtures() -> Path:
    return _first(HERE.parent / "emulator" / "_data" / "fixtures", HERE.parent / "fixtures")


def _first(installed: Path, checkout: Path) -> Path:
    return installed if installed.is_dir() else checkout
