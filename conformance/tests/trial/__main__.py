"""`python -m conformance.tests.trial`: judges every miniature and keeps for the page which were caught."""

import sys

from conformance.tests.shelf import DIALECTS
from conformance.tests.trial.kills import Kills, kept, survivors


def main() -> int:
    """1 where a dialect's kill rate is below what is wanted."""
    found = [
        Kills(dialect=name, miniatures=len(shelf), survivors=survivors(shelf))
        for name, shelf in DIALECTS.items()
    ]
    kept(found)
    for one in found:
        print(f"{one.dialect}: {one.killed} of {one.miniatures}", *one.survivors, sep="\n  survived: ")
    return 0 if all(one.enough for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
