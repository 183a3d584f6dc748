"""An empty roster to hand to departments: what is typed into it comes back clean."""

import datetime
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.area import Area
from jamsostek_cli.messages import text
from jamsostek_cli.roster.sheets.columns import best
from jamsostek_cli.tables.workbook import open_book

COLUMNS: Final = (
    "nik",
    "name",
    "birth_place",
    "birth_date",
    "sex",
    "mother_name",
    "family_card",
    "address",
    "rt",
    "rw",
    "kelurahan",
    "occupation",
    "phone",
)
"""The columns of the template, in the order of an identity card."""

OCCUPATIONS: Final = (
    "ASISTEN RUMAH TANGGA",
    "BURUH HARIAN LEPAS",
    "GURU NGAJI",
    "KADER POSYANDU",
    "KURIR",
    "MARBOT MASJID",
    "MEKANIK",
    "NELAYAN",
    "PEDAGANG PASAR",
    "PENJAHIT",
    "PETANI",
    "PETANI RUMPUT LAUT",
    "PETERNAK",
    "RELAWAN DAMKAR",
    "TAGANA",
    "TUKANG BANGUNAN",
    "TUKANG OJEK",
    "TUKANG PIJAT",
)
"""The groups the programme names; another one may be typed over the list."""

_MADE_ON: Final = datetime.date(2025, 1, 1)
_ROWS: Final = 2_000
_WIDTHS: Final = {"name": 30, "address": 34, "nik": 20, "family_card": 20, "mother_name": 26}


def write(path: Path, area: Area) -> None:
    """Write the template: text cells, lists to choose from, instructions; always the same bytes."""
    book = open_book(path, made_on=_MADE_ON)
    sheet = book.file.add_worksheet("Roster")
    day = book.file.add_format({"num_format": "dd/mm/yyyy"})
    lists = book.file.add_worksheet("Daftar")
    choices = {
        "sex": ("L", "P"),
        "kelurahan": area.written(),
        "occupation": OCCUPATIONS,
    }
    for position, field in enumerate(COLUMNS):
        sheet.write_string(0, position, best(field), book.head)
        look = day if field == "birth_date" else book.text
        sheet.set_column(position, position, _WIDTHS.get(field, 16), look)
        if field in choices:
            column = list(choices).index(field)
            lists.write_column(0, column, choices[field])
            letter = chr(ord("A") + column)
            sheet.data_validation(
                1,
                position,
                _ROWS,
                position,
                {
                    "validate": "list",
                    "source": f"=Daftar!${letter}$1:${letter}${len(choices[field])}",
                    "error_type": "warning" if field == "occupation" else "stop",
                    "error_message": text("template.choose"),
                },
            )
    sheet.data_validation(
        1,
        0,
        _ROWS,
        0,
        {"validate": "length", "criteria": "==", "value": 16, "error_message": text("template.nik")},
    )
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    lists.hide()
    guide = book.file.add_worksheet(text("template.guide"))
    guide.set_column(0, 0, 100)
    for position, line in enumerate(text("template.instructions").split("\n")):
        guide.write_string(position, 0, line)
    book.close()
