"""Four eyes: what one person has done, another one has to look at."""

from collections.abc import Iterable

from jamsostek_cli.connection import Connection
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import officers, settings
from jamsostek_cli.store.file.trail.audit import Act


def asked_for(db: Connection) -> bool:
    """Tell whether the office asks for a second person: not where it has only one."""
    return settings.get(db, "four_eyes") == "on"


def refuse_first_person(db: Connection, act: Act, first: Iterable[str | None], subject: str) -> None:
    """Raise E487 when whoever acts was the first, where officers are named and four eyes asked for."""
    if officers.are_named(db) and asked_for(db) and any(act.is_by(name) for name in first):
        raise JcliError("E487", subject=subject, actor=act.actor)
