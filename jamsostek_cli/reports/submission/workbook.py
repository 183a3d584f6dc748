"""The workbook that is handed to BPJS: text cells, no formula, always Indonesian.

A second sheet bears the number of the submission, so that an answer on the same file is recognised.
"""

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jamsostek_cli.reports.submission.layout import SubmissionLayout

_NAVY: Final = "#1F3A5F"
_COVER: Final = "SURAT PENGANTAR"
_A4: Final = 9
_GUIDE: Final = (
    "Mohon didaftarkan sebagai peserta Bukan Penerima Upah (BPU).",
    "Isilah kolom nomor kartu dan hasil pada lembar sebelumnya, atau kirim daftar dengan NIK dan alasan.",
    "Cantumkan nomor pengajuan di atas pada setiap balasan.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSheet:
    """What stands on the second sheet: number, day, city, and how many people."""

    number: str
    made_on: datetime.date
    city: str
    heads: int


def write(
    path: Path,
    layout: SubmissionLayout,
    cover: CoverSheet,
    people: Sequence[Mapping[str, str | None]],
    password: str | None,
) -> None:
    """Write a submission, encrypted where there is a password; without one the same bytes every time."""
    import xlsxwriter  # noqa: PLC0415 - loads only when a workbook is written

    clear = io.BytesIO()
    book = xlsxwriter.Workbook(
        clear,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    made = datetime.datetime.combine(cover.made_on, datetime.time(), datetime.UTC)
    book.set_properties({"title": f"Pengajuan {cover.number}", "subject": cover.number, "created": made})
    head = book.add_format(
        {"bold": True, "bg_color": _NAVY, "font_color": "white", "border": 1, "text_wrap": True}
    )
    plain = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(layout.sheet)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer(f"&L&9{cover.number}&R&9&P / &N")
    for at, column in enumerate(layout.columns):
        sheet.set_column(at, at, column.width, None if column.is_number else plain)
        sheet.write_string(0, at, column.heading, head)
    for row, facts in enumerate(people, 1):
        for at, column in enumerate(layout.columns):
            shown = column.shown(facts)
            if column.is_number and shown:
                sheet.write_number(row, at, int(shown))
            elif shown:
                sheet.write_string(row, at, shown, plain)
    told = book.add_worksheet(_COVER if layout.sheet.upper() != _COVER else f"{_COVER} 2")
    told.set_column(0, 0, 24)
    told.set_column(1, 1, 60)
    for row, (label, value) in enumerate(
        (
            ("Nomor pengajuan", cover.number),
            ("Tanggal", f"{cover.made_on:%d-%m-%Y}"),
            ("Dari", cover.city),
            ("Jumlah orang", str(cover.heads)),
        )
    ):
        told.write_string(row, 0, label, plain)
        told.write_string(row, 1, value, plain)
    for row, line in enumerate(_GUIDE, 5):
        told.write_string(row, 0, line, plain)
    book.close()
    _store(path, clear, password)


def _store(path: Path, clear: io.BytesIO, password: str | None) -> None:
    """Write the workbook's bytes, encrypted as Excel does where there is a password."""
    if password is None:
        path.write_bytes(clear.getvalue())
        return
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - few submissions are locked

    with path.open("wb") as file:
        OOXMLFile(clear).encrypt(password, file)
