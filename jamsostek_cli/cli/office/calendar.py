"""`jcli db workday` and `jcli db calendar`."""

import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import OptionalReason, a_date, a_year, one_of
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.store.file.settings import Switch
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.office.calendar import Day


def workday(
    ctx: typer.Context,
    day: Annotated[
        datetime.date | None, typer.Argument(metavar="DATE", parser=a_date, help=text("opt.day"))
    ] = None,
    state: Annotated[
        Switch | None, typer.Argument(metavar="SWITCH", parser=one_of(Switch), help=text("opt.workday"))
    ] = None,
    *,
    reason: OptionalReason = None,
) -> None:
    """Say whether a day is a working day, decide it, or list what was decided."""
    from jamsostek_cli.operations.office import calendar

    current = session(ctx)
    if (reason is None) != (state is None):
        raise JcliError("E002", problem=text("usage.workday"))
    database = current.database()
    if day is None:
        table = _table("workdays", calendar.decided(database))
        show(current, Answer(part="list", data=table.records(), tables=[table]))
        return
    if state is not None and reason is not None:
        calendar.decide(database, current.act(), day, workday=state is Switch.ON, reason=reason)
    known = calendar.look(database, day)
    line = text(
        "say.workday" if known.workday else "say.day_off",
        day=figures.day(day.isoformat()),
        source=word(known.source),
        name=known.name or word(known.source),
    )
    data = {"day": day.isoformat(), "workday": known.workday, "source": known.source, "name": known.name}
    show(
        current,
        Answer(data=data, lines=[line], hints=_warnings(day.year)),
    )


def calendar(
    ctx: typer.Context,
    year: Annotated[int | None, typer.Argument(metavar="YEAR", parser=a_year, help=text("opt.year"))] = None,
) -> None:
    """List the weekdays of a year on which nobody works, and what the office decided itself."""
    from jamsostek_cli.operations.office import calendar as operation

    current = session(ctx)
    chosen = year or current.today.year
    table = _table("calendar", operation.year(current.database(), chosen))
    data = {"year": chosen, "known": operation.is_known(chosen), "days": table.records()}
    show(
        current,
        Answer(data=data, tables=[table], hints=_warnings(chosen)),
    )


def _table(key: str, days: "Sequence[Day]") -> Table:
    columns = (
        Column("day", Kind.DATE),
        Column("workday"),
        Column("day_source", of=lambda day: day.source),
        Column("day_name", of=lambda day: day.name),
    )
    return Table.of(key, days, columns)


def _warnings(year: int) -> list[str]:
    from jamsostek_cli.operations.office import calendar

    return [] if calendar.is_known(year) else [text("say.year_unknown", year=year)]
