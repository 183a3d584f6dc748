"""The records of a table of text, in which nobody is lost to a stray quote, comma or line break."""

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_DELIMITERS: Final = ";\t,|"
_SAMPLED: Final = 200
_MOSTLY: Final = 0.6
_LONGEST_CELL: Final = 50
"""A cell of more lines is none: a quote was opened and never closed."""
_MOST_SIGNS: Final = 1
"""A broken cell may hold one delimiter ("Tempat, Tanggal Lahir"); more would be those of a record."""
_WRAPPED: Final = re.compile(r'\s*"((?:[^"]|"")*)"[;,\t|\s]*')
_NIK: Final = re.compile(r"(?<!\d)\d{16}(?!\d)")


class TextLayout(NamedTuple):
    """What separates the fields, for how many there are headings, and how the lines are written.

    Where no headings are seen, `width` is that of most records. `wrapped`: each line stands in quotes as a
    whole. `spaced`: a blank follows the delimiters.
    """

    delimiter: str
    width: int
    wrapped: bool = False
    spaced: bool = False


def layout_of(text: str, told: str = "") -> TextLayout | None:
    """Return how the records of a text are written: by the sign that makes the most fields in most lines.

    `told` is the sign where it is known, as the line `sep=;` says it.
    """
    lines = [line for line in text.splitlines()[:_SAMPLED] if line.strip()]
    first = lines[0].strip().strip('"').lower() if lines else ""
    if not told and first.startswith("sep=") and len(first) > len("sep="):
        told = first[4]
    wrapped = _are_wrapped(lines)
    if wrapped:
        lines = list(map(unwrapped, lines))
    best, most = None, 1
    for delimiter in told or _DELIMITERS:
        rows = [fields for fields in _sampled(lines, delimiter) if any(fields)]
        widths = Counter(map(len, rows))
        width = max(widths, key=lambda n: (widths[n] * (n > 1), n), default=1)
        if width > most or told:
            most = width
            width = next((len(row) for row in rows if _heads(row)), width)
            spaced = any(field[:1] == " " for row in rows if len(row) == width for field in row[1:])
            best = TextLayout(delimiter, width, wrapped, spaced)
    return best


