"""What a submission's list looks like: the office's layout, or a workbook of BPJS's own that is filled in."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Final

from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.submission import layout as bpjs_layout
from jamsostek_cli.reports.submission import template
from jamsostek_cli.reports.submission.layout import LayoutColumn, SubmissionLayout
from jamsostek_cli.reports.submission.template import Blank, FillIn
from jamsostek_cli.roster.files import guard
from jamsostek_cli.roster.sheets import column_groups, columns, header, relatives
from jamsostek_cli.roster.sheets.header import Header

_SAME: Final[Mapping[str, str]] = {"full_address": "address"}
"""What a roster calls a field of a layout."""
_LINES: Final = frozenset({"no", "nomor", "nourut", "nomorurut"})
"""Headings above the numbers of the lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTemplate:
    """A workbook of BPJS's own that is filled in, and how: the row of its heading counts from 1.

    `left_empty` are headings of its columns that no layout knows, `without` headings of the layout that it
    has no column for; a filled one `loses_pictures` where the template has some.
    """

    file: str
    sha256: str
    sheet: str
    heading_row: int
    left_empty: tuple[str, ...]
    without: tuple[str, ...]
    loses_pictures: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The columns that are handed over, and the template in which they stand, if any."""

    layout: SubmissionLayout
    template: FilledTemplate | None = None
    place: FillIn | None = None

    def check(self, heads: int) -> None:
        """Refuse a template in which so many people find no room; E349."""
        if self.place is not None:
            template.check(self.place, heads)

    def about(self) -> dict[str, object]:
        """Return what the audit trail keeps of it."""
        said: dict[str, object] = {"layout": self.layout.name}
        if self.template is not None:
            said["template"] = {"file": self.template.file, "sha256": self.template.sha256}
        return said


def load(layout: Path | None, blank: Path | None) -> Form:
    """Return what the list of a submission looks like.

    Raises E201, E333 to E335 and E342 (the layout), E201, E203 to E205, E209, E210 and E344 (a template that
    cannot be read), E345 (no heading in it), E348 (it lacks a column that is required).
    """
    known = bpjs_layout.load(layout)
    if blank is None:
        return Form(known)
    form = _blank(blank)
    sheets = template.headed(form)
    found = {name: told for name, rows in sheets.items() if (told := header.find(rows))}
    if not found:
        raise JcliError("E345", path=form.name, sheets=", ".join(sheets))
    sheet = known.sheet if known.sheet in found else next(iter(found))
    return _form(form, known, sheet, sheets[sheet], found[sheet])


def _blank(path: Path) -> Blank:
    """Read a template once, so that what is filled in is what was looked at."""
    try:
        guard.within(guard.size(path), guard.USUAL.workbook)
        content = path.read_bytes()
    except JcliError as error:
        error.facts.setdefault("path", path.name)
        raise
    except OSError:
        raise JcliError("E201", path=path.name) from None
    return Blank(name=path.name, content=content, sha256=hashlib.sha256(content).hexdigest())


def _form(
    blank: Blank, known: SubmissionLayout, sheet: str, rows: Sequence[Sequence[str]], head: Header
) -> Form:
    """Lay the columns of a layout on those of a template's sheet."""
    groups, bare = _parted(rows, head)
    headings = [f"{group} {own}".strip() for group, own in zip(groups, bare, strict=True)]
    at_column = _columns(known.columns, rows, head)
    without = tuple(column for column in known.columns if column not in at_column.values())
    if lacking := [column.heading for column in without if column.required]:
        raise JcliError("E348", path=blank.name, sheet=sheet, names=", ".join(lacking))
    told = {at: column for at, column in at_column.items() if column.field or column.text}
    last = head.last + 1
    first = template.below(blank, sheet, last)
    if first <= len(rows) and header.is_numbering(header.texts(rows[first - 1])):
        first += 1
    return Form(
        replace(known, columns=tuple(column for column in known.columns if column in at_column.values())),
        FilledTemplate(
            file=blank.name,
            sha256=blank.sha256,
            sheet=sheet,
            heading_row=last,
            left_empty=tuple(text for at, text in enumerate(headings) if text and at not in at_column),
            without=tuple(column.heading for column in without if column.field),
            loses_pictures=template.loses_pictures(blank),
        ),
        FillIn(
            blank=blank,
            sheet=sheet,
            first=first,
            width=len(headings),
            columns={at + 1: column for at, column in told.items()},
        ),
    )


def _columns(
    wanted: Sequence[LayoutColumn], rows: Sequence[Sequence[str]], head: Header
) -> dict[int, LayoutColumn]:
    """Return which column of a layout stands in which of a template's (from 0).

    Where the headings are the same; otherwise where a roster would have the field.
    """
    groups, bare = _parted(rows, head)
    keys = [
        "" if relatives.is_other(group) else columns.key(own) for group, own in zip(groups, bare, strict=True)
    ]
    found: dict[int, LayoutColumn] = {}
    for column in wanted:
        same = [at for at, key in enumerate(keys) if key == columns.key(column.heading) and at not in found]
        if same:
            own = _of_field(column, keys, head)
            found[own if own in same else same[0]] = column
    for column in wanted:
        own = _of_field(column, keys, head)
        if column not in found.values() and own is not None and own not in found:
            found[own] = column
    return found


def _of_field(column: LayoutColumn, keys: Sequence[str], head: Header) -> int | None:
    """Return the column in which a roster has the field of a layout's column."""
    field = column.field or ""
    if field == "line":
        return next((at for at, key in enumerate(keys) if key in _LINES), None)
    return head.columns.get(_SAME.get(field, field))


def _parted(rows: Sequence[Sequence[str]], head: Header) -> tuple[list[str], list[str]]:
    """Return the group above each column of a heading, and the column's own heading."""
    shown = header.texts(rows[head.last])
    above = header.texts(rows[head.last - 1]) if head.last else []
    if head.first == head.last:
        made = column_groups.under(above, shown)
        parts = [
            (full.removesuffix(own).strip(), own or full)
            for full, own in zip_longest(made, shown, fillvalue="")
        ]
    else:
        parts, group = [], ""
        for upper, own in zip_longest(above, shown, fillvalue=""):
            group = upper or (group if own else "")
            parts.append((group if own else "", own or upper))
    width = max(at for at, (_, own) in enumerate(parts, 1) if own)
    return [group for group, _ in parts[:width]], [own for _, own in parts[:width]]
