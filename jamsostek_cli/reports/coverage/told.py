"""What the file tells of one person between two days: one text, which is understood as a life.

SQL says of each person only what is needed: periods as they stand in the file, cut to the window. Equal texts
are counted, and each is understood once: a million people with 36 months give some thousand. Most texts are
a few signs long, because nothing special is known of most people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.reports.coverage.life import Life, Spell
from jamsostek_cli.reports.coverage.window import Window

_MONTH: Final = len("2025-01")
_SPAN: Final = 2 * _MONTH
_LONG_AGO: Final = "<"
_THROUGHOUT: Final = "*"
_NEVER: Final = "-"
SEAM: Final = "\n"
"""What stands before a life, and between the parts of what is told before it."""

_PAID: Final = """
    CASE WHEN first_month <= :month AND programmes >= 'jkk,jkm' AND programmes < 'jkk,jkn'
      THEN CASE WHEN first_month < :before THEN :before ELSE first_month END
        || CASE WHEN last_month > :month THEN :month WHEN last_month < :before THEN :before
          ELSE last_month END
        {payer} ELSE '' END
"""
_ENROLLED: Final = """
    CASE WHEN enrolment.status NOT IN ('active', 'ended') OR start_month > :month THEN ''
      WHEN end_month < :before THEN CASE end_reason WHEN 'moved' THEN '</moved' ELSE '<' END
      ELSE CASE WHEN start_month < :before THEN :before ELSE start_month END
        || CASE WHEN end_month > :month THEN :month ELSE end_month END {payer}
        || CASE enrolment.status WHEN 'ended' THEN '/' || coalesce(end_reason, '') ELSE '' END END
"""
"""Periods cut to the window: two months, then who paid; cases are quicker than min and max.

Of an enrolment that was over before the month before the opening it is only kept that there was one, and
whether it ended because they moved away.
"""
_PERIOD: Final = f"""
    CASE WHEN last_month >= :month AND first_month <= :before AND end_month >= :month
        AND start_month <= :before AND enrolment.status = 'active' AND programmes = 'jkk,jkm'
      THEN '{_THROUGHOUT}' {{payer}}
    WHEN last_month < :before AND end_month < :before AND enrolment.status = 'active'
        AND programmes = 'jkk,jkm'
      THEN '{_LONG_AGO}' {{payer}}
    ELSE {_PAID} || '|' || {_ENROLLED} END
"""
"""A period of an enrolment; most are paid and run throughout the window, or were over long before it."""
_KNOWN_BEFORE: Final = "(SELECT id FROM batch WHERE imported_on <= :opening_day)"
_PERSON: Final = f"""
    CASE WHEN worker.status = 'active' AND worker.batch_id IN {_KNOWN_BEFORE} AND birth_date > :elder_last
      THEN '{SEAM}#'
    ELSE '{SEAM}' || CASE WHEN worker.batch_id IN {_KNOWN_BEFORE} THEN '' ELSE coalesce((
        SELECT CASE WHEN {{since}} <= :opening_day THEN '' WHEN {{since}} <= :as_of THEN {{since}} END
        FROM {{of}}
      ), '{_NEVER}') END
      || ',' || (worker.status = 'moved')
      || ',' || CASE WHEN died_on <= :opening_day THEN '' WHEN died_on <= :as_of THEN died_on
        ELSE '{_NEVER}' END
      || ',' || CASE WHEN birth_date <= :elder_first THEN '' WHEN birth_date <= :elder_last THEN birth_date
        ELSE '{_NEVER}' END
      || '#' END
"""
"""Since when somebody is known, whether they moved away, when they died, since when they are old: if so."""
_LISTED: Final = """
    coalesce('#' || (SELECT group_concat(max(first_month, :opening_month) || min(last_month, :month), ';')
     FROM elsewhere
     WHERE elsewhere.nik {niks} AND first_month <= :month AND last_month >= :opening_month), '')
"""
_IN_WINDOW: Final = """
    (SELECT worker.id FROM elsewhere CROSS JOIN worker ON worker.nik = elsewhere.nik
     WHERE first_month <= :month AND last_month >= :opening_month)
"""
_IF_LISTED: Final = f"""
    CASE WHEN worker.id IN {_IN_WINDOW} THEN {_LISTED.format(niks="= worker.nik")} ELSE '' END
"""
_MERGED: Final = "(SELECT merged_into FROM worker WHERE merged_into IS NOT NULL)"
_HAS_ONE: Final = f"worker.status <> 'merged' AND worker.id NOT IN {_MERGED}"
_ALONE: Final = _PERSON.format(since="imported_on", of="batch WHERE id = worker.batch_id")
PART: Final = """
    SELECT coalesce(
      (SELECT id FROM worker WHERE id > :after ORDER BY id LIMIT 1 OFFSET :most),
      (SELECT max(id) FROM worker WHERE id > :after)
    )
"""
"""The last record of a part of so many, those after a number."""
LISTED: Final = """
    SELECT worker.id, '#' || max(first_month, :opening_month) || min(last_month, :month)
    FROM elsewhere CROSS JOIN worker ON worker.nik = elsewhere.nik
    WHERE first_month <= :month AND last_month >= :opening_month ORDER BY worker.id
