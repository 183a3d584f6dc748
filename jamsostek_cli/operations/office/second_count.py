"""What is counted of the whole register (`store.file.counts`), counted again from the tables alone."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.status.counts import protected_twice
from jamsostek_cli.store.file import counts
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import unpaid


def differing(connection: Connection) -> tuple[str, ...]:
    """Return the counts that a second count does not come to, and the figures made of them, by name.

    The figures are who is protected in the last month that is paid for anybody, and every month that somebody
    owes: once through the counts, once by a look at each person and each enrolment. `paid_span` are months
    paid that an enrolment was not meant for or has twice, on which no count can rest.
    """
    paid, end = counts.last_months(connection)
    found = list(counts.differing(connection))
    if paid is not None and len(set(protected_twice(connection, paid.last_day))) > 1:
        found.append("protected")
    if end is not None and unpaid.open_months(connection, end) != unpaid.recounted(connection, end):
        found.append("open_months")
    if unpaid.are_misplaced(connection):
        found.append("paid_span")
    return tuple(found)


def demand(connection: Connection) -> None:
    """Raise E596 where a count differs from the second one."""
    if found := differing(connection):
        raise JcliError("E596", counts=", ".join(found))


def count_anew(db: Database, act: Act) -> tuple[str, ...]:
    """Write every count anew where one differs; return the names of what that put right.

    E597 where something still differs after that, or no count is at fault: the tables contradict themselves.
    """
    with db.reading() as connection:
        if not differing(connection):
            return ()
    with db.writing() as connection:
        before = differing(connection)
        if not counts.RECOUNTS.keys().isdisjoint(before):
            counts.count_anew(connection)
        left = differing(connection)
        found = tuple(name for name in before if name not in left)
        if found:
            audit.record(connection, act, action="db.recount", subject=", ".join(found))
    if left:
        raise JcliError("E597", counts=", ".join(left))
    return found
