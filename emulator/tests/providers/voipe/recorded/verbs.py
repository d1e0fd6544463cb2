"""The verbs of states, each with what brings it about."""

from collections.abc import Callable, Mapping

from emulator.tests.providers.voipe.recorded import books, doings, rows, workers
from emulator.tests.providers.voipe.recorded.phrases import Step
from emulator.tests.providers.voipe.recorded.scene import Scene

DOINGS: Mapping[str, Callable[..., None]] = {
    doing.__name__: doing
    for doing in (
        doings.only_admin, doings.account, doings.removed, doings.subuser, doings.senders, doings.balance,
        doings.odd_balance, doings.new_token, doings.key_burnt, doings.password, doings.unbanned,
        doings.blocked,        doings.wrong_passwords, doings.right_password,
        books.group, books.contact,
        rows.sent_rows, rows.many_rows, rows.keyword, rows.handled_row, rows.inbox_row, rows.other_row,
        rows.nothing_received, rows.inbox_cleared,
    )
}  # fmt: skip
"""What is done in a scene."""

WORKERS: Mapping[str, Callable[..., None]] = {
    worker.__name__: worker
    for worker in (
        workers.queue_worker, workers.queue_taken, workers.report_reader, workers.credit_worker,
        workers.inbound_worker, workers.workers, workers.first_status, workers.last_failed,
    )
}  # fmt: skip
"""What happens in the world alone."""


def perform(scene: Scene, step: Step) -> None:
    """Do what a step says. Raises KeyError for a verb that nobody knows."""
    if step.verb in WORKERS:
        WORKERS[step.verb](scene.world, *step.args)
    else:
        DOINGS[step.verb](scene, *step.args)
