"""`jcli import`."""

import gc
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli import roster_inspect
from jamsostek_cli.cli.screen import Answer, complain, hint, sentence, show
from jamsostek_cli.cli.session import DryRunOption, PasswordOption, Session, password_of, session, words
from jamsostek_cli.domain.worker import RowOutcome
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.reports.table import Column, Kind, Table, Value
from jamsostek_cli.roster.hints import Hints, columns_of, headings_of
from jamsostek_cli.roster.workbook import Opening

if TYPE_CHECKING:
    from jamsostek_cli.operations.roster_import import RosterImported
    from jamsostek_cli.operations.roster_plan import Plan
    from jamsostek_cli.store.database import Database

_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv"})
_LONGEST_NAME = 255
_LONGEST_STEM = 200
_OUTCOMES = [outcome.value for outcome in RowOutcome if outcome is not RowOutcome.UNDONE]


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE|FOLDER...", help=text("opt.files"))
    ] = None,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="OPD", parser=words, help=text("opt.agency"))
    ] = None,
    dry_run: DryRunOption = False,
    *,
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
    inspect: Annotated[bool, typer.Option("--inspect", help=text("opt.inspect"))] = False,
) -> None:
    """Import rosters: each file is one batch, one transaction."""
    current = session(ctx)
    if (apply is None) == (not files) or (apply is not None and dry_run):
        raise JcliError("E002", problem=text("usage.import"))
    opening = Opening(password=password_of(password_file), sheets=tuple(sheets or ()), large=large)
    hints = Hints(headings=headings_of(mapped or ()), columns=columns_of(columns) if columns else {})
    if apply is not None:
        _apply(current, apply, opening, hints)
        return
    chosen = _files(files or [])
    if inspect:
        roster_inspect.inspect(current, chosen, opening, hints)
        return
    database, city = (current.database(), None) if dry_run else current.database_made_if_needed()
    results: list[RosterImported] = []
    failures: list[tuple[str, JcliError]] = []
    for path in chosen:
        try:
            results.append(_unlocked(current, database, path, agency, opening, hints, dry_run=dry_run))
        except JcliError as error:
            if len(chosen) == 1 or not error.code.startswith("E2"):
                raise
            failures.append((path.name, error.about(path.name)))
            complain(error)
    plans = _save_plans(chosen, results) if dry_run else []
    answer = _answer(current, results, failures, city=city, plans=plans)
    if hints.headings and results and not dry_run:
        answer = replace(answer, hints=[*answer.hints, _remembered(agency, len(hints.headings))])
    if not results:
        show(current, replace(answer, lines=(), tables=(), review=False))
        raise typer.Exit(failures[-1][1].status)
    show(current, answer)


def _unlocked(
    current: Session,
    database: "Database",
    path: Path,
    agency: str | None,
    opening: Opening,
    hints: Hints,
    *,
    dry_run: bool,
) -> "RosterImported":
    """Import one roster; whoever sits at a terminal is asked for the password of a locked one."""
    try:
        return _one(current, database, path, agency, opening, hints, dry_run=dry_run)
    except JcliError as error:
        if error.code != "E205" or current.no_input or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        import getpass

        given = getpass.getpass(f"{text('ask.password', path=path.name)} ", stream=sys.stderr)
        opening = replace(opening, password=given)
        return _one(current, database, path, agency, opening, hints, dry_run=dry_run)


def _remembered(agency: str | None, count: int) -> str:
    """Say whether headings that were explained will be known next time."""
    return text("next.map") if agency is None else text("say.remembered", count=count, agency=agency)


def _apply(current: Session, path: Path, opening: Opening, hints: Hints) -> None:
    """Do exactly what a plan says, or nothing."""
    from jamsostek_cli.operations import roster_plan

    plan = roster_plan.load(path)
    sheets = opening.sheets or tuple(plan.sheets)
    opening = replace(opening, sheets=sheets, large=opening.large or plan.large)
    hints = Hints(
        headings={**plan.headings, **hints.headings},
        columns=hints.columns or {int(at): field for at, field in plan.columns.items()},
    )
    result = _one(current, current.database(), Path(plan.file), plan.agency, opening, hints, plan=plan)
    show(current, _answer(current, [result], [], city=None, plans=[]))


def _save_plans(chosen: list[Path], results: "list[RosterImported]") -> list[Path]:
    """Write what would happen beside each roster, or here where its folder cannot be written.

    An older plan of the same roster is replaced.
    """
    from jamsostek_cli.operations import roster_plan

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


def _files(named: list[Path]) -> list[Path]:
    """Return the files meant: a folder stands for the rosters directly inside it, in order of name."""
    files: list[Path] = []
    for path in named:
        if len(os.fsencode(path.name)) > _LONGEST_NAME:
            raise JcliError("E201", path=f"{path.name[:50]}…")
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if _is_roster(p))
            if not found:
                raise JcliError("E202", path=path)
            files += found
        elif path.exists():
            files.append(path)
        else:
            raise JcliError("E201", path=path.name)
    return files


def _is_roster(path: Path) -> bool:
    """Tell whether a file of a folder is meant: not what Excel leaves beside an open workbook."""
    return path.suffix.lower() in _ENDINGS and not path.name.startswith(("~$", ".")) and path.is_file()


