"""Settings: one, set and unset."""

import pytest

from emulator.tests.providers.ip1.called import OTHER_KEY, Called

PATH = "/v2/me/sms/settings"
NAME = "IncomingCallbackUrl"
ONE = f"{PATH}/{NAME}"
UNSET = {"setting": NAME, "value": None}


def test_a_setting_that_was_not_set_is_null() -> None:
    called = Called()

    assert called.get(ONE) == UNSET
    assert called.get(PATH) == [UNSET]


@pytest.mark.parametrize("body", ["http://127.0.0.1:1/", {"Value": "http://127.0.0.1:1/"}])
def test_a_setting_is_set_until_it_is_deleted(body: object) -> None:
    called = Called()
    known = {"setting": NAME, "value": "http://127.0.0.1:1/"}

    put = called.ask("PUT", f"{PATH}/incomingCALLBACKurl", body)
    shown, others = called.get(PATH), called.get(PATH, key=OTHER_KEY)
    deleted = called.ask("DELETE", ONE)

    assert (put.status_code, put.json, shown, others) == (200, known, [known], [UNSET])
    assert (deleted.status_code, deleted.json, called.get(ONE)) == (200, UNSET, UNSET)


def test_settings_stand_where_the_page_prints_them_as_well() -> None:
    assert Called().get(f"/me/sms/settings/{NAME}/") == UNSET


@pytest.mark.parametrize("body", [None, 5, [], {}, {"value": None}, "", "ftp://a/", {"value": "a/b"}])
def test_what_is_no_address_is_refused(body: object) -> None:
    assert "Value" in Called().errors("PUT", ONE, body)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_setting_that_nobody_knows_is_not_found(method: str) -> None:
    assert Called().ask(method, f"{PATH}/Other", "http://a/").status_code == 404
