"""What the province gives back to a city: whom of its own another city paid for, under their pseudonyms.

A file of a program for a program: one shape, no comments, and nothing is guessed.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from jamsostek_cli.domain.month import Span
from jamsostek_cli.errors import JcliError

COLUMNS: Final = (
    "city", "other_city", "person", "payer", "other_payer", "first_month", "last_month", "monthly",
)  # fmt: skip
_CITY: Final = r"\d\d\.\d\d"
_PAYER: Final = r"[a-z0-9-]{1,40}"
_MONTH: Final = r"\d{4}-\d\d"
_SHAPE: Final = re.compile(
    rf"{_CITY},{_CITY},[0-9a-f]{{32}},{_PAYER},{_PAYER},{_MONTH},{_MONTH},\d{{1,12}}", re.ASCII
)
"""A line, its columns joined by commas; none of them holds one."""


class ReturnedMonths(NamedTuple):
    """Months (both ends included) that two cities paid for one person, and this city's rupiah for each."""

    city: str
    other_city: str
    person: str
    payer: str
    other_payer: str
    span: Span
    monthly: int


def read(path: Path, city: str) -> Iterator[ReturnedMonths]:
    """Yield the lines of a file, whosever they are; `city` is who reads it.

    E201 without a file that can be read, E655 with the line that is not as the province writes it.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            lines = csv.reader(file, strict=True)
            try:
                _demand(next(lines, []) == [*COLUMNS])
                yield from map(_line, lines)
            except (csv.Error, ValueError):
                raise JcliError("E655", path=path.name, line=max(lines.line_num, 1), city=city) from None
    except OSError:
        raise JcliError("E201", path=path.name) from None


def _demand(holds: bool) -> None:  # noqa: FBT001 - a statement
    if not holds:
        raise ValueError


def _line(line: list[str]) -> ReturnedMonths:
    """Read a line; `ValueError` where it is none."""
    _demand(_SHAPE.fullmatch(",".join(line)) is not None)
    city, other, person, payer, other_payer, first, last, monthly = line
    _demand(city != other)
    return ReturnedMonths(city, other, person, payer, other_payer, Span.parse(first, last), int(monthly))
