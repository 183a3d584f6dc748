"""The rows of a batch: what became of each, what is to be said of it, and its cells as they came."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.worker import FIELDS, MatchedRow, Place, RosterRow, RowOutcome
from jamsostek_cli.store.register import fixed_rows

_NONE: Final = ("[]", None)
_NOWHERE: Final = (None, None)
_DOUBTFUL: Final = frozenset({RowOutcome.REVIEW, RowOutcome.REJECTED})
_encoded: Final = json.JSONEncoder(ensure_ascii=False, default=str).encode
"""One encoder for all rows: making one for each takes longer than its work."""


def stored(findings: Sequence[Finding]) -> tuple[str, str]:
    """Return findings as they are stored: the codes for the view, and all of it."""
    codes = tuple(dict.fromkeys([finding.code for finding in findings]))
    return _often(codes), f"[{', '.join(map(_said, findings))}]"


@lru_cache(10_000)
def _often(said: str | tuple[str, ...]) -> str:
    """Return as JSON what comes again and again: a heading, some codes."""
    return _encoded(said)


def _said(finding: Finding) -> str:
    """Return a finding as JSON: thousands differ in the cell only, whose address needs no quoting."""
    before, behind = _around_cell(finding.code, finding.field, finding.hint)
    cell = "null" if finding.cell is None else f'"{finding.cell}"'
    return f'{before}, "cell": {cell}, {behind}'


@lru_cache(10_000)
def _around_cell(code: str, field: str | None, hint: str) -> tuple[str, str]:
    return _encoded({"code": code, "field": field})[:-1], _encoded({"hint": hint})[1:]


def add_all(db: Connection, batch_id: int, matched: Iterable[MatchedRow]) -> None:
    """Add rows of a roster with their outcome, their findings, and the raw cells that have to be kept."""
    db.executemany(
        """
        INSERT INTO roster_row (batch_id, sheet, row, outcome, worker_id, same_as_sheet, same_as_row,
          codes, findings, raw, kelurahan_code, facts)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            (
                batch_id,
                row.sheet,
                row.row,
                outcome.value,
                worker_id,
                *(same_as or _NOWHERE),
                *(stored(row.findings) if row.findings else _NONE),
                _raw(row, doubtful=outcome in _DOUBTFUL) if row.findings else None,
                row.facts.kelurahan_code if outcome in _DOUBTFUL else None,
                _encoded([row.nik, row.agency, *row.facts]) if outcome is RowOutcome.REVIEW else None,
            )
            for row, outcome, worker_id, same_as, _ in matched
        ),
    )


def add_plain(db: Connection, batch_id: int, between: Sequence[int | None]) -> None:
    """Add the rows of new workers, from one id to another, that are not in yet: those without findings."""
    if between:
        db.execute(
            """
            INSERT INTO roster_row (batch_id, sheet, row, outcome, worker_id, codes)
            SELECT batch_id, sheet, row, 'new', id, '[]' FROM worker
            WHERE id BETWEEN ? AND ? AND batch_id = ?
            ON CONFLICT DO NOTHING
            """,
            (*between, batch_id),
        )


def _raw(row: RosterRow, *, doubtful: bool) -> str:
    spoken_of = [finding.field for finding in row.findings]
    kept = {} if row.raw is None else row.raw if doubtful else row.raw.of(spoken_of)
    return f"{{{', '.join([f'{_often(name)}: {_encoded(cell)}' for name, cell in kept.items()])}}}"


def places(db: Connection, batch_id: int, worker_ids: Collection[int]) -> dict[int, Place]:
    """Return where in a batch workers stand, of those who came in with it or were in already."""
    rows = db.execute(
        """
        SELECT worker_id, sheet, row FROM roster_row
        WHERE worker_id IN (SELECT value FROM json_each(?)) AND batch_id = ?
          AND outcome IN ('new', 'changed', 'unchanged')
        ORDER BY sheet DESC, row DESC
        """,
        (json.dumps(list(worker_ids)), batch_id),
    )
    return {worker: Place(sheet, row) for worker, sheet, row in rows}


def findings_of(db: Connection, batch_id: int, place: Place) -> list[Finding]:
    """Return what is stored to be said of a row; asked of thousands of rows, so by a bare statement."""
    (findings,) = db.execute(
        "SELECT findings FROM roster_row WHERE batch_id = ? AND sheet = ? AND row = ?", (batch_id, *place)
    ).fetchone()
    return [] if findings is None else [Finding(**finding) for finding in json.loads(findings)]