def _one(
    current: Session,
    database: "Database",
    path: Path,
    agency: str | None,
    opening: Opening,
    hints: Hints,
    *,
    dry_run: bool = False,
    plan: "Plan | None" = None,
) -> "RosterImported":
    from jamsostek_cli.operations import roster_import

    # A roster makes hundreds of thousands of small objects and no cycles: collecting them only costs time.
    gc.disable()
    try:
        with _progress(current, path.name) as advance:
            return roster_import.import_roster(
                database,
                current.act(),
                path,
                agency=agency,
                dry_run=dry_run,
                plan=plan,
                progress=advance,
                opening=opening,
                hints=hints,
            )
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


def _answer(
    current: Session,
    results: "list[RosterImported]",
    failures: list[tuple[str, JcliError]],
    *,
    city: str | None,
    plans: list[Path],
) -> Answer:
    totals: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for result in results:
        totals.update(result.outcomes)
        found.update(result.findings)
    review = any(result.needs_a_person for result in results) or bool(failures)
    lines = [text("say.created", path=current.place(), city=city)] if city else []
    lines += [text("say.dry_run")] if plans else []
    for result in results:
        lines.append(text("say.imported", file=result.file, batch=result.batch or "-", rows=result.rows))
        lines += _sheet_lines(result)
    doubtful = [result.batch for result in results if result.needs_a_person]
    fresh = [result.batch for result in results if result.outcomes.get(RowOutcome.NEW)]
    steps = [("next.doubtful", batch) for batch in doubtful[:1]] + [
        ("next.enrol", batch) for batch in fresh[:1]
    ]
    hints = [text("next.label", step=text(key, batch=batch)) for key, batch in steps if batch]
    open_ = next((result.batch for result in results if result.batch and result.has_a_question), None)
    if open_ is not None:
        hints.append(text("next.label", step=text("next.review_batch", batch=open_)))
    hints += [text("next.label", step=text("next.apply", plan=plan)) for plan in plans[:1]]
    return Answer(
        schema="import",
        data={
            "dry_run": bool(plans),
            "plans": [str(plan) for plan in plans],
            "rows": sum(result.rows for result in results),
            "outcomes": {outcome: totals[outcome] for outcome in _OUTCOMES},
            "files": [_record(result) for result in results],
            "failed": [
                {"file": name, "code": error.code, "message": sentence(error), "hint": hint(error)}
                for name, error in failures
            ],
        },
        lines=lines,
        tables=[*_outcome_table(results, totals), *_finding_table(found)],
        hints=hints,
        findings=[{"code": code, "rows": rows} for code, rows in found.most_common()],
        review=review,
    )


def _sheet_lines(result: "RosterImported") -> list[str]:
    lines = []
    for sheet in result.sheets:
        if sheet.read:
            known = len(sheet.columns)
            ignored = ", ".join(sheet.ignored) or "-"
            lines.append(
                text(
                    "say.sheet",
                    sheet=sheet.name,
                    header=sheet.header_row or "-",
                    known=known,
                    ignored=ignored,
                    skipped=sheet.skipped,
                )
            )
            if sheet.hidden_rows or sheet.hidden_columns:
                columns = ", ".join(sheet.hidden_columns) or "-"
                lines.append(text("say.sheet_hidden", rows=sheet.hidden_rows, columns=columns))
        else:
            lines.append(text("say.sheet_ignored", sheet=sheet.name, reason=text(f"sheet.{sheet.reason}")))
    return lines


def _record(result: "RosterImported") -> dict[str, object]:
    return {
        "file": result.file,
        "batch": result.batch,
        "rows": result.rows,
        "outcomes": {outcome: result.outcomes.get(outcome, 0) for outcome in _OUTCOMES},
        "findings": dict(result.findings),
        "sheets": [
            {
                "name": sheet.name,
                "read": sheet.read,
                "reason": sheet.reason,
                "header_row": sheet.header_row,
                "columns": dict(sheet.columns),
                "ignored": list(sheet.ignored),
                "rows": sheet.rows,
                "skipped": sheet.skipped,
                "hidden_rows": sheet.hidden_rows,
                "hidden_columns": list(sheet.hidden_columns),
            }
            for sheet in result.sheets
        ],
    }


def _outcome_table(results: "list[RosterImported]", totals: Counter[str]) -> list[Table]:
    if len(results) == 1:
        rows: list[tuple[Value, ...]] = [(outcome, totals[outcome]) for outcome in _OUTCOMES]
        return [
            Table(
                key="outcomes",
                columns=(Column("outcome"), Column("rows", Kind.COUNT)),
                rows=rows,
                total=(None, totals.total()),
            )
        ]
    rows = [
        (result.batch, result.file, result.rows, *(result.outcomes.get(outcome, 0) for outcome in _OUTCOMES))
        for result in results
    ]
    return [
        Table(
            key="outcomes",
            columns=(
                Column("batch"),
                Column("file"),
                Column("rows", Kind.COUNT),
                *(Column(outcome, Kind.COUNT) for outcome in _OUTCOMES),
            ),
            rows=rows,
            total=(None, None, totals.total(), *(totals[outcome] for outcome in _OUTCOMES)),
        )
    ]


def _finding_table(found: Counter[str]) -> list[Table]:
    if not found:
        return []
    from jamsostek_cli.roster.findings import FINDINGS

    return [
        Table(
            key="findings",
            columns=(Column("code"), Column("severity"), Column("meaning"), Column("rows", Kind.COUNT)),
            rows=[
                (code, FINDINGS[code].severity.value, FINDINGS[code].title(), rows)
                for code, rows in found.most_common()
            ],
        )
    ]
