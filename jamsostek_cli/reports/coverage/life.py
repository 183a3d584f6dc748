"""What is known of one person between two days, and in which lines of coverage that puts them.

SQL says of each person only what is needed, as it stands in the file: periods as one text, cut to the window.
Equal answers are counted, and each is understood once: a million people with 36 months give some thousand.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from jamsostek_cli.domain.coverage import CoverageLine
from jamsostek_cli.domain.enrolment import EndReason
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.reports.coverage.window import Window

_ENDED: Final[Mapping[str, CoverageLine]] = {
    EndReason.MOVED: CoverageLine.MOVED_AWAY,
    EndReason.ELSEWHERE: CoverageLine.TO_OTHER,
    EndReason.EMPLOYED: CoverageLine.TO_OTHER,
}
"""In which line the office's own reason for an end puts somebody, where it is not only ended."""
_MONTH: Final = len("2025-01")
_SPAN: Final = 2 * _MONTH
_LONG_AGO: Final = "<"

_PAID: Final = """
    CASE WHEN first_month <= :month AND programmes >= 'jkk,jkm' AND programmes < 'jkk,jkn'
      THEN CASE WHEN first_month < :before THEN :before ELSE first_month END
        || CASE WHEN last_month > :month THEN :month WHEN last_month < :before THEN :before
          ELSE last_month END
        {payer} ELSE '' END
"""
_ENROLLED: Final = """
    CASE WHEN status NOT IN ('active', 'ended') OR start_month > :month THEN ''
      WHEN end_month < :before THEN CASE end_reason WHEN 'moved' THEN '</moved' ELSE '<' END
      ELSE CASE WHEN start_month < :before THEN :before ELSE start_month END
        || CASE WHEN end_month > :month THEN :month ELSE end_month END {payer}
        || CASE status WHEN 'ended' THEN '/' || coalesce(end_reason, '') ELSE '' END END
"""
"""Periods cut to the window: two months, then who paid; cases are quicker than min and max.

Of an enrolment that was over before the month before the opening it is only kept that there was one, and
whether it ended because they moved away.
"""
_KNOWN: Final = """
    CASE WHEN worker.batch_id IN (SELECT id FROM batch WHERE imported_on <= :opening_day) THEN '' ELSE (
      SELECT CASE WHEN {0} <= :opening_day THEN '' WHEN {0} <= :as_of THEN {0} END FROM {1}
    ) END
"""
_FACTS: Final = """
    {known},
    worker.status = 'moved',
    CASE WHEN died_on <= :opening_day THEN '' WHEN died_on <= :as_of THEN died_on END,
    CASE WHEN birth_date <= :elder_first THEN '' WHEN birth_date <= :elder_last THEN birth_date END,
    (SELECT group_concat({paid} || '|' || {enrolled}, ';')
     FROM enrolment LEFT JOIN paid_span ON paid_span.enrolment_id = enrolment.id
     WHERE enrolment.worker_id {records}),
    {listed}
"""
_LISTED: Final = """
    (SELECT group_concat(max(first_month, :opening_month) || min(last_month, :month), ';') FROM elsewhere
     WHERE elsewhere.nik {niks} AND first_month <= :month AND last_month >= :opening_month)
"""
_IN_WINDOW: Final = """
    (SELECT worker.id FROM elsewhere CROSS JOIN worker ON worker.nik = elsewhere.nik
     WHERE first_month <= :month AND last_month >= :opening_month)
"""
_MERGED: Final = "(SELECT merged_into FROM worker WHERE merged_into IS NOT NULL)"


