"""The movement counted a second time: from the paid months alone, by no line of the first count.

SQL names the records that are paid for, throughout or in part; most are paid for throughout, and need no more
than to be counted once each. Only of whoever came or went it is asked how.
"""

import json
from collections import Counter
from collections.abc import Mapping
from sys import intern
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.coverage import JOINED_PARTS, LAPSED_PARTS, MOVEMENT, CoverageLine
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.coverage.count import Counts
from jamsostek_cli.reports.coverage.window import Window

_MONTH: Final = len("2025-01")
_NEVER: Final = "9999-99"
_PROTECTS: Final = "programmes >= 'jkk,jkm' AND programmes < 'jkk,jkn'"
_WHOLE: Final = "first_month <= :opening_month AND last_month >= :month"
_IN_PART: Final = "first_month > :opening_month OR last_month < :month"
_PAID: Final = f"""
    SELECT json_group_array(worker_id) FILTER (WHERE {_WHOLE}),
      json_group_array(worker_id) FILTER (WHERE {_IN_PART}),
      json_group_array(first_month) FILTER (WHERE {_IN_PART}),
      json_group_array(last_month >= :month) FILTER (WHERE {_IN_PART})
    FROM paid_span CROSS JOIN enrolment ON enrolment.id = enrolment_id
    WHERE enrolment_id > :after AND enrolment_id <= :upto
      AND first_month <= :month AND last_month >= :opening_month AND {_PROTECTS}
"""
"""The records paid for from the opening to the end, and those paid for in a part of the months between.

They are grouped in Python: to sort them, SQLite takes as long as to read them. They come in parts.
"""
_UPTO: Final = """
    SELECT coalesce(
      (SELECT enrolment_id FROM paid_span WHERE enrolment_id > :after ORDER BY 1 LIMIT 1 OFFSET :most),
      (SELECT max(enrolment_id) FROM paid_span WHERE enrolment_id > :after)
    )
"""
_FIRST: Final = -(1 << 63)
_PART: Final = 30_000
"""So many spans are read at once."""
_DIED: Final = "SELECT id, died_on FROM worker WHERE died_on <= :as_of"
_MERGED: Final = "SELECT id, merged_into FROM worker WHERE merged_into IS NOT NULL"
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
    SELECT json_group_array(CASE WHEN {_LISTED.format("strftime('%Y-%m', since || '-01', '-1 month')")}
      THEN '{CoverageLine.FROM_OTHER}'
    WHEN EXISTS (
      SELECT 1 FROM enrolment WHERE worker_id {{ids}}
        AND enrolment.status IN ('active', 'ended') AND end_reason = 'moved' AND end_month < since
    ) THEN '{CoverageLine.MOVED_BACK}'
    WHEN EXISTS (
      SELECT 1 FROM enrolment CROSS JOIN paid_span ON paid_span.enrolment_id = enrolment.id
      WHERE worker_id {{ids}} AND {_PROTECTS} AND first_month < :opening_month
    ) THEN '{CoverageLine.RETURNED}' ELSE '{CoverageLine.NEW}' END)
    FROM (
      SELECT worker.id, nik, value AS since
      FROM json_each(:people) CROSS JOIN worker ON worker.id = CAST(key AS INTEGER)
    ) AS worker
"""
_LAST: Final = """
    (SELECT max(CASE WHEN end_month >= :month THEN 'still' ELSE end_month || '/' || coalesce(end_reason, '')
       || CASE enrolment.status WHEN 'ended' THEN '.' ELSE '' END END)
     FROM enrolment WHERE worker_id {ids} AND enrolment.status IN ('active', 'ended')
       AND start_month <= :month AND end_month >= :before)
