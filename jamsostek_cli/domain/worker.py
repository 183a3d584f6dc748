"""The worker, and the roster row a worker comes from."""

import datetime
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from jamsostek_cli.domain.finding import Finding
from jamsostek_cli.domain.nik import hidden, masked_beside_birth

FIELDS: Final = (
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_name",
    "family_card",
    "phone",
    "address",
    "rt",
    "rw",
    "kelurahan_code",
    "occupation",
)
"""What the register knows of a worker beside the NIK, in the order in which it is stored."""


class Facts(NamedTuple):
    """What a roster says about a person: `FIELDS`, clean, dates ISO, None where nothing is said."""

    name: str
    birth_place: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    mother_name: str | None = None
    family_card: str | None = None
    phone: str | None = None
    address: str | None = None
    rt: str | None = None
    rw: str | None = None
    kelurahan_code: str | None = None
    occupation: str | None = None


class WorkerStatus(StrEnum):
    """Where a worker stands in the register."""

    ACTIVE = "active"
    DECEASED = "deceased"
    MOVED = "moved"
    MERGED = "merged"


class RowOutcome(StrEnum):
    """What became of a row of a roster."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REVIEW = "review"
    REJECTED = "rejected"
    UNDONE = "undone"


class RowUse(StrEnum):
    """What uses the worker of a row by now, so that the row cannot be undone."""

    CLAIM = "claim"
    ENROLMENT = "enrolment"
    DEATH = "death"
    MERGE = "merge"
    CORRECTION = "correction"
    CHILD = "child"
    BATCH = "batch"


class Place(NamedTuple):
    """Where a row stands in its roster: `sheet` counts from 0, `row` from 1 as Excel shows it."""

    sheet: int
    row: int

    def seen_from(self, other: "Place") -> str:
        """Return the row's number, with that of its sheet (from 1) where the other stands on another.

        >>> Place(1, 7).seen_from(Place(1, 9)), Place(1, 7).seen_from(Place(0, 7))
        ('7', '2/7')
        """
        return str(self.row) if self.sheet == other.sheet else f"{self.sheet + 1}/{self.row}"


class Sharing(NamedTuple):
    """Somebody of the register, and the value that brings the people of a block together."""

    id: int
    nik: str
    name: str
    shared: str


class RawCells(Mapping[str, object]):
    """The cells of a row as they came, by heading."""

    @abstractmethod
    def of(self, fields: Iterable[str | None]) -> Mapping[str, object]:
        """Return those of some fields."""


@dataclass(slots=True)
class RosterRow:
    """A person's row as read and checked; `sheet` counts from 0, `row` from 1 as Excel shows it.

    `nik` is 16 digits, or None when the row is to be rejected; `raw` holds the cells as they came: all are
    kept of a row that does not get in, of others those that a finding speaks of.
    """

    sheet: int
    row: int
    nik: str | None
    facts: Facts
    agency: str | None = None
    findings: list[Finding] = field(default_factory=list)
    raw: RawCells | None = None

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(self.sheet, self.row)


class KnownWorker(NamedTuple):
    """A worker of the register as matching needs it; `wrong` are facts that an officer has put right."""

    id: int
    nik: str
    status: str
    facts: Facts
    merged_into: int | None = None
    wrong: frozenset[tuple[str, str | None]] = frozenset()


class MatchedRow(NamedTuple):
    """A row with its outcome.

    `worker_id` is the worker it speaks of, for an outcome of `new` the one it brings; `same_as` the place of
    the row of the same roster that it repeats; `changes` holds (field, old, new) for `changed`.
    """

    row: RosterRow
    outcome: RowOutcome
    worker_id: int | None = None
    same_as: Place | None = None
    changes: tuple[tuple[str, str | None, str | None], ...] = ()


def concealed(field: str | None, value: str | None) -> str | None:
    """Return a fact as it may stand on a screen, where a birth date may stand beside it.

    A family card shows its first four digits (many a roster has the NIK in that column), a phone its last
    four; a NIK within any other fact is masked.

    >>> concealed("family_card", "6474011708850017"), concealed("phone", "+6281234567890")
    ('6474••••••••••••', '•••7890')
    """
    if not value:
        return value
    if field == "family_card":
        return masked_beside_birth(value)
    return f"•••{value[-4:]}" if field == "phone" else hidden(value)


def number_of(worker_id: int) -> str:
    """Return the number by which the office calls a worker.

    >>> number_of(123)
    'P-000123'
    """
    return f"P-{worker_id:06d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker as the register knows them, with the batch, sheet and row they came from."""

    id: int
    nik: str
    facts: Facts
    kelurahan: str | None
    agency: str | None
    status: WorkerStatus
    died_on: datetime.date | None
    death_cause: str | None
    batch: str
    sheet: str
    row: int
    merged_into: int | None = None

    @property
    def number(self) -> str:
        """The number by which the office calls the worker."""
        return number_of(self.id)
