"""`jcli report monthly`."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli import safe_file
from jamsostek_cli.cli.coverage import KnownOnOption, known
from jamsostek_cli.cli.frame.options import ForceOption, a_month_or_last
from jamsostek_cli.cli.frame.report_answer import Output, answered
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.iuran import bill_tables
from jamsostek_cli.cli.office.status import command
from jamsostek_cli.domain.known_on import KnownOn
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table
from jamsostek_cli.tables.wording import word

if TYPE_CHECKING:
    from jamsostek_cli.operations.desk.ahead import LackingPart
    from jamsostek_cli.operations.iuran.people import Charged
    from jamsostek_cli.reports.desk.month import DeskMonth


def monthly(
    ctx: typer.Context,
    month: Annotated[
        Month | None,
        typer.Option("--month", metavar="MONTH|last", parser=a_month_or_last, help=text("opt.month")),
    ] = None,
    *,
    known_on: KnownOnOption = None,
    check_ahead: Annotated[bool, typer.Option("--check-ahead", help=text("opt.check_ahead"))] = False,
    names: Annotated[bool, typer.Option("--names", help=text("opt.bill_names"))] = False,
    number: Annotated[
        str | None, typer.Option("--number", metavar="NO", help=text("opt.report_number"))
    ] = None,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="FOLDER|FILE", help=text("opt.folder"))
    ] = None,
    force: ForceOption = False,
) -> None:
    """Sum up a month on the screen, or lay it on the desk as a folder."""
    current = session(ctx)
    if check_ahead:
        if output or names or number or known_on:
            raise JcliError("E002", problem=text("usage.check_ahead"))
        _ahead(current, month or Month.of(current.today))
        return
    if (names or number) and not output:
        raise JcliError("E002", problem=text("usage.monthly_files"))
    as_known, today = known(current, known_on)
    chosen = month or Month.of(today).plus(-1)
    if output:
        from jamsostek_cli.operations.desk import gathering

        desk = gathering.gather(current.database(), chosen, today=today, number=number, known=as_known)
        charged = _charged(current, chosen, today, as_known) if names else None
        _write(current, desk, output, charged=charged, force=force)
        return
    from jamsostek_cli.operations.reporting import report

    made = report.monthly(current.database(), chosen, today=today, known=as_known)
    show(current, answered(made, Output.of(current, (), force=force)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFiles(Output):
    """The files of a month: pages to be read and signed, and the tables behind them."""

    desk: "DeskMonth"
    lists: Mapping[Path, Report]

    def _leaving(self, report: Report) -> Sequence[Report]:
        """Return the month, and the lists beside it."""
        return (report, *self.lists.values())

    def _put(self, report: Report, first: Callable[[Mapping[str, str]], None]) -> list[Path]:
        """Write the month to its files."""
        from jamsostek_cli.operations.desk import folder

        del report  # the month has it
        return folder.write(self.desk, self.files, self.lists, force=self.force, first=first)


def _charged(
    current: Session, month: Month, today: datetime.date, as_known: KnownOn | None
) -> "Sequence[Charged]":
    from jamsostek_cli.operations.desk import bill_names

    return bill_names.of(current.database(), month, today=today, known=as_known)


def _write(
    current: Session,
    desk: "DeskMonth",
    places: Sequence[Path],
    *,
    charged: "Sequence[Charged] | None",
    force: bool,
) -> None:
    """Write a month to the files and folders that are named, and say which settings its page lacks."""
    from jamsostek_cli.operations.desk import folder

    month = desk.month
    files = [file for place in places for file in _files(place, month, folder.FILES)]
    lists = {}
    if charged is not None:
        billed = _billed(desk, charged)
        lists = {_beside(place, month): billed for place in places}
    for made in set(places) - set(files):
        safe_file.make_folder(made)
    output = DeskFiles(current=current, files=files, force=force, machine=False, desk=desk, lists=lists)
    steps = [text("next.label", step=text(f"next.setting_{setting}")) for setting in desk.letterhead.lacking]
    show(current, answered(desk.report, output, steps=steps))


def _billed(desk: "DeskMonth", charged: "Sequence[Charged]") -> Report:
    """Return who is on the bills of a month, as the treasury wants it."""
    return Report(
        name="bill",
        period=str(desk.month),
        as_of=desk.as_of,
        figures=(
            Figure("bill_heads", len(charged)),
            Figure("bill_amount", sum(one.amount for one in charged), Kind.RUPIAH),
        ),
        tables=(bill_tables.annex(charged),),
        notes=(Note(key="bill_names"),),
    )


def _files(place: Path, month: Month, kinds: Sequence[str]) -> list[Path]:
    """Return the file that is named, or those that a folder gets: a name with an ending is a file."""
    if place.suffix and not place.is_dir():
        return [place]
    name = text("report.monthly_file", month=month)
    return [place / f"{name}.{kind}" for kind in kinds]


def _beside(place: Path, month: Month) -> Path:
    """Return where the names of a bill stand: in the folder, or beside the file that is named."""
    folder = place.parent if place.suffix and not place.is_dir() else place
    return folder / f"{text('report.bill_file', month=month)}.xlsx"


def _ahead(current: Session, month: Month) -> None:
    """Say what a month lacks before its report is due."""
    from jamsostek_cli.operations.desk import ahead

    lacking = ahead.lacking(current.database(), month, today=current.today)
    table = Table.of(
        "ahead",
        lacking,
        (
            Column("missing", of=lambda one: _missing(one, month)),  # in words: cron mails it
            Column("count", Kind.COUNT, of=lambda one: one.item and one.item.count),
            Column("command", of=lambda one: _remedy(one, month)),
        ),
    )
    coded = [{**row, "missing": one.key} for one, row in zip(lacking, table.records(), strict=True)]
    key = "say.ahead" if lacking else "say.ahead_nothing"
    said = text(key, month=month, count=figures.count(len(lacking)))
    data, tables = {"month": str(month), "lacking": coded}, [table] if lacking else []
    heard = replace(current, quiet=current.quiet and not lacking)
    show(heard, Answer(part="ahead", data=data, lines=[said], tables=tables, review=bool(lacking)))


def _missing(one: "LackingPart", month: Month) -> str:
    return text(f"ahead.{one.key}", year=str(month.year)) if one.item is None else word(one.item.task)


def _remedy(one: "LackingPart", month: Month) -> str:
    if one.item is not None:
        return command(one.item)
    if one.key in {"target", "workers", "budget"}:
        return text(f"next.ahead_{one.key}", year=month.year)
    return text(f"next.setting_{one.key}")
