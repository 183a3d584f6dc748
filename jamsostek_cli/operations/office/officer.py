"""The officers of the office: named, given other duties, and ended when they leave."""

import datetime
from collections.abc import Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.officer import Officer, Role, written_roles
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import officers
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act


def listed(db: Database) -> list[Officer]:
    """Return every officer there is or was, by name."""
    with db.reading() as connection:
        return officers.listed(connection)


def add(db: Database, act: Act, name: str, *, roles: Sequence[Role], login: str | None) -> Officer:
    """Name an officer, or give one other roles or another account.

    The first one named has to be a head, because from then on only a head names others. Raises E484 (nobody
    would lead), E481 and E483 as every act of an office with officers.
    """
    given = Officer(
        name=" ".join(name.split()),
        roles=tuple(role for role in Role if role in roles),
        login=login,
        added_on=act.today,
        ended_on=None,
    )
    with db.writing() as connection:
        before = officers.serving(connection, given.name)
        if Role.HEAD not in given.roles:
            _refuse_without_head(connection, given.name)
        audit.record(
            connection,
            act,
            action="officer.add",
            subject=given.name,
            before={} if before is None else {"roles": written_roles(before.roles), "login": before.login},
            after={"roles": written_roles(given.roles), "login": given.login},
        )
        officers.add(connection, given)
    return given


def end(db: Database, act: Act, name: str, *, reason: str) -> tuple[Officer, datetime.date]:
    """End an officer from today on; raises E484 (the only head), E485 (there is no such officer)."""
    with db.writing() as connection:
        officer = officers.serving(connection, name)
        if officer is None:
            raise JcliError("E485", name=name)
        _refuse_without_head(connection, officer.name)
        audit.record(
            connection,
            act,
            action="officer.end",
            subject=officer.name,
            reason=reason,
            before={"roles": written_roles(officer.roles), "login": officer.login},
        )
        officers.end(connection, officer, act.today)
    return officer, act.today


def _refuse_without_head(connection: Connection, name: str) -> None:
    """Raise E484 when nobody but this officer leads: nobody could name officers any more."""
    others = [one for one in officers.listed(connection) if one.ended_on is None and one.name != name]
    if not any(Role.HEAD in one.roles for one in others):
        raise JcliError("E484", name=name)
