"""`jcli bpjs`: the hand-off to BPJS."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.bpjs import answer, claims, listing
from jamsostek_cli.cli.bpjs.listing import SubmissionArgument
from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    ForceOption,
    PasswordOption,
    PayerOption,
    ReasonOption,
    month_option,
    password_of,
    words_option,
)
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import confirmed, is_asked, session
from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.bpjs.form import FilledTemplate
    from jamsostek_cli.operations.bpjs.submission import Submitted
    from jamsostek_cli.reports.submission.layout import LayoutColumn

app = group("help.bpjs")

LayoutOption = Annotated[Path | None, typer.Option("--layout", metavar="FILE.toml", help=text("opt.layout"))]
TemplateOption = Annotated[
    Path | None, typer.Option("--template", metavar="FILE.xlsx", help=text("opt.submission_template"))
]
WorkbookOption = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE.xlsx", help=text("opt.submission_file"))
]


@app.command("submit", help=text("help.bpjs_submit"))
def submit(
    ctx: typer.Context,
    *,
    payer: PayerOption = None,
    month: Annotated[Month | None, month_option("--month", "opt.submit_month")] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="BATCH", help=text("opt.submit_batch"))
    ] = None,
    after_refusal: Annotated[str | None, words_option("--after-refusal", "opt.submit_refused")] = None,
    layout: LayoutOption = None,
    template: TemplateOption = None,
    password_file: PasswordOption = None,
    output: WorkbookOption = None,
    dry_run: DryRunOption = False,
    force: ForceOption = False,
) -> None:
    """Hand everybody proposed to BPJS in one workbook."""
    from jamsostek_cli.operations.bpjs import submission as operation

    current = session(ctx)
    choice = operation.Choice(payer=payer, month=month, batch=batch, after_refusal=after_refusal)
    if dry_run:
        made = operation.rehearse(current.database(), current.act(), choice, layout, template)
    else:
        target = operation.SubmissionFile(
            path=_place(output),
            layout=layout,
            template=template,
            password=_lock(password_file),
            force=force,
        )
        if is_asked(current):
            planned = operation.rehearse(current.database(), current.act(), choice, layout, template)
            heads = figures.count(planned.heads)
            confirmed(current, " ".join([*_lacking(planned), text("ask.submit", heads=heads)]))
        made = operation.submit(current.database(), current.act(), choice, target)
    show(current, _submitted(made, None if dry_run else output, locked=password_file is not None))


def _lacking(made: "Submitted") -> list[str]:
    """Say how many people lack what the columns of the workbook ask for."""
    said = [f"{text(f'col.{fact}')} {figures.count(heads)}" for fact, heads in made.lacking.items()]
    return [text("say.submit_lacking", facts=", ".join(said))] if said else []


def _filled(template: "FilledTemplate | None") -> list[str]:
    """Say which workbook of BPJS's own is filled in, and what of it or of ours is not."""
    if template is None:
        return []
    said = [text("say.template", file=template.file, sheet=template.sheet, row=template.heading_row)]
    for key, headings in (("empty", template.left_empty), ("without", template.without)):
        if headings:
            said.append(text(f"say.template_{key}", headings=", ".join(headings)))
    return [*said, text("say.template_pictures")] if template.loses_pictures else said


_HELD: Final = (RefusalRule.PERHAPS_DECEASED, RefusalRule.REFUSED_BY_BPJS)
"""Why somebody is held back from a submission."""


def _submitted(made: "Submitted", output: Path | None, *, locked: bool) -> Answer:
    """Return what a submission holds, and whom it leaves out; without `output` it was only tried."""
    lines = [
        text("say.dry_run") if output is None else text("say.written", path=output),
        text("say.submission", submission=made.number, heads=figures.count(made.heads)),
    ]
    lines += [*_filled(made.template), *_lacking(made)]
    if made.waiting:
        lines.append(text("say.submit_waiting", count=figures.count(made.waiting)))
    rules = Counter(one.rule for one in made.held)
    lines += [
        text(f"say.submit_held_{rule}", count=figures.count(rules[rule])) for rule in _HELD if rules[rule]
    ]
    if made.again:
        lines.append(text("say.submit_again", workers=", ".join(made.again)))
    by_payer = Table.of(
        "by_payer",
        sorted(made.payers.items()),
        (
            Column("payer", of=lambda share: Payer(share[0])),
            Column("heads", Kind.COUNT, of=lambda share: share[1]),
        ),
        summed=("heads",),
    )
    held = Table.of("held", made.held, (Column("worker"), Column("nik"), Column("rule"), Column("refusal")))
    hints = [text(f"say.submit_held_{rule}_hint") for rule in _HELD if rules[rule]]
    if output is not None:
        hints += [text("say.full_niks"), text("next.label", step=text("next.answer", number=made.number))]
    return Answer(
        data={
            "dry_run": output is None,
            "submission": made.number,
            "file": None if output is None else str(output),
            "heads": made.heads,
            "waiting": made.waiting,
            "lacking": [{"field": field, "heads": heads} for field, heads in made.lacking.items()],
            "payers": dict(made.payers),
            "held": held.records(),
            "refused_before": list(made.again),
            "locked": locked,
            "template": None if made.template is None else asdict(made.template),
        },
        lines=lines,
        tables=[by_payer, *([held] if made.held else [])],
        hints=hints,
        review=bool(made.held),
    )


