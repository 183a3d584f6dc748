"""Lists of changes: one way for `import --as changes`, `worker death --from` and `cover end --from`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from jamsostek_cli.cli.frame.refusal import sentence
from jamsostek_cli.cli.frame.report_answer import Output, list_answer
from jamsostek_cli.cli.frame.screen import Answer, show
from jamsostek_cli.cli.frame.session import Session, confirmed, is_asked
from jamsostek_cli.domain.change import ChangeKind
from jamsostek_cli.domain.claim import Cause
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.worker import RowOutcome, WorkerStatus
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import figures, text
from jamsostek_cli.operations.roster.request import ImportRequest
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.parent import open_workbook
from jamsostek_cli.roster.sheets.hints import Hints
from jamsostek_cli.tables.table import Coded, Column, Kind, Table
from jamsostek_cli.tables.wording import in_words, word

if TYPE_CHECKING:
    from jamsostek_cli.operations.changes.outcome import ChangedRow, ChangesDone, ChangeTerms

_PERSON: Final = (
    Column("kind_of_change", of=lambda row: row.kind and Coded(row.kind, text(f"change_kind.{row.kind}"))),
    Column("worker"),
    Column("nik"),
    Column("name"),
    Column("kelurahan"),
)
_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "status": WorkerStatus,
    "death_cause": Cause,
    "end_reason": EndReason,
}
_PLACE: Final = (Column("sheet"), Column("row", Kind.COUNT))

FromFile = Annotated[Path | None, typer.Option("--from", metavar="FILE", help=text("opt.changes_from"))]


def from_list(
    current: Session,
    file: Path,
    place: Output,
    *,
    only: ChangeKind,
    dry_run: bool,
    month: Month | None = None,
    reason: EndReason | None = None,
) -> None:
    """Carry out a list of one kind of change; who is not in the register is counted and listed."""
    from jamsostek_cli.operations.changes.outcome import ChangeTerms

    terms = ChangeTerms(only=only, month=month, reason=reason, strangers=False)
    carry_out(current, file, terms, place, request=ImportRequest(dry_run=dry_run))


def carry_out_all(
    current: Session, paths: Sequence[Path], place: Output, opening: Opening, request: ImportRequest
) -> None:
    """Carry out one list of changes; several are several commands, for each asks and answers by itself."""
    from jamsostek_cli.operations.changes.outcome import ChangeTerms

    if len(paths) != 1:
        raise JcliError("E002", problem=text("usage.changes_one"))
    carry_out(current, paths[0], ChangeTerms(), place, opening, request)


def carry_out(
    current: Session,
    path: Path,
    terms: "ChangeTerms",
    place: Output,
    opening: Opening | None = None,
    request: ImportRequest | None = None,
) -> None:
    """Carry a list of changes out, asked first at a terminal, and show what became of each row."""
    opening, request = opening or Opening(), request or ImportRequest()
    if is_asked(current) and not request.dry_run:
        tried = _done(current, path, terms, opening, replace(request, dry_run=True))
        confirmed(current, text("ask.changes", file=tried.file, **_counts(tried)))
    done = _done(current, path, terms, opening, request)
    show(current, _answer(current, done, place, dry_run=request.dry_run))


def _done(
    current: Session, path: Path, terms: "ChangeTerms", opening: Opening, request: ImportRequest
) -> "ChangesDone":
    """Carry the list out; one that has NIKs under NIK LAMA alone is read by these."""
    from jamsostek_cli.operations.changes import importing as operation

    old = Hints(headings={"nik": "NIK LAMA"}, sheets=request.hints.sheets)
    for hints in (request.hints, *([] if request.hints.headings else [old])):
        try:
            with open_workbook(path, opening) as workbook:
                asked = replace(request, hints=hints)
                return operation.carry_out(current.database(), current.act(), workbook, terms, asked)
        except JcliError as error:
            refused = error.at(path) if error.code.startswith("E2") else error
            if error.code != "E206" or hints is old:
                raise refused from None
            first = refused
    raise first


def _counts(done: "ChangesDone") -> dict[str, str]:
    return {
        "deaths": figures.count(done.count(ChangeKind.DEATH)),
        "exits": figures.count(done.count(ChangeKind.EXIT)),
        "corrections": figures.count(done.count(ChangeKind.CORRECTION)),
        "problems": figures.count(len(done.problems)),
    }


def _answer(current: Session, done: "ChangesDone", place: Output, *, dry_run: bool) -> Answer:
    changed = [row for row in done.rows if row.outcome is RowOutcome.CHANGED]
    made = Column("changed", of=_before_and_after)
    why = Column("problem", of=_why)
    people = Table.of(
        "changed_people",
        changed,
        (*_PERSON, made, *_PLACE),
        lead=("kind_of_change", "worker", "name", "changed"),
    )
    problems = Table.of(
        "change_problems", done.problems, (*_PERSON, why, *_PLACE), lead=("row", "name", "problem")
    )
    everybody = Table.of(
        "change_rows", [*done.problems, *changed], (Column("outcome"), *_PERSON, made, why, *_PLACE)
    )
    strangers = sum(row.problem == "change_person_unknown" for row in done.problems)
    unchanged = figures.count(done.outcomes.get(RowOutcome.UNCHANGED, 0))
    answer = list_answer(
        current,
        "change_rows",
        [everybody],
        place,
        data={
            "dry_run": dry_run,
            "file": done.file,
            "batch": done.batch,
            "rows": len(done.rows),
            "outcomes": dict(done.outcomes),
            "deaths": done.count(ChangeKind.DEATH),
            "exits": done.count(ChangeKind.EXIT),
            "corrections": done.count(ChangeKind.CORRECTION),
            "strangers": strangers,
            "changes": people.records(),
            "problems": problems.records(),
        },
        lines=[
            *([text("say.dry_run")] if dry_run else []),
            text(
                "say.changes", file=done.file, batch=done.batch or "-", unchanged=unchanged, **_counts(done)
            ),
            *([text("say.changes_strangers", count=figures.count(strangers))] if strangers else []),
        ],
        shown=[
            *([people] if changed else []),
            *([problems] if done.problems else []),
        ],
        review=done.needs_a_person,
        beside=True,
    )
    return replace(answer, part="changes")


def _before_and_after(row: "ChangedRow") -> str | None:
    said = (
        f"{text(f'col.{field}')}: {_value(field, old)} → {_value(field, new)}"
        for field, old, new in row.changes
    )
    return "; ".join(said) or None


def _value(field: str, value: str | None) -> str:
    if value is None:
        return "-"
    kind = _WORDS.get(field)
    return in_words(value) if kind is None else word(kind(value))


def _why(row: "ChangedRow") -> Coded | None:
    """Return why a row was left out: the refusal in full where a rule refused, else the finding."""
    from jamsostek_cli.roster.findings import FINDINGS

    if row.problem is None:
        return None
    if row.error is not None:
        return Coded(row.error.code, f"{row.error.code}: {sentence(row.error)}")
    kind = FINDINGS[row.problem]
    return Coded(row.problem, f"{kind.title()} ({kind.remedy()})")
