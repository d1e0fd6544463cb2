"""Whether a target has an interface at all, for checks that speak over several."""

from fnmatch import fnmatchcase

from conformance.bench import Place
from conformance.blocked import Disabled


def offered(place: Place, interface: str) -> None:
    """Disabled, where the target leaves out all that is said of an interface, like `iro/soap`."""
    for pattern, why in place.target.disabled.items():
        if fnmatchcase(f"{interface}/*", pattern):
            raise Disabled(why)
