"""What may be wrong with an address is said in one line, with what to do."""

from pathlib import Path

import pytest

from emulator.core.ports import StoreError
from emulator.store.engines import engine_at
from emulator.store.vault import Fleeting, opened

ASKED = "synchronous_commit", "idle_in_transaction_session_timeout"


@pytest.mark.parametrize(
    "url",
    [
        "sqlite", "sqlite://", "sqlite:///:memory:", "sqlite:///file?mode=ro", "mysql://x/y", "file", "",
        "postgresql://host:port/database",
    ],
)  # fmt: skip
def test_an_address_of_nothing_we_know_is_told_what_to_write(url: str) -> None:
    with pytest.raises(StoreError, match="write memory, sqlite:///FILE or postgresql://USER@HOST/DATABASE"):
        opened(url)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere/store: no such directory, or no right"):
        opened(f"sqlite:///{tmp_path}/nowhere/store")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("something else " * 100)

    with pytest.raises(StoreError, match="that is no database: give a file that is"):
        opened(f"sqlite:///{tmp_path}/store")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:hidden@127.0.0.1:1/db", "postgresql://me:***@127.0.0.1:1/db"),
        ("postgresql://127.0.0.1:1/db?user=me&password=hidden", "postgresql://127.0.0.1:1/db"),
        ("mysql://me:hid@hidden/x@127.0.0.1:1/db", "mysql://me:***@127.0.0.1:1/db"),
        ("postgres://me:hidden@127.0.0.1:1/db", "postgres://me:***@127.0.0.1:1/db"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_without_its_password(url: str, shown: str) -> None:
    with pytest.raises(StoreError) as told:
        opened(url)

    assert "hidden" not in str(told.value)
    assert str(told.value).startswith(f"--store {shown}: ")


def test_a_file_that_another_has_is_told_what_to_do_about_it(sqlite: str) -> None:
    first = opened(sqlite)

    with pytest.raises(StoreError, match="another smslab has it: end that, give another file, or"):
        opened(sqlite)

    first.close()
    opened(sqlite).close()


def test_what_an_address_asks_of_its_server_is_asked_beside_what_we_do(postgres: str) -> None:
    engine = engine_at(f"{postgres}{'&' if '?' in postgres else '?'}options=-csynchronous_commit%3Don")

    with engine.connect() as connection:
        shown = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ASKED]

    assert shown == ["on", "1min"]
    engine.dispose()


def test_a_server_that_is_gone_without_a_word_is_noticed_as_soon_as_the_address_says() -> None:
    url = "postgresql://me@host/db?keepalives_idle=60&options=-ctcp_keepalives_idle%3D9"

    asked = dict(engine_at(url).url.query)

    options = str(asked.pop("options"))
    assert "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 " in options
    assert options.endswith(" -ctcp_keepalives_idle=9")
    assert asked == {
        "connect_timeout": "5",
        "keepalives_idle": "60",
        "keepalives_interval": "2",
        "keepalives_count": "3",
        "tcp_user_timeout": "10000",
    }


def test_memory_needs_no_database() -> None:
    assert isinstance(opened("memory"), Fleeting)


def test_who_lacks_a_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "emulator.store.engines", None)

    with pytest.raises(StoreError, match=r"pip install 'smslab\[store\]'"):
        opened("sqlite:///file")
    with pytest.raises(StoreError, match="write memory, sqlite:///FILE"):
        opened("file")
