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
    owes: once through the counts, once by a look at each person and each enrolment.
    """
    paid, end = counts.last_months(connection)
    found = list(counts.differing(connection))
    if paid is not None and len(set(protected_twice(connection, paid.last_day))) > 1:
        found.append("protected")
    if end is not None and unpaid.open_months(connection, end) != unpaid.recounted(connection, end):
        found.append("open_months")
    return tuple(found)


def demand(connection: Connection) -> None:
    """Raise E596 where a count differs from the second one."""
    if found := differing(connection):
        raise JcliError("E596", counts=", ".join(found))


def count_anew(db: Database, act: Act) -> tuple[str, ...]:
    """Write every count anew where one differs; return the names of those that did.

    E596 where a figure made of them still differs: the tables themselves are not what they should be.
    """
    with db.writing() as connection:
        found = differing(connection)
        if found:
            counts.count_anew(connection)
            demand(connection)
            audit.record(connection, act, action="db.recount", subject=", ".join(found))
    return found
