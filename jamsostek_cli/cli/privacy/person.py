"""`jcli privacy report`: everything on one person."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.frame.options import ForceOption, NikOption, ReasonOption
from jamsostek_cli.cli.frame.person import WorkerArgument, one_worker
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.privacy.files import departures
from jamsostek_cli.cli.worker import sheet
from jamsostek_cli.domain.family import masked_account
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.privacy import PersonRole
from jamsostek_cli.domain.submission import LineOutcome
from jamsostek_cli.domain.worker import concealed
from jamsostek_cli.messages import text
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Note, Report, Table, Value
from jamsostek_cli.tables.wording import done

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jamsostek_cli.operations.privacy.person import PersonReport
    from jamsostek_cli.store.privacy.person import ActAbout, Relative, SourceRow


def report(
    ctx: typer.Context,
    who: WorkerArgument = None,
    nik: NikOption = None,
    *,
    reason: ReasonOption,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", metavar="FILE", help=text("opt.person_output"))
    ] = None,
    force: ForceOption = False,
) -> None:
    """Show everything that the file holds on one person, and who looked at it."""
    from jamsostek_cli.operations.privacy import person

    current = session(ctx)
    database, act = current.database(), current.act()
    known = person.gather(database, act, one_worker(who, nik))
    number = known.detail.worker.number
    files = tuple(output or ())
    whole = bool(files)
    tables = _tables(known, current.today, whole=whole)
    facts = sheet.facts_of(known.detail, known.detail.worker.nik if files else None, whole=whole)
    made = Report(
        name="person",
        period=number,
        as_of=current.today,
        figures=tuple(_figures(facts)),
        tables=tuple(tables),
        notes=(Note(key="person"),),
        data={**facts, **{table.key: table.records() for table in tables}},
    )
    if files:
        person.write(database, act, made, number, files, reason=reason, force=force)
    else:
        person.note(database, act, number, reason=reason)
    show(
        current,
        Answer(
            data={"worker": number, "files": [path.name for path in files]} if files else made.data,
            lines=[text("say.written", path=path) for path in files],
            figures=[] if files else made.figures,
            tables=[] if files else [table for table in tables if table.rows],
            hints=[text("say.full_niks" if files else "hint.person")],
        ),
    )


def _figures(facts: dict[str, Value]) -> list[Figure]:
    return [
        Figure(key, value, sheet.KINDS.get(key, Kind.TEXT), "col")
        for key, value in facts.items()
        if value is not None
    ]


def _tables(known: "PersonReport", today: datetime.date, *, whole: bool) -> list[Table]:
    return [
        *(
            table
            for table in sheet.tables_of(known.detail)
            if table.key in {"enrolments", "claims", "origins"}
        ),
        Table.of(
            "person_sources",
            known.sources,
            (
                Column("on", Kind.DATE),
                Column("batch"),
                Column("file"),
                Column("sheet"),
                Column("row", Kind.COUNT),
                Column("outcome", of=_row_outcome),
            ),
        ),
        Table.of(
            "person_relatives",
            known.relatives,
            (
                Column("name", of=lambda one: hidden(one.name)),
                Column("relation", of=_relation),
                Column("birth_date", Kind.DATE),
                Column("phone", of=lambda one: one.phone if whole else concealed("phone", one.phone)),
            ),
        ),
        Table.of(
            "person_payments",
            known.payments,
            (
                Column("claim"),
                Column("on", Kind.DATE),
                Column("amount", Kind.RUPIAH),
                Column("payee"),
                Column("account", of=lambda one: one.account if whole else masked_account(one.account)),
                Column("proof"),
            ),
        ),
        Table.of(
            "person_sent",
            known.sent,
            (
                Column("number"),
                Column("on", Kind.DATE),
                Column("file"),
                Column("outcome", of=lambda one: one.outcome and LineOutcome(one.outcome)),
                Column("reason"),
            ),
        ),
        _acts("person_looks", known.looks),
        _acts("person_acts", known.acts),
        departures(known.left, today, "person_files"),
        departures(known.lists, today, "person_lists"),
    ]


def _row_outcome(row: "SourceRow") -> Coded:
    kind = "person_role" if row.outcome == PersonRole.ELSEWHERE else "row_outcome"
    return Coded(row.outcome, text(f"{kind}.{row.outcome}"))


def _relation(relative: "Relative") -> Coded:
    kind = "person_role" if relative.relation == PersonRole.CONTACT else "relation"
    return Coded(relative.relation, text(f"{kind}.{relative.relation}"))


def _acts(key: str, acts: "Sequence[ActAbout]") -> Table:
    return Table.of(
        key,
        acts,
        (
            Column("at", Kind.MOMENT),
            Column("actor"),
            Column("action", of=lambda one: done(one.action)),
            Column("reason", of=lambda one: hidden(one.reason)),
            Column("seq", Kind.COUNT),
        ),
    )
