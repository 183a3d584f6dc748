"""A season: 400 deaths of the civil registry, 107 of them members, BPJS's list, and the families who wait."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import BY_LIST, Office
from tests.support.workbooks import xlsx

FIRST = ("SITI", "BASRI", "DARWIS", "FAISAL", "HAMZAH", "IRWAN", "KASIM", "LUKMAN", "PETRUS", "YUSUF")
MIDDLE = ("AMINAH", "RAHMAT", "KADIR", "TANJUNG", "LATIF", "SAPUTRA", "DAENG", "HAKIM", "LAWAI", "MAULANA")
LAST = ("BURHAN", "SALEH", "IDRIS", "WIDODO", "HIDAYAT", "TARIGAN", "ABIDIN", "QODRI")
AREAS = ("Guntung", "Lok Tuan", "Api-Api", "Kanaan", "Belimbing")
MEMBERS, DEAD, LISTED, SLIPS, NAMELESS, PAID = 800, 107, 400, 12, 5, 31
FULL = 42_000_000
TODAY = "2024-07-17"


def name(n: int) -> str:
    return f"{FIRST[n % 10]} {MIDDLE[n // 10 % 10]} {LAST[n // 100 % 8]}"


def born(n: int) -> datetime.date:
    return datetime.date(1962, 1, 1) + datetime.timedelta(days=17 * n % 12_000)


def nik(n: int) -> str:
    return f"647401{born(n):%d%m%y}{1 + n:04d}"


def died(n: int) -> str:
    return f"2024-0{4 + n % 3}-{1 + n % 27:02d}"


def registry(n: int) -> list[object]:
    """Return a death as the civil registry writes it: some NIKs with a slip, some without any."""
    number: str | None = nik(n)
    if n < SLIPS:
        number = f"{nik(n)[:-1]}{(int(nik(n)[-1]) + 5) % 10}"
    elif n < SLIPS + NAMELESS:
        number = None
    return [number, name(n), f"{born(n):%d-%m-%Y}", AREAS[n % 5], died(n)]


def stranger(n: int) -> list[object]:
    """Return the death of a stranger; every twentieth has a member's name, and another day of birth."""
    called = name(n % MEMBERS) if n % 20 == 0 else f"ORANG {MIDDLE[n % 10]} {FIRST[n // 10 % 10]} {n}"
    day = datetime.date(1935, 1, 1) + datetime.timedelta(days=11 * n)
    return [
        f"6472{n:02d}{day:%d%m%y}{n:04d}"[:16].ljust(16, "1"),
        called,
        f"{day:%d-%m-%Y}",
        "Samarinda",
        "2024-05-05",
    ]


