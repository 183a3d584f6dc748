"""Looks at one person that show more than a list does: one row a day for each officer and person."""

from jamsostek_cli.operations.departure import noted
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.privacy import person

AT_ONCE = 0.5
"""So many seconds a look waits for another command that writes: it is there for the person at the desk."""


def seen(db: Database, act: Act, number: str) -> bool:
    """Note that somebody looked at a person's or a claim's private facts; False where it cannot be noted.

    A second look on the same day writes nothing.
    """
    day = act.at.date().isoformat()
    quick = Database(db.path, min(db.busy_seconds, AT_ONCE), db.provisions)

    def write() -> None:
        with quick.reading() as connection:
            if person.seen_today(connection, number, act.actor, day):
                return
        with quick.writing() as connection:
            audit.record(connection, act, action="privacy.seen", subject=number, after={"day": day})

    return noted(write)
