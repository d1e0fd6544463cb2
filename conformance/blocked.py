"""Why a check could not be made. pytest shows both as skipped."""


class Blocked(Exception):
    """The target lacks something that the check needs: a control API, a number, money, time."""


class Disabled(Exception):
    """The target file says that the target does not offer this at all."""
