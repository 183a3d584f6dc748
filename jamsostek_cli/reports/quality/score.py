"""How good a roster is, as one number from 0 to 100: what counts against it, and how much."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import Final, NamedTuple

WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {"rejected": 100, "review": 50, "mismatch": 40, "duplicate": 30, "blank": 20}
)
"""The points a roster loses when all of it is so; half of it costs half. A rejected row helps nobody, one in
review perhaps later; a mismatch costs a look at the card, a repeat the reader's time, a blank a question."""

BEST: Final = 100
FACTS: Final = 3
"""What a worker should bring beside name and NIK: phone, mother's name, kelurahan."""


class Tally(NamedTuple):
    """Rows by what became of them, and what is missing of the workers they brought."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicate: int = 0
    review: int = 0
    rejected: int = 0
    rejected_open: int = 0
    mismatch: int = 0
    workers: int = 0
    blank_phone: int = 0
    blank_mother: int = 0
    blank_kelurahan: int = 0

    @property
    def blank(self) -> int:
        """The facts that are missing."""
        return self.blank_phone + self.blank_mother + self.blank_kelurahan


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    return Tally(*map(sum, zip(Tally(), *tallies, strict=True)))


def shares(tally: Tally) -> dict[str, Fraction]:
    """Return what is weighed, each as a share: blanks of the facts asked for, all others of the rows."""
    rows = max(tally.rows, 1)
    return {
        "rejected": Fraction(tally.rejected, rows),
        "review": Fraction(tally.review, rows),
        "mismatch": Fraction(tally.mismatch, rows),
        "duplicate": Fraction(tally.duplicate, rows),
        "blank": Fraction(tally.blank, max(FACTS * tally.workers, 1)),
    }


def score(tally: Tally) -> int | None:
    """Return the score, rounded down so that only what is clean has 100; None where there are no rows.

    >>> score(Tally(rows=10, new=9, rejected=1, workers=9))
    90
    """
    if not tally.rows:
        return None
    lost = sum((WEIGHTS[name] * share for name, share in shares(tally).items()), Fraction())
    return max(0, floor(BEST - lost))
