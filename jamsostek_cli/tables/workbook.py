"""A workbook to be filled: opened in one way, so that no text of a roster becomes a formula or a link."""

import datetime
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

NAVY: Final = "#1F3A5F"
HEAD: Final[Mapping[str, object]] = MappingProxyType(
    {"bold": True, "bg_color": NAVY, "font_color": "white", "border": 1}
)
"""How the headings of every workbook look."""

_TEXT_STAYS_TEXT: Final = MappingProxyType(
    {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
)


class Book(NamedTuple):
    """An open workbook with the look of its headings and of cells that stay as they are typed."""

    file: "Workbook"
    head: "Format"
    text: "Format"


def open_book(
    target: Path | io.BytesIO,
    *,
    made_on: datetime.date | None = None,
    title: str | None = None,
    subject: str | None = None,
    wrapped: bool = False,
    row_by_row: bool = False,
) -> Book:
    """Open a new workbook, to be closed with `file.close()`.

    With `made_on` equal contents give equal bytes: the file is dated with that day, not with the clock.
    `wrapped` breaks long headings; `row_by_row` keeps no more than a row in memory.
    """
    import xlsxwriter  # noqa: PLC0415 - loads only when a workbook is written

    file = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {**_TEXT_STAYS_TEXT, "in_memory": not isinstance(target, Path), "constant_memory": row_by_row},
    )
    if made_on is not None:
        created = datetime.datetime.combine(made_on, datetime.time(), datetime.UTC)
        facts = {"title": title, "subject": subject, "created": created}
        file.set_properties({name: fact for name, fact in facts.items() if fact is not None})
    head = file.add_format({**HEAD, "text_wrap": True} if wrapped else dict(HEAD))
    return Book(file, head, file.add_format({"num_format": "@"}))
