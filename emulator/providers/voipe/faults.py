"""The codes of playSMS with their texts, and which of them words a refusal."""

from collections.abc import Mapping

from emulator.core.refusals import Reason, Refused

# req: voipe/code/0 voipe/code/100 voipe/code/101 voipe/code/102 voipe/code/103 voipe/code/104
# req: voipe/code/105 voipe/code/106 voipe/code/200 voipe/code/201 voipe/code/400 voipe/code/401
# req: voipe/code/402 voipe/code/501 voipe/code/600 voipe/code/601 voipe/code/602 voipe/code/603
# req: voipe/code/604 voipe/code/605 voipe/code/606 voipe/code/607 voipe/code/608 voipe/code/609
# req: voipe/code/610 voipe/code/611 voipe/code/612 voipe/code/613 voipe/code/614 voipe/code/615
# req: voipe/code/616 voipe/code/617 voipe/code/618 voipe/code/619 voipe/code/620 voipe/code/621
# req: voipe/code/622 voipe/code/623 voipe/code/624 voipe/code/625 voipe/code/626 voipe/code/627
TEXTS: Mapping[str, str] = {
    "100": "authentication failed",
    "101": "type of action is invalid or unknown",
    "102": "one or more field empty",
    "103": "not enough credit for this operation",
    "104": "webservice token is not available",
    "105": "webservice token not enable for this user",
    "106": "webservice token not allowed from this IP address",
    "200": "send message failed",
    "201": "destination number or message is empty",
    "400": "no delivery status available",
    "401": "no delivery status retrieved and SMS still in queue",
    "402": "no delivery status retrieved and SMS has been processed from queue",
    "501": "no data returned or result is empty",
    "600": "admin level authentication failed",
    "601": "inject message failed",
    "602": "sender id or message is empty",
    "603": "account addition failed due to missing data",
    "604": "fail to add account",
    "605": "account removal failed due to unknown username",
    "606": "fail to remove account",
    "607": "set parent failed due to unknown username",
    "608": "fail to set parent",
    "609": "get parent failed due to unknown username",
    "610": "fail to get parent",
    "611": "account ban failed due to unknown username",
    "612": "fail to ban account",
    "613": "account unban failed due to unknown username",
    "614": "fail to unban account",
    "615": "editing account preferences failed due to missing data",
    "616": "fail to edit account preferences",
    "617": "editing account configuration failed due to missing data",
    "618": "fail to edit account configuration",
    "619": "viewing credit failed due to missing data",
    "620": "fail to view credit",
    "621": "adding credit failed due to missing data",
    "622": "fail to add credit",
    "623": "deducting credit failed due to missing data",
    "624": "fail to deduct credit",
    "625": "setting login key failed due to missing data",
    "626": "fail to set login key",
}
"""Of 627, which a number gets that is on the stop list already, nothing is said."""


class Declined(Exception):
    """A call that is answered with a code, and with what some operations say beside it."""

    def __init__(self, code: str, info: str = "") -> None:
        super().__init__(code)
        self.code, self.info = code, info


FAULTS: Mapping[Reason, str] = {
    Reason.BAD_CREDENTIALS: "100",
    Reason.NO_RECIPIENTS: "201",
    Reason.EMPTY_TEXT: "201",
    Reason.NO_CREDIT: "103",
    Reason.STORAGE_FAILED: "200",
}
"""What `pv` says; other operations have a code of their own for what fails."""


def code(refusal: Refused) -> str:
    """The code for the most pressing of the objections."""
    return next((code for reason, code in FAULTS.items() if reason in refusal.reasons), "200")