def _sampled(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the records of some lines; a cell goes on over several of them where it swallows no record.

    Headings are often broken so, and their pieces would outvote a few people.
    """
    at = 0
    while at < len(lines):
        end = at + 1
        if lines[at].count('"') % 2:
            several = range(end, min(end + _LONGEST_CELL, len(lines)))
            last = next((stop for stop in several if lines[stop].count('"') % 2), at)
            fields = next(csv.reader([f"{line}\n" for line in lines[at : last + 1]], delimiter=delimiter))
            if not any("\n" in field and field.count(delimiter) > _MOST_SIGNS for field in fields):
                end = last + 1
        yield fields if end > at + 1 else _fields(lines[at], delimiter)
        at = end


def _heads(fields: Sequence[str]) -> bool:
    """Tell whether a record is the headings of a roster, which say how many fields there are."""
    return len(fields) > 1 and any("nik" in field.lower() and not _NIK.search(field) for field in fields)


def _are_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether most lines stand in quotes as a whole, so that Excel shows one column."""
    whole = [found[1] for line in lines if (found := _WRAPPED.fullmatch(line))]
    held = sum(any(sign in text for sign in _DELIMITERS) for text in whole)
    return held > len(lines) * _MOSTLY


def unwrapped(line: str) -> str:
    """Return a line without the quotes around the whole of it.

    >>> unwrapped('"1,ARDI,NELAYAN"'), unwrapped('"1","ARDI"')
    ('1,ARDI,NELAYAN', '"1","ARDI"')
    """
    found = _WRAPPED.fullmatch(line)
    return found[1].replace('""', '"') if found else line


def _fields(line: str, delimiter: str) -> list[str]:
    """Return the fields of one line, whatever its quotes say of the next one."""
    return next(csv.reader([line], delimiter=delimiter), [])


class Records:
    """Reads records line by line; `csv.Error` where a field is longer than any cell."""

    def __init__(self, lines: Iterator[str], layout: TextLayout) -> None:
        self._lines = map(unwrapped, lines) if layout.wrapped else lines
        self._layout = layout
        self._waiting: deque[str] = deque()

    def __iter__(self) -> Iterator[list[str]]:
        delimiter, width = self._layout.delimiter, self._layout.width
        while (line := self._next()) is not None:
            fields = line.rstrip("\r\n").split(delimiter) if '"' not in line else self._quoted(line)
            if len(fields) != width and len(fields) > 1:
                fields = self._joined(fields)
            yield fields

    def _next(self) -> str | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _quoted(self, line: str) -> list[str]:
        """Return the record that begins with a line in which there are quotes."""
        fields = _fields(line, self._layout.delimiter)
        if len(fields) == self._layout.width and fields[-1][-1:] not in {"\r", "\n"}:
            return fields  # an open quote would have taken the end of the line in
        taken: list[str] = []
        closed = True

        def feed() -> Iterator[str]:
            nonlocal closed
            yield line
            for _ in range(_LONGEST_CELL):
                if (following := self._next()) is None:
                    break
                taken.append(following)
                yield following
            closed = False

        fields = next(csv.reader(feed(), delimiter=self._layout.delimiter))
        if taken and (not closed or self._swallows(line, fields)):
            self._waiting.extendleft(reversed(taken))
            return self._without_stray_quote(line)
        if not taken and (not closed or (len(fields) != self._layout.width and not self._well_quoted(line))):
            return self._without_stray_quote(line)
        return fields

    def _swallows(self, line: str, fields: Sequence[str]) -> bool:
        """Tell whether a record of several lines holds other records: somebody's NIK, or all the fields."""
        delimiter, width = self._layout.delimiter, self._layout.width
        for field in fields:
            parts = re.split(r"\r\n|\r|\n", field)
            if len(parts) > 1 and any(
                delimiter in part and (_NIK.search(part) or part.count(delimiter) >= width - 1)
                for part in parts
            ):
                return True
        return len(fields) != width and len(self._without_stray_quote(line)) == width

    def _without_stray_quote(self, line: str) -> list[str]:
        """Return the fields of one line by itself: the last quote that opens one is none, or no quote is."""
        delimiter, line = self._layout.delimiter, line.rstrip("\r\n")
        at = line.rfind(f'{delimiter}"') + 1
        fields = _fields(line[:at] + line[at + 1 :], delimiter)
        if len(fields) == self._layout.width:
            return [field.replace('""', '"') for field in fields]
        return [field.strip().strip('"').replace('""', '"') for field in line.split(delimiter)]

    def _well_quoted(self, line: str) -> bool:
        """Tell whether every quote of a line stands where one may."""
        sign = re.escape(self._layout.delimiter)
        field = rf'(?:"(?:[^"]|"")*"|[^"{sign}][^{sign}]*|)'
        return re.fullmatch(rf"{field}(?:{sign}{field})*", line.rstrip("\r\n")) is not None

    def _joined(self, fields: list[str]) -> list[str]:
        """Return a record put together again where it can be proved how it came apart.

        In a text without quotes a comma has a blank behind it ("BASTIAN, S.PD"), and the delimiters have
        none. A line break in a cell leaves two lines that make one record.
        """
        width = self._layout.width
        surplus = len(fields) - width
        if surplus > 0:
            apart = [at for at in range(1, len(fields)) if fields[at][:1] == " " and fields[at].strip()]
            if not self._layout.spaced and len(apart) == surplus:
                for at in reversed(apart):
                    fields[at - 1 : at + 1] = [self._layout.delimiter.join(fields[at - 1 : at + 1])]
            return fields
        if not fields[0].strip().isdigit() or not any(map(_NIK.search, fields)):
            return fields
        following = self._next()
        if following is None:
            return fields
        rest = following.rstrip("\r\n").split(self._layout.delimiter)
        broken = len(fields) + len(rest) - 1 == width and '"' not in following and not _NIK.search(following)
        if not broken or not rest[0].strip() or rest[0].strip().isdigit():
            self._waiting.appendleft(following)
            return fields
        return [*fields[:-1], f"{fields[-1].strip()} {rest[0].strip()}", *rest[1:]]
