"""What a cell's value means: whole numbers with every digit, dates as ISO text."""

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from typing import Final

from jamsostek_cli.roster.cells.text import Cell

_BUILT_IN_DATES: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Number formats that every program knows as dates (ECMA-376 part 1, 18.8.30)."""
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DAY_OR_YEAR: Final = re.compile(r"[dy]", re.IGNORECASE)
_EPOCH_1900: Final = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's time has no zone
_EPOCH_1904: Final = datetime.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LEAP_BUG: Final = 60
"""Excel counts a 29 February 1900 that never was."""
_LAST_DAY: Final = 2_958_465
_MIDNIGHT: Final = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?Z?$")
_CONTROLS: Final = dict.fromkeys({*range(32), 0x7F}.difference(b"\t\n\v\f\r"))
EXACT: Final = 2**53
"""Below this a double holds every digit of a whole number."""


def seen(text: str) -> str:
    r"""Return a text without the control characters that no cell shows; blanks, tabs and breaks stay.

    >>> seen("6\0 4\0\n")
    '6 4\n'
    """
    return text if text.isprintable() else text.translate(_CONTROLS)


def is_date(format_id: int, custom: Mapping[int, str]) -> bool:
    """Tell whether a number format shows a day; one that shows only a time of day does not.

    >>> is_date(164, {164: '[$-421]dd mmmm yyyy'}), is_date(164, {164: '#,##0 "hari"'})
    (True, False)
    """
    code = custom.get(format_id)
    if code is None:
        return format_id in _BUILT_IN_DATES
    return _DAY_OR_YEAR.search(_QUOTED.sub("", code)) is not None


def date_styles(elements: Iterable[tuple[str, Mapping[str, str]]]) -> frozenset[str]:
    """Return the numbers of the cell styles that show dates, from the elements of `styles.xml`."""
    custom: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for tag, about in elements:
        if tag == "numFmt" and about.get("numFmtId", "").isdecimal():
            custom[int(about["numFmtId"])] = about.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyleXfs"}:
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            given = about.get("numFmtId", "0")
            styles.append(int(given) if given.isdecimal() else 0)
        elif tag == "cellStyles":
            inside = False
    return frozenset(str(at) for at, style in enumerate(styles) if is_date(style, custom))


def number(text: str) -> Cell:
    """Return the number a file holds, whole ones as whole; a text that is none stays what it is.

    >>> number("9271011412804331"), number("6.474011708857E15"), number("0.5"), number("NaN")
    (9271011412804331, 6474011708857000, 0.5, 'NaN')
    """
    if text.isascii() and text.isdigit() and len(text) <= 30:  # noqa: PLR2004 - longer ones are nobody's number
        return int(text)
    try:
        value = float(text)
    except ValueError:
        return text
    return whole(value) if math.isfinite(value) else text


def whole(value: float) -> Cell:
    """Return a double as a whole number where it is one and no digit can have been lost."""
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < EXACT else value


def date(serial: float, *, since_1904: bool) -> str | None:
    """Return the day (and the time, where there is one) that a serial stands for; None beyond the calendar.

    >>> date(31276, since_1904=False), date(29814.5, since_1904=True)
    ('1985-08-17', '1985-08-17T12:00:00')
    """
    if not 0 < serial <= _LAST_DAY:
        return None
    if since_1904:
        moment = _EPOCH_1904 + datetime.timedelta(days=serial)
    else:
        moment = _EPOCH_1900 + datetime.timedelta(days=serial + (serial < _LEAP_BUG))
    return moment_text(moment.replace(microsecond=0))


def moment_text(moment: datetime.datetime | datetime.date) -> str:
    """Return a moment as ISO text, a midnight as its day alone."""
    return _MIDNIGHT.sub("", moment.isoformat())


def iso(text: str) -> str:
    """Return an ISO date cell as it is kept: midnight says nothing."""
    return _MIDNIGHT.sub("", text.strip())
