"""Servers of others, installed by npm and pip, each into a folder of its own that git does not look into."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WITHIN = 600.0  # seconds


class Lacking(Exception):
    """Why something cannot be had here."""


def of_npm(cache: Path, package: str) -> Path:
    """The folder of a package of that name and version. Raises Lacking."""
    name, _, version = package.rpartition("@")
    home = cache / f"{name.replace('/', '-').lstrip('@')}-{version}"
    found = home / "node_modules" / name
    if not found.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
        run("npm", "install", "--prefix", str(home), *quiet, package)
    return found


def of_pip(cache: Path, requirement: str, program: str) -> Path:
    """A program that a requirement brings along, in an environment of its own. Raises Lacking."""
    home = cache / requirement.replace("==", "-")
    found = home / "bin" / program
    if not found.is_file():
        run(sys.executable, "-m", "venv", str(home))
        run(str(home / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", requirement)
    return found


def run(*command: str) -> None:
    try:
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=WITHIN)
    except FileNotFoundError:
        raise Lacking(f"{command[0]} is not installed") from None
    except subprocess.CalledProcessError as failed:
        lines = failed.stderr.strip().splitlines()
        raise Lacking(f"{command[0]} failed: {lines[-1] if lines else failed.returncode}") from None
    except subprocess.TimeoutExpired:
        raise Lacking(f"{command[0]} was not done within {WITHIN:.0f} s") from None
