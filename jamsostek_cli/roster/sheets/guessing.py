"""What a column probably holds, told from its cells alone: a proposal for a person, never a decision."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from jamsostek_cli.operating_system import joined
from jamsostek_cli.roster.cells import dates, fields
from jamsostek_cli.roster.cells.kelurahan import Places
from jamsostek_cli.roster.cells.nik import inside, read_digits
from jamsostek_cli.roster.cells.phones import international
from jamsostek_cli.roster.cells.text import Cell, line, text_of
from jamsostek_cli.roster.sheets import columns, relatives

_MOSTLY: Final = 0.6
_STREET: Final = ("JL", "JALAN", "GG", "GANG", "RT")
_FEW: Final = 3
_LONG_NUMBER: Final = 9
_YOUNGEST: Final = 10
"""Nobody younger works, in years."""
_AGREES: Final = frozenset({None, "dob_day_month_swapped"})

Test = Callable[[Cell], bool]


def _is_name(cell: Cell) -> bool:
    text = line(cell)
    return bool(text) and not any(map(str.isdigit, text)) and len(text) > _FEW


def _is_address(cell: Cell) -> bool:
    return line(cell).replace(".", " ").split(" ")[0] in _STREET


def _is_nik(cell: Cell, today: datetime.date) -> bool:
    digits = read_digits(cell).digits
    return digits is not None and inside(digits, today) is not None


def _is_birth_date(cell: Cell, in_nik: str | None, today: datetime.date) -> bool:
    """Tell whether a cell holds the date inside a NIK; without a NIK, whether a worker can be born then."""
    parts = dates.parse(cell) if len(text_of(cell)) > _FEW else None
    if parts is None:
        return False
    born, code = dates.resolve(parts, in_nik, today)
    if in_nik is not None:
        return born == in_nik and code in _AGREES
    return born is not None and int(born[:4]) <= today.year - _YOUNGEST


def guess(rows: Sequence[Sequence[Cell]], places: Places, today: datetime.date) -> Mapping[int, str]:
    """Return the field of each column (from 0) whose cells mostly look like it; each field at most once.

    A birth date agrees with the NIK: the day on which a form was filled in does not.
    """
    tests: dict[str, Test] = {
        "nik": lambda cell: _is_nik(cell, today),
        "phone": lambda cell: len(text_of(cell)) > _LONG_NUMBER and international(cell) is not None,
        "sex": lambda cell: bool(fields.sex(cell)) and not text_of(cell).isdigit(),
        "kelurahan": lambda cell: bool(places.candidates(text_of(cell))),
        "address": _is_address,
        "name": _is_name,
    }
    width = max(map(len, rows), default=0)
    filled = [[row[at] for row in rows if at < len(row) and text_of(row[at])] for at in range(width)]
    found: dict[int, str] = {}
    for name, test in tests.items():
        shares = {at: _share(map(test, cells)) for at, cells in enumerate(filled) if at not in found}
        _take(found, name, shares)
        if name == "nik":
            _take(found, "birth_date", _dated(rows, width, found, today))
    return found


def _dated(
    rows: Sequence[Sequence[Cell]], width: int, found: Mapping[int, str], today: datetime.date
) -> dict[int, float]:
    """Return of each column in how many of its cells the birth date of the row stands."""
    own = next(iter(found), None)
    shares = {}
    for at in (at for at in range(width) if at != own):
        shares[at] = _share(
            _is_birth_date(row[at], _date_in(row, own, today), today)
            for row in rows
            if at < len(row) and text_of(row[at])
        )
    return shares


def _date_in(row: Sequence[Cell], own: int | None, today: datetime.date) -> str | None:
    """Return the date inside the NIK of a row."""
    digits = read_digits(row[own]).digits if own is not None and own < len(row) else None
    known = inside(digits, today) if digits else None
    return known[0] if known else None


def _share(answers: Iterable[bool]) -> float:
    told = list(answers)
    return sum(told) / len(told) if told else 0.0


def _take(found: dict[int, str], name: str, shares: Mapping[int, float]) -> None:
    """Give a field the column that looks most like it, the first of several."""
    best, place = max(((share, -at) for at, share in shares.items()), default=(0.0, 0))
    if best >= _MOSTLY:
        found[-place] = name


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer may say of a sheet: the fields of its columns, or of its headings where it has any."""

    columns: str = ""
    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.columns or self.headings)

    @property
    def options(self) -> str:
        """The options of `jcli import` that say it, as they can be pasted."""
        if self.columns:
            return joined(["--columns", self.columns])
        said = (f"{columns.best(name)}={heading}" for name, heading in self.headings.items())
        return " ".join(joined(["--map", one]) for one in said)


NO_PROPOSAL: Final = Proposal()


def propose(rows: Sequence[Sequence[Cell]], places: Places, today: datetime.date) -> Proposal:
    """Propose what the columns of rows without a known header hold; nothing without a NIK and a name."""
    begins = next((at for at, row in enumerate(rows) if any(_is_nik(cell, today) for cell in row)), 0)
    own = next((at for at, cell in enumerate(rows[begins] if rows else ()) if _is_nik(cell, today)), 0)
    headings = _headings(rows[:begins], own)
    known = {at: columns.match(text) for at, text in enumerate(headings)}
    spoken_for = {at for at, match in known.items() if match} | {
        at for at, text in enumerate(headings) if relatives.is_other(text)
    }
    below = [["" if at in spoken_for else cell for at, cell in enumerate(row)] for row in rows[begins:]]
    guessed = dict(guess(below, places, today))
    told = {match.field: at for at, match in known.items() if match}
    if not {"nik", "name"} <= {*guessed.values(), *told}:
        return NO_PROPOSAL
    asked = {name: headings[at] for at, name in guessed.items() if name not in told and at < len(headings)}
    if headings and _tells_apart(headings, asked):
        return Proposal(headings=asked)
    fields_at = {**{at: name for name, at in told.items()}, **guessed}
    width = max(fields_at) + 1
    return Proposal(",".join(columns.best(fields_at[at]) if at in fields_at else "-" for at in range(width)))


def _headings(above: Sequence[Sequence[Cell]], own: int) -> list[str]:
    """Return the row above the first NIK that heads the columns, nothing where there is none."""
    rows = (list(map(text_of, row)) for row in reversed(above))
    return next((row for row in rows if _heads(row, own)), [])


def _heads(row: Sequence[str], own: int) -> bool:
    """Tell whether a row may head the columns, the `own` one of them that of the NIKs."""
    return sum(map(bool, row)) > 1 and own < len(row) and any(map(str.isalpha, row[own]))


def _tells_apart(headings: Sequence[str], asked: Mapping[str, str]) -> bool:
    """Tell whether each heading that is asked about names one column alone."""
    keys = [columns.key(text) for text in headings if text]
    return bool(asked) and all(text and keys.count(columns.key(text)) == 1 for text in asked.values())
