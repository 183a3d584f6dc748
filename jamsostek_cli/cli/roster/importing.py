"""`jcli import`."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import (
    AgencyOption,
    DryRunOption,
    ForceOption,
    MachineOption,
    OutputOption,
    PasswordOption,
    password_of,
    words_option,
)
from jamsostek_cli.cli.frame.report_answer import Output
from jamsostek_cli.cli.frame.screen import complain, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.roster import change_list, covered_elsewhere, folders, inspecting
from jamsostek_cli.cli.roster.covered_elsewhere import AsOption, FromOption, ListedPayerOption, ToOption
from jamsostek_cli.cli.roster.screen import answer
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.roster.request import ImportRequest
from jamsostek_cli.roster.cells import fields
from jamsostek_cli.roster.files.guard import LARGE, USUAL
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.sheets.hints import Hints, columns_of, headings_of
from jamsostek_cli.store.register.batches import Purpose

if TYPE_CHECKING:
    from jamsostek_cli.operations.roster.incoming import CoverageList, RosterImported
    from jamsostek_cli.roster.files.folder import NotRead
    from jamsostek_cli.store.file.database import Database

_LONGEST_STEM = 200


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE|FOLDER...", help=text("opt.files"))
    ] = None,
    agency: AgencyOption = None,
    dry_run: DryRunOption = False,
    *,
    whole: Annotated[bool, typer.Option("--all-or-nothing", help=text("opt.whole"))] = False,
    apply: Annotated[Path | None, typer.Option("--apply", metavar="PLAN", help=text("opt.apply"))] = None,
    password_file: PasswordOption = None,
    sheets: Annotated[
        list[str] | None, typer.Option("--sheet", metavar="SHEET", help=text("opt.sheet"))
    ] = None,
    large: Annotated[bool, typer.Option("--large", help=text("opt.large"))] = False,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="FIELDS", help=text("opt.columns"))
    ] = None,
    mapped: Annotated[
        list[str] | None, typer.Option("--map", metavar="FIELD=HEADING", help=text("opt.map"))
    ] = None,
    occupation: Annotated[str | None, words_option("--occupation", "opt.file_occupation")] = None,
    inspect: Annotated[bool, typer.Option("--inspect", help=text("opt.inspect"))] = False,
    purpose: AsOption = None,
    payer: ListedPayerOption = None,
    first: FromOption = None,
    last: ToOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Import rosters: each file is one batch, one transaction."""
    current = session(ctx)
    if (apply is None) == (not files) or (apply is not None and dry_run):
        raise JcliError("E002", problem=text("usage.import"))
    alone = apply is None and not inspect
    listing = covered_elsewhere.listing_of(purpose, payer, first, last, today=current.today, alone=alone)
    opening = Opening(
        password=password_of(password_file), sheets=tuple(sheets or ()), limits=LARGE if large else USUAL
    )
    told = columns_of(columns) if columns else {}
    does = _occupation(occupation, of_roster=apply is None and purpose in {None, Purpose.REGISTER})
    hints = Hints(headings=headings_of(mapped or ()), columns=told, sheets=opening.sheets, occupation=does)
    if apply is not None:
        _apply(current, apply, opening, hints, whole=whole)
        return
    chosen, left_out = folders.chosen(files or [])
    request = ImportRequest(agency=agency, hints=hints, dry_run=dry_run, whole=whole)
    if purpose is Purpose.CHANGES and not inspect:
        place = Output.ready(current, "change_rows", output, force=force, machine=machine)
        change_list.carry_out_all(current, chosen, place, opening, request)
        return
    if output:
        raise JcliError("E002", problem=text("usage.changes_output"))
    if inspect:
        inspecting.inspect(current, chosen, opening, hints, agency, folders.lines(left_out))
        return
    default_months = first is None and last is None
    _take_in(current, chosen, left_out, opening, request, listing, default_months=default_months)


def _take_in(
    current: Session,
    chosen: list[Path],
    left_out: "list[NotRead]",
    opening: Opening,
    request: ImportRequest,
    listing: "CoverageList | None",
    *,
    default_months: bool,
) -> None:
    dry_run, hints = request.dry_run, request.hints
    database, city = (current.database(), None) if dry_run else current.database_made_if_needed()
    results, failures = _import_all(current, database, chosen, opening, request, listing)
    plans = _save_plans(chosen, results) if dry_run else []
    said = answer(current, results, failures, city=city, plans=plans, default_months=default_months)
    said = folders.named(said, left_out)
    if hints.headings and results and not dry_run:
        said = replace(said, hints=[*said.hints, _remembered(request.agency, len(hints.headings))])
    if not results:
        show(current, replace(said, lines=(), tables=(), review=False))
        raise typer.Exit(failures[-1][1].status)
    show(current, said)


