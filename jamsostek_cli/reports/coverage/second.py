"""The movement counted a second time: from the paid months, in SQL, by no line of the first count."""

from collections.abc import Mapping
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.coverage import JOINED_PARTS, LAPSED_PARTS, CoverageLine
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.coverage.count import Counts
from jamsostek_cli.reports.coverage.window import Window

_PROTECTS: Final = "programmes >= 'jkk,jkm' AND programmes < 'jkk,jkn'"
_MERGED: Final = """
    (SELECT id FROM worker WHERE merged_into IS NOT NULL
     UNION ALL SELECT merged_into FROM worker WHERE merged_into IS NOT NULL)
"""
_PAID: Final = f"""
    SELECT worker_id AS record, max(first_month <= :opening_month) AS opening,
      max(last_month >= :month) AS closing,
      min(CASE WHEN first_month > :opening_month THEN first_month END) AS since
    FROM paid_span CROSS JOIN enrolment ON enrolment.id = enrolment_id
    WHERE first_month <= :month AND last_month >= :opening_month AND {_PROTECTS}
    GROUP BY 1
"""
_OF_SEVERAL: Final = f"""
    SELECT coalesce(merged_into, id) AS record, max(opening) AS opening, max(closing) AS closing,
      min(since) AS since
    FROM paid CROSS JOIN worker ON id = record WHERE record IN {_MERGED} GROUP BY 1
"""
"""The months between the opening and the end that are paid under each record, and under all of a person."""
_OWN: Final = """
    IN (
      SELECT worker.{0} UNION ALL SELECT former.{0} FROM worker AS former WHERE former.merged_into = worker.id
    )
"""
"""Ids or NIKs of all records of a person who has several."""
_LISTED: Final = (
    "EXISTS (SELECT 1 FROM elsewhere WHERE nik {{niks}} AND first_month <= {0} AND last_month >= {0})"
)
_ENTRY: Final = f"""
    CASE WHEN {_LISTED.format("strftime('%Y-%m', since || '-01', '-1 month')")}
      THEN '{CoverageLine.FROM_OTHER}'
    WHEN EXISTS (
      SELECT 1 FROM enrolment WHERE worker_id {{ids}}
        AND enrolment.status IN ('active', 'ended') AND end_reason = 'moved' AND end_month < since
    ) THEN '{CoverageLine.MOVED_BACK}'
    WHEN EXISTS (
      SELECT 1 FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      WHERE worker_id {{ids}} AND {_PROTECTS} AND first_month < :opening_month
    ) THEN '{CoverageLine.RETURNED}' ELSE '{CoverageLine.NEW}' END
"""
_LAST: Final = """
    (SELECT max(CASE WHEN end_month >= :month THEN 'still' ELSE end_month || '/' || coalesce(end_reason, '')
       || CASE enrolment.status WHEN 'ended' THEN '.' ELSE '' END END)
     FROM enrolment WHERE worker_id {ids} AND enrolment.status IN ('active', 'ended')
       AND start_month <= :month AND end_month >= :before)
"""
_EXIT: Final = f"""
    CASE WHEN moved AND last IS NOT 'still' THEN '{CoverageLine.MOVED_AWAY}'
    WHEN listed THEN '{CoverageLine.TO_OTHER}'
    WHEN last IS NULL OR last = 'still' THEN '{CoverageLine.UNPAID}'
    WHEN last GLOB '*/moved.' THEN '{CoverageLine.MOVED_AWAY}'
    WHEN last GLOB '*/elsewhere.' OR last GLOB '*/employed.' THEN '{CoverageLine.TO_OTHER}'
    WHEN last GLOB '*.' THEN '{CoverageLine.ENDED}'
    WHEN old THEN '{CoverageLine.AGED_OUT}' ELSE '{CoverageLine.UNPAID}' END
"""
_MOVED: Final = f"""
      SELECT opening, closing AND living AS closing, NOT living AS dead,
        CASE WHEN NOT opening THEN {_ENTRY} END AS entry,
        CASE WHEN living AND NOT closing THEN {_LISTED.format(":month")} END AS listed,
        CASE WHEN living AND NOT closing THEN {_LAST} END AS last,
        living AND NOT closing AS out, worker.status = 'moved' AS moved, birth_date <= :elder_last AS old
      FROM (
        SELECT id, nik, status, birth_date, opening, closing, since,
          died_on IS NULL OR died_on > :as_of AS living
        FROM {{paid}} CROSS JOIN worker ON id = record
        WHERE {{whose}} AND status <> 'merged' AND (died_on IS NULL OR died_on > :opening_day) AND (
          opening OR died_on IS NULL OR died_on > :as_of OR substr(died_on, 1, 7) >= since
        )
      ) AS worker
"""
"""Who came or went, each with what decides on the line: of those with one record, or with several."""
_COUNTED: Final[Mapping[CoverageLine, str]] = {
    CoverageLine.OPENING: "opening",
    CoverageLine.JOINED: "entry IS NOT NULL",
    **{line: f"entry = '{line}'" for line in JOINED_PARTS},
    CoverageLine.DIED: "dead",
    CoverageLine.LAPSED: "leaving IS NOT NULL",
    **{line: f"leaving = '{line}'" for line in LAPSED_PARTS},
    CoverageLine.CLOSING: "closing",
}
_SUMS: Final = ", ".join(f"count(*) FILTER (WHERE {holds})" for holds in _COUNTED.values())
_STEADY: Final = f"""
    SELECT 1 AS opening, died_on IS NULL OR died_on > :as_of AS closing, died_on <= :as_of AS dead,
      NULL AS entry, NULL AS leaving
    FROM paid CROSS JOIN worker ON id = record
    WHERE opening AND closing AND record NOT IN {_MERGED} AND (died_on IS NULL OR died_on > :opening_day)
"""
"""Most people are there at the opening and at the end, and are only counted."""
_ONE: Final = _MOVED.format(
    paid="paid",
    whose=f"NOT (opening AND closing) AND record NOT IN {_MERGED}",
    ids="= worker.id",
    niks="= worker.nik",
)
_SEVERAL: Final = _MOVED.format(paid="of_several", whose="1", ids=_OWN.format("id"), niks=_OWN.format("nik"))
_LINES: Final = f"""
    WITH paid AS MATERIALIZED ({_PAID}), of_several AS ({_OF_SEVERAL}),
    moved AS ({_ONE} UNION ALL {_SEVERAL} LIMIT -1)
    SELECT {_SUMS} FROM ({_STEADY})
    UNION ALL
    SELECT {_SUMS} FROM (
      SELECT opening, closing, dead, entry, CASE WHEN out THEN {_EXIT} END AS leaving FROM moved LIMIT -1
    )
"""


def movement(connection: Connection, window: Window) -> dict[CoverageLine, int]:
    """Return the people of each line of the movement."""
    parts = connection.execute(_LINES, window.facts)
    return dict(zip(_COUNTED, map(sum, zip(*parts, strict=True)), strict=True))


def refuse_difference(people: Counts, again: dict[CoverageLine, int] | None = None) -> None:
    """Raise E507 unless opening + in - out = closing, parts make up their line, and a second count agrees."""
    pairs = [
        (people.opening + people.joined - people.died - people.lapsed, people.closing),
        (people.closing, people.protected),
        (sum(map(people.of, JOINED_PARTS)), people.joined),
        (sum(map(people.of, LAPSED_PARTS)), people.lapsed),
        *((people.of(line), many) for line, many in (again or {}).items()),
    ]
    for left, right in pairs:
        if left != right:
            raise JcliError("E507", left=left, right=right)
