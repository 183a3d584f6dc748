"""What an act did to the rows of tables, fact by fact, as somebody untrained reads them."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jamsostek_cli.cli.office.trail_words import TrailFact, label, spoken, table_name
from jamsostek_cli.domain import privacy
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.roster.findings import FINDINGS
from jamsostek_cli.store.file.trail import journal
from jamsostek_cli.tables.table import Coded

if TYPE_CHECKING:
    from jamsostek_cli.store.file.trail.rows import TrailRow

_WORKER = "worker_id"


def row_changes(row: "TrailRow", *, whole: bool) -> list[TrailFact]:
    """Return what differs between a row before and after, personal facts masked.

    A person does not get the facts that the row is called by anyway, and of lists within a fact how many they
    hold; `whole` keeps all of them, for programs.
    """
    old, new = row.before or {}, row.after or {}
    called_by = {"id"} if whole else {"id", *journal.KEYS[row.table]}
    facts = [
        TrailFact(label((column,)), *(_kept(row.table, column, side, whole=whole) for side in (old, new)))
        for column in dict.fromkeys([*old, *new])
        if old.get(column) != new.get(column) and column not in called_by
    ]
    return [fact for fact in facts if whole or (fact.before, fact.after) != (None, None)]


def _kept(table: str, column: str, row: Mapping[str, Any], *, whole: bool) -> str | None:
    fact = row.get(column)
    if fact is None:
        return None
    if not whole:
        if isinstance(parts := _parts(fact), list | dict):
            return _counted(parts)
        if column == _WORKER:
            return number_of(fact)
    if privacy.is_personal(table, column):
        return privacy.hinted(str(fact))
    return spoken((column,), fact, nobody=True)


def _parts(fact: object) -> object:
    """Return the list or object that a fact holds as JSON; the fact itself where it holds none."""
    try:
        return json.loads(fact) if isinstance(fact, str) and fact[:1] in {"[", "{"} else fact
    except ValueError:
        return fact


def _counted(parts: list[Any] | dict[str, Any]) -> str | None:
    """Return what findings say, and of anything else how much there is; None where there is nothing."""
    if not parts:
        return None
    if all(isinstance(one, str) and one in FINDINGS for one in parts):
        return ", ".join(FINDINGS[one].title() for one in parts)
    return text("trail.parts", count=figures.count(len(parts)))


def kept_in(table: str) -> Coded:
    """Return a table of the file as a cell: its name for programs, what people call it for people."""
    return Coded(table, table_name(table))


def happened(row: "TrailRow") -> Coded:
    """Return whether a row came, was changed, or went."""
    return happening(came=row.before is None, went=row.after is None)


def happening(*, came: bool, went: bool) -> Coded:
    """Return what became of a row, in words."""
    code = "came" if came else "went" if went else "changed"
    return Coded(code, text(f"happened.{code}"))
