"""`jcli bpjs claims`: BPJS's own list of claims, held against ours and carried out."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import (
    DryRunOption,
    ForceOption,
    MachineOption,
    OutputOption,
    PasswordOption,
    choice_option,
    date_option,
    password_of,
    words_option,
)
from jamsostek_cli.cli.frame.refusal import sentence
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked, session
from jamsostek_cli.domain.bpjs_claims import ListReply
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.family import Capacity
from jamsostek_cli.domain.nik import hidden, masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Kind, Table, Value

if TYPE_CHECKING:
    from jamsostek_cli.operations.bpjs.claims.outcome import ClaimListDone, ClaimRow

PartialOption = Annotated[bool, typer.Option("--partial", help=text("opt.partial"))]
_REVIEW = (ListReply.PROBLEM, ListReply.PAID_OTHERWISE)
"""What needs a person once a list is carried out."""
_FIRST = (*_REVIEW, ListReply.REFUSED, ListReply.ON_WORD)


def add_to(app: typer.Typer) -> None:
    """Add the command to the group it belongs to."""
    app.command("claims", help=text("help.bpjs_claims"))(claims)


def claims(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help=text("opt.claim_list"))],
    *,
    kind: Annotated[ClaimKind | None, choice_option("--kind", ClaimKind, "opt.list_kind", "KIND")] = None,
    date: Annotated[datetime.date | None, date_option("--date", "opt.list_date")] = None,
    proof: Annotated[str | None, words_option("--proof", "opt.list_proof", "NO")] = None,
    partial: PartialOption = False,
    password_file: PasswordOption = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    machine: MachineOption = False,
    force: ForceOption = False,
) -> None:
    """Read BPJS's list of claims: what families filed, what is paid, what is refused."""
    from jamsostek_cli.operations.bpjs.claims import list as operation
    from jamsostek_cli.operations.bpjs.claims.outcome import ListTerms
    from jamsostek_cli.roster.files.opening import Opening

    current = session(ctx)
    place = Output.ready(current, "bpjs_claims", output, force=force, machine=machine)
    terms = ListTerms(kind=kind, paid_on=date, proof=proof)
    opening = Opening(password=password_of(password_file))

    def read(*, only_try: bool) -> "ClaimListDone":
        db, act = current.database(), current.act()
        return operation.carry_out(db, act, path, terms, opening=opening, dry_run=only_try, partial=partial)

    done = asked_first(current, read, dry_run=dry_run)
    show(current, _said(current, done, place, dry_run=dry_run))


def asked_first(current: Session, read: Callable[..., "ClaimListDone"], *, dry_run: bool) -> "ClaimListDone":
    """Carry a list out; somebody at the keyboard is told first what it comes to, and asked."""
    if not dry_run and is_asked(current):
        planned = read(only_try=True)
        if planned.changes:
            confirmed(current, text("ask.bpjs_claims", file=planned.file, what=_comes_to(planned)))
    return read(only_try=dry_run)


def _comes_to(done: "ClaimListDone") -> str:
    """Say what a list comes to, without what it has none of."""
    counted = {
        "payments": sum(row.pays for row in done.rows),
        "opened": done.opened,
        "filed": len(done.those(ListReply.FILED)),
        "refused": len(done.those(ListReply.REFUSED)),
        "verified": len(done.those(ListReply.VERIFIED)),
        "left_out": len(done.problems),
    }
    amount = figures.rupiah(done.paid)
    said = [
        text(f"say.list_{key}", count=figures.count(count), amount=amount)
        for key, count in counted.items()
        if count
    ]
    return "; ".join(said)


def _said(current: Session, done: "ClaimListDone", place: Output, *, dry_run: bool) -> Answer:
    """Return what a list brought: its rows, those who need a person first, and what it has not."""
    ranked = sorted(
        done.rows, key=lambda row: _FIRST.index(row.reply) if row.reply in _FIRST else len(_FIRST)
    )
    rows = Table.of("claim_rows", ranked, (Column("reply", heading="col.row_does"), *_COLUMNS, *_LAST))
    return list_answer(
        current,
        "bpjs_claims",
        [rows, _absent(done)],
        place,
        data=data_of(done, dry_run=dry_run),
        lines=lines_of(done, dry_run=dry_run),
        shown=tables_of(done),
        hints=[text("next.label", step=text("next.close_or_wait"))] if _short(done) else [],
        findings=[{"code": reply.value, "rows": rows} for reply, rows in done.counts.items() if rows],
        beside=True,
        review=bool(done.those(*_REVIEW)),
    )