def note(db: Connection, batch_id: int, place: Place, findings: Sequence[Finding]) -> None:
    """Store the findings of a row anew, by a bare statement as in `findings_of`."""
    db.execute(
        "UPDATE roster_row SET codes = ?, findings = ? WHERE batch_id = ? AND sheet = ? AND row = ?",
        (*stored(findings), batch_id, *place),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulRow:
    """A row that did not get in and was not put right since: its findings and cells as stored.

    `headings` are those of its sheet, by field; `kelurahan` the name of the kelurahan it was given;
    `first_row` its number in the list that came first, where this one came back as a fix-file, and `went_on`
    says that it has come back, still wrong, with a later batch.
    """

    sheet: str
    row: int
    first_row: int
    went_on: bool
    outcome: str
    findings: tuple[Finding, ...]
    cells: Mapping[str, object]
    headings: Mapping[str, str]
    kelurahan: str | None


def doubtful(db: Connection, batch_id: int) -> list[DoubtfulRow]:
    """Return the rows of a batch that need a person: those in review and those rejected."""
    rows = db.query(
        f"""
        SELECT batch_sheet.name AS sheet, position, row, outcome, findings, raw, columns,
          kelurahan.name AS kelurahan,
          roster_row.batch_id || '/' || roster_row.sheet || '/' || row IN ({fixed_rows.CAME_BACK}) AS went_on
        FROM roster_row
        JOIN batch_sheet ON batch_sheet.batch_id = roster_row.batch_id AND position = sheet
        LEFT JOIN kelurahan ON kelurahan.code = roster_row.kelurahan_code
        WHERE roster_row.batch_id = ? AND outcome IN ('review', 'rejected') AND fixed_by IS NULL
        ORDER BY roster_row.sheet, row
        """,
        (batch_id,),
    )
    first = fixed_rows.first_rows(db, batch_id)
    return [
        DoubtfulRow(
            sheet=row["sheet"],
            row=row["row"],
            went_on=bool(row["went_on"]),
            first_row=first.get(Place(row["position"], row["row"]), row["row"]),
            outcome=row["outcome"],
            findings=tuple(Finding(**finding) for finding in json.loads(row["findings"])),
            cells=_cells(row["raw"]),
            headings=json.loads(row["columns"]),
            kelurahan=row["kelurahan"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenRow:
    """A row of which something is to be said, or that repeats another one, at `same_as` (sheet, row).

    `known` is what the register knows of its person now, or what waits with the row: `nik`, the facts of
    `FIELDS`, `kelurahan`; empty for a row that was rejected. `cells` are those kept, `headings` by field.
    """

    sheet: str
    row: int
    outcome: str
    worker_id: int | None
    findings: tuple[Finding, ...]
    cells: Mapping[str, object]
    headings: Mapping[str, str]
    known: Mapping[str, str | None]
    same_as: tuple[str, int] | None


def spoken_of(db: Connection, batch_id: int, *, code: str | None, got_in: bool) -> list[SpokenRow]:
    """Return the rows of a batch that have findings or repeat others: of one code, or those that got in."""
    facts = ", ".join(f"worker.{field}" for field in FIELDS)
    rows = db.query(
        f"""
        SELECT batch_sheet.name AS sheet, roster_row.row, outcome, roster_row.worker_id, findings, raw,
          batch_sheet.columns, same_sheet.name AS same_as_sheet, same_as_row, facts,
          waits.name AS waiting_kelurahan, worker.nik, worker.kelurahan, {facts}
        FROM roster_row
        JOIN batch_sheet
          ON batch_sheet.batch_id = roster_row.batch_id AND batch_sheet.position = roster_row.sheet
        LEFT JOIN batch_sheet AS same_sheet
          ON same_sheet.batch_id = roster_row.batch_id AND same_sheet.position = same_as_sheet
        LEFT JOIN v_worker AS worker ON worker.id = roster_row.worker_id
        LEFT JOIN kelurahan AS waits ON waits.code = roster_row.kelurahan_code
        WHERE roster_row.batch_id = :batch AND (findings IS NOT NULL OR outcome = 'duplicate')
          AND (:got_in = 0 OR outcome IN ('new', 'changed', 'unchanged', 'duplicate'))
          AND (:code IS NULL OR outcome = :code OR :code IN (SELECT value FROM json_each(codes)))
        ORDER BY roster_row.sheet, roster_row.row
        """,
        {"batch": batch_id, "code": code, "got_in": int(got_in)},
    )
    return [
        SpokenRow(
            sheet=row["sheet"],
            row=row["row"],
            outcome=row["outcome"],
            worker_id=row["worker_id"],
            findings=tuple(Finding(**finding) for finding in json.loads(row["findings"] or "[]")),
            cells=_cells(row["raw"]),
            headings=json.loads(row["columns"]),
            known=_known(row),
            same_as=None if row["same_as_row"] is None else (row["same_as_sheet"], row["same_as_row"]),
        )
        for row in rows
    ]


def _cells(raw: str | None) -> Mapping[str, object]:
    """Return the cells of a row as they came, without what was kept beside them."""
    return {name: cell for name, cell in json.loads(raw or "{}").items() if name != fixed_rows.ORIGIN}


def _known(row: Mapping[str, Any]) -> Mapping[str, str | None]:
    if row["facts"] is None:
        return {name: row[name] for name in ("nik", *FIELDS, "kelurahan")}
    nik, _agency, *facts = json.loads(row["facts"])
    return {**dict(zip(FIELDS, facts, strict=True)), "nik": nik, "kelurahan": row["waiting_kelurahan"]}
