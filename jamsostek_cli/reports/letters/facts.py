"""What a letter rests on: a claim, its person, its family and its papers, as values."""

import datetime
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.domain.claim import Cause, ClaimKind, ClaimState
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters.paper import DOTS
from jamsostek_cli.rules.claim.explanation import TooFewMonths
from jamsostek_cli.tables.wording import paper_name

_DECEASED: Final = {"L": "almarhum", "P": "almarhumah"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHeir:
    """An heir in a letter; `relation` is in words."""

    name: str
    relation: str
    nik: str | None
    birth_date: datetime.date | None
    guardian: str | None
    minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """A paper that came in: in words, with the day and who took it; `held_by` says who holds it now."""

    name: str
    recorded_on: datetime.date
    recorded_by: str
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPayment:
    """What was paid with one proof, in rupiah; `payer` is in words."""

    amount: int
    paid_on: datetime.date | None
    payee: str | None
    payer: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A claim as letters speak of it.

    `lines` are (what for, article, rupiah); empty where the law leaves the sum open: `outcomes` are then the
    lower and the higher one in rupiah and `question` what it hangs on. `asked` are the papers that are
    `missing` in words, with what does in their place. `lapses_on` is the last day to claim, None for a right
    that no time takes away. `stamp_above` are the rupiah above which a receipt needs a stamp duty of `stamp`
    rupiah. `most_children` may have a scholarship, None where none can; `too_few` says why the sum is the
    small one. `filed` tells that nobody has to claim any more: it is at BPJS, or verified. `funeral` are
    the rupiah of the funeral part, which is not certain for somebody `lost_at_sea`.
    """

    letterhead: Letterhead
    today: datetime.date
    number: str
    kind: ClaimKind
    kind_words: str
    cause: Cause
    cause_words: str
    state: ClaimState
    state_words: str
    event_date: datetime.date
    reported_on: datetime.date
    worker: str
    name: str
    sex: str | None
    nik: str
    kpj: str | None
    birth_place: str | None
    birth_date: datetime.date | None
    died_on: datetime.date | None
    address: str | None
    rt: str | None
    rw: str | None
    kelurahan: str | None
    occupation: str | None
    lines: tuple[tuple[str, str, int], ...]
    outcomes: tuple[int, int] | None
    question: str
    decides: tuple[str, ...]
    have: tuple[LetterPaper, ...]
    missing: tuple[str, ...]
    asked: tuple[str, ...]
    heirs: tuple[LetterHeir, ...]
    contact: str | None
    contact_phone: str | None
    payee: str | None
    account: str | None
    payments: tuple[LetterPayment, ...]
    owed: int | None
    history: tuple[tuple[str, str, str], ...]
    lapses_on: datetime.date | None
    most_children: int | None
    too_few: TooFewMonths | None
    filed: bool
    stamp_above: int
    stamp: int
    lost_at_sea: bool = False
    funeral: int = 0

    @property
    def total(self) -> int:
        """The rupiah of all lines."""
        return sum(amount for _, _, amount in self.lines)

    @property
    def is_death(self) -> bool:
        """Whether the person has died, of the event or since: it is the family that is written to."""
        return self.died_on is not None

    @property
    def deceased(self) -> str:
        """What is said before the name of a man, a woman, or somebody of whom that is not known, who died."""
        return _DECEASED.get(self.sex or "", "almarhum/almarhumah")

    @property
    def lives(self) -> str:
        """Where the person lives or lived, in a line; empty where nothing is known."""
        rt = self.rt and f"RT {self.rt}" + (f" RW {self.rw}" if self.rw else "")
        kelurahan = self.kelurahan and f"Kelurahan {self.kelurahan}"
        return ", ".join(filter(None, (self.address, rt, kelurahan)))

    @property
    def stamp_words(self) -> str:
        """What stands in the room for a stamp duty."""
        return f"Meterai {figures.rupiah(self.stamp)}"


def day(date: datetime.date | None) -> str:
    """Return a day as people write it, or room for one."""
    return DOTS if date is None else figures.day(date.isoformat())


def born(place: str | None, date: datetime.date | None) -> str:
    """Return where and when somebody was born; room to write where neither is known."""
    said = ", ".join(filter(None, (place, None if date is None else day(date))))
    return said or DOTS


def paper_words(name: str) -> str:
    """Return a paper of the checklist as a line begins with it."""
    return begun(paper_name(name))


def begun(words: str) -> str:
    """Return words with a capital letter in front, the others as they are.

    >>> begun("KTP ahli waris"), begun("suami/istri")
    ('KTP ahli waris', 'Suami/istri')
    """
    return words[0].upper() + words[1:]
