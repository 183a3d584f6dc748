"""The findings of an import one by one, as `batch show --finding` and `--notes` list them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from jamsostek_cli.cli.frame.options import meant
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer
from jamsostek_cli.cli.frame.session import Session
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.tables import typed
from jamsostek_cli.tables.table import Coded, Column, Kind, Table

if TYPE_CHECKING:
    from jamsostek_cli.operations.roster.findings import RowFinding


def answer(current: Session, place: Output, batch: str, code: str | None, *, notes: bool) -> Answer:
    """Return the findings of a batch: of one code, or (`notes`) those of rows that got in; E002, E302."""
    from jamsostek_cli.operations.roster import findings as operation

    wanted = None if code is None else _known(code)
    known, listed = operation.listed(current.database(), batch, code=wanted, notes=notes)
    table = Table.of(
        "findings_of",
        listed,
        (
            Column("sheet"),
            Column("row", Kind.COUNT),
            Column("outcome"),
            Column("worker"),
            Column("nik"),
            Column("name"),
            Column("cell"),
            Column("code", of=_said, heading="col.finding"),
            Column("hint", of=lambda one: pointed(one.code, one.hint)),
            Column("written"),
            Column("stored"),
            Column("same_as_sheet", of=lambda one: one.same_as and one.same_as[0]),
            Column("same_as_row", Kind.COUNT, of=lambda one: one.same_as and one.same_as[1]),
        ),
    )
    records = [
        {"file": known.file, **record, "meaning": _meaning(str(record["code"]))} for record in table.records()
    ]
    found = list_answer(
        current,
        "findings",
        [table],
        place,
        data={"batch": known.number, "file": known.file, "findings": records},
        lines=[text("say.findings", file=known.file, batch=known.number, count=figures.count(len(listed)))],
        shown=[table] if listed else [],
    )
    return replace(found, part="findings")


def pointed(code: str, hint: str | None) -> Coded | None:
    """Return what a finding points at: a kelurahan that was perhaps meant, another row or person."""
    if not hint:
        return None if hint is None else Coded(hint, hint)
    sheet, _, row = hint.rpartition("/")
    if code == "kelurahan_unknown":
        return Coded(hint, text("say.meant", name=hint))
    if not row.isdecimal():
        return Coded(hint, hint)
    return Coded(hint, text("say.see_sheet", sheet=sheet, row=row) if sheet else text("say.see_row", row=row))


def _known(code: str) -> str:
    """Return the code of a finding as it is stored; E002, with what was probably meant."""
    from jamsostek_cli.cli.frame.near import near
    from jamsostek_cli.operations.roster.findings import REPEATED
    from jamsostek_cli.roster.findings import FINDINGS

    names = {known: (found.title(), found.title_id, found.title_en) for known, found in FINDINGS.items()}
    wanted = meant(code, lambda said: typed.called(said, {**names, REPEATED: (text("say.repeats"),)}))
    if wanted is not None:
        return wanted
    problem = text("usage.no_finding", name=code)
    guesses = near(code.strip(), [*FINDINGS, REPEATED])
    if not guesses:
        raise JcliError("E002", problem=text("usage.findings", problem=problem))
    raise JcliError("E002", problem=text("usage.near", problem=problem, near=" / ".join(guesses)))


def _said(one: "RowFinding") -> Coded:
    return Coded(one.code, _meaning(one.code))


def _meaning(code: str) -> str:
    """Return a finding in words."""
    from jamsostek_cli.roster.findings import FINDINGS

    return FINDINGS[code].title() if code in FINDINGS else text("say.repeats")
