"""The smaller fields of a row: sex, RT and RW, mother's name, occupation."""

import re
from typing import Final

from jamsostek_cli.roster.cells.text import LONGEST, Cell, line, text_of, word_set

_MALE: Final = word_set("L LK LAKI LAKILAKI PRIA M MALE COWOK 1")
_FEMALE: Final = word_set("P PR PEREMPUAN WANITA W F FEMALE CEWEK 2")
_NOBODY: Final = frozenset(
    {
        "ADA",
        "TIDAK",
        "TIDAK ADA",
        "TDK ADA",
        "TIDAK TAHU",
        "BELUM",
        "BELUM ADA",
        "KOSONG",
        "NIHIL",
        "N/A",
        "IBU",
        "0",
    }
)
_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_MOST_DIGITS: Final = 9
_HIGHEST: Final = 999
_RW_FIRST: Final = re.compile(r"\W*RW(?=[\W\d])")


def sex(cell: Cell) -> str | None:
    """Return L or P, empty where the cell is blank, None where it cannot be read.

    >>> sex("LAKI - LAKI"), sex(2.0), sex("-")
    ('L', 'P', '')
    """
    text = line(cell)
    word = re.sub(r"[^A-Z0-9]", "", re.sub(r"\(.*\)", "", text))
    if word in _MALE:
        return "L"
    return "P" if word in _FEMALE else None if text else ""


def number(cell: Cell) -> str | None:
    """Return an RT or RW as three digits, or None.

    >>> number("RT. 5"), number(12.0)
    ('005', '012')
    """
    found = _NUMBER.search(text_of(cell))
    if found is None or len(found[0]) > _MOST_DIGITS:
        return None
    return f"{int(found[0]):03d}" if 0 < int(found[0]) <= _HIGHEST else None


def pair(cell: Cell) -> tuple[str | None, str | None]:
    """Return RT and RW that stand in one cell.

    >>> pair("RT 01 RW 02"), pair("022/005")
    (('001', '002'), ('022', '005'))
    """
    text = text_of(cell).upper()
    first, second, *_ = [*map(number, _NUMBER.findall(text)), None, None]
    return (second, first) if _RW_FIRST.match(text) else (first, second)


def mother(cell: Cell) -> str | None:
    """Return a mother's name, or None where a word stands for the lack of one."""
    text = line(cell)
    return text if text and text not in _NOBODY else None


def word(cell: Cell) -> str | None:
    """Return a place or an occupation; a bare number is a code that nobody can read."""
    text = line(cell)
    return text if any(map(str.isalpha, text)) else None


def plain(cell: Cell) -> str | None:
    """Return a text in the case in which it was written."""
    return text_of(cell)[:LONGEST] if line(cell) else None
