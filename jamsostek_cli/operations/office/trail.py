"""Reading the audit trail: which acts there were, and what each of them changed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from jamsostek_cli.domain.alike import alike
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.trail import entries
from jamsostek_cli.store.file.trail.entries import Entry, TrailQuery

if TYPE_CHECKING:
    from jamsostek_cli.store.file.database import Database
    from jamsostek_cli.store.file.trail.rows import ActRows

_NEAR: Final = 3
"""So many names are proposed for one that nobody has."""


def log(db: "Database", asked: TrailQuery, *, subject: str | None, count: int) -> list[Entry]:
    """Return the acts that are meant, newest first; `subject` is whom or what they concern.

    E570 for an officer who has done nothing here.
    """
    with db.reading() as connection:
        if asked.actor is not None:
            known = {name.casefold(): name for name in entries.actors(connection)}
            name = known.get(asked.actor.casefold())
            if name is None:
                names = ", ".join(alike(asked.actor, known.values(), most=_NEAR))
                raise JcliError("E570", actor=asked.actor, names=names)
            asked = replace(asked, actor=name)
        if subject is not None:
            from jamsostek_cli.store.file.trail import search

            asked = replace(asked, seqs=search.concerning(connection, subject))
        return entries.entries(connection, asked, count)


def act_of(db: "Database", seq: int, most: int) -> "tuple[Entry, ActRows]":
    """Return one act, and what it did to the tables, at most so many rows in full; E572 for none."""
    from jamsostek_cli.store.file.trail import rows

    with db.reading() as connection:
        found = entries.entry(connection, seq)
        if found is None:
            raise JcliError("E572", seq=seq, last=entries.last_seq(connection))
        return found, rows.of_act(connection, seq, most)
