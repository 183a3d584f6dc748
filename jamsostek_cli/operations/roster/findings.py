"""The findings of an import one by one: which row, which person, what was written and what is stored."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.nik import hidden, masked_beside_birth
from jamsostek_cli.domain.worker import FIELDS, RowOutcome, concealed, number_of
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import batches, roster_rows
from jamsostek_cli.store.register.roster_rows import SpokenRow

REPEATED: Final = RowOutcome.DUPLICATE.value
"""Under which code a row stands that repeats another one of its roster: an outcome, and no finding."""

_NUMBERS: Final = frozenset({"nik", "family_card"})
_FIRST: Final = 4
"""So many digits of a number stay in sight beside a birth date."""


class RowFinding(NamedTuple):
    """What is to be said of a row; numbers are masked so far that no birth date beside them completes them.

    `written` is the cell that is meant, `stored` what is known of it now, None where nothing got in;
    `same_as` is the (sheet, row) of the row that this one repeats.
    """

    sheet: str
    row: int
    outcome: RowOutcome
    worker: str | None
    nik: str | None
    name: str | None
    code: str
    field: str | None
    cell: str | None
    hint: str | None
    written: str | None
    stored: str | None
    same_as: tuple[str, int] | None


def listed(
    db: Database, number: str, *, code: str | None = None, notes: bool = False
) -> tuple[batches.Batch, list[RowFinding]]:
    """Return a batch and its findings, by row; of one code, or (`notes`) of the rows that got in; E302."""
    with db.reading() as connection:
        batch = batches.find(connection, number)
        rows = roster_rows.spoken_of(connection, batch.id, code=code, got_in=notes)
    return batch, [one for row in rows for one in _of_row(row) if code in {None, one.code}]


def _of_row(row: SpokenRow) -> Iterator[RowFinding]:
    if row.outcome == RowOutcome.DUPLICATE:
        yield _said(row, Finding(REPEATED))
    for finding in row.findings:
        yield _said(row, finding)


def _said(row: SpokenRow, finding: Finding) -> RowFinding:
    written = _written(row, finding.field)
    name = row.known.get("name") or _written(row, "name")
    nik = row.known.get("nik")
    return RowFinding(
        row.sheet,
        row.row,
        RowOutcome(row.outcome),
        None if row.worker_id is None else number_of(row.worker_id),
        masked_beside_birth(nik) if nik else _written(row, "nik"),
        name,
        finding.code,
        finding.field,
        finding.cell,
        finding.hint if "•" not in finding.hint else None,  # beside a birth date it would show too much
        written,
        _stored(row.known, finding.field),
        row.same_as,
    )


def _written(row: SpokenRow, field: str | None) -> str | None:
    """Return what stands in the cell of a field, as far as it was kept."""
    from jamsostek_cli.roster.handed_out.fix_file import heading_of

    cell = row.cells.get(heading_of(field, row.headings) or "")
    if field is None or cell is None or cell == "":
        return None
    text = str(cell)
    if field in _NUMBERS:
        digits = re.sub(r"[\W_]", "", text)
        return digits[:_FIRST] + "•" * len(digits[_FIRST:])
    return f"•••{text[-_FIRST:]}" if field == "phone" else hidden(text)


def _stored(known: Mapping[str, str | None], field: str | None) -> str | None:
    if field == "kelurahan":
        return known.get("kelurahan")
    return concealed(field, known.get(field)) if field in FIELDS else None