@app.command("file", help=text("help.bpjs_file"))
def file(
    ctx: typer.Context,
    submission: SubmissionArgument,
    layout: LayoutOption = None,
    template: TemplateOption = None,
    password_file: PasswordOption = None,
    output: WorkbookOption = None,
    force: ForceOption = False,
) -> None:
    """Write the workbook of a submission again, for those who still wait."""
    from jamsostek_cli.operations.bpjs import submission as operation

    current = session(ctx)
    target = operation.SubmissionFile(
        path=_place(output), layout=layout, template=template, password=_lock(password_file), force=force
    )
    heads, filled = operation.write_again(current.database(), current.act(), submission, target)
    number = submission.upper()
    show(
        current,
        Answer(
            data={
                "submission": number,
                "file": str(output),
                "heads": heads,
                "template": None if filled is None else asdict(filled),
            },
            lines=[
                text("say.written", path=output),
                text("say.submission", submission=number, heads=figures.count(heads)),
                *_filled(filled),
            ],
            hints=[text("say.full_niks")],
        ),
    )


@app.command("withdraw", help=text("help.bpjs_withdraw"))
def withdraw(ctx: typer.Context, submission: SubmissionArgument, *, reason: ReasonOption) -> None:
    """Take back those of a submission who wait for an answer."""
    from jamsostek_cli.operations.bpjs import withdrawal as operation

    current = session(ctx)
    heads, backup = operation.withdraw(current.database(), current.act(), submission, reason=reason)
    number = submission.upper()
    show(
        current,
        Answer(
            data={"submission": number, "proposed_again": heads, "backup": backup},
            lines=[
                *([] if backup is None else [text("say.backup_before", file=backup)]),
                text("say.submission_withdrawn", submission=number, heads=figures.count(heads)),
            ],
            hints=[text("next.label", step=text("next.submit"))],
        ),
    )


@app.command("layout", help=text("help.bpjs_layout"))
def layout(
    ctx: typer.Context,
    path: Annotated[Path | None, typer.Argument(metavar="FILE.toml", help=text("opt.layout_checked"))] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.toml", help=text("opt.layout_copy"))
    ] = None,
    force: ForceOption = False,
) -> None:
    """Show and check the layout of a submission, or write the usual one to start from."""
    from jamsostek_cli.operations.bpjs import submission as operation
    from jamsostek_cli.reports.submission.layout import field_words

    current = session(ctx)
    chosen = operation.layout(path)
    if output is not None:
        operation.copy_layout(path, output, force=force)
    table = Table.of(
        "layout",
        enumerate(chosen.columns, 1),
        (
            Column("seq", Kind.COUNT, of=lambda numbered: numbered[0]),
            Column("heading", of=lambda numbered: numbered[1].heading),
            Column("field", of=lambda numbered: _field(numbered[1])),
            Column("format", of=lambda numbered: _written_as(numbered[1])),
        ),
    )
    show(
        current,
        Answer(
            data={
                "layout": chosen.name,
                "sheet": chosen.sheet,
                "columns": table.records(),
                "fields": {field: list(formats) for field, formats in operation.layout_fields().items()},
            },
            lines=[
                text(
                    "say.layout",
                    layout=chosen.name,
                    sheet=chosen.sheet,
                    columns=figures.count(len(chosen.columns)),
                ),
                *([text("say.written", path=output)] if output else []),
            ],
            tables=[table],
            hints=[text("say.layout_fields", names=", ".join(map(field_words, operation.layout_fields())))],
        ),
    )


answer.add_to(app)
claims.add_to(app)
listing.add_to(app)


def _field(column: "LayoutColumn") -> Coded | None:
    """Return what a column holds, in words; None where it holds the same text for everybody."""
    from jamsostek_cli.reports.submission.layout import field_words

    return Coded(column.field, field_words(column.field)) if column.field else None


def _written_as(column: "LayoutColumn") -> Coded | str:
    """Return how a column writes its field, or the text that it always holds."""
    from jamsostek_cli.reports.submission.layout import format_words

    return Coded(column.format, format_words(column.format)) if column.field else column.text


def _place(output: Path | None) -> Path:
    """Return where the workbook goes, which has to be said."""
    if output is None:
        raise JcliError("E002", problem=text("usage.output"))
    return output


def _lock(file: Path | None) -> str | None:
    """Return the password that is to lock the workbook; an empty one locks nothing and is refused."""
    password = password_of(file)
    if password == "":
        raise JcliError("E002", problem=text("usage.password"))
    return password
