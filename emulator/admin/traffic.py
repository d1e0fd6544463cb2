"""What went to and fro: callbacks to customers, and every exchange with them."""

from flask import Response

from emulator.admin import views
from emulator.admin.answers import shown
from emulator.admin.call import Here
from emulator.admin.queries import JournalQuery
from emulator.core import callbacks as callback
from emulator.core.pushes import Callback


def callbacks(here: Here) -> Response:
    space = here.space
    if not space.clock.rate:
        here.pump.settle(space)
    with space.store.turn():
        known = space.store.values(callback.FINISHED) + space.store.values(callback.KIND)
        dropped = space.store.count(callback.DROPPED)
    ordered = sorted((one for one in known if isinstance(one, Callback)), key=lambda one: one.id)
    return shown({"callbacks": [views.callback(one) for one in ordered], "dropped": dropped})


def journal(here: Here, query: JournalQuery) -> Response:
    journal, render = here.space.journal, here.views.exchange
    entries = journal.since(query.since, query.limit, defective=query.defective)
    next_ = entries[-1].id if entries else query.since
    return shown({"entries": [render(one) for one in entries], "next": next_, "dropped": journal.dropped})
