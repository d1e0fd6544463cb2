"""What may be wrong with an address is said in one line, with what to do."""

from pathlib import Path

import pytest

from emulator.core.ports import StoreError
from emulator.store.vault import Fleeting, opened


@pytest.mark.parametrize("url", ["sqlite", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "file", ""])
def test_an_address_of_nothing_we_know_is_told_what_to_write(url: str) -> None:
    with pytest.raises(StoreError, match="write memory, sqlite:///FILE or postgresql://USER@HOST/DATABASE"):
        opened(url)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere/store: unable to open database file"):
        opened(f"sqlite:///{tmp_path}/nowhere/store")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("something else " * 100)

    with pytest.raises(StoreError, match="file is not a database"):
        opened(f"sqlite:///{tmp_path}/store")


def test_a_server_that_is_not_there_is_told_of_without_the_password() -> None:
    with pytest.raises(StoreError) as told:
        opened("postgresql://me:hidden@127.0.0.1:1/db")

    assert "hidden" not in str(told.value)
    assert str(told.value).startswith("--store postgresql://me:***@127.0.0.1:1/db: ")


def test_a_file_that_another_has_is_told_what_to_do_about_it(sqlite: str) -> None:
    first = opened(sqlite)

    with pytest.raises(StoreError, match="another smslab has this file: end it, give another file, or"):
        opened(sqlite)

    first.close()
    opened(sqlite).close()


def test_memory_needs_no_database() -> None:
    assert isinstance(opened("memory"), Fleeting)


def test_who_lacks_a_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "emulator.store.engines", None)

    with pytest.raises(StoreError, match=r"pip install 'smslab\[store\]'"):
        opened("sqlite:///file")
