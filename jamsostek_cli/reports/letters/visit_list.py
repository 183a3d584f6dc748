"""The list of families to visit on paper: for each kelurahan, by RT, with phone and boxes to be ticked."""

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from jamsostek_cli.domain.letters import VisitRow
from jamsostek_cli.messages import figures
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.reports.letters.paper import BOX, Block, NewPage, Paper, RuledTable, Title, Words

_HEADINGS: Final = (
    "Keluarga dan telepon",
    "Alamat",
    "Berkas kurang",
    "Kunjungan terakhir",
    "Tanggal, bertemu dengan",
    "Hasil atau janji",
    "Tanggal berikut",
)
"""What stands above the columns behind box, RT and claim."""
_WIDTHS: Final = (4, 6, 14, 14, 13, 15, 12, 12, 16, 9)


def compose(head: Letterhead, today: datetime.date, rows: Sequence[VisitRow]) -> Paper:
    """Return the list; every kelurahan begins a page, to be handed to whoever goes there."""
    blocks: list[Block] = []
    for kelurahan, families in groupby(rows, lambda row: row.kelurahan):
        here = list(families)
        counted = f"{figures.count(len(here))} keluarga · {figures.day(today.isoformat())} · {head.sender}"
        lines = tuple(
            (
                BOX,
                row.rt,
                f"{row.claim}\n{row.name}",
                "\n".join(filter(None, (row.family, row.phone))),
                row.address,
                row.missing,
                row.last,
                "",
                "",
                "",
            )
            for row in here
        )
        blocks += [
            *([NewPage()] if blocks else []),
            Title(f"DAFTAR KUNJUNGAN KELUARGA · {kelurahan.upper()}"),
            Words(counted),
            RuledTable(("", "RT", f"{kelurahan}: klaim, nama", *_HEADINGS), lines, _WIDTHS),
        ]
    return Paper(
        title="Daftar kunjungan", day=today, letterhead=head, blocks=tuple(blocks), across=True, headed=False
    )
