"""A branch office's own workbook for registering people, as such workbooks come: titles, groups, marks."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

HEADINGS: Final = (
    "No", "NIK", "Nama Lengkap", "Tgl Lahir (dd-mm-yyyy)", "Alamat", "Status Perkawinan", "Jenis Pekerjaan",
    "Penghasilan", "Program", "Periode Awal", "Usia",
)  # fmt: skip
FIRST: Final = 6
"""The row of the first person, where no row numbers the columns."""
_EXTENSION: Final = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1"><x14:formula1><xm:f>ACUAN!$A$1:$A$2'
    "</xm:f></x14:formula1><xm:sqref>F6:F50</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def write(
    path: Path,
    headings: Sequence[str] = HEADINGS,
    *,
    cells: Mapping[str, object] | None = None,
    numbered: bool = False,
    hidden: bool = False,
) -> Path:
    """Write a template whose headings stand in row 5 below a merged title; `cells` besides, by place."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("PETUNJUK").write("A1", "Isilah dengan benar")
        sheet = book.add_worksheet("Data TK")
        if hidden:
            sheet.hide()
        choices = book.add_worksheet("ACUAN")
        choices.write_column("A1", ["KAWIN", "BELUM"])
        choices.hide()
        title = book.add_format({"bold": True, "bg_color": "#00A651", "align": "center"})
        sheet.merge_range("A1:K1", "FORMULIR PENDAFTARAN", title)
        sheet.write_rich_string("A3", book.add_format({"bold": True}), "Wadah: ", title, "KOTA BONTANG")
        body = book.add_format({"border": 1, "font_size": 9})
        formats = {
            "Tgl Lahir (dd-mm-yyyy)": book.add_format({"border": 1, "num_format": "dd-mm-yyyy"}),
            "Penghasilan": book.add_format({"border": 1, "num_format": "#,##0"}),
            "Periode Awal": book.add_format({"border": 1, "num_format": "mmm yyyy"}),
        }
        for at, heading in enumerate(headings):
            sheet.write(4, at, heading, title)
            sheet.set_column(at, at, 7 + at)
            if numbered:
                sheet.write(5, at, f"({at + 1})")
            sheet.write_blank(FIRST - 1 + numbered, at, None, formats.get(heading, body))
        sheet.set_row(FIRST - 1 + numbered, 21)
        sheet.data_validation("F6:F50", {"validate": "length", "criteria": "<", "value": 20})
        for place, value in (cells or {}).items():
            if isinstance(value, str) and ":" in place:
                sheet.merge_range(place, value)
            else:
                sheet.write(place, value)
    return path


def with_choices_of_another_sheet(path: Path) -> Path:
    """Write a rule into a template's second sheet as newer versions of Excel do, in an extension."""
    return repacked(path, "xl/worksheets/sheet2.xml", "</worksheet>", _EXTENSION + "</worksheet>")


def repacked(path: Path, part: str, old: str, new: str) -> Path:
    """Replace a text in one part of a workbook, or add a part where there is none of this name."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = parts.get(part, b"").replace(old.encode(), new.encode()) or new.encode()
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path
