"""Quality: how clean each agency's rosters are, worst first, and what is wrong with them most often."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.reports.open_rows import CAME_BACK
from jamsostek_cli.reports.quality import score as quality_score
from jamsostek_cli.reports.quality.score import WEIGHTS, Tally, score, shares
from jamsostek_cli.tables.table import Column, Figure, Kind, Note, Report, Table

_COMMONEST: Final = 3
_OUTCOMES: Final = ("new", "changed", "unchanged", "duplicate", "review", "rejected")
_BLANKS: Final = ("mismatch", "workers", "blank_phone", "blank_mother", "blank_kelurahan")

_COUNTED: Final = """
    WITH counted AS (
      SELECT batch.id, agency.name AS agency,
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
      sum(outcome = 'rejected' AND fixed_by IS NULL
        AND roster_row.batch_id || '/' || sheet || '/' || row NOT IN ({CAME_BACK})),
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


class Sender(StrEnum):
    """Stands for the agency of rosters that were imported without one."""

    NO_AGENCY = "no-agency"


class Trend(StrEnum):
    """Where the score of an agency goes, from its roster before to its latest."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


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
    def score(self) -> int | None:
        return score(self.tally)


_AGENCY: Final = Column("agency", of=lambda agency: agency.name)


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
        _Batch(agency or Sender.NO_AGENCY, bool(in_period), bool(correction), Tally(*counts))
        for agency, in_period, correction, *counts in connection.execute(_TALLIES, days)
    ]
    findings: dict[str, Counter[str]] = {}
    for agency, code, rows in connection.execute(_FINDINGS, days):
        findings.setdefault(agency or Sender.NO_AGENCY, Counter())[code] = rows
    agencies = _agencies(batches)
    whole = _Agency(
        name="",
        batches=sum(agency.batches for agency in agencies),
        tally=quality_score.total(agency.tally for agency in agencies),
        points=None,
    )
    return Report(
        name="quality",
        period=period,
        as_of=as_of,
        figures=(
            Figure("agencies", len(agencies)),
            Figure("batches", whole.batches),
            Figure("rows", whole.tally.rows),
            Figure("rejected_open", whole.tally.rejected_open),
            Figure("score", whole.score),
        ),
        tables=(
            _scores(agencies, whole),
            _shares(agencies, whole),
            _counts(agencies, whole, "quality_outcomes", _OUTCOMES),
            _counts(agencies, whole, "quality_blanks", _BLANKS),
            _by_code(findings, meanings),
            _commonest(agencies, findings, meanings),
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
    return sorted(agencies, key=lambda agency: (agency.score or 0, -agency.tally.rejected, agency.name))


def _points(own: Sequence[_Batch]) -> int | None:
    """Return what the latest roster of the period gained over the one before, whenever that came."""
    rosters = [batch for batch in own if not batch.correction]
    if len(rosters) < 2 or not rosters[-1].in_period:  # noqa: PLR2004 - the latest and the one before
        return None
    before, latest = (score(batch.tally) or 0 for batch in rosters[-2:])
    return latest - before


def _trend(points: int | None) -> Trend | None:
    if points is None:
        return None
    return Trend.UP if points > 0 else Trend.DOWN if points < 0 else Trend.SAME


def _scores(agencies: Sequence[_Agency], whole: _Agency) -> Table:
    return Table.of(
        "quality",
        agencies,
        (
            _AGENCY,
            Column("score", Kind.COUNT),
            Column("trend", of=lambda agency: _trend(agency.points)),
            Column("points", Kind.COUNT),
            Column("batches", Kind.COUNT),
            _tallied("rows"),
            _tallied("rejected"),
            _tallied("rejected_open"),
        ),
        whole=whole,
        chart=("agency", "score"),
    )


def _tallied(name: str) -> Column:
    """Return the column of one of the numbers of a tally."""
    return Column(name, Kind.COUNT, of=lambda agency: getattr(agency.tally, name))


def _shares(agencies: Sequence[_Agency], whole: _Agency) -> Table:
    def weighed(name: str) -> Column:
        return Column(f"share_{name}", Kind.SHARE, of=lambda agency: float(shares(agency.tally)[name]))

    return Table.of("quality_shares", agencies, (_AGENCY, *map(weighed, WEIGHTS)), whole=whole)


def _counts(agencies: Sequence[_Agency], whole: _Agency, key: str, names: Sequence[str]) -> Table:
    """Return some of the numbers of each agency, as a table."""
    return Table.of(key, agencies, (_AGENCY, *map(_tallied, names)), whole=whole)


class _Finding(NamedTuple):
    """How many rows have a finding: those of one agency, or those of all the agencies that sent it."""

    code: str
    meaning: str | None
    rows: int
    senders: int = 1
    agency: str | None = None


def _by_code(findings: Mapping[str, Counter[str]], meanings: Mapping[str, str]) -> Table:
    rows = sum(findings.values(), Counter[str]())
    senders = Counter(code for codes in findings.values() for code in codes)
    return Table.of(
        "quality_findings",
        [_Finding(code, meanings.get(code), rows[code], senders[code]) for code in _ranked(rows)],
        (
            Column("code", coded=True),
            Column("meaning"),
            Column("rows", Kind.COUNT),
            Column("senders", Kind.COUNT),
        ),
    )


def _commonest(
    agencies: Sequence[_Agency], findings: Mapping[str, Counter[str]], meanings: Mapping[str, str]
) -> Table:
    commonest = [
        _Finding(code, meanings.get(code), codes[code], agency=agency.name)
        for agency in agencies
        for codes in [findings.get(agency.name, Counter[str]())]
        for code in _ranked(codes)[:_COMMONEST]
    ]
    columns = (Column("agency"), Column("code", coded=True), Column("meaning"), Column("rows", Kind.COUNT))
    return Table.of("quality_commonest", commonest, columns)


def _ranked(codes: Mapping[str, int]) -> list[str]:
    """Return codes by how often they occur, the commonest first."""
    return sorted(codes, key=lambda code: (-codes[code], code))
