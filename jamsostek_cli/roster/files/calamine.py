"""Excel's binary workbooks (`.xlsb`), which python-calamine reads."""

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
from jamsostek_cli.roster.files.sheet import HIDDEN, NOT_A_ROSTER, Row, Sheet

T = TypeVar("T")

_STANDARD_ERROR: Final = 2


def binary_workbook(
    file: BinaryIO, parts: Iterable[ZipInfo], inflater: guard.Inflater, opening: Opening
) -> Iterator[Sheet]:
    """Yield the sheets of a binary workbook (`.xlsb`); only its growth is watched beforehand."""
    for part in parts:
        for _ in inflater.blocks(part):
            pass
    file.seek(0)
    content = io.BytesIO(file.read())
    book = _carefully(lambda: CalamineWorkbook.from_filelike(content))
    for at, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            yield Sheet(about.name, iter(()), NOT_A_ROSTER)
        elif about.visible != SheetVisibleEnum.Visible and not opening.wants(about.name):
            yield Sheet(about.name, iter(()), HIDDEN)
        else:
            yield Sheet(about.name, _rows(book, at))


def _rows(book: CalamineWorkbook, at: int) -> Iterator[Row]:
    """Yield the rows of a sheet that hold something."""
    sheet = _carefully(lambda: book.get_sheet_by_index(at))
    if sheet.start is None:
        return
    before: list[Cell] = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = before + [_value(cell) for cell in cells]
        if any(cell != "" for cell in row):
            yield number, False, row


def _value(cell: object) -> Cell:
    """Return what the library read, dates as ISO text, whole numbers as whole."""
    if isinstance(cell, float):
        return values.whole(cell)
    if isinstance(cell, datetime.date):
        return values.moment_text(cell)
    if isinstance(cell, bool | int):
        return cell
    return values.seen(str(cell))


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
