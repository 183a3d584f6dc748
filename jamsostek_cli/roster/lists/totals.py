"""What an invoice says its people come to: the sums below its rows, as far as they mean all of the rows."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells import amounts
from jamsostek_cli.roster.cells.text import Cell, text_of, word_set
from jamsostek_cli.roster.sheets import header, line_kinds

_OF_ALL: Final = word_set(
    "sub grand jumlah total rekap rekapitulasi tagihan iuran invoice seluruh seluruhnya keseluruhan semua "
    "umum akhir bayar dibayar dibayarkan pembayaran yang harus nilai nominal rp rupiah idr bulan bulanan ini "
    "amount due contribution januari februari maret april mei juni juli agustus september oktober november "
    "desember"
)
"""The words of a line that speaks of all rows: not of one programme, of a fine, or of a number of people."""
_BEHIND: Final = re.compile(r"(?:rp|idr)\W*\d[\d.,]*(?:\s*[-–—=]+)?\s*\Z", re.IGNORECASE)
"""A sum in the cell of the label ("TOTAL : Rp 117.600,-")."""
_COUNTED: Final = 1_000
"""A number below so many rupiah, away from the column of amounts, counts people."""


class StatedTotal(NamedTuple):
    """A sum that a list states: whole rupiah, or in `illegible` what is written and cannot be read.

    It may mean any of the `runs`, each a (first, behind last) of the list's people counted from 0: those
    since the sum before, those of the sheet, all of them.
    """

    sheet: str
    row: int
    amount: int | None
    illegible: str | None
    runs: tuple[tuple[int, int], ...]


def of_all(shown: Sequence[str]) -> bool:
    """Tell whether a line of sums speaks of all the rows above it.

    >>> of_all(["", "TOTAL IURAN MARET 2025"]), of_all(["Jumlah JKK"]), of_all(["Total Peserta : 6"])
    (True, False, False)
    """
    label = line_kinds.total_label(shown) or "-"
    return _OF_ALL.issuperset(re.findall(r"[a-z]+", label.lower()))


def elsewhere(cells: Sequence[Cell]) -> int | None:
    """Return the sum of a line whose column of amounts is blank: behind the label, or in another cell."""
    filled = [cell for cell in cells if text_of(cell)]
    if behind := _BEHIND.search(header.texts(filled[:1])[0]):
        return amounts.rupiah(behind[0])
    read = (amounts.rupiah(cell) for cell in reversed(filled[1:]))
    return next((found for found in read if found is not None and found >= _COUNTED), None)
