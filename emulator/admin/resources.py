"""What providers keep for their customers."""

from flask import Response

from emulator.admin import views
from emulator.admin.answers import shown
from emulator.admin.call import Here
from emulator.admin.queries import ResourcesQuery
from emulator.core.kept import Resource
from emulator.core.resources import KIND


def index(here: Here, query: ResourcesQuery) -> Response:
    here.known(query.provider)
    kept = [one for one in here.space.store.values(KIND) if isinstance(one, Resource) and meets(one, query)]
    ordered = sorted(kept, key=lambda one: one.number)
    return shown({"resources": [views.resource(one) for one in ordered[: query.limit]], "total": len(kept)})


def meets(resource: Resource, query: ResourcesQuery) -> bool:
    return (
        query.provider in (None, resource.provider)
        and query.account in (None, resource.account)
        and query.collection in (None, resource.collection)
    )