"""
_EXIT: Final = f"""
    SELECT json_group_array(CASE WHEN moved AND last IS NOT 'still' THEN '{CoverageLine.MOVED_AWAY}'
    WHEN listed THEN '{CoverageLine.TO_OTHER}'
    WHEN last IS NULL OR last = 'still' THEN '{CoverageLine.UNPAID}'
    WHEN last GLOB '*/moved.' THEN '{CoverageLine.MOVED_AWAY}'
    WHEN last GLOB '*/elsewhere.' OR last GLOB '*/employed.' THEN '{CoverageLine.TO_OTHER}'
    WHEN last GLOB '*.' THEN '{CoverageLine.ENDED}'
    WHEN old THEN '{CoverageLine.AGED_OUT}' ELSE '{CoverageLine.UNPAID}' END)
    FROM (
      SELECT {_LISTED.format(":month")} AS listed, {_LAST} AS last, worker.status = 'moved' AS moved,
        birth_date <= :elder_last AS old
      FROM json_each(:people) CROSS JOIN worker ON worker.id = value LIMIT -1
    )
"""
"""How people came, by the first month that is paid for, and how they went."""


def movement(connection: Connection, window: Window) -> Mapping[CoverageLine, int]:
    """Return the people of each line of the movement."""
    facts = window.facts
    opened, opening_month = facts["opening_day"], facts["opening_month"]
    own = dict(connection.execute(_MERGED).fetchall())
    throughout, since, to_the_end = _paid(connection, facts, own)
    died: dict[int, str] = dict(connection.execute(_DIED, facts).fetchall())
    throughout.difference_update([person for person, day in died.items() if day <= opened])
    opening, dead = len(throughout), len(throughout & died.keys())
    closing = opening - dead
    del throughout  # a million numbers, which would still be there when the ways are asked for
    entering: dict[int, str] = {}
    leaving: list[int] = []
    for person in sorted(since):  # as they stand in the file
        first, day = since[person], died.get(person)
        if day is not None and (day <= opened or (first > opening_month and day[:_MONTH] < first)):
            continue
        if first > opening_month:
            entering[person] = first
        else:
            opening += 1
        if day is not None:
            dead += 1
        elif person in to_the_end:
            closing += 1
        else:
            leaving.append(person)
    lines = Counter({
        CoverageLine.OPENING: opening,
        CoverageLine.JOINED: len(entering),
        CoverageLine.DIED: dead,
        CoverageLine.LAPSED: len(leaving),
        CoverageLine.CLOSING: closing,
    })  # fmt: skip
    del since, to_the_end
    several = set(own.values())
    for has_several, ids, niks in (
        (False, "= worker.id", "= worker.nik"),
        (True, _OWN.format("id"), _OWN.format("nik")),
    ):
        came = {person: first for person, first in entering.items() if (person in several) is has_several}
        went = [person for person in leaving if (person in several) is has_several]
        for how, people in ((_ENTRY, came), (_EXIT, went)):
            asked = {**facts, "people": json.dumps(people)}
            (parts,) = connection.execute(how.format(ids=ids, niks=niks), asked).fetchone()
            for part, many in Counter(json.loads(parts)).items():
                lines[CoverageLine(part)] += many
    return {line: lines[line] for line in MOVEMENT}


def _paid(
    connection: Connection, facts: Mapping[str, str], own: Mapping[int, int]
) -> tuple[set[int], dict[int, str], set[int]]:
    """Return who is paid for throughout; of others the first month that is, and who is paid for at the end.

    `own` says whose a merged record is.
    """
    throughout: set[int] = set()
    since: dict[int, str] = {}
    to_the_end: set[int] = set()
    part: dict[str, str | int] = {**facts, "after": _FIRST, "most": _PART}
    while (upto := connection.execute(_UPTO, part).fetchone()[0]) is not None:
        paid = connection.execute(_PAID, {**part, "upto": upto}).fetchone()
        whole, records, firsts, ends = map(json.loads, paid)
        throughout.update(whole)
        for record, first, end in zip(records, firsts, ends, strict=True):
            person = own.get(record, record)
            if first < since.get(person, _NEVER):
                since[person] = intern(first)
            if end:
                to_the_end.add(person)
        part["after"] = upto
    merged = throughout & own.keys()
    throughout.difference_update(merged)
    throughout.update(own[record] for record in merged)
    for person in throughout & since.keys():
        del since[person]
    return throughout, since, to_the_end


def refuse_difference(people: Counts, again: Mapping[CoverageLine, int] | None = None) -> None:
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
