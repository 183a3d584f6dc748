"""The movement counted a second time: from the paid months, in SQL, by no line of the first count."""

from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.coverage import JOINED_PARTS, LAPSED_PARTS, MOVEMENT, CoverageLine
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.coverage.count import Counts
from jamsostek_cli.reports.coverage.window import Window

_PROTECTS: Final = "programmes >= 'jkk,jkm' AND programmes < 'jkk,jkn'"
_MERGED: Final = """
    (SELECT id FROM worker WHERE merged_into IS NOT NULL
     UNION ALL SELECT merged_into FROM worker WHERE merged_into IS NOT NULL)
"""
_THROUGHOUT: Final = f"""
    first_month <= :opening_month AND start_month <= :opening_month AND last_month >= :month
    AND end_month >= :month AND worker_id NOT IN {_MERGED}
"""
_STEADY: Final = f"""
    SELECT 1, living, NOT living, NULL, NULL, count(DISTINCT id) FROM (
      SELECT worker.id, died_on IS NULL OR died_on > :as_of AS living
      FROM paid_span CROSS JOIN enrolment ON enrolment.id = enrolment_id
      CROSS JOIN worker ON worker.id = worker_id
      WHERE {_THROUGHOUT} AND {_PROTECTS} AND (died_on IS NULL OR died_on > :opening_day)
    ) GROUP BY living
"""
"""Most people are enrolled and paid for throughout; another enrolment never overlaps with theirs."""
_PAID: Final = f"""
    SELECT
      CASE WHEN worker_id IN (SELECT id FROM worker WHERE merged_into IS NOT NULL)
        THEN (SELECT merged_into FROM worker WHERE id = worker_id) ELSE worker_id END AS person,
      max(first_month <= :opening_month) AS opening, max(last_month >= :month) AS closing,
      min(CASE WHEN first_month > :opening_month THEN first_month END) AS since,
      max(last_month > end_month OR first_month < start_month) AS beyond
    FROM paid_span CROSS JOIN enrolment ON enrolment.id = enrolment_id
    WHERE first_month <= :month AND last_month >= :opening_month AND {_PROTECTS}
      AND NOT ({_THROUGHOUT})
    GROUP BY 1
"""
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
        FROM paid CROSS JOIN worker ON id = person
        WHERE person {{whose}} {_MERGED} AND NOT (beyond AND EXISTS (
          SELECT 1 FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          WHERE worker_id = person AND {_THROUGHOUT} AND {_PROTECTS}
        )) AND status <> 'merged' AND (died_on IS NULL OR died_on > :opening_day) AND (
          opening OR died_on IS NULL OR died_on > :as_of OR substr(died_on, 1, 7) >= since
        )
      ) AS worker
"""
"""Who came or went, each with what decides on the line: `whose` are the merged, or all others."""
_LINES: Final = f"""
    WITH paid AS ({_PAID}), moved AS (
      {_MOVED.format(whose="NOT IN", ids="= worker.id", niks="= worker.nik")}
      UNION ALL {_MOVED.format(whose="IN", ids=_OWN.format("id"), niks=_OWN.format("nik"))}
      LIMIT -1
    )
    SELECT opening, closing, dead, entry, CASE WHEN out THEN {_EXIT} END AS leaving, count(*)
    FROM moved GROUP BY 1, 2, 3, 4, 5
    UNION ALL {_STEADY}
"""


def movement(connection: Connection, window: Window) -> dict[CoverageLine, int]:
    """Return the people of each line of the movement."""
    found = dict.fromkeys(MOVEMENT, 0)
    for opening, closing, dead, entry, leaving, many in connection.execute(_LINES, window.facts):
        found[CoverageLine.OPENING] += many * opening
        found[CoverageLine.CLOSING] += many * closing
        found[CoverageLine.DIED] += many * dead
        for line, part in ((CoverageLine.JOINED, entry), (CoverageLine.LAPSED, leaving)):
            if part is not None:
                found[line] += many
                found[CoverageLine(part)] += many
    return found


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
