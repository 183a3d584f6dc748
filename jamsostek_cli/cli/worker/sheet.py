"""`jcli worker show`: the whole sheet of one person."""

import datetime
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from jamsostek_cli.cli.cover.enrolment_columns import DECREE, KPJ, PAID_MONTHS, TERMS
from jamsostek_cli.cli.frame.looking import looked
from jamsostek_cli.cli.frame.options import NikOption, OptionalReason, date_option
from jamsostek_cli.cli.frame.person import WorkerArgument, one_worker
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import session
from jamsostek_cli.cli.likeness import likeness
from jamsostek_cli.domain.iuran import payer_of
from jamsostek_cli.domain.nik import masked_beside_birth
from jamsostek_cli.domain.worker import concealed, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables.table import Coded, Column, Figure, Kind, Table, Value
from jamsostek_cli.tables.wording import payer_name

if TYPE_CHECKING:
    from jamsostek_cli.operations.worker import WorkerDetail
    from jamsostek_cli.store.register.sheet import FactOrigin, NotedRow

_CLAIMED = (
    Column("number"),
    Column("kind"),
    Column("event_date", Kind.DATE),
    Column("state"),
    Column("amount", Kind.RUPIAH),
    Column("paid", Kind.RUPIAH),
    Column("owed", Kind.RUPIAH),
    Column("difference", Kind.RUPIAH),
)
KINDS = dict.fromkeys(("birth_date", "died_on", "imported_on"), Kind.DATE) | {"months_in_row": Kind.COUNT}
_IN_PARTS = (
    Column("on", Kind.DATE),
    Column("batch"),
    Column("file"),
    Column("sheet"),
    Column("row", Kind.COUNT),
    Column("actor"),
    Column("reason"),
)
_PRIVATE = ("mother_name", "phone", "address", "family_card")


def show_(
    ctx: typer.Context,
    who: WorkerArgument = None,
    nik: NikOption = None,
    on: Annotated[datetime.date | None, date_option("--on", "opt.on")] = None,
    unmask: Annotated[bool, typer.Option("--unmask", help=text("opt.unmask"))] = False,
    reason: OptionalReason = None,
) -> None:
    """Show everything that is known of one worker, and where it comes from."""
    from jamsostek_cli.operations import worker

    current = session(ctx)
    if unmask and not reason:
        raise JcliError("E002", problem=text("usage.unmask"))
    database = current.database()
    detail = worker.show(database, one_worker(who, nik), on or current.today)
    full = None
    if unmask and reason:
        full = worker.unmask(database, current.act(), detail.worker.number, reason)
    at_the_desk = sys.stdout.isatty() and not current.json
    facts = _facts(detail, full, at_the_desk=at_the_desk)
    tables = _tables(detail, at_the_desk=at_the_desk)
    show(
        current,
        Answer(
            data={**facts, **{table.key.removesuffix("_of"): table.records() for table in tables}},
            figures=[Figure(key, value, KINDS.get(key, Kind.TEXT), "col") for key, value in _told(facts)],
            tables=[table for table in tables if table.rows],
            as_of=detail.on,
            hints=[] if full else looked(current, detail.worker.number),
        ),
    )


def facts_of(detail: "WorkerDetail", nik: str | None, *, whole: bool) -> dict[str, Value]:
    """Return the facts of a sheet; `nik` in full where it is for the person, private ones with `whole`."""
    return _facts(detail, nik, at_the_desk=whole)


def tables_of(detail: "WorkerDetail") -> list[Table]:
    """Return the tables of a sheet as people read them."""
    return _tables(detail, at_the_desk=True)


