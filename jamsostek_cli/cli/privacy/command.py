"""`jcli privacy`: files that left, the register of processing, and people whose time is up."""

import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    ForceOption,
    MachineOption,
    OutputOption,
    ReasonOption,
    date_option,
)
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import confirmed, session
from jamsostek_cli.cli.privacy import person, then
from jamsostek_cli.cli.privacy.files import departures
from jamsostek_cli.messages import figures, language, text
from jamsostek_cli.tables.table import Column, Figure, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.privacy.purge import Purge
    from jamsostek_cli.rules.privacy.processing import ProcessingPurpose

app = group("help.privacy")
app.command("report", help=text("help.privacy_report"))(person.report)
app.command("breach", help=text("help.privacy_breach"))(then.breach)


@app.command("register", help=text("help.privacy_register"))
def register(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Show what the office does with personal data."""
    from jamsostek_cli.operations.office import law
    from jamsostek_cli.rules.privacy import processing

    current = session(ctx)
    provisions, spoken = law.of_office(current.database_as_it_is()), language()
    texts = [
        Column(f"purpose_{what}", of=partial(_said, what, spoken))
        for what in ("name", "basis", "people", "data", "recipients")
    ]
    table = Table.of(
        "processing",
        [one for one in processing.packaged() if one.since <= current.today],
        (
            *texts,
            Column("years", Kind.COUNT, of=lambda one: provisions.count(one.retention, current.today)),
            Column("citation"),
        ),
        lead=("purpose_name", "purpose_data", "years"),
    )
    show(
        current,
        list_answer(
            current,
            "processing",
            [table],
            Output.of(current, output, force=force, machine=machine),
            data=table.records(),
            hints=[text("hint.privacy_register")],
        ),
    )


def _said(what: str, spoken: str, purpose: "ProcessingPurpose") -> str:
    return purpose.said(what, spoken)


@app.command("files", help=text("help.privacy_files"))
def files(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List the files with people's names that left the office."""
    from jamsostek_cli.operations import departure

    current = session(ctx)
    left = departure.every(current.database())
    table = departures(left, current.today)
    late = sum(one.deleted_on is None and one.delete_by < current.today for one in left)
    said = text("say.files_late", count=figures.count(late)) if late else text("say.files_none_late")
    step = [text("next.label", step=text("next.file_deleted"))] if late else []
    show(
        current,
        list_answer(
            current,
            "departures",
            [table],
            Output.of(current, output, force=force, machine=machine),
            data=table.records(),
            lines=[said],
            shown=[table] if left else [],
            hints=step,
        ),
    )


@app.command("deleted", help=text("help.privacy_deleted"))
def deleted(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=text("opt.file_that_left"))],
    *,
    reason: ReasonOption,
) -> None:
    """Note that a file that left is deleted."""
    from jamsostek_cli.operations import departure

    current = session(ctx)
    settled = departure.deleted(current.database(), current.act(), file, reason=reason)
    said = text("say.file_deleted", file=file, count=figures.count(settled))
    show(current, Answer(data={"file": file, "departures": settled}, lines=[said]))


@app.command("purge", help=text("help.privacy_purge"))
def purge(
    ctx: typer.Context,
    *,
    reason: ReasonOption,
    on: Annotated[datetime.date | None, date_option("--on", "opt.purge_on")] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Take out everybody whose time is up; what was paid stays."""
    from jamsostek_cli.operations.privacy import purge as operation

    current = session(ctx)
    day, database = on or current.today, current.database()
    if dry_run:
        found = operation.look(database, current.act(), day, reason=reason)
        show(current, _purged(found, dry_run=True))
        return
    confirmed(current, text("ask.purge", day=figures.day(day.isoformat())))
    found = operation.purge(database, current.act(), day, reason=reason)
    show(current, _purged(found, dry_run=False))


def _purged(found: "Purge", *, dry_run: bool) -> Answer:
    counts = {
        name: getattr(found, name)
        for name in ("people", "claims", "rows", "elsewhere", "scans", "audit_rows", "parts")
    }
    left = [text("say.purge_scans_left", count=figures.count(found.scans_left))] if found.scans_left else []
    data = {
        **counts,
        "scans_left": found.scans_left,
        "dry_run": dry_run,
        "tables": dict(found.tables),
        "limits": dict(found.limits.as_facts()),
        "noted": found.noted,
        "wiped": found.wiped,
    }
    if found.is_empty:
        return Answer(data=data, lines=[text("say.purge_nobody"), *left])
    shown = [Figure(f"purge_{name}", count) for name, count in counts.items() if count or not dry_run]
    if dry_run:
        lines = [text("say.purge_dry"), *left]
        hints = [text("hint.purge_noted" if found.noted else "hint.purge_not_noted")]
    else:
        lines = [text("say.purged"), *left]
        hints = [text("hint.purge_copies"), *([] if found.wiped else [text("hint.purge_not_wiped")])]
    return Answer(data=data, lines=lines, figures=shown, hints=hints)