def _occupation(said: str | None, *, of_roster: bool) -> str | None:
    """Return an occupation as a cell would say it; E002 for none, and where no roster is read for it."""
    if said is None:
        return None
    read = fields.word(said)
    if read is None or not of_roster:
        raise JcliError("E002", problem=text("usage.file_occupation"))
    return read


def _import_all(
    current: Session,
    database: "Database",
    files: list[Path],
    opening: Opening,
    request: ImportRequest,
    listing: "CoverageList | None",
) -> "tuple[list[RosterImported], list[tuple[str, JcliError]]]":
    """Import one file after the other; one that cannot be read stops the others only if all are wanted."""
    results: list[RosterImported] = []
    failures: list[tuple[str, JcliError]] = []
    if request.whole and not request.dry_run and len(files) > 1:
        _import_all(current, database, files, opening, replace(request, dry_run=True), listing)
    for path in files:
        try:
            results.append(_unlocked(current, database, path, opening, request, listing))
        except JcliError as error:
            if len(files) == 1 or request.whole or not error.code.startswith("E2"):
                raise
            failures.append((path.name, error.about(path.name)))
            complain(error)
    return results, failures


def _unlocked(
    current: Session,
    database: "Database",
    path: Path,
    opening: Opening,
    request: ImportRequest,
    listing: "CoverageList | None",
) -> "RosterImported":
    """Import one roster; whoever sits at a terminal is asked for the password of a locked one."""
    try:
        return _import(current, database, path, opening, request, listing)
    except JcliError as error:
        asks = error.code == "E205" and "remedy" not in error.facts and not current.no_input
        if not (asks and sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        import getpass

        given = getpass.getpass(f"{text('ask.password', path=path.name)} ", stream=sys.stderr)
        opening = opening._replace(password=given)
        return _import(current, database, path, opening, request, listing)


def _remembered(agency: str | None, count: int) -> str:
    """Say whether headings that were explained will be known next time."""
    return (
        text("next.map")
        if agency is None
        else text("say.remembered", count=figures.count(count), agency=agency)
    )


def _apply(current: Session, path: Path, opening: Opening, hints: Hints, *, whole: bool) -> None:
    """Do exactly what a plan says, or nothing."""
    from jamsostek_cli.operations.roster import plan as roster_plan
    from jamsostek_cli.operations.roster.incoming import CoverageList

    plan = roster_plan.load(path)
    sheets = opening.sheets or tuple(plan.sheets)
    opening = opening._replace(sheets=sheets, limits=LARGE if plan.large else opening.limits)
    hints = Hints(
        headings={**plan.headings, **hints.headings},
        columns=hints.columns or {int(at): field for at, field in plan.columns.items()},
        sheets=sheets,
        occupation=plan.occupation,
    )
    listing = None if plan.elsewhere is None else CoverageList.from_plan(plan.elsewhere, path)
    request = ImportRequest(agency=plan.agency, hints=hints, plan=plan, whole=whole)
    result = _import(current, current.database(), Path(plan.file), opening, request, listing)
    show(current, answer(current, [result], [], city=None, plans=[]))


def _save_plans(chosen: list[Path], results: "list[RosterImported]") -> list[Path]:
    """Write what would happen beside each roster, or here where its folder cannot be written.

    An older plan of the same roster is replaced.
    """
    from jamsostek_cli.operations.roster import plan as roster_plan

    by_file = {str(path.resolve()): path for path in chosen}
    plans = []
    for plan in (result.plan for result in results if result.plan is not None):
        roster = by_file[plan.file]
        place = roster.with_name(f"{_stem(roster)}.plan.json")
        try:
            roster_plan.save(plan, place, force=True)
        except JcliError:
            place = Path(place.name)
            roster_plan.save(plan, place, force=True)
        plans.append(place)
    return plans


def _stem(roster: Path) -> str:
    """Return a roster's name, cut where the plan's would be too long for a file."""
    return os.fsencode(roster.name)[:_LONGEST_STEM].decode("utf-8", "ignore")


def _import(
    current: Session,
    database: "Database",
    path: Path,
    opening: Opening,
    request: ImportRequest,
    listing: "CoverageList | None",
) -> "RosterImported":
    # A roster makes hundreds of thousands of small objects and no cycles: collecting them only costs time.
    gc.disable()
    try:
        with open_workbook(path, opening) as workbook, _progress(current, path.name) as advance:
            from jamsostek_cli.operations.roster import (
                covered_elsewhere as lists,  # while the file is being opened
            )
            from jamsostek_cli.operations.roster import importing

            watched = replace(request, progress=advance)
            if listing is None:
                return importing.import_roster(database, current.act(), workbook, watched)
            return lists.import_list(database, current.act(), workbook, listing, watched)
    except JcliError as error:
        if error.code.startswith("E2"):  # of others, such as E101, the path is that of the database
            error.at(path)
        raise
    finally:
        gc.enable()


@contextmanager
def _progress(current: Session, name: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal, nothing in cron."""
    if current.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
