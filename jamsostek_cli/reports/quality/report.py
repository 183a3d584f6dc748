"""Quality: how clean each agency's rosters are, worst first, and what is wrong with them most often."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.reports.quality import score as quality_score
from jamsostek_cli.reports.quality.score import WEIGHTS, Tally, score, shares
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table, Value

NO_AGENCY: Final = "no-agency"
"""Stands for the agency of rosters that were imported without one."""

_COMMONEST: Final = 3
_OUTCOMES: Final = ("new", "changed", "unchanged", "duplicate", "review", "rejected")
_BLANKS: Final = ("mismatch", "workers", "blank_phone", "blank_mother", "blank_kelurahan")

_COUNTED: Final = f"""
    WITH counted AS (
      SELECT batch.id, coalesce(agency.name, '{NO_AGENCY}') AS agency,
        imported_on >= :first AS in_period, fixes IS NOT NULL AS correction
      FROM batch LEFT JOIN agency ON agency.id = batch.agency_id
      WHERE undone_on IS NULL AND imported_on <= :last AND purpose = 'register'
    )
"""

_TALLIES: Final = f"""
    {_COUNTED}, brought AS (
      SELECT batch_id, count(*) AS workers, sum(phone IS NULL) AS blank_phone,
        sum(mother_name IS NULL) AS blank_mother, sum(kelurahan_code IS NULL) AS blank_kelurahan
      FROM worker GROUP BY batch_id
    )
    SELECT counted.agency, counted.in_period, counted.correction, count(*),
      sum(outcome = 'new'), sum(outcome = 'changed'), sum(outcome = 'unchanged'),
      sum(outcome = 'duplicate'), sum(outcome = 'review'), sum(outcome = 'rejected'),
      sum(outcome = 'rejected' AND fixed_by IS NULL),
      sum(codes GLOB '*"dob_mismatch_nik"*' OR codes GLOB '*"sex_mismatch_nik"*'
        OR codes GLOB '*"dob_day_month_swapped"*'),
      coalesce(brought.workers, 0), coalesce(brought.blank_phone, 0),
      coalesce(brought.blank_mother, 0), coalesce(brought.blank_kelurahan, 0)
    FROM counted
    JOIN roster_row ON roster_row.batch_id = counted.id
    LEFT JOIN brought ON brought.batch_id = counted.id
    GROUP BY counted.id ORDER BY counted.id
"""

_FINDINGS: Final = f"""
    {_COUNTED}
    SELECT counted.agency, code.value, count(*)
    FROM counted
    JOIN roster_row ON roster_row.batch_id = counted.id
    JOIN json_each(roster_row.codes) AS code
    WHERE counted.in_period
    GROUP BY 1, 2
"""


class _Batch(NamedTuple):
    agency: str
    in_period: bool
    correction: bool
    tally: Tally


class _Agency(NamedTuple):
    """An agency's rosters of the period; `points` is what its latest gained over the one before."""

    name: str
    batches: int
    tally: Tally
    points: int | None

    @property
    def score(self) -> int:
        return score(self.tally) or 0


def quality(
    connection: Connection,
    *,
    period: str,
    first: datetime.date,
    last: datetime.date,
    as_of: datetime.date,
    meanings: Mapping[str, str],
) -> Report:
    """Return the quality of the rosters imported between `first` and `last` (both included), by agency.

    Nothing imported after `as_of` counts, nor what was undone since. `meanings` says what each code means.
    """
    last = min(last, as_of)
    days = {"first": first.isoformat(), "last": last.isoformat()}
    batches = [
        _Batch(agency, bool(in_period), bool(correction), Tally(*counts))
        for agency, in_period, correction, *counts in connection.execute(_TALLIES, days)
    ]
    found: dict[str, Counter[str]] = {}
    for agency, code, rows in connection.execute(_FINDINGS, days):
        found.setdefault(agency, Counter())[code] = rows
    agencies = _agencies(batches)
    whole = quality_score.total(agency.tally for agency in agencies)
    sent = sum(agency.batches for agency in agencies)
    return Report(
        name="quality",
        period=period,
        as_of=as_of,
        figures=(
            Figure("agencies", len(agencies)),
            Figure("batches", sent),
            Figure("rows", whole.rows),
            Figure("rejected_open", whole.rejected_open),
            Figure("score", score(whole)),
        ),
        tables=(
            _scores(agencies, whole, sent),
            _shares(agencies, whole),
            _counts(agencies, whole, "quality_outcomes", _OUTCOMES),
            _counts(agencies, whole, "quality_blanks", _BLANKS),
            _by_code(found, meanings),
            _commonest(agencies, found, meanings),
        ),
        notes=(
            Note(key="quality_score", facts=WEIGHTS),
            Note(key="quality_shares"),
            Note(key="quality_batches", facts={"first": first, "last": last}),
            Note(key="quality_trend"),
            Note(key="quality_findings"),
        ),
    )


