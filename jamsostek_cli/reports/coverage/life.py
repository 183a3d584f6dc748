"""What is known of one person between two days, and in which lines of coverage that puts them."""

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
