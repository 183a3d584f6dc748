"""The rosters of six departments as they come: titles, merged cells, hidden sheets, old files, bad NIKs."""

from pathlib import Path
from typing import Final

import openpyxl

from tests.conftest import person
from tests.support.workbooks import compound, label, old_sheet, xlsx

NAMES: Final = (
    "SITI RAHMAH", "BASRI ANWAR", "DARWIS KADIR", "FAISAL TANJUNG", "HAMZAH LATIF", "IRWAN SAPUTRA",
    "KASIM DAENG", "LUKMAN HAKIM", "PETRUS LAWAI", "SLAMET WIDODO", "YUSUF MAULANA",
    "NURHALIZA IDRIS", "MARYAM SALEH",
    "GUNAWAN SUSILO", "RAHMAN HIDAYAT", "WAHYUNI TARIGAN", "ZAINAL ABIDIN", "TAUFIK QODRI", "MURNIATI SARI",
    "OKTAVIANUS BALA", "JUMADI PRAYITNO", "ERNAWATI LUBIS", "VINCENT MANDAGI", "CAHYONO UTOMO",
)  # fmt: skip
PEOPLE: Final = {
    n: person(
        n,
        born=f"19{60 + n}-0{1 + n % 9}-1{n % 10}",
        sex="P" if n in {1, 12, 13, 16, 19, 22} else "L",
        name=name,
    )
    for n, name in enumerate(NAMES, 1)
}
KELURAHAN: Final = ("Guntung", "Loktuan", "Api-Api", "Kanaan", "Berebas Tengah")


def nik(number: int) -> str:
    return str(PEOPLE[number][0])


def row(number: int) -> list[object]:
    """Return a person as departments write them: NIK, name, birth day, sex, kelurahan."""
    born = PEOPLE[number][2]
    return [nik(number), PEOPLE[number][1], f"{born:%d-%m-%Y}", PEOPLE[number][3], KELURAHAN[number % 5]]


def lay_rosters(desk: Path) -> None:
    """Put the six rosters on the desk."""
    fishermen: list[list[object]] = [["DINAS PERIKANAN KOTA BONTANG"], ["DAFTAR NELAYAN TAHUN 2025"], []]
    heading: list[list[object]] = [["NIK", "NAMA", "TGL LAHIR", "L/P", "KELURAHAN"]]
    short = [nik(6)[:-1], *row(6)[1:]]
    people = [row(n) for n in range(1, 6)]
    closing: list[list[object]] = [["", "JUMLAH", 7], [], ["", "Mengetahui,"]]
    xlsx(
        desk / "Daftar Nelayan FINAL (rev2).xlsx",
        {
            "Nelayan": [*fishermen, *heading, *people, short, row(1), *closing],
            "Salinan": [*heading, row(5)],
        },
        hidden=["Salinan"],
    )
    _merged(desk / "ojek.xlsx")
    market = ["NO;NIK;NAMA;TGL LAHIR;JK;KELURAHAN"]
    market += [";".join(map(str, [at, *row(n)])) for at, n in enumerate((11, 12, 13, 1), 1)]
    market.append(f"5;{nik(14)[:6]}9999994444;GUNAWAN SUSILO;{PEOPLE[14][2]:%d-%m-%Y};L;Kanaan – RT 12")
    (desk / "pasar.csv").write_bytes("\r\n".join(market).encode("cp1252"))
    old: list[list[object]] = [["NIK", "NAMA"], *(row(n)[:2] for n in (15, 16))]
    cells = [
        label(at, column, str(value)) for at, line in enumerate(old) for column, value in enumerate(line)
    ]
    (desk / "sosial.xls").write_bytes(compound(old_sheet(*cells)))
    twins = [f"{nik(17)[:-1]}3", *row(17)[1:]]
    xlsx(desk / "petani.xlsx", {"Tani": [*heading, *(row(n) for n in (17, 18)), twins]})
    cell_changed = [float(nik(20)[:15] + "0"), *row(20)[1:]]
    xlsx(desk / "ukm.xlsx", {"Sheet1": [*heading, *(row(n) for n in (19, 21)), cell_changed]})


def _merged(path: Path) -> None:
    """Write drivers under a heading of two lines, their kelurahan merged over several rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["NO", "NIK", "IDENTITAS", None, None, "KELURAHAN"])
    sheet.append([None, None, "NAMA", "TGL LAHIR", "L/P", None])
    for at, n in enumerate((7, 8, 9, 10), 1):
        sheet.append([at, *row(n)[:4], "Guntung"])
    for merged in ("C1:E1", "A1:A2", "B1:B2", "F1:F2", "F3:F6"):
        sheet.merge_cells(merged)
    book.save(path)