def query(facts: str, *, payers: bool, lists: bool) -> str:
    """Return the query of everybody: the columns of `facts`, then what `understood` reads.

    Records merged into a person's count for the person. `payers` says who paid, `lists` looks into the lists
    of other payers.
    """
    payer = "|| enrolment.payer" if payers else ""
    periods = {"paid": _PAID.format(payer=payer), "enrolled": _ENROLLED.format(payer=payer)}
    alone = _FACTS.format(
        known=_KNOWN.format("imported_on", "batch WHERE id = worker.batch_id"),
        records="= worker.id",
        listed=f"CASE WHEN worker.id IN {_IN_WINDOW} THEN {_LISTED.format(niks='= worker.nik')} END"
        if lists
        else "NULL",
        **periods,
    )
    own = "(SELECT {} FROM person_record WHERE person_id = worker.id)"
    several = _FACTS.format(
        known=_KNOWN.format(
            "min(imported_on)",
            "worker AS record CROSS JOIN batch ON batch.id = record.batch_id"
            f" WHERE record.id IN {own.format('record_id')}",
        ),
        records=f"IN {own.format('record_id')}",
        listed=_LISTED.format(niks=f"IN {own.format('nik')}") if lists else "NULL",
        **periods,
    )
    return f"""
        SELECT {facts}, {alone} FROM worker WHERE status <> 'merged' AND id NOT IN {_MERGED}
        UNION ALL
        SELECT {facts}, {several} FROM worker WHERE status <> 'merged' AND id IN {_MERGED}
    """


class Spell(NamedTuple):
    """An enrolment that BPJS has or had: first and last month, payer, and why it was ended.

    `reason` is None where it runs, or ran, its time, and empty where nobody gave one. The months are empty
    where it was over long before the window.
    """

    first: str
    last: str
    payer: str
    reason: str | None


class Life(NamedTuple):
    """What is known of a person: when the register knew them, whether they moved away, when they died.

    `known` and `died` are days, empty for one before the window, None for none by its end; `elder` likewise
    the birth date of who is at the age limit by then. `paid` holds the months each payer paid, as bits of
    the window; nobody's month is two payers'. `listed` are the months on lists of other payers.
    """

    known: str | None
    moved: bool
    died: str | None
    elder: str | None
    spells: tuple[Spell, ...]
    paid: Mapping[str, int]
    listed: int

    @property
    def ever_paid(self) -> int:
        """The months that anybody paid."""
        return sum(self.paid.values())

    def payer(self, window: Window, at: int) -> Payer | None:
        """Return who paid the month of a day, else who enrolled them in it."""
        for payer, months in self.paid.items():
            if months >> at + 1 & 1:
                return Payer(payer)
        month = window.months[at]
        return min((Payer(spell.payer) for spell in self.spells if _within(spell, month)), default=None)

    def last_payer(self, window: Window, at: int) -> Payer | None:
        """Return who paid the last month of the window up to a day, else as `payer`."""
        until = (1 << at + 2) - 2
        months, payer = max(((own & until, payer) for payer, own in self.paid.items()), default=(0, ""))
        return Payer(payer) if months else self.payer(window, at)


def understood(window: Window, raw: tuple[str | int | None, ...]) -> Life:
    """Return what the columns of `query` say."""
    known, moved, died, elder, periods, listed = map(_text, raw)
    paid: dict[str, int] = {}
    spells = set()
    for period in filter(None, (periods or "").split(";")):
        span, _, enrolled = period.partition("|")
        if span:
            payer = span[_SPAN:]
            paid[payer] = paid.get(payer, 0) | window.mask(span[:_MONTH], span[_MONTH:_SPAN])
        if enrolled:
            span, ended, reason = enrolled.partition("/")
            first, last, payer = span[:_MONTH], span[_MONTH:_SPAN], span[_SPAN:]
            spells.add(Spell("" if span == _LONG_AGO else first, last, payer, reason if ended else None))
    lists = 0
    for span in filter(None, (listed or "").split(";")):
        lists |= window.mask(span[:_MONTH], span[_MONTH:])
    return Life(known, moved == "1", died, elder, tuple(spells), _shared_out(paid), lists)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _shared_out(paid: Mapping[str, int]) -> dict[str, int]:
    """Give a month that several paid to the first of them by name."""
    taken, own = 0, {}
    for payer in sorted(paid):
        own[payer] = paid[payer] & ~taken
        taken |= paid[payer]
    return own


def _within(spell: Spell, month: str) -> bool:
    return spell.first <= month <= spell.last


