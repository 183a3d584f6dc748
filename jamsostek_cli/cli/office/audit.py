"""`jcli audit`."""

import datetime
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.group import group
from jamsostek_cli.cli.frame.options import (
    ForceOption,
    MachineOption,
    OutputOption,
    PageOption,
    a_count,
    count_option,
    date_option,
    words,
)
from jamsostek_cli.cli.frame.report_answer import Output, Page, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, session
from jamsostek_cli.cli.office import audit_pack, proven
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Column, Kind, Table
from jamsostek_cli.tables.wording import done

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.store.file.trail.entries import Entry
    from jamsostek_cli.store.file.trail.rows import TrailRow

app = group("help.audit")
app.command("pack", help=text("help.audit_pack"))(audit_pack.pack)
_ROWS: Final = 30
"""So many rows of an act are shown in full where nobody says how many."""


@app.command("log", help=text("help.audit_log"))
def log(
    ctx: typer.Context,
    since: Annotated[datetime.date | None, date_option("--since", "opt.acts_since")] = None,
    until: Annotated[datetime.date | None, date_option("--until", "opt.acts_until")] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", parser=words, help=text("opt.acts_by"))
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="SUBJECT", parser=words, help=text("opt.acts_on"))
    ] = None,
    action: Annotated[
        list[str] | None, typer.Option("--action", metavar="ACTION", help=text("opt.acts_of"))
    ] = None,
    limit: PageOption = None,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Show what was done, newest first, and what it changed."""
    from jamsostek_cli.cli.office import trail_asked, trail_words
    from jamsostek_cli.operations.office import trail

    current = session(ctx)
    files = Output.of(current, output, force=force, machine=machine)
    asked = trail_asked.asked(current, since, until, actor, action or ())
    page = Page.of(current, limit, files)
    concerned = trail_asked.subject(current, subject)
    known, more = page.cut(trail.log(current.database(), asked, subject=concerned, count=page.asked))
    table = _table(known)
    changed = [[fact._asdict() for fact in trail_words.changes(one)] for one in known]
    data = [{**record, "changes": changes} for record, changes in zip(table.records(), changed, strict=True)]
    book = [line for one in known for line in _paragraph(one)] if _is_read(current, files) else None
    show(
        current,
        list_answer(
            current,
            "audit",
            [table],
            files,
            data=data,
            lines=book if known and book else [] if known else [text("say.no_acts")],
            shown=None if book is None else [],
            hints=[text("trail.goes_on", count=figures.count(len(known)))] if more else [],
        ),
    )


def _is_read(current: Session, files: Output) -> bool:
    """Tell whether somebody reads the acts at a terminal, one under the other."""
    return not files.files and not current.json and sys.stdout.isatty()


def _table(known: "Sequence[Entry]") -> Table:
    from jamsostek_cli.cli.office import trail_words

    return Table.of(
        "audit",
        known,
        (
            Column("seq", Kind.COUNT),
            Column("at", Kind.MOMENT),
            Column("actor"),
            Column("command"),
            Column("action", of=lambda entry: done(entry.action)),
            Column("subject", of=lambda entry: trail_words.about(entry.subject)),
            Column("changes", of=_in_a_cell),
            Column("reason", of=lambda entry: trail_words.because(entry.reason)),
            Column("origin"),
        ),
        lead=("seq", "at", "actor", "action", "subject"),
    )


def _in_a_cell(entry: "Entry") -> str:
    from jamsostek_cli.cli.office import trail_words

    return "; ".join(map(str, trail_words.changes(entry)))


def _paragraph(entry: "Entry") -> list[str]:
    """Return an act as somebody reads it: who did what to whom, when, what changed, and why."""
    from jamsostek_cli.cli.office import trail_words

    why = trail_words.because(entry.reason).words
    reason = [text("trail.reason", reason=why)] if why else []
    return [
        text(
            "trail.act",
            seq=figures.count(entry.seq),
            at=figures.moment(entry.at),
            actor=entry.actor,
            action=done(entry.action).words,
            subject=trail_words.about(entry.subject).words,
        ),
        *(f"  {fact}" for fact in trail_words.changes(entry)),
        *reason,
        text("trail.command", command=entry.command, origin=entry.origin or text("report.blank")),
        "",
    ]


@app.command("show", help=text("help.audit_show"))
def show_(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", parser=a_count, help=text("opt.act"))],
    rows: Annotated[int, count_option("--rows", "opt.act_rows")] = _ROWS,
) -> None:
    """Show one act: what it says of itself, and what it did to the tables, row by row."""
    from jamsostek_cli.cli.office import trail_rows, trail_words
    from jamsostek_cli.operations.office import trail

    current = session(ctx)
    entry, did = trail.act_of(current.database(), number, rows)
    counts = Table.of(
        "act_tables",
        sorted(did.counts.items()),
        (
            Column("table", of=lambda one: trail_rows.kept_in(one[0])),
            Column("rows", Kind.COUNT, of=lambda one: one[1]),
        ),
        summed=("rows",),
    )
    total = sum(did.counts.values())
    more = [text("trail.more", rows=figures.count(len(did.rows)), total=figures.count(total), seq=entry.seq)]
    [record] = _table([entry]).records()
    said = [fact._asdict() for fact in trail_words.changes(entry)]
    show(
        current,
        Answer(
            data={
                **record,
                "changes": said,
                "tables": counts.records(),
                "rows": _listed(did.rows, whole=True).records(),
            },
            lines=_paragraph(entry)[:-1] + ([] if total else [text("trail.no_rows")]),
            tables=[counts, _listed(did.rows, whole=False)] if total else [],
            hints=more if total > len(did.rows) else [],
        ),
    )


def _listed(rows: "Sequence[TrailRow]", *, whole: bool) -> Table:
    """Return what became of rows, fact by fact: for people in short, for programs whole."""
    from jamsostek_cli.cli.office import trail_rows

    return Table.of(
        "act_rows",
        [(row, fact) for row in rows for fact in trail_rows.row_changes(row, whole=whole)],
        (
            Column("table", of=lambda one: trail_rows.kept_in(one[0].table)),
            Column("key", of=lambda one: hidden(one[0].key)),
            Column("happened", of=lambda one: trail_rows.happened(one[0])),
            Column("field", of=lambda one: one[1].field),
            Column("old", of=lambda one: one[1].before),
            Column("new_value", of=lambda one: one[1].after),
        ),
    )


@app.command("verify", help=text("help.audit_verify"))
def verify(
    ctx: typer.Context,
    head: Annotated[str | None, typer.Option("--head", metavar="MARK", help=text("opt.head"))] = None,
) -> None:
    """Recompute the chain, hold the tables against it, and look a mark from paper up in it."""
    from jamsostek_cli.operations.office import database

    current = session(ctx)
    health = database.verify_audit(current.database())
    chain = health.chain
    named = database.marked(current.database(), head) if head is not None else None
    said = [text("say.audit", rows=figures.count(chain.rows), head=chain.head[:16])]
    if named is not None:
        said.append(text("say.marked", head=named.hash[:16], seq=named.seq, at=figures.moment(named.at)))
    data: dict[str, object] = {"rows": chain.rows, "head": chain.head, "marked": named and named.seq}
    show(
        current,
        Answer(
            data=data | proven.as_json(health),
            lines=proven.lines(health) or said,
            tables=proven.tables(health),
            hints=proven.hints(health),
        ),
    )
    if health.faults:
        raise typer.Exit(1)