"""
"""The months of each record on lists of other payers, in the order of records."""
_OWN: Final = "(SELECT {} FROM person_record WHERE person_id = worker.id)"


class ToldSoFar(dict[str, "ToldSoFar"]):
    """What is told of somebody so far; the next period, or months on a list, lead to what is told then.

    Many take the same steps, so that no text is put together for each of them.
    """

    __slots__ = ("told",)

    def __init__(self, told: str = "") -> None:
        """Remember the text so far."""
        self.told = told

    def __missing__(self, step: str) -> "ToldSoFar":
        """Take a step for the first time."""
        after = self[step] = ToldSoFar(f"{self.told};{step}")
        return after


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the queries say of everybody: some columns, then `told`: a text before the life, and the life.

    `columns` and `before` are expressions on a worker; `before` has a seam between its parts, and none in
    them. `payers` says who paid; `lists` looks into the lists of other payers.
    """

    columns: str
    before: str
    payers: bool
    lists: bool

    def everybody(self) -> str:
        """Return the query of all people. Records merged into a person's count for the person."""
        return f"{self.alone()} UNION ALL {self.several()}"

    def alone(self) -> str:
        """Return the query of whoever has one record."""
        periods = f"group_concat({self._period}, ';')"
        return f"""
            SELECT {self.columns}, {self._told(_ALONE, periods, _IF_LISTED)}
            FROM worker LEFT JOIN enrolment ON enrolment.worker_id = worker.id
            LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
            WHERE {_HAS_ONE} GROUP BY worker.id
        """

    def people(self) -> str:
        """Return the query of whoever has one record, a part of them: numbers, and texts without periods."""
        return f"""
            SELECT json_group_array(worker.id), json_group_array({self._before(_ALONE)})
            FROM worker WHERE worker.id > :after AND worker.id <= :upto AND {_HAS_ONE}
        """

    def periods(self) -> str:
        """Return the query of the periods under the records of a part: numbers of records, and texts."""
        return f"""
            SELECT json_group_array(worker_id), json_group_array({self._period})
            FROM enrolment INDEXED BY enrolment_by_worker
            LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
            WHERE worker_id > :after AND worker_id <= :upto
        """

    def several(self) -> str:
        """Return the query of whoever has several records."""
        person = _PERSON.format(
            since="min(imported_on)",
            of="worker AS record CROSS JOIN batch ON batch.id = record.batch_id"
            f" WHERE record.id IN {_OWN.format('record_id')}",
        )
        periods = f"""
            (SELECT group_concat({self._period}, ';')
             FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
             WHERE enrolment.worker_id IN {_OWN.format("record_id")})
        """
        told = self._told(person, periods, _LISTED.format(niks=f"IN {_OWN.format('nik')}"))
        return f"SELECT {self.columns}, {told} FROM worker WHERE status <> 'merged' AND id IN {_MERGED}"

    def _told(self, person: str, periods: str, listed: str) -> str:
        parts = [self._before(person), f"coalesce({periods}, '')", listed if self.lists else ""]
        return f"{' || '.join(filter(None, parts))} AS told"

    def _before(self, person: str) -> str:
        return " || ".join(filter(None, (self.before, person)))

    @property
    def _period(self) -> str:
        return _PERIOD.format(payer="|| enrolment.payer" if self.payers else "")


def understood(window: Window, told: str) -> Life:
    """Return what the text of a life says."""
    person, periods, *lists = told.split("#")
    known, moved, died, elder = person.split(",") if person else ("", "0", _NEVER, _NEVER)
    paid: dict[str, int] = {}
    spells = set()
    for period in filter(None, periods.split(";")):
        span, enrolled = _period(window, period)
        if span:
            payer = span[_SPAN:]
            paid[payer] = paid.get(payer, 0) | window.mask(span[:_MONTH], span[_MONTH:_SPAN])
        if enrolled:
            span, ended, reason = enrolled.partition("/")
            first, last, payer = span[:_MONTH], span[_MONTH:_SPAN], span[_SPAN:]
            spells.add(Spell("" if span == _LONG_AGO else first, last, payer, reason if ended else None))
    listed = 0
    for span in filter(None, ";".join(lists).split(";")):
        listed |= window.mask(span[:_MONTH], span[_MONTH:])
    return Life(_day(known), moved == "1", _day(died), _day(elder), tuple(spells), _shared_out(paid), listed)


def _period(window: Window, told: str) -> tuple[str, str]:
    """Return when a period was paid, and when it was enrolled, as `_PAID` and `_ENROLLED` say it."""
    kind, payer = told[0], told[1:]
    before = window.months_before[0]
    if kind == _THROUGHOUT:
        return (f"{before}{window.months[-1]}{payer}",) * 2
    if kind == _LONG_AGO:
        return f"{before}{before}{payer}", _LONG_AGO
    span, _, enrolled = told.partition("|")
    return span, enrolled


def _day(told: str) -> str | None:
    return None if told == _NEVER else told


def _shared_out(paid: Mapping[str, int]) -> dict[str, int]:
    """Give a month that several paid to the first of them by name."""
    taken, own = 0, {}
    for payer in sorted(paid):
        own[payer] = paid[payer] & ~taken
        taken |= paid[payer]
    return own
