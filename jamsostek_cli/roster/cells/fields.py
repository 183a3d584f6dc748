"""The smaller fields of a row: sex, RT and RW, mother's name, occupation."""

import re
from typing import Final

from jamsostek_cli.roster.cells.nothing import is_nothing, plainly_said, said
from jamsostek_cli.roster.cells.text import LONGEST, Cell, line, plain_signs, text_of, unguarded, word_set

_MALE: Final = word_set("L LK LAKI LAKILAKI PRIA M MALE COWOK 1")
_FEMALE: Final = word_set("P PR PEREMPUAN WANITA W F FEMALE CEWEK 2")
_MOTHERS: Final = frozenset({"NA", "NIL"})
"""A mother may be called so, though the word says elsewhere that nothing is known."""
_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_MOST_DIGITS: Final = 9
_HIGHEST: Final = 999
_R: Final = r"(?<![A-Z])R\.?\s?"
_AND: Final = r"[\s.:=-]*"
_RT: Final = re.compile(
    rf"{_R}T\.?\s*(?:/\s*R\.?\s?W\.?)?{_AND}(\d{{1,3}})(?!\d)(?:\s*/\s*(?:R\.?\s?W\.?)?{_AND}(\d{{1,3}})(?!\d))?"
)
_RW: Final = re.compile(rf"{_R}W\.?{_AND}(\d{{1,3}})(?!\d)")
_MONTHS: Final = (
    r"(?:JAN|FEB|PEB|MAR|APR|MEI|MAY|JUN|JUL|AGU|AGS|AGT|AUG|SEP|OKT|OCT|NOV|NOP|DES|DEC)[A-Z]{0,6}"
)
_CHANGED: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ].*)?|\d{1,2}([/.-])\d{1,2}\1(?:\d\d){1,2}(?: .*)?|\d{1,2}:\d\d:\d\d(?:[.,]\d+)?"
    rf"|\d{{1,4}}[ -]{_MONTHS}(?:[ -]\d{{2,4}})?|{_MONTHS}-\d{{1,4}}|\d(?:[.,]\d+)?E[+-]?\d{{1,3}}",
)


def sex(cell: Cell) -> str | None:
    """Return L or P, empty where the cell is blank, None where it cannot be read.

    >>> sex("LAKI - LAKI"), sex(2.0), sex("-")
    ('L', 'P', '')
    """
    text = said(cell)
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
    """Return RT and RW that stand in one cell; a number alone is the RT.

    What a program made a date, a time of day or a fraction of is neither: the order is no longer sure.

    >>> pair("RT 01 RW 02"), pair("022/005"), pair("2026-02-05")
    (('001', '002'), ('022', '005'), (None, None))
    """
    if is_changed(cell):
        return None, None
    text = plain_signs(text_of(cell)).upper()
    told = labelled(text)
    if any(told):
        return told
    before, slash, behind = text.partition("/")
    found = _NUMBER.findall(text)
    if slash and len(found) == 1:
        return number(before), number(behind)
    read = [number(each) for each in found]
    if found and read[0] is None and found[0].strip("0"):
        return None, None
    first, second, *_ = [*read, None, None]
    return first, second


def labelled(text: str) -> tuple[str | None, str | None]:
    """Return the RT and RW that a text in upper case names as such.

    >>> labelled("KEL. KANAAN RT 12"), labelled("RT 12/03 KEL LOKTUAN"), labelled("RW.3, RT.12")
    (('012', None), ('012', '003'), ('012', '003'))
    """
    rt, rw = _RT.search(text), _RW.search(text)
    return rt and number(rt[1]), (rt and rt[2] and number(rt[2])) or (rw and number(rw[1]))


def without_labelled(text: str) -> str:
    """Return a text in upper case without the RT and RW it names.

    >>> without_labelled("RT 12/03 KEL LOKTUAN")
    'KEL LOKTUAN'
    """
    return " ".join(_RW.sub(" ", _RT.sub(" ", text)).split()).strip(" ,;/.:-")


def is_changed(cell: Cell) -> bool:
    """Tell whether a program made a date, a time, a fraction or a rounded number of what was typed.

    >>> is_changed("2026-02-05"), is_changed("05-Feb"), is_changed(0.2097), is_changed("1.2345E+10")
    (True, True, True, True)
    >>> is_changed("JL. PARI 3"), is_changed("012/003"), is_changed(12.0)
    (False, False, False)
    """
    if isinstance(cell, str):
        return _CHANGED.fullmatch(line(cell)) is not None
    return isinstance(cell, float) and not cell.is_integer()


def mother(cell: Cell) -> str | None:
    """Return a mother's name, or None where a word stands for the lack of one."""
    text = plainly_said(cell) or line(cell)
    if text in {"", "IBU"} or (text not in _MOTHERS and is_nothing(text)):
        return None
    if text[0].isalpha():
        return text
    return text if any(map(str.isalpha, text)) and not is_changed(cell) else None


def word(cell: Cell) -> str | None:
    """Return a place or an occupation; a bare number is a code that nobody can read."""
    text = said(cell)
    return text if any(map(str.isalpha, text)) and not is_changed(cell) else None


def plain(cell: Cell) -> str | None:
    """Return a text in the case in which it was written."""
    return unguarded(text_of(cell))[:LONGEST] if said(cell) else None
