"""Workbooks that python-calamine reads: old Excel, OpenDocument, and Excel's binary kind.

The library believes what a file says of itself, so the cells are counted first; and it tells nothing of
hidden rows and columns or of old Excel's error cells, which are taken from the file beside it.
"""

import datetime
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, TypeVar
from zipfile import ZipInfo

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.files import guard, values
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import HIDDEN, NOT_A_ROSTER, Row, Sheet, SheetFrame, Unseen

T = TypeVar("T")

_STANDARD_ERROR: Final = 2
_CONTENT: Final = "content.xml"
_ENCRYPTED: Final = b"manifest:encryption-data"


def open_document(
    file: BinaryIO, parts: Iterable[ZipInfo], inflater: guard.Inflater, opening: Opening
) -> Iterator[Sheet]:
    """Yield the sheets of an OpenDocument workbook; repeated cells are written once and read many times."""
    from jamsostek_cli.roster.files.open_document import look  # noqa: PLC0415 - few rosters need it

    known: list[Unseen] = []
    for part in sorted(parts, key=lambda part: part.filename == _CONTENT):
        if part.filename == _CONTENT:
            known = look(inflater.blocks(part), lambda cells: guard.fits(cells, opening.limits))
        elif any(_ENCRYPTED in block for block in inflater.blocks(part)):
            raise guard.no_password_helps()
    file.seek(0)
    yield from _sheets(io.BytesIO(file.read()), opening, known)


def binary_workbook(
    file: BinaryIO, parts: Iterable[ZipInfo], inflater: guard.Inflater, opening: Opening
) -> Iterator[Sheet]:
    """Yield the sheets of a binary workbook (`.xlsb`); only its growth is watched beforehand."""
    for part in parts:
        for _ in inflater.blocks(part):
            pass
    file.seek(0)
    yield from _sheets(io.BytesIO(file.read()), opening, [])


def _sheets(content: io.BytesIO, opening: Opening, known: list[Unseen]) -> Iterator[Sheet]:
    book = _carefully(lambda: CalamineWorkbook.from_filelike(content))
    for at, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            yield Sheet(about.name, iter(()), NOT_A_ROSTER)
        elif about.visible != SheetVisibleEnum.Visible and not opening.wants(about.name):
            yield Sheet(about.name, iter(()), HIDDEN)
        else:
            unseen = known[at] if at < len(known) else Unseen()
            layout = SheetFrame(hidden_columns=frozenset(unseen.columns), merged=tuple(unseen.merged))
            yield Sheet(about.name, _rows(book, at, unseen), layout=layout)


def _rows(book: CalamineWorkbook, at: int, unseen: Unseen) -> Iterator[Row]:
    """Yield the rows of a sheet that hold something."""
    sheet = _carefully(lambda: book.get_sheet_by_index(at))
    if sheet.start is None:
        return
    before: list[Cell] = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = before + [_value(cell) for cell in cells]
        for column, error in unseen.errors.get(number, ()):
            row += [""] * (column + 1 - len(row))
            row[column] = error
        if any(cell != "" for cell in row):
            yield number, number in unseen.rows, row


def _value(cell: object) -> Cell:
    """Return what the library read, dates as ISO text, whole numbers as whole."""
    if isinstance(cell, float):
        return values.whole(cell)
    if isinstance(cell, datetime.date):
        return values.moment_text(cell)
    return cell if isinstance(cell, str | bool | int) else str(cell)


def _carefully(step: Callable[[], T]) -> T:
    """Let the library work; whatever goes wrong in it is a damaged file."""
    try:
        with _mute():
            return step()
    except CalamineError:
        pass
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own, and no Exception
            raise
    raise ValueError("damaged")


@contextmanager
def _mute() -> Iterator[None]:
    """Keep what the library itself prints when it panics off the screen."""
    screen = os.dup(_STANDARD_ERROR)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), _STANDARD_ERROR)
    try:
        yield
    finally:
        os.dup2(screen, _STANDARD_ERROR)
        os.close(screen)
