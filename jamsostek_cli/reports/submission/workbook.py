"""The workbook that is handed to BPJS: text cells, no formula, always Indonesian.

A second sheet bears the number of the submission, so that an answer on the same file is recognised.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.submission.layout import SubmissionLayout
from jamsostek_cli.tables.workbook import A4, Book, on_paper, open_book, row_height

_COVER: Final = "SURAT PENGANTAR"
_COVER_WIDTHS: Final = (24, 60)
_GUIDE: Final = (
    "Mohon didaftarkan sebagai peserta Bukan Penerima Upah (BPU).",
    "Isilah kolom nomor kartu dan hasil pada lembar sebelumnya, atau kirim daftar dengan NIK dan alasan.",
    "Cantumkan nomor pengajuan di atas pada setiap balasan.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSheet:
    """What stands on the second sheet: number, day, who sends it, and how many people."""

    number: str
    made_on: datetime.date
    letterhead: Letterhead
    heads: int


def write(
    path: Path,
    layout: SubmissionLayout,
    cover: CoverSheet,
    people: Sequence[Mapping[str, str | None]],
    password: str | None,
) -> None:
    """Write a submission, encrypted where there is a password; without one the same bytes every time."""
    clear = io.BytesIO()
    book = open_book(
        clear,
        made_on=cover.made_on,
        title=f"Pengajuan {cover.number}",
        subject=cover.number,
        wrapped=True,
    )
    _list(book, layout, cover, people)
    _cover(book, layout, cover)
    book.close()
    store(path, clear, password)


def _list(
    book: Book, layout: SubmissionLayout, cover: CoverSheet, people: Sequence[Mapping[str, str | None]]
) -> None:
    """Write the first sheet: a row for each person."""
    sheet = book.file.add_worksheet(layout.sheet)
    widths = [column.width for column in layout.columns]
    fields = [column.field for column in layout.columns]
    on_paper(sheet, widths, kept=fields.index("name") + 1 if "name" in fields else 0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer(f"&L&10{cover.number}&R&10&P / &N")
    text = book.file.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.file.add_format({"valign": "top"})
    for at, column in enumerate(layout.columns):
        sheet.set_column(at, at, column.width, number if column.is_number else text)
        sheet.write_string(0, at, column.heading, book.head)
    sheet.set_row(0, row_height([column.heading for column in layout.columns], widths))
    for row, facts in enumerate(people, 1):
        said = [column.shown(facts) for column in layout.columns]
        sheet.set_row(row, row_height(said, widths))
        for at, (column, shown) in enumerate(zip(layout.columns, said, strict=True)):
            if column.is_number and shown:
                sheet.write_number(row, at, int(shown), number)
            elif shown:
                sheet.write_string(row, at, shown, text)


def _cover(book: Book, layout: SubmissionLayout, cover: CoverSheet) -> None:
    """Write the second sheet: which submission this is, and what BPJS is asked to do."""
    sheet = book.file.add_worksheet(_COVER if layout.sheet.upper() != _COVER else f"{_COVER} 2")
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for at, width in enumerate(_COVER_WIDTHS):
        sheet.set_column(at, at, width)
    wrapped = book.file.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = cover.letterhead
    facts = (
        ("Nomor pengajuan", cover.number),
        ("Tanggal", f"{cover.made_on:%d-%m-%Y}"),
        ("Dari", head.sender),
        ("Alamat", head.address),
        ("Telepon", head.phone),
        ("Jumlah orang", str(cover.heads)),
    )
    known = [(label, value) for label, value in facts if value]
    for row, (label, value) in enumerate(known):
        sheet.write_string(row, 0, label, book.text)
        sheet.write_string(row, 1, value, book.text)
    for row, line in enumerate(_GUIDE, len(known) + 1):
        sheet.merge_range(row, 0, row, 1, line, wrapped)
        sheet.set_row(row, row_height([line], [sum(_COVER_WIDTHS)]))
    below = len(known) + len(_GUIDE) + 2
    for row, line in enumerate(head.signature(cover.made_on), below):
        sheet.write_string(row, 1, line, book.text)


def store(path: Path, clear: io.BytesIO, password: str | None) -> None:
    """Write the workbook's bytes, encrypted as Excel does where there is a password."""
    if password is None:
        path.write_bytes(clear.getvalue())
        return
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - few submissions are locked

    with path.open("wb") as file:
        OOXMLFile(clear).encrypt(password, file)
