"""Mobile networks: phonenumbers knows who a number was given to, a small table knows the codes."""

from functools import lru_cache

from emulator.core.register import Network

TABLE = {  # region: (name as phonenumbers spells it, MCC, MNC); the first serves where the carrier is unknown
    "AT": [("A1 TA", "232", "01"), ("T-Mobile AT", "232", "03"), ("Three", "232", "05")],
    "BE": [("Proximus", "206", "01"), ("Orange", "206", "10"), ("Telenet", "206", "20")],
    "BG": [("A1", "284", "01"), ("Vivacom", "284", "03"), ("Yettel", "284", "05")],
    "CH": [("Swisscom", "228", "01"), ("Sunrise", "228", "02"), ("Salt", "228", "03")],
    "CY": [("Cytamobile-Vodafone", "280", "01"), ("Epic", "280", "10"), ("PrimeTel", "280", "20")],
    "DE": [("T-Mobile", "262", "01"), ("Vodafone", "262", "02"), ("O2", "262", "03")],
    "ES": [("Vodafone", "214", "01"), ("Orange", "214", "03"), ("Movistar", "214", "07")],
    "FR": [("Orange France", "208", "01"), ("SFR", "208", "10"), ("Bouygues", "208", "20")],
    "GB": [("O2", "234", "10"), ("Vodafone", "234", "15"), ("EE", "234", "30"), ("Three", "234", "20")],
    "GR": [("Cosmote", "202", "01"), ("Vodafone", "202", "05"), ("Nova", "202", "10")],
    "IE": [("Vodafone", "272", "01"), ("3", "272", "02"), ("Meteor", "272", "03")],
    "IL": [("Orange", "425", "01"), ("Cellcom", "425", "02"), ("Pelephone", "425", "03")],
    "IR": [("IR-MCI", "432", "11"), ("Irancell", "432", "35"), ("Rightel", "432", "20")],
    "IT": [("TIM", "222", "01"), ("Vodafone", "222", "10"), ("WIND", "222", "88")],
    "NL": [("KPN", "204", "08"), ("Vodafone Libertel B.V.", "204", "04"), ("T-Mobile", "204", "16")],
    "RO": [("Vodafone", "226", "01"), ("Digi Mobil", "226", "05"), ("Orange", "226", "10")],
    "SE": [("TeliaSonera", "240", "01"), ("Tele2 Sverige", "240", "07"), ("Telenor Sverige", "240", "08")],
    "TR": [("Turkcell", "286", "01"), ("Vodafone", "286", "02"), ("Turk Telekom", "286", "03")],
    # American numbers tell no carrier, so that all of them are of the first
    "US": [("Verizon", "310", "004"), ("AT&T", "310", "410"), ("T-Mobile", "310", "260")],
}


@lru_cache(maxsize=4096)
def country(number: str) -> str:
    """The English name of the country a number belongs to; empty where the plan knows none."""
    from phonenumbers.geodata.locale import LOCALE_DATA

    names = LOCALE_DATA.get(_region(number), {})
    name = str(names.get("en", ""))
    return str(names[name[1:]]) if name.startswith("*") else name  # a star points to the language to take


@lru_cache(maxsize=4096)
def original(number: str) -> Network | None:
    """The network a number was first given to; None where the region is not in the table."""
    rows = TABLE.get(_region(number))
    if rows is None:
        return None
    carrier = _carrier(number)
    row = next((row for row in rows if row[0] == carrier), rows[0])
    return _network(row, country(number))


def ported(number: str) -> Network | None:
    """Another network of the same country than the original one."""
    rows = TABLE.get(_region(number), [])
    home = original(number)
    others = [row for row in rows if home is not None and row[0] != home.name]
    return _network(others[0], country(number)) if others else home


def _network(row: tuple[str, str, str], country: str) -> Network:
    name, mcc, mnc = row
    return Network(mcc=mcc, mnc=mnc, name=name, country=country)


# phonenumbers is imported late: the carrier table takes half a second that most runs never need


@lru_cache(maxsize=4096)
def _region(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse("+" + number)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code or 0
    )


def _carrier(number: str) -> str:
    import phonenumbers
    from phonenumbers import carrier

    return carrier.name_for_number(phonenumbers.parse("+" + number), "en")
