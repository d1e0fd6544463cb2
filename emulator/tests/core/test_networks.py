"""Mobile networks, against what phonenumbers knows."""

import pytest
from phonenumbers.carrierdata import CARRIER_DATA
from phonenumbers.phonenumberutil import country_code_for_region

from emulator.core.networks import TABLE, country, original, ported
from emulator.core.register import Network

COSMOTE = Network(mcc="202", mnc="01", name="Cosmote", country="Greece")
VODAFONE = Network(mcc="202", mnc="05", name="Vodafone", country="Greece")


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("306971234567", "Greece"),
        ("35799548796", "Cyprus"),
        ("491711234567", "Germany"),
        ("15005550006", "United States"),
        ("37612345", "Andorra"),
        ("99912345678", ""),
        ("800123456", ""),
        ("1", ""),
    ],
)
def test_the_country_of_a_number_in_english(number: str, name: str) -> None:
    assert country(number) == name


def test_a_number_belongs_to_the_network_it_was_given_to() -> None:
    assert original("306971234567") == COSMOTE
    assert original("306949876543") == VODAFONE


def test_where_the_carrier_is_unknown_the_first_of_the_country_serves() -> None:
    assert original("306000009000") == COSMOTE


@pytest.mark.parametrize("number", ["37612345", "99912345678", "800123456", "1"])
def test_a_region_outside_the_table_has_no_network(number: str) -> None:
    assert original(number) is None
    assert ported(number) is None


def test_a_ported_number_belongs_to_another_network_of_the_same_country() -> None:
    assert ported("306971234567") == VODAFONE
    assert ported("306949876543") == COSMOTE


@pytest.mark.parametrize("region", TABLE)
def test_every_country_of_the_table_has_somewhere_to_be_ported_to(region: str) -> None:
    assert len({name for name, _, _ in TABLE[region]}) >= 2


@pytest.mark.parametrize("region", TABLE)
def test_the_codes_of_a_network_are_written_out(region: str) -> None:
    codes = [(mcc, mnc) for _, mcc, mnc in TABLE[region]]

    assert {len(mcc) for mcc, _ in codes} == {3}
    assert {len(mnc) for _, mnc in codes} <= {2, 3}
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("region", sorted(set(TABLE) - {"US"}))
def test_the_names_are_spelled_as_phonenumbers_spells_them(region: str) -> None:
    """A name that it never gives would never be found. Of American numbers it names no carrier."""
    code = str(country_code_for_region(region))
    known = {names.get("en") for prefix, names in CARRIER_DATA.items() if prefix.startswith(code)}

    assert {name for name, _, _ in TABLE[region]} - known == set()
