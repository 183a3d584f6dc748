"""A letter or a report's pages as a value: blocks in order, laid out by whoever writes the file."""

import datetime
from dataclasses import dataclass
from typing import Final

from jamsostek_cli.reports.letterhead import Letterhead

BOX: Final = "☐"
"""A box to be ticked by hand, in the cell of a grid."""
DOTS: Final = "." * 30
"""A line on which somebody writes by hand."""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    said: str


@dataclass(frozen=True, slots=True)
class Title:
    """What a form is called, in the middle of the line."""

    said: str


@dataclass(frozen=True, slots=True)
class PartHeading:
    """A line above a part of the letter."""

    said: str


@dataclass(frozen=True, slots=True)
class FactLines:
    """Facts below each other, what each is to the left."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps."""

    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes below each other: whether each is ticked, and what for; `beside` puts two into a line."""

    rows: tuple[tuple[bool, str], ...]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table with lines; `widths` are parts of the page's width, `right` the columns of figures.

    `total` makes its last row a sum; `size` is that of its letters in points, 0 for the page's own.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    right: tuple[int, ...] = ()
    total: bool = False
    size: float = 0


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences below each other, each behind a dot; `small` ones are notes."""

    said: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A figure to be seen from afar: what it is, how much, and what to hold it against."""

    title: str
    value: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """Figures side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class FigureLines:
    """Figures below each other: what each is to the left, how much to the right."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its label, what is stacked in it, and how much that is in words."""

    label: str
    values: tuple[float, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that begin at 0; `upright` ones stand side by side, as months do. `names` are of their values."""

    title: str
    bars: tuple[Bar, ...]
    names: tuple[str, ...]
    upright: bool = False

    @property
    def longest(self) -> float:
        """The value of the longest bar, never 0: what is below 0 has no length."""
        return max((sum(max(0, value) for value in bar.values) for bar in self.bars), default=0) or 1


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: lines above the room to sign, the name and what stands below; with room for a stamp duty."""

    above: tuple[str, ...]
    name: str = DOTS
    below: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Those who sign, side by side."""

    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Block = (
    Words
    | Title
    | PartHeading
    | FactLines
    | FigureLines
    | Steps
    | Points
    | Ticks
    | RuledTable
    | Cards
    | Chart
    | Signatures
    | NewPage
)


def titled(said: str, *blocks: Block) -> list[Block]:
    """Return blocks below a heading."""
    return [PartHeading(said), *blocks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter or form: `title` names the sort of paper and never a person, since files bear it within.

    `across` lays it on its side; `headed` puts the office's letterhead on top. A `picture` is as high as what
    it shows and bears no number. `language` is that of its words.
    """

    title: str
    day: datetime.date
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    across: bool = False
    headed: bool = True
    picture: bool = False
    language: str = "id"

    @property
    def foot(self) -> str:
        """What stands below each page: one that lies alone still says what it is, and of whom."""
        return f"{self.title} · {self.letterhead.city}"

    @property
    def government(self) -> str:
        """The first line of the letterhead."""
        return f"PEMERINTAH {self.letterhead.city.upper()}"

    @property
    def mark(self) -> str:
        """The line at the foot that binds the paper to the audit trail."""
        return self.letterhead.mark

    @property
    def reached(self) -> str:
        """Where the office is found, in a line."""
        phone = self.letterhead.phone and f"Telepon {self.letterhead.phone}"
        return " · ".join(filter(None, (self.letterhead.address, phone)))
