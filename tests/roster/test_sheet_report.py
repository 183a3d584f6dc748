"""Every line of a sheet is read or left out by kind, and the two add up."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from jamsostek_cli.roster.reading import Roster
from jamsostek_cli.roster.sheet_report import LeftOut
from tests.conftest import Office
from tests.support.workbooks import xlsx

Reading = Callable[[Path], Roster]
HEAD = ("NO", "NIK", "NAMA", "JK", "ALAMAT")
LINES: dict[LeftOut, list[tuple[object, ...]]] = {
    LeftOut.HEADING: [HEAD],
    LeftOut.TOTAL: [
        ("JUMLAH", "", "", "", 12), ("", "TOTAL KESELURUHAN", "", "", 3), ("Sub Total", "", 7),
        ("", "", "", "", "JUMLAH TOTAL"), ("REKAPITULASI", "", "", "", ""),
    ],
    LeftOut.LABEL: [
        ("KEL. LOK TUAN",), ("(1)", "(2)", "(3)", "(4)", "(5)"), ("NO. KK :", "6474011205110001"),
    ],
    LeftOut.NUMBERS: [
        ("", "", "", "", 97000000), ("", "", "", 4, 3), ("", 12, "", "", ""), ("", "", "", "", "1.000"),
    ],
    LeftOut.PREPARED: [(8, "", "", "", "RT 05"), ("", "", "", "", "RT 5")],
    LeftOut.BLANK: [(" ", "", " "), ("", "  ")],
}  # fmt: skip
NOTES: list[tuple[object, ...]] = [
    ("Mengetahui,",), ("", "", "", "", "Bontang, 15 Januari 2025"), ("", "", "KEPALA DINAS"),
    ("Catatan: data sementara",), ("", "", "NIP. 197001011990031001"),
]  # fmt: skip


def person(number: int) -> tuple[object, ...]:
    return (number, f"647401170885{7000 + number:04d}", f"RUDI {'ABCDEFGHIJ'[number % 10] * 3}", "L", "JL. A")


@pytest.mark.parametrize("seed", range(30))
def test_what_is_read_and_what_is_left_out_are_all_the_lines(
    reading: Reading, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    titles = [("DAFTAR PEKERJA RENTAN",), ("TAHUN 2025",)][: chance.randrange(3)]
    rows: list[tuple[object, ...]] = [*titles, HEAD, person(0)]
    wanted = Counter({LeftOut.TITLE: len(titles), LeftOut.HEADING: 1})
    for number in range(1, 25):
        kind = chance.choice([None, *LINES])
        wanted.update([] if kind is None else [kind])
        rows.append(person(number) if kind is None else chance.choice(LINES[kind]))
    below = chance.sample(NOTES, chance.randrange(4))
    wanted[LeftOut.NOTE] += len(below)

    (report,) = reading(xlsx(tmp_path / "r.xlsx", {"Data": [*rows, *below]})).sheets

    got = Counter(dict(report.left_out))
    assert report.lines == len(rows) + len(below)
    assert report.rows == report.lines - got.total()
    for kind in (LeftOut.TITLE, LeftOut.HEADING, LeftOut.TOTAL, LeftOut.NUMBERS, LeftOut.BLANK):
        assert got[kind] == wanted[kind], kind
    assert got.total() == wanted.total()
    unasked = sum(got[kind] for kind in (LeftOut.TITLE, LeftOut.HEADING, LeftOut.BLANK))
    assert report.skipped == got.total() - unasked


def test_the_report_says_what_the_lines_were(office: Office, tmp_path: Path) -> None:
    rows = [
        HEAD, person(1), ("", "", "", "", 5), person(2), ("JUMLAH", "", "", "", 2), ("Sub total", "", 1),
        ("Mengetahui,",), ("", "", "LURAH GUNTUNG"),
    ]  # fmt: skip
    path = xlsx(tmp_path / "r.xlsx", {"Data": rows})

    ran = office("import", path, "--dry-run")
    (sheet,) = office.ok("import", path)["files"][0]["sheets"]

    assert "5 baris bukan orang (angka saja 1, jumlah 2, catatan atau tanda tangan 2)" in ran.out
    assert (sheet["lines"], sheet["rows"], sheet["skipped"]) == (8, 2, 5)
    assert sheet["left_out"] == {
        "title": 0, "heading": 1, "total": 2, "note": 2, "label": 0, "numbers": 1, "prepared": 0, "blank": 0,
    }  # fmt: skip
    assert office.one("SELECT skipped FROM batch_sheet") == 5


def test_a_numbered_template_with_a_guide_is_a_roster_without_people(office: Office, tmp_path: Path) -> None:
    rows = [("NO", "NIK", "NAMA"), ("Isi sesuai KTP", "", ""), ("1", "", ""), ("2", "", "")]

    assert office("import", xlsx(tmp_path / "r.xlsx", {"Data": rows})).error == "E207"
