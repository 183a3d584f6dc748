"""What stands over and beside the columns of a roster: groups of columns, and tables of something else."""

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Final

from jamsostek_cli.roster.cells.nik import LENGTH
from jamsostek_cli.roster.cells.text import Cell, text_of
from jamsostek_cli.roster.sheets import columns, paths, relatives, several

_MOST_WORDS: Final = 7
_MOSTLY: Final = 5
"""A column holds NIKs where four in five cells do."""
_MOTHER: Final = re.compile(r"(?:(?:data|identitas|nama)\s+)*ibu(?:\s+kandung)?", re.IGNORECASE)
FIRST: Final = frozenset({"no", "nomor", "nourut", "nomorurut", "kode", "kd", "id"})
"""With such a heading a table begins."""


def under(above: Sequence[str], row: Sequence[str]) -> list[str]:
    """Return the headings of a row as the groups above them make them; the row as it is under a mere title.

    What stands under somebody beside the worker gets that heading too ("AHLI WARIS NIK"), so that no field
    answers to it. A heading that spans both rows stands in the upper one.

    >>> under(["NO", "PESERTA", "", "AHLI WARIS"], ["", "NIK", "NAMA", "NAMA"])
    ['NO', 'NIK', 'NAMA', 'AHLI WARIS NAMA']
    """
    filled = [text for text in above if text]
    lone = len(filled) == 1
    if any(":" in text or len(text.split()) > _MOST_WORDS for text in filled) or not any(
        relatives.is_other(text) or (not lone and _heads(text)) for text in filled
    ):
        return list(row)
    made, group = [], ""
    for upper, lower in zip_longest(above, row, fillvalue=""):
        group = upper or group
        made.append(_joined(group, lower) if lower else upper)
    return list(row) if lone and not holds_both(made) else made


def without_path(row: Sequence[str]) -> list[str]:
    """Return the headings of a row without the groups that survey programs write before them.

    >>> without_path(["KEY", "orang/nik", "orang/nama", "istri/nik"])
    ['KEY', 'nik', 'nama', 'istri nik']
    """
    return [_joined(group.replace("_", " "), own) if group else own for group, own in paths.split(row)]


def as_written(row: Sequence[str], made: Sequence[str]) -> list[str]:
    """Return headings as they stand in their row, those of people beside the worker with their group."""
    return [
        own if own.endswith(text) and len(own) > len(text) else text
        for own, text in zip_longest(row[: len(made)], made, fillvalue="")
    ]


def right_of(headings: Sequence[str], fields: Sequence[str]) -> int | None:
    """Return where another table of people begins to the right of the first, None where there is none.

    `fields` are those of the headings. It has a NIK and a name of its own, and begins with its numbers, after
    a column without a heading, with the heading with which the first one begins, or with the very headings
    under which NIK and name stand in the first.

    >>> right_of(["NIK", "NAMA", "JK", "NIK", "NAMA", "JK"], ["nik", "name", "sex", "nik", "name", "sex"])
    3
    """
    if "nik" not in fields or "name" not in fields:
        return None
    own = max(fields.index("nik"), fields.index("name")) + 1
    if "nik" not in fields[own:] or "name" not in fields[own:]:
        return None
    keys = [columns.key(text) for text in headings]
    first = next(filter(None, keys))
    begins = min(fields.index("nik", own), fields.index("name", own))
    for at in range(begins, own - 1, -1):
        if not headings[at] or keys[at] == first or keys[at] in FIRST:
            return at
    again = all(keys[fields.index(field)] == keys[fields.index(field, own)] for field in ("nik", "name"))
    return begins if again else None


def headed_below(headings: Sequence[str], sample: Sequence[Sequence[Cell]]) -> int | None:
    """Return where a table of people begins to the right whose headings stand further down than these."""
    width = max((at + 1 for at, text in enumerate(headings) if text), default=0)
    above: list[str] = []
    for row in sample:
        shown = [text_of(cell) for cell in row]
        beyond = shown[width:]
        own = not holds_both(shown[:width]) and not any(map(relatives.is_other, above[width:]))
        if own and holds_both(beyond):
            return width + next(at for at, text in enumerate(beyond) if text)
        above = shown
    return None


def unheaded(headings: Sequence[str], sample: Sequence[Sequence[Cell]], own: int) -> int | None:
    """Return the NIK column of a table to the right that has no headings, None where there is none.

    It has a column of names, too: a lone one of sixteen digits may hold the numbers of family cards.
    """
    width = max(map(len, sample), default=0)
    shown = {
        at: [text for row in sample if at < len(row) and (text := text_of(row[at]))]
        for at in range(own + 1, width)
        if at >= len(headings) or not headings[at]
    }
    niks = [at for at, texts in shown.items() if _mostly(texts, _is_long)]
    return niks[0] if niks and any(_mostly(texts, _is_lettered) for texts in shown.values()) else None


def _is_long(text: str) -> bool:
    return sum(map(str.isdigit, text)) == LENGTH


def _is_lettered(text: str) -> bool:
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def _mostly(texts: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(test, texts)) * _MOSTLY >= len(texts) * (_MOSTLY - 1)


def _heads(text: str) -> bool:
    return columns.key(text) in FIRST or columns.match(text) is not None


def holds_both(headings: Sequence[str]) -> bool:
    """Tell whether there is a heading for the NIK and one for the name."""
    fields = {found.field for text in headings if (found := columns.match(text))}
    return {"nik", "name"} <= fields or ("nik" in fields and "name" in several.parts(headings))


def _joined(group: str, heading: str) -> str:
    """Return a heading under its group, where that is about somebody else."""
    found = columns.match(heading)
    if not relatives.is_other(group) or (
        found and found.field == "mother_name" and relatives.is_parents(group)
    ):
        return heading
    if found and found.field == "name" and _MOTHER.fullmatch(group):
        return f"{heading} Ibu"
    return f"{group} {heading}"


def filled(headings: Sequence[str], sample: Sequence[Sequence[Cell]]) -> list[bool]:
    """Tell of each column whether anything stands in it."""
    return [
        bool(heading) or any(at < len(row) and text_of(row[at]) for row in sample)
        for at, heading in enumerate(headings)
    ]


def blocks(headings: Sequence[str], held: Sequence[bool]) -> list[int]:
    """Give the columns the number of the table they may belong to: a blank column begins a new one.

    >>> blocks(["NIK", "NAMA", "", "KODE"], [True, True, False, True])
    [0, 0, 1, 1]
    """
    numbers, number = [], 0
    for at in range(len(headings)):
        if at and not held[at] and held[at - 1]:
            number += 1
        numbers.append(number)
    return numbers


def beside(headings: Sequence[str], numbers: Sequence[int], own: int) -> set[int]:
    """Return the blocks that are tables of their own, to the right of the block with the NIK column.

    Such a table begins with its own numbers or codes; all that follows it is no longer the roster.
    """
    for at in range(own, len(headings)):
        if numbers[at] != numbers[own] and columns.key(headings[at]) in FIRST:
            return set(range(numbers[at], numbers[-1] + 1))
    return set()
