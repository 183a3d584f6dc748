"""`jcli cover overlaps`: the months that two payers paid, and those that another city paid as well."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.cover.screen import of_long, rest
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    KeyFileOption,
    MachineOption,
    OutputOption,
    YearOption,
    month_option,
)
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Table
from jamsostek_cli.tables.wording import note_text

if TYPE_CHECKING:
    from jamsostek_cli.tables.table import Report

_FIRST, _LAST = Month(1990, 1), Month(2199, 12)
_SHOWN: Final = 20
"""So many people of a long list stand on the screen."""


def overlaps(
    ctx: typer.Context,
    year: YearOption = None,
    first: Annotated[Month | None, month_option("--from", "opt.from")] = None,
    last: Annotated[Month | None, month_option("--to", "opt.to")] = None,
    from_province: Annotated[
        Path | None, typer.Option("--from-province", metavar="FILE", help=text("opt.from_province"))
    ] = None,
    key_file: KeyFileOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the months that two payers paid, in rupiah."""
    from jamsostek_cli.operations.cover import ledger

    current = session(ctx)
    place = Output.of(current, output, force=force, machine=machine)
    if from_province or key_file:
        if year or first or last or not (from_province and key_file):
            raise JcliError("E002", problem=text("usage.from_province"))
        show(current, _returned(current, from_province, key_file, place))
        return
    span, period = _period(year, first, last)
    report = ledger.paid_twice(current.database(), span=span, period=period, as_of=current.today)
    answer = answered(
        report,
        place,
        tables=_on_screen(report),
        hints=[*rest(len(report.tables[0].rows), _SHOWN), *map(note_text, report.notes)],
        review=bool(report.tables[0].rows),
    )
    show(current, answer)


def _period(year: int | None, first: Month | None, last: Month | None) -> tuple[Span | None, str]:
    """Return the months meant and how they are called; without any, all months there are."""
    if year is not None:
        if first or last:
            raise JcliError("E002", problem=text("usage.overlaps"))
        return Span(Month(year, 1), Month(year, 12)), str(year)
    if first is None and last is None:
        return None, text("report.all_months")
    try:
        return Span(first or _FIRST, last or _LAST), f"{first or '…'}..{last or '…'}"
    except ValueError:
        raise JcliError("E002", problem=text("usage.span", value=f"{first}..{last}")) from None


def _on_screen(report: "Report") -> list[Table]:
    """Return the payers first, and of the people as many as a screen takes; a pipe gets all of them."""
    people, payers = report.tables
    if not people.rows:
        return []
    return [payers, of_long(people, _SHOWN)] if sys.stdout.isatty() else [people]


def _returned(current: Session, file: Path, key_file: Path, output: Output) -> Answer:
    """Return what the province gave back, with our people in it."""
    from jamsostek_cli.operations.cover import from_province
    from jamsostek_cli.operations.province import drop_key

    key = drop_key.read(key_file)
    report = from_province.overlaps(current.database(), file, key, as_of=current.today)
    answer = answered(report, output, review=bool(report.tables[0].rows))
    return replace(answer, part="from-province")
