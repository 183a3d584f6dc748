"""`jcli batch`."""

import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OptionalReason,
    OutputOption,
    date_option,
)
from jamsostek_cli.cli.frame.plain_text import pasted
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import confirmed, session
from jamsostek_cli.cli.roster import changes, findings
from jamsostek_cli.cli.roster.screen import outcomes
from jamsostek_cli.domain.worker import RowOutcome, RowUse, number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import in_words, payer_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.roster.batch import BatchDetail
    from jamsostek_cli.store.register.batch_undo import Use
    from jamsostek_cli.store.register.batches import Batch
    from jamsostek_cli.store.register.roster_rows import DoubtfulRow

app = group("help.batch")


def _counted(batch: "Batch", *, outcome: RowOutcome) -> int:
    return batch.counts.get(outcome, 0)


def _said(code: str) -> Coded:
    """Return a finding in words for people, its code for programs."""
    from jamsostek_cli.roster.findings import FINDINGS

    return Coded(code, FINDINGS[code].title())


@app.command("list", help=text("help.batch_list"))
def list_(
    ctx: typer.Context,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """List every import."""
    from jamsostek_cli.operations.roster import batch as operation

    current = session(ctx)
    table = Table.of(
        "batches",
        operation.listed(current.database()),
        (
            Column("batch", of=lambda batch: batch.number),
            Column("file"),
            Column("agency"),
            Column("purpose"),
            Column("imported_on", Kind.DATE),
            Column("rows", Kind.COUNT),
            *(
                Column(outcome, Kind.COUNT, of=partial(_counted, outcome=outcome))
                for outcome in (RowOutcome.REVIEW, RowOutcome.REJECTED)
            ),
            Column("solved", Kind.COUNT, of=lambda batch: sum(batch.solved.values())),
            Column("undone_on", Kind.DATE),
        ),
        lead=("batch", "file", "rows", "review", "rejected"),
    )
    place = Output.of(current, output, force=force, machine=machine)
    show(current, list_answer(current, "batches", [table], place, data=table.records()))


@app.command("show", help=text("help.batch_show"))
def show_(
    ctx: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=text("opt.one_batch"))],
    *,
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="CODE", help=text("opt.finding"))
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help=text("opt.notes"))] = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Show an import with the rows that need a person, or one by one the rows of which something is said."""
    from jamsostek_cli.operations.roster import batch as operation

    current = session(ctx)
    place = Output.of(current, output, force=force, machine=machine)
    if finding is not None or notes:
        show(current, findings.answer(current, place, batch, finding, notes=notes))
        return
    detail = operation.show(current.database(), batch)
    known, changed = detail.batch, changes.listed(detail.changes)
    rows, used = _doubtful(detail), _uses(detail.uses)
    answer = list_answer(
        current,
        "batch",
        [rows, outcomes(known.counts, known.solved), changed, used],
        place,
        data={
            "batch": known.number,
            "file": known.file,
            "agency": known.agency,
            "purpose": known.purpose.value,
            "elsewhere": [
                {"payer": payer, "first_month": first, "last_month": last, "people": people}
                for payer, first, last, people in detail.elsewhere
            ],
            "imported_on": known.imported_on,
            "actor": known.actor,
            "rows": known.rows,
            "undone_on": known.undone_on,
            "outcomes": known.counts,
            "solved": known.solved,
            "doubtful": rows.records(),
            "changes": changed.records(),
            "used_by": used.records(),
        },
        lines=_lines(detail),
        shown=[
            outcomes(known.counts, known.solved),
            *(table for table in (rows, changed, used) if table.rows),
        ],
        hints=_steps(detail),
    )
    show(current, answer)


def _uses(uses: "Sequence[Use]") -> Table:
    """Return what uses the workers of an import, which an undo leaves as they are."""
    return Table.of(
        "batch_uses",
        uses,
        (
            Column("used_by"),
            Column("what", of=lambda use: Coded(use.what, in_words(use.what))),
            Column("workers", Kind.COUNT),
        ),
    )


def _lines(detail: "BatchDetail") -> list[str]:
    """Return what the import was, whom a list covers elsewhere, and that nothing is left where that is so."""
    known = detail.batch
    said = [text("say.imported", file=known.file, batch=known.number, rows=figures.count(known.rows))]
    for payer, first, last, people in detail.elsewhere:
        facts = {"payer": payer_name(payer), "first": first, "last": last}
        said.append(text("say.batch_elsewhere", people=figures.count(people), **facts))
    nothing_left = not detail.doubtful and known.undone_on is None
    return [*said, text("say.nothing_left")] if nothing_left else said


def _steps(detail: "BatchDetail") -> list[str]:
    """Return what to do next where rows of a batch that stands are still open."""
    number, rows = detail.batch.number, len(detail.doubtful)
    if not rows or detail.batch.undone_on is not None:
        return []
    steps = [text("next.fix", batch=number, path=f"perbaiki-{number}.xlsx", rows=figures.count(rows))]
    if any(row.outcome == RowOutcome.REVIEW and not row.went_on for row in detail.doubtful):
        steps = [text("next.review_batch", batch=number), *steps]
    return [text("next.label", step=step) for step in steps]


def _remedy(row: "DoubtfulRow", code: str) -> str:
    """Return what to do about a finding; once the office has decided only the department can help."""
    from jamsostek_cli.roster.findings import FINDINGS, remedy_of_sender

    return FINDINGS[code].remedy() if row.outcome == RowOutcome.REVIEW else remedy_of_sender(code)


def _doubtful(detail: "BatchDetail") -> Table:
    """Return the rows that need a person, a line for each finding."""
    return Table.of(
        "doubtful",
        [(row, finding) for row in detail.doubtful for finding in row.findings],
        (
            Column("sheet", of=lambda doubt: doubt[0].sheet),
            Column("row", Kind.COUNT, of=lambda doubt: doubt[0].row),
            Column("outcome", of=lambda doubt: RowOutcome(doubt[0].outcome)),
            Column("cell", of=lambda doubt: doubt[1].cell),
            Column("code", of=lambda doubt: _said(doubt[1].code), heading="col.finding"),
            Column("remedy", of=lambda doubt: _remedy(doubt[0], doubt[1].code)),
            Column("hint", of=lambda doubt: findings.pointed(doubt[1].code, doubt[1].hint)),
        ),
    )


@app.command("fix-file", help=text("help.batch_fix_file"))
def fix_file(
    ctx: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=text("opt.one_batch"))],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.xlsx", help=text("opt.fix_file"))],
    notes: Annotated[bool, typer.Option("--notes", help=text("opt.fix_notes"))] = False,
    due: Annotated[datetime.date | None, date_option("--due", "opt.due")] = None,
    force: ForceOption = False,
) -> None:
    """Write the rows that did not get in, for the department to put right."""
    from jamsostek_cli.operations.roster import fix_file as operation

    current = session(ctx)
    request = operation.FixRequest(notes=notes, due=due, force=force)
    rows, noted = operation.write(current.database(), current.act(), batch, output, request)
    show(
        current,
        Answer(
            data={"batch": batch, "file": str(output), "rows": rows, "notes": noted},
            lines=[
                text("say.fix_file", path=output, rows=figures.count(rows)),
                *([text("say.fix_notes", notes=figures.count(noted))] if notes else []),
            ],
            hints=[
                text("say.full_niks"),
                text("next.label", step=text("next.fix_file", path=pasted(output))),
            ],
        ),
    )


@app.command("undo", help=text("help.batch_undo"))
def undo(
    ctx: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=text("opt.one_batch"))],
    reason: OptionalReason = None,
) -> None:
    """Take back what an import created and overwrote."""
    from jamsostek_cli.operations.roster import batch as operation

    current = session(ctx)
    database = current.database()
    known = operation.show(database, batch).batch
    rows = figures.count(known.rows)
    confirmed(current, text("ask.undo", batch=known.number, file=known.file, rows=rows))
    undone = operation.undo(database, current.act(), batch, reason=reason or "")
    kept = Table.of(
        "kept",
        undone.kept,
        (
            Column("sheet"),
            Column("row", Kind.COUNT),
            Column("worker", of=lambda row: number_of(row.worker_id)),
            Column("used_by", of=lambda row: RowUse(row.used_by)),
        ),
    )
    facts = {"batch": undone.batch, "removed": undone.removed, "restored": undone.restored}
    if undone.spans is None:
        removed, restored = figures.count(undone.removed), figures.count(undone.restored)
        line = text("say.undone", batch=undone.batch, removed=removed, restored=restored)
    else:
        line = text("say.undone_list", batch=undone.batch, spans=figures.count(undone.spans))
    first = [] if undone.backup is None else [text("say.backup_before", file=undone.backup)]
    show(
        current,
        Answer(
            data={
                **facts,
                "kept": kept.records(),
                **({"uses": _uses(undone.uses).records()} if undone.kept else {}),
                **({} if undone.spans is None else {"spans": undone.spans}),
                "backup": undone.backup,
            },
            lines=[*first, line],
            tables=[kept, _uses(undone.uses)] if undone.kept else [],
            review=bool(undone.kept),
        ),
    )