def standing(life: Life, window: Window, at: int) -> Iterator[CoverageLine]:
    """Yield the lines that somebody is in on a day.

    Who came into the register later, but was enrolled or paid for by then, was in it; who moved away counts
    in the months they were enrolled or paid for.
    """
    month, day = window.months[at], window.iso[at]
    ever = any(spell.first <= month for spell in life.spells)
    enrolled = any(_within(spell, month) for spell in life.spells)
    paid = life.ever_paid >> at + 1
    living = (life.died is None or life.died > day) and (not life.moved or enrolled or bool(paid & 1))
    known = life.known is not None and life.known <= day
    if ever:
        yield CoverageLine.EVER
    if living and (known or ever or life.ever_paid & (1 << at + 2) - 2):
        yield CoverageLine.REGISTERED
    if living and enrolled:
        yield CoverageLine.ENROLLED
    if living and paid & 1:
        yield CoverageLine.PROTECTED


def listed(life: Life, window: Window) -> tuple[bool, bool]:
    """Tell whether another payer's list names somebody in the last month, and whether we pay it, too."""
    last = window.last
    here = life.died is None and bool(life.listed >> last + 1 & 1)
    paid = bool(life.ever_paid >> last + 1 & 1)
    return here and (not life.moved or paid), here and paid


def moving(life: Life, window: Window, since: int, at: int, own: int) -> Iterator[CoverageLine]:
    """Yield the lines of the movement between two days, of those whose protected months are `own`.

    `own` are the months anybody paid, or a payer's: then all others are other payers. Who joined and left in
    between is in both lines.
    """
    if life.died is not None and life.died <= window.iso[since]:
        return
    alive = life.died is None or life.died > window.iso[at]
    opening, closing = bool(own >> since + 1 & 1), bool(own >> at + 1 & 1)
    later = own & (1 << at + 2) - (1 << since + 2)
    first = (later & -later).bit_length() - 2
    between = not opening and first > since and (alive or str(life.died)[:_MONTH] >= window.months[first])
    if opening:
        yield CoverageLine.OPENING
    if between:
        yield CoverageLine.JOINED
        yield _joining(life, window, since, first, own)
    if (opening or between) and not alive:
        yield CoverageLine.DIED
    if (opening or between) and alive and not closing:
        yield CoverageLine.LAPSED
        yield _leaving(life, window, since, at, own)
    if alive and closing:
        yield CoverageLine.CLOSING


def _joining(life: Life, window: Window, since: int, first: int, own: int) -> CoverageLine:
    """Return how somebody came in whose first protected month after the opening is that of day `first`.

    The first that holds: somebody else covered the month before; they had moved away, and are back; they
    were protected before; they are new.
    """
    if _by_others(life, first - 1, own):
        return CoverageLine.FROM_OTHER
    month = window.months[first]
    if any(spell.reason == EndReason.MOVED and spell.last < month for spell in life.spells):
        return CoverageLine.MOVED_BACK
    return CoverageLine.RETURNED if life.ever_paid & (1 << since + 1) - 1 else CoverageLine.NEW


def _leaving(life: Life, window: Window, since: int, at: int, own: int) -> CoverageLine:
    """Return how a living person left, the first that holds, in the order of `rules.leaving`.

    Whoever is enrolled is only not paid for, unless others cover them. Of the others the register or the end
    of the last enrolment says that they moved away, that others cover them, or that it was ended; it ran out,
    and at the age limit nobody may renew it; else nobody did. One that was over before the month before the
    opening explains nothing.
    """
    month = window.months[at]
    enrolled = any(_within(spell, month) for spell in life.spells)
    over = [spell for spell in life.spells if window.months_before[since] <= spell.last < month]
    last = max(over, key=_lateness, default=None)
    if life.moved and not enrolled:
        return CoverageLine.MOVED_AWAY
    if _by_others(life, at, own):
        return CoverageLine.TO_OTHER
    if enrolled or last is None:
        return CoverageLine.UNPAID
    if last.reason is not None:
        return _ENDED.get(last.reason, CoverageLine.ENDED)
    elder = life.elder is not None and life.elder <= window.elder_since(at)
    return CoverageLine.AGED_OUT if elder else CoverageLine.UNPAID


def _lateness(spell: Spell) -> tuple[str, str, bool]:
    """Return by what the last of several is found; of those that end together one with a reason is it."""
    return spell.last, spell.reason or "", spell.reason is not None


def _by_others(life: Life, at: int, own: int) -> bool:
    """Tell whether another payer's list, or another payer than that of `own`, has the month of a day."""
    return bool((life.listed | life.ever_paid & ~own) >> at + 1 & 1)