def of_file(done: "ClaimListDone", *, dry_run: bool) -> Answer:
    """Return what `pay --from` or `verify --from` did."""
    return Answer(
        part="file",
        data=data_of(done, dry_run=dry_run),
        lines=lines_of(done, dry_run=dry_run),
        tables=tables_of(done),
        findings=[{"code": reply.value, "rows": rows} for reply, rows in done.counts.items() if rows],
        review=bool(done.those(*_REVIEW)),
    )


def _short(done: "ClaimListDone") -> bool:
    """Tell whether BPJS paid less than was owed: the rest stays owed."""
    return any((row.difference or 0) < 0 for row in done.rows)


def _why(row: "ClaimRow") -> Value:
    """Return why a row is not carried out, else what the list says of a refusal."""
    if row.error is not None:
        return Coded(row.error.code, f"[{row.error.code}] {sentence(row.error)}")
    return row.reason if row.reply is ListReply.REFUSED else None


_COLUMNS = (
    Column("number"),
    Column("worker"),
    Column("nik"),
    Column("name"),
    Column("kind"),
    Column("amount", Kind.RUPIAH),
    Column("due", Kind.RUPIAH),
    Column("difference", Kind.RUPIAH),
    Column("paid_on", Kind.DATE),
    Column("proof", of=lambda row: row.proof and hidden(row.proof)),
    Column("receipt"),
)
_PAYEE = (Column("payee"), Column("capacity"), Column("payee_reason"))
_LAST = (Column("sheet"), Column("row", Kind.COUNT), Column("reason", of=_why))


def _is_unnamed_by_law(row: "ClaimRow") -> bool:
    return row.payee is not None and row.capacity is Capacity.OTHER


def lines_of(done: "ClaimListDone", *, dry_run: bool) -> list[str]:
    """Say what a list comes to."""
    line = "say.bpjs_claims" if done.changes else "say.bpjs_claims_unchanged"
    said = [*([text("say.dry_run")] if dry_run else []), text(line, file=done.file, what=_comes_to(done))]
    if done.problems:
        said.append(text("say.bpjs_claims_problems", problems=figures.count(len(done.problems))))
    if done.absent:
        said.append(text("say.bpjs_claims_absent", count=figures.count(len(done.absent))))
    return said


def tables_of(done: "ClaimListDone") -> list[Table]:
    """Return the tables of a screen: the rows by what they do, then those that somebody has to look at."""
    counted = Table.of(
        "replies",
        [(reply, rows) for reply, rows in done.counts.items() if rows],
        (
            Column("reply", of=lambda one: one[0], heading="col.row_does"),
            Column("rows", Kind.COUNT, of=lambda one: one[1]),
        ),
        summed=("rows",),
    )
    named = (
        _rows("problems", done.problems, "row", "name", "reason", "sheet", "number", "amount"),
        _rows("paid_otherwise", done.those(ListReply.PAID_OTHERWISE), *_MONEY),
        _rows("paid_on_word", done.those(ListReply.ON_WORD), *_MONEY),
        _rows("paid_with_reason", [row for row in done.rows if _is_unnamed_by_law(row)], *_TO_WHOM),
        _rows("claims_opened", [row for row in done.rows if row.opened], *_MONEY),
        _rows("refused_claims", done.those(ListReply.REFUSED), "number", "name", "reason"),
        _absent(done),
    )
    return [counted, *(table for table in named if table.rows)]


_TO_WHOM = ("number", "name", "payee", "payee_reason", "amount")
_MONEY = ("number", "name", "amount", "difference", "worker")


def _rows(key: str, rows: Sequence["ClaimRow"], *lead: str) -> Table:
    return Table.of(key, rows, (*_COLUMNS, *_PAYEE, *_LAST), lead=lead)


def _absent(done: "ClaimListDone") -> Table:
    """Return the claims that BPJS has by what is on record here, and that its list has not."""
    return Table.of(
        "absent_claims",
        done.absent,
        (
            Column("number"),
            Column("worker", of=lambda one: number_of(one.worker_id)),
            Column("nik", of=lambda one: masked(one.nik)),
            Column("name"),
            Column("kind", of=lambda one: ClaimKind(one.kind)),
            Column("state"),
            Column("event_date", Kind.DATE),
            Column("receipt", of=lambda one: one.receipt and hidden(one.receipt)),
            Column("paid", Kind.RUPIAH),
        ),
    )


def data_of(done: "ClaimListDone", *, dry_run: bool) -> dict[str, object]:
    """Return what a list did as programs read it."""
    return {
        "dry_run": dry_run,
        "file": done.file,
        "rows": len(done.rows),
        "replies": {reply.value: rows for reply, rows in done.counts.items()},
        "opened": done.opened,
        "paid": done.paid,
        "claims": Table.of(
            "claim_rows", done.rows, (Column("reply"), Column("opened"), *_COLUMNS, *_PAYEE, *_LAST)
        ).records(),
        "absent": _absent(done).records(),
    }
