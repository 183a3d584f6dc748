"""Closing a month: its figures stand for ever, and what comes to be known later is told beside them."""

import datetime
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.closing import ClosedMonth
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.work import Task, WorkItem
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.operations.reporting import as_known
from jamsostek_cli.store import month_closings
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit, marks, past
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.tables.table import Note, Report


@dataclass(frozen=True, slots=True)
class Closed:
    """A month that was closed just now, and what an officer should know of it.

    `open_before` are earlier months with bills that are open; `unpaid` tells whether a bill of it is.
    """

    month: ClosedMonth
    open_before: tuple[Month, ...]
    unpaid: bool


def close(db: Database, act: Act, month: Month) -> Closed:
    """Close a month: keep its figures as they are known now.

    E591 for a month that is not over, E592 for one that is closed, E507 and E627 to E629 where its
    control totals do not come out, E596 where a count that is kept is not what a second count comes to.
    """
    from jamsostek_cli.operations.office import second_count
    from jamsostek_cli.operations.reporting import control
    from jamsostek_cli.reports import control_totals

    with db.writing() as connection:
        _refuse(connection, month, act.today)
        second_count.demand(connection)
        state = audit.state(connection) or marks.last(connection)
        report = of_month(connection, month, act.today)
        control.demand(connection, month, report)
        totals = control_totals.of_report(report)
        seq = audit.record(
            connection,
            act,
            action="month.close",
            subject=str(month),
            after={"figures": totals, "mark": state.hash},
        )
        closed = month_closings.add(
            connection, month, on=act.today, by=act.actor, state=state, figures=totals, audit_seq=seq
        )
        return Closed(closed, *_open(connection, month))


def _refuse(connection: Connection, month: Month, today: datetime.date) -> None:
    if month.last_day >= today:
        raise JcliError("E591", month=str(month), first=month.plus(1).first_day)
    known = month_closings.standing(connection).get(month)
    if known is not None:
        raise JcliError("E592", month=str(month), on=known.closed_on, by=known.closed_by)


def _open(connection: Connection, month: Month) -> tuple[tuple[Month, ...], bool]:
    """Return the earlier months with bills that are open, and whether a bill of this one is unpaid."""
    billed, standing = month_closings.billed(connection), month_closings.standing(connection)
    before = tuple(one for one in billed if one < month and one not in standing)
    return before, not billed.get(month, True)


def undo(db: Database, act: Act, month: Month, *, reason: str) -> ClosedMonth:
    """Open a closed month again, by somebody else than who closed it.

    E593 for a month that is not closed, E487 for who closed it.
    """
    with db.writing() as connection:
        closed = month_closings.standing(connection).get(month)
        if closed is None:
            raise JcliError("E593", month=str(month))
        if four_eyes.asked_for(connection) and act.is_by(closed.closed_by):
            raise JcliError("E487", subject=str(month), actor=act.actor)
        seq = audit.record(
            connection,
            act,
            action="month.reopen",
            subject=str(month),
            reason=reason,
            before={"figures": closed.figures, "mark": closed.hash},
        )
        month_closings.undo(connection, closed, on=act.today, by=act.actor, reason=reason, audit_seq=seq)
    return closed._replace(undone_on=act.today, undone_by=act.actor, undone_for=reason)


def every(db: Database) -> list[ClosedMonth]:
    """Return every closing there was, those that were taken back, too."""
    with db.reading() as connection:
        return month_closings.every(connection)


def of_month(connection: Connection, month: Month, today: datetime.date) -> Report:
    """Return the summary of a month by what an open file holds."""
    from jamsostek_cli.operations.claim.worth import owed
    from jamsostek_cli.reports import monthly as monthly_report

    families = owed.unclaimed(connection, min(month.last_day, today))
    return monthly_report.monthly(connection, month, today, families, office_law.in_force(connection))


def note(closed: ClosedMonth) -> Note:
    """Return the note of a report of today on a day in a closed month: what was said when it was closed."""
    said = {"on": closed.closed_on, "day": closed.month.last_day}
    protected = figures.count(int(closed.figures["protected"] or 0))
    return Note(key="closed_month", facts={**said, "protected": protected})


def with_restatements(db: Database, now: Connection, made: Report) -> Report:
    """Return the summary of a month with what it has to tell of the months closed before it.

    `now` is the state that it speaks of. An office that closes no month has no such table.
    """
    from jamsostek_cli.operations.reporting import restating
    from jamsostek_cli.reports import restated

    month, closed = Month.parse(made.period), month_closings.standing(now)
    if not any(earlier < month for earlier in closed):
        return made
    with db.reading() as live:
        lines = restating.of_report(live, now, month, closed)
    return replace(
        made, tables=(*made.tables, restated.table(lines)), notes=(*made.notes, Note(key="restatements"))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthState:
    """The state of the file that the report of a month speaks of: as it was closed, or as it is known.

    `today` is the day it is reckoned on, of a closed month the day of the closing.
    """

    db: Database
    connection: Connection
    month: Month
    today: datetime.date
    closed: ClosedMonth | None
    known: KnownOn | None

    def report(self) -> Report:
        """Return the summary of the month; E595 for a closed one that does not come out as it was closed."""
        from jamsostek_cli.reports import control_totals

        made = of_month(self.connection, self.month, self.today)
        if self.closed is None:
            return as_known.told(with_restatements(self.db, self.connection, made), self.known)
        found = control_totals.of_report(made)
        control_totals.refuse_other(self.closed.figures, found, self.month)
        said = Note(key="closed", facts={"on": self.closed.closed_on, "by": self.closed.closed_by})
        made = with_restatements(self.db, self.connection, made)
        notes = (note for note in made.notes if note.key != as_known.NOW)
        return replace(made, known_on=self.closed.closed_on, notes=(*notes, said))


@contextmanager
def opened(
    db: Database,
    month: Month,
    today: datetime.date,
    known: KnownOn | None = None,
    tables: Collection[str] = past.FIGURES,
) -> Iterator[MonthState]:
    """Open the file as the report of a month speaks of it: a closed month is what it was, for ever.

    `tables` are those that are asked for a past state. E508 for a month that is still to come.
    """
    if month.first_day > today:
        raise JcliError("E508", as_of=today, year=str(month))
    with as_known.reading(db, known, tables) as connection:
        closed = month_closings.standing(connection).get(month)
        if closed is None:
            yield MonthState(db=db, connection=connection, month=month, today=today, closed=None, known=known)
            return
    with as_known.after(db, closed.seq, tables) as connection:
        on = closed.closed_on
        yield MonthState(db=db, connection=connection, month=month, today=on, closed=closed, known=known)


def work(connection: Connection, today: datetime.date) -> Iterator[WorkItem]:
    """Yield the first month that can be closed: it is over and paid, and the one before it is closed.

    Of an office that has closed none it is last month.
    """
    closed, last = month_closings.standing(connection), Month.of(today).plus(-1)
    first = max(closed).plus(1) if closed else last
    payable = month_closings.billed(connection)
    ready = [month for month in payable if first <= month <= last and payable[month]]
    if ready:
        yield WorkItem(
            task=Task.CLOSE_MONTH,
            count=len(ready),
            since=ready[0].plus(1).first_day,
            about=str(ready[0]),
            facts={"month": ready[0]},
        )