def _told(facts: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield the facts that a screen shows: on a terminal those that are known."""
    for key, value in facts.items():
        if value is not None or not sys.stdout.isatty():
            yield key, value


def _facts(detail: "WorkerDetail", nik: str | None, *, at_the_desk: bool) -> dict[str, Value]:
    """Return the facts of a sheet; `nik` is the number in full, where somebody has said why.

    What is private is masked in a pipe and in JSON, not on the screen of the officer who asks for one person;
    a family card has everybody of the family on it, and is masked as a NIK is.
    """
    person = detail.worker
    facts = person.facts
    private: dict[str, Value] = {key: getattr(facts, key) for key in _PRIVATE}
    if nik is None:
        private["family_card"] = concealed("family_card", facts.family_card)
        if not at_the_desk:
            private |= {"phone": concealed("phone", facts.phone)}
            private |= {key: private[key] and "•••" for key in ("mother_name", "address")}
    refusal = detail.refusal
    return {
        "worker": person.number,
        "nik": masked_beside_birth(person.nik) if nik is None else nik,
        "name": facts.name,
        "birth_date": facts.birth_date,
        "sex": facts.sex,
        "kelurahan": person.kelurahan,
        "occupation": facts.occupation,
        "agency": person.agency,
        "status": person.status,
        "died_on": person.died_on,
        "merged_into": None if person.merged_into is None else number_of(person.merged_into),
        "merged_from": " ".join(map(number_of, detail.merged_from)) or None,
        "source": f"{person.batch} · {person.sheet} · {person.row}",
        "cover": detail.cover.status,
        "cover_reason": detail.cover.reason,
        "months_in_row": detail.cover.months_in_row,
        "birth_place": facts.birth_place,
        **private,
        "rt": facts.rt,
        "rw": facts.rw,
        "kpj": detail.kpj,
        "elsewhere": _elsewhere(detail),
        "refusal": None if refusal is None else refusal.said,
        "file": detail.created.file,
        "imported_on": detail.created.on,
    }


def _elsewhere(detail: "WorkerDetail") -> Coded | None:
    """Return who else covers somebody and in which months; None where nobody does."""
    listed = [(payer_name(one.payer), f"{one.span.first}..{one.span.last}") for one in detail.elsewhere]
    if not listed:
        return None
    written, said = (
        "; ".join(f"{payer} {of(months)}" for payer, months in listed) for of in (str, figures.months)
    )
    return Coded(written, said)


def _tables(detail: "WorkerDetail", *, at_the_desk: bool) -> list[Table]:
    in_parts = () if at_the_desk else _IN_PARTS
    return [
        Table.of("enrolments", detail.enrolments, (*TERMS, PAID_MONTHS, DECREE, KPJ)),
        Table.of("claims", detail.claims, _CLAIMED),
        Table.of(
            "lists_of",
            detail.elsewhere,
            (
                Column("payer", of=lambda one: payer_of(one.payer)),
                Column("first_month", of=lambda one: one.span.first),
                Column("last_month", of=lambda one: one.span.last),
                Column("batch"),
                Column("row", Kind.COUNT),
            ),
        ),
        Table.of(
            "origins",
            detail.origins,
            (
                Column("fact", of=_fact),
                Column("origin", of=_origin),
                *in_parts,
            ),
        ),
        Table.of(
            "pairs_of",
            detail.pairs,
            (
                Column("worker", of=lambda pair: number_of(pair.worker_id)),
                Column("name"),
                Column("score", Kind.COUNT),
                Column("reasons", of=lambda pair: Coded(",".join(pair.reasons), likeness(pair.reasons))),
            ),
        ),
        Table.of(
            "notes_of",
            detail.notes,
            (Column("batch"), Column("sheet"), Column("row", Kind.COUNT), Column("code", of=_noted)),
        ),
    ]


def _fact(origin: "FactOrigin") -> Coded:
    called = "kelurahan" if origin.field == "kelurahan_code" else origin.field
    return Coded(origin.field, text(f"col.{called}"))


def _origin(origin: "FactOrigin") -> Coded:
    """Return where a fact comes from, in words; for programs whether from a row or by hand."""
    day = figures.day(origin.on.isoformat())
    if origin.actor is not None:
        said = text("say.origin_hand", day=day, actor=origin.actor, reason=origin.reason)
        return Coded("hand", said)
    place = {"file": origin.file, "batch": origin.batch, "sheet": origin.sheet, "row": origin.row}
    return Coded("row", text("say.origin_row", day=day, **place))


def _noted(note: "NotedRow") -> Coded:
    from jamsostek_cli.roster.findings import FINDINGS

    return Coded(note.code, FINDINGS[note.code].title())