@pytest.fixture
def city(office: Office, roster: Any) -> Office:
    """A city whose 800 members are covered from October 2023 to December 2024."""
    rows = [(nik(n), name(n), born(n), "L", AREAS[n % 5], "NELAYAN") for n in range(MEMBERS)]
    office.ok("import", roster(rows), today="2023-10-02")
    terms = ("--from", "2023-10", "--months", 15, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    office.ok("enrol", "--everybody-not-enrolled", *terms, today="2023-10-03")
    span = ("2023-10..2024-12", "--proof", "SP2D-1", "--date", "2023-10-10")
    office.ok("iuran", "pay", *span, today="2023-10-11")
    return office


@pytest.mark.long
def test_a_season(city: Office, tmp_path: Path) -> None:
    deaths_are_found(city, tmp_path)
    bpjs_tells_who_is_paid(city, tmp_path)
    the_families_who_wait_are_visited(city, tmp_path)
    every_family_is_paid_once(city, tmp_path)


def deaths_are_found(city: Office, tmp_path: Path) -> None:
    heading = ["NIK", "NAMA", "TANGGAL LAHIR", "KELURAHAN", "TANGGAL MENINGGAL"]
    listed = [registry(n) for n in range(DEAD)] + [stranger(n) for n in range(LISTED - DEAD)]
    path = xlsx(tmp_path / "dukcapil.xlsx", {"Akta Kematian": [["DINAS DUKCAPIL"], heading, *listed]})
    review = tmp_path / "putuskan.xlsx"
    found = city("worker", "death", "--match", path, "-o", review, "--json", today=TODAY)
    doubtful = SLIPS + NAMELESS
    assert (found.code, found.data["rows"], found.data["strangers"]) == (3, LISTED, LISTED - DEAD)
    assert found.data["states"]["recorded"] == DEAD - doubtful
    assert found.data["states"]["doubtful"] == doubtful
    assert found.data["least"] == (DEAD - doubtful) * FULL
    decided(review, "sama", doubtful)
    again = city.ok("worker", "death", "--match", path, "--decide", review, today=TODAY)
    assert again["states"]["recorded"] == doubtful
    owed = city.ok("claim", "owed", today=TODAY)
    assert (len(owed["families"]), sum(one["least"] for one in owed["families"])) == (DEAD, DEAD * FULL)
    before = city.one("SELECT count(*) FROM v_audit")
    city("worker", "death", "--match", path, "--decide", review, today=TODAY)
    assert city.one("SELECT count(*) FROM v_audit") == before, "the same list twice changes nothing"


def decided(path: Path, word: str, rows: int) -> None:
    """Fill in the decisions of a table that was written, as an officer does in Excel."""
    book = openpyxl.load_workbook(path)
    filled = 0
    for sheet in book:
        headings = next((row for row in sheet.iter_rows() if any(c.value == "Keputusan" for c in row)), None)
        if headings is None:
            continue
        column = next(at for at, cell in enumerate(headings, 1) if cell.value == "Keputusan")
        for row in range((headings[0].row or 0) + 1, sheet.max_row + 1):
            if sheet.cell(row, 1).value and sheet.cell(row, column).value in {None, ""}:
                sheet.cell(row, column).value = word
                filled += 1
    book.save(path)
    assert filled == rows


def bpjs_tells_who_is_paid(city: Office, tmp_path: Path) -> None:
    heading = [
        "NIK",
        "NAMA",
        "TGL KEJADIAN",
        "TGL PENGAJUAN",
        "NO TANDA TERIMA",
        "STATUS",
        "TGL BAYAR",
        "JUMLAH",
    ]
    rows = [
        [nik(n), name(n), died(n), "2024-07-01", f"TT-{n}", "DIBAYAR", "2024-07-10", FULL]
        for n in range(SLIPS + NAMELESS, SLIPS + NAMELESS + PAID)
    ]
    path = xlsx(tmp_path / "klaim.xlsx", {"KLAIM JKM": [["DAFTAR KLAIM JKM"], heading, *rows]})
    city.ok("bpjs", "claims", path, "--dry-run", today=TODAY)
    assert city.rows("SELECT number FROM v_claim") == []
    city.ok("bpjs", "claims", path, today=TODAY)
    assert city.one("SELECT sum(amount) FROM v_payment") == PAID * FULL
    audited = city.one("SELECT count(*) FROM v_audit")
    city.ok("bpjs", "claims", path, today=TODAY)
    assert city.one("SELECT count(*) FROM v_audit") == audited, "the same list twice changes nothing"
    assert len(city.ok("claim", "owed", today=TODAY)["families"]) == DEAD - PAID


def the_families_who_wait_are_visited(city: Office, tmp_path: Path) -> None:
    waiting = city.ok("claim", "owed", today=TODAY)["families"]
    for family in waiting:
        city.ok("claim", "add", family["worker"], "--kind", "jkm", "--date", family["died_on"], today=TODAY)
    path = tmp_path / "kunjungan.xlsx"
    city.ok("claim", "visits", "-o", path, "-o", tmp_path / "kunjungan.pdf", today=TODAY)
    assert visited(path) == DEAD - PAID
    back = city.ok("claim", "visits", "--from", path, today="2024-07-19")
    assert city.one("SELECT count(*) FROM v_visit") == DEAD - PAID, back
    assert city.rows("SELECT DISTINCT next_on FROM v_claim_family") == [("2024-07-24",)]
    city.ok("claim", "visits", "--from", path, today="2024-07-19")
    assert city.one("SELECT count(*) FROM v_visit") == DEAD - PAID, "the same list twice changes nothing"


def visited(path: Path) -> int:
    """Fill in a list of visits: each family was met on 18 July and will bring its papers on the 24th."""
    told: dict[str, datetime.date | str] = {
        "DIKUNJUNGI": datetime.date(2024, 7, 18),
        "BERTEMU DENGAN": "istri",
        "HASIL / JANJI": "surat ahli waris menyusul",
        "TANGGAL BERIKUT": datetime.date(2024, 7, 24),
    }
    book, families = openpyxl.load_workbook(path), 0
    for sheet in book:
        headings = next((row for row in sheet.iter_rows() if any(c.value == "DIKUNJUNGI" for c in row)), None)
        if headings is None:
            continue
        for row in range((headings[0].row or 0) + 1, sheet.max_row + 1):
            if not any(str(cell.value).startswith("K-") for cell in sheet[row]):
                continue
            families += 1
            for at, cell in enumerate(headings, 1):
                if str(cell.value) in told:
                    sheet.cell(row, at).value = told[str(cell.value)]
    book.save(path)
    return families


def every_family_is_paid_once(city: Office, tmp_path: Path) -> None:
    """Papers, a second pair of eyes, one payment each; every amount is explained with its articles."""
    waiting = [number for (number,) in city.rows("SELECT number FROM v_claim WHERE state = 'reported'")]
    assert len(waiting) == DEAD - PAID
    for number in waiting:
        city.ok("claim", "document", number, "--all", today="2024-07-24")
        told = city.ok("claim", "explain", number, today="2024-07-24")
        lines = [step for step in told["steps"] if step["step"] == "line"]
        assert sum(line["amount"] for line in lines) == FULL
        assert all(line["citation"].startswith("PP 82/2019") for line in lines)
    city.ok("verify", *waiting, "--decision", "dibayar di muka", actor="budi", today="2024-07-25")
    pay = ("--proof", "TRF-1", "--date", "2024-07-30", *BY_LIST)
    city.ok("pay", *waiting, *pay, actor="sari", today="2024-07-30")
    assert city("pay", *waiting, *pay, actor="sari", today="2024-07-30").error == "E411"
    assert city.one("SELECT sum(amount) FROM v_payment") == DEAD * FULL
    assert city.rows("SELECT worker_id FROM v_claim GROUP BY worker_id HAVING count(*) > 1") == []
    assert city.ok("claim", "owed", today="2024-07-30")["families"] == []
    assert city.ok("audit", "verify")["rows"] > 0