def _agencies(batches: Sequence[_Batch]) -> list[_Agency]:
    """Return the agencies that sent a roster in the period, the worst first."""
    agencies = []
    for name in {batch.agency for batch in batches if batch.in_period}:
        own = [batch for batch in batches if batch.agency == name]
        sent = [batch.tally for batch in own if batch.in_period]
        agencies.append(_Agency(name, len(sent), quality_score.total(sent), _points(own)))
    return sorted(agencies, key=lambda agency: (agency.score, -agency.tally.rejected, agency.name))


def _points(own: Sequence[_Batch]) -> int | None:
    """Return what the latest roster of the period gained over the one before, whenever that came."""
    rosters = [batch for batch in own if not batch.correction]
    if len(rosters) < 2 or not rosters[-1].in_period:  # noqa: PLR2004 - the latest and the one before
        return None
    before, latest = (score(batch.tally) or 0 for batch in rosters[-2:])
    return latest - before


def _trend(points: int | None) -> str | None:
    if points is None:
        return None
    return "up" if points > 0 else "down" if points < 0 else "same"


def _scores(agencies: Sequence[_Agency], whole: Tally, sent: int) -> Table:
    return Table(
        key="quality",
        columns=(
            Column("agency"),
            Column("score", Kind.COUNT),
            Column("trend"),
            Column("points", Kind.COUNT),
            Column("batches", Kind.COUNT),
            Column("rows", Kind.COUNT),
            Column("rejected", Kind.COUNT),
            Column("rejected_open", Kind.COUNT),
        ),
        rows=[
            (a.name, a.score, _trend(a.points), a.points, a.batches, a.tally.rows, *_rejected(a.tally))
            for a in agencies
        ],
        total=(None, score(whole), None, None, sent, whole.rows, *_rejected(whole)),
        chart=("agency", "score"),
    )


def _rejected(tally: Tally) -> tuple[int, int]:
    return tally.rejected, tally.rejected_open


def _shares(agencies: Sequence[_Agency], whole: Tally) -> Table:
    def measured(name: str | None, tally: Tally) -> tuple[Value, ...]:
        return (name, *(float(share) for share in shares(tally).values()))

    return Table(
        key="quality_shares",
        columns=(
            Column("agency"),
            Column("share_rejected", Kind.SHARE),
            Column("share_review", Kind.SHARE),
            Column("share_mismatch", Kind.SHARE),
            Column("share_duplicate", Kind.SHARE),
            Column("share_blank", Kind.SHARE),
        ),
        rows=[measured(agency.name, agency.tally) for agency in agencies],
        total=measured(None, whole),
    )


def _counts(agencies: Sequence[_Agency], whole: Tally, key: str, names: Sequence[str]) -> Table:
    """Return some of the numbers of each agency, as a table."""

    def counted(name: str | None, tally: Tally) -> tuple[Value, ...]:
        return (name, *(getattr(tally, column) for column in names))

    return Table(
        key=key,
        columns=(Column("agency"), *(Column(name, Kind.COUNT) for name in names)),
        rows=[counted(agency.name, agency.tally) for agency in agencies],
        total=counted(None, whole),
    )


def _by_code(found: Mapping[str, Counter[str]], meanings: Mapping[str, str]) -> Table:
    rows = sum(found.values(), Counter[str]())
    senders = Counter(code for codes in found.values() for code in codes)
    return Table(
        key="quality_findings",
        columns=(
            Column("code", Kind.CODE),
            Column("meaning"),
            Column("rows", Kind.COUNT),
            Column("senders", Kind.COUNT),
        ),
        rows=[(code, meanings.get(code), rows[code], senders[code]) for code in _ranked(rows)],
    )


def _commonest(
    agencies: Sequence[_Agency], found: Mapping[str, Counter[str]], meanings: Mapping[str, str]
) -> Table:
    rows: list[tuple[Value, ...]] = []
    for agency in agencies:
        codes = found.get(agency.name, Counter())
        rows += [(agency.name, code, meanings.get(code), codes[code]) for code in _ranked(codes)[:_COMMONEST]]
    return Table(
        key="quality_commonest",
        columns=(Column("agency"), Column("code", Kind.CODE), Column("meaning"), Column("rows", Kind.COUNT)),
        rows=rows,
    )


def _ranked(codes: Mapping[str, int]) -> list[str]:
    """Return codes by how often they occur, the commonest first."""
    return sorted(codes, key=lambda code: (-codes[code], code))
