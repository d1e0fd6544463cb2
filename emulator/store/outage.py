"""Says once that a store does not work, and once that it works again."""

import logging

log = logging.getLogger("smslab")


class Outage:
    """Of one store."""

    def __init__(self) -> None:
        self._lasts = False

    def begin(self, reason: object) -> None:
        """The store failed, perhaps not for the first time."""
        if not self._lasts:
            self._lasts = True
            log.error("the store does not work: %s; what is asked meanwhile fails", reason)

    def end(self) -> None:
        """The store kept something."""
        if self._lasts:
            self._lasts = False
            log.warning("the store works again")
