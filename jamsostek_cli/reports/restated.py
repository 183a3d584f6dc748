"""Restatements: what a closed month would be by what is known since, person by person, claim by claim."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import BillState
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.restatement import FactChange, Restated, Restatement
from jamsostek_cli.domain.worker import WorkerStatus, number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.coverage.count import Breakdown, Counts, Headcount
from jamsostek_cli.reports.coverage.window import Window
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import done, payer_name, word

Figures = Mapping[str, int]

_FACTS: Final = """
    SELECT worker.id, nik, worker.name, birth_date, sex, kelurahan.name, worker.occupation, agency.name,
      worker.status, died_on, merged_into
    FROM worker LEFT JOIN kelurahan ON kelurahan.code = kelurahan_code
    LEFT JOIN agency ON agency.id = agency_id
    WHERE worker.id IN (SELECT value FROM json_each(?))
"""
IDENTITY: Final = ("nik", "name", "birth_date", "sex", "kelurahan", "occupation", "agency")
"""The facts that say who is counted where: another one is told also where no figure changes."""
_FIELDS: Final = (*IDENTITY, "status", "died_on", "merged_into")


class PersonInMonth(NamedTuple):
    """Somebody in a state of the file: what they count in the figures of a month, and their facts by field.

    `counted` tells whether they count in any.
    """

    figures: Figures
    facts: Mapping[str, str | None]

    @property
    def counted(self) -> bool:
        """Whether they count in any figure."""
        return any(self.figures.values())


def people(
    connection: Connection, month: Month, ids: Iterable[int], limit: int | None
) -> dict[int, PersonInMonth]:
    """Return what some people are in a state of the file, by their number; `limit` is the age limit."""
    asked = sorted(ids)
    counted = _headcount(connection, month, limit).each(asked)
    span = (month.first_day.isoformat(), month.last_day.isoformat())
    found = {}
    for worker, *facts in connection.execute(_FACTS, (json.dumps(asked),)):
        known = dict(zip(_FIELDS, facts, strict=True))
        counts = counted.get(worker, Counts())
        found[worker] = PersonInMonth(
            {
                **counts._asdict(),
                "deaths": int(known["died_on"] is not None and span[0] <= known["died_on"] <= span[1]),
            },
            known,
        )
    return found


def changes(old: PersonInMonth | None, new: PersonInMonth | None) -> tuple[FactChange, ...]:
    """Return the facts of somebody that differ between two states, as they are shown; the NIK is masked."""
    before, after = (one.facts if one else {} for one in (old, new))
    fields = [field for field in _FIELDS if before.get(field) != after.get(field)]
    said = {"died_on", "merged_into"} & {*fields}  # which says the status, too
    return tuple(
        FactChange(field, _shown(field, before.get(field)), _shown(field, after.get(field)))
        for field in fields
        if field != "status" or not said
    )


def _shown(field: str, value: object) -> str | None:
    if value is None:
        return None
    if field == "merged_into":
        return number_of(int(str(value)))
    return masked(str(value)) if field == "nik" else str(value)


def _headcount(connection: Connection, month: Month, limit: int | None = None) -> Headcount:
    window = Window.between(month.plus(-1).last_day, month.last_day, limit)
    return Headcount(connection, window, Breakdown())


class BillInMonth(NamedTuple):
    """A bill of a month: its payer, what it counts in the figures, and its state."""

    payer: str
    figures: Figures
    state: str | None


NO_BILL: Final = BillInMonth("", {}, None)
"""Stands for a bill that is not there."""


def of_bill(old: BillInMonth | None, new: BillInMonth | None) -> dict[str, int]:
    """Return by how much the figures of a bill differ between two states."""
    return difference((old or NO_BILL).figures, (new or NO_BILL).figures)


def of_state(old: BillInMonth | None, new: BillInMonth | None) -> list[FactChange]:
    """Return the change of a bill's state, where it changed."""
    before, after = (old or NO_BILL).state, (new or NO_BILL).state
    return [] if before == after else [FactChange("state", before, after)]


def claims(connection: Connection, ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return some claims by their number in the file, with the one they are called by."""
    asked = json.dumps(list(ids))
    return connection.execute(
        "SELECT id, number FROM claim WHERE id IN (SELECT value FROM json_each(?)) ORDER BY number", (asked,)
    ).fetchall()


def bills(connection: Connection, month: Month) -> dict[int, BillInMonth]:
    """Return the bills of a month by their number in the file."""
    rows = connection.execute(
        "SELECT id, payer, heads, amount, state FROM bill WHERE month = ?", (str(month),)
    )
    return {
        at: BillInMonth(payer, {"heads": heads, "amount": amount}, state)
        for at, payer, heads, amount, state in rows
    }


def others(connection: Connection, month: Month) -> dict[str, int]:
    """Return the figures that hang on no person or claim: the target, and what other payers list."""
    row = connection.execute(
        """
        SELECT workers FROM v_workforce JOIN area ON area.code = area_code
        WHERE segment = 'rentan' AND year <= ? ORDER BY year DESC LIMIT 1
        """,
        (month.year,),
    ).fetchone()
    everybody = _headcount(connection, month).whole()
    return {
        "target": 0 if row is None else row[0],
        "listed_elsewhere": everybody.listed or 0,
        "paid_twice": everybody.paid_twice or 0,
    }


def difference(old: Figures, new: Figures) -> dict[str, int]:
    """Return by how much figures differ, those alone that do."""
    return {key: change for key in {**old, **new} if (change := new.get(key, 0) - old.get(key, 0))}


def table(restatements: Sequence[Restatement]) -> Table:
    """Return what came to be known of closed months, one line for each person, claim, bill or denominator."""
    return Table.of(
        "restatements",
        restatements,
        (
            Column("month"),
            Column("about"),
            Column("who", of=_who),
            Column("changes", of=_changes),
            Column("detail", of=_detail),
            Column("recorded_on", Kind.DATE, of=lambda one: one.act.on),
            Column("action", of=lambda one: done(one.act.action)),
            Column("actor", of=lambda one: one.act.actor),
            Column("seq", Kind.COUNT, of=lambda one: one.act.seq),
        ),
        lead=("month", "who", "changes", "recorded_on", "action"),
    )


def _who(one: Restatement) -> Coded:
    return Coded(one.who, payer_name(one.who) if one.about is Restated.BILL else one.who)


def _changes(one: Restatement) -> Coded:
    code = ",".join(f"{key}:{change:+d}" for key, change in one.figures.items())
    said = [f"{text(f'fig.{key}')} {_signed(key, change)}" for key, change in one.figures.items()]
    return Coded(code, "; ".join(said) or text("say.no_figure"))


def _signed(key: str, change: int) -> str:
    size = figures.rupiah(abs(change)) if key.startswith("amount") else figures.count(abs(change))
    return f"{'+' if change > 0 else '−'}{size}"


def _detail(one: Restatement) -> Coded:
    code = "; ".join(f"{fact.field}: {fact.old or '-'} > {fact.new or '-'}" for fact in one.facts)
    said = (
        f"{text(f'col.{fact.field}')}: {_read(fact.field, fact.old)} → {_read(fact.field, fact.new)}"
        for fact in one.facts
    )
    return Coded(code, "; ".join(said))


def _read(field: str, value: str | None) -> str:
    if value is None:
        return text("report.blank")
    if field in {"died_on", "birth_date"}:
        return figures.day(value)
    if field == "state":
        return word(BillState(value))
    return word(WorkerStatus(value)) if field == "status" else value
