"""BPJS's invoice held against our bill, through the real program and real workbooks."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Office, once, person

HEADINGS = ("NO", "NIK", "NAMA TENAGA KERJA", "JUMLAH IURAN")
PEOPLE = [person(n, born="1959-03-05" if n == 8 else f"{1970 + n}-03-05") for n in range(12)]
Invoice = Callable[[Sequence[tuple[object, object]]], Path]


@pytest.fixture
@once
def city(office: Office, roster: Callable[..., Path]) -> Office:
    """Ten people in the register, six of them enrolled for 2025 by the city."""
    office.ok("import", roster(PEOPLE[:10]))
    people = [x for n in range(1, 7) for x in ("--worker", f"P-{n:06d}")]
    terms = ("--from", "2025-01", "--months", 12, "--decree", "SK", "--registered")
    office.ok("enrol", *people, "--payer", "apbd-kota", *terms)
    return office


@pytest.fixture
def invoice(roster: Callable[..., Path]) -> Invoice:
    """Write an invoice of (NIK, amount) rows."""

    def write(rows: Sequence[tuple[object, object]]) -> Path:
        numbered = [(n, nik, f"ORANG {n}", amount) for n, (nik, amount) in enumerate(rows, start=1)]
        return roster(numbered, "tagihan.xlsx", HEADINGS)

    return write


def change(office: Office, statement: str) -> None:
    """Do what a command of its own will do."""
    with closing(sqlite3.connect(office.path)) as connection, connection:
        connection.execute(statement)


def kinds(checked: Any) -> list[tuple[str, str | None, int]]:
    return [(line["category"], line["worker"], line["amount"]) for line in checked["lines"]]


def test_a_list_that_agrees(city: Office, invoice: Invoice) -> None:
    path = invoice([(PEOPLE[n][0], 16_800) for n in range(6)])
    before = city.path.read_bytes()
    ran = city("iuran", "check", "2025-03", path, "--json")
    assert ran.code == 0, ran.err
    assert (ran.data["ours"], ran.data["theirs"], ran.data["difference"], ran.data["bill"]) == (
        100_800, 100_800, 0, "computed",
    )  # fmt: skip
    assert (ran.data["lines"], ran.data["categories"], ran.data["direction"]) == ([], [], "equal")
    assert city.path.read_bytes() == before
    assert "Keduanya cocok" in city("iuran", "check", path, "2025-03").out


def test_every_kind_of_difference_is_named_to_the_rupiah(
    city: Office, invoice: Invoice, tmp_path: Path
) -> None:
    terms = ("--decree", "SK", "--registered")
    city.ok("iuran", "pay", "2025-01..2025-02", "--proof", "S-1", "--date", "2025-01-10")
    city.ok("worker", "death", "P-000006", "--died", "2025-01-20", "--reported", "2025-02-21")
    city.ok("enrol", "--worker", "P-000007", "--from", "2025-01", "--months", 9, "--payer", "csr", *terms)
    city.ok(
        "enrol", "--worker", "P-000008", "--from", "2025-01", "--months", 1, "--payer", "apbd-kota", *terms
    )
    change(city, "UPDATE worker SET status = 'moved' WHERE id = 5")
    change(city, "UPDATE enrolment SET status = 'ended', end_month = '2025-02' WHERE worker_id IN (4, 5)")
    city.ok("iuran", "bill", "2025-03", "--payer", "apbd-kota")
    path = invoice(
        [
            (PEOPLE[0][0], 16_800), (PEOPLE[0][0], None), (PEOPLE[1][0], 18_800), (PEOPLE[3][0], 16_800),
            (PEOPLE[4][0], 16_800), (PEOPLE[5][0], 16_800), (PEOPLE[6][0], 16_800), (PEOPLE[7][0], 16_800),
            (PEOPLE[8][0], 16_800), (PEOPLE[9][0], None), (PEOPLE[10][0], 16_800), ("647401", 16_800),
        ]
    )  # fmt: skip
    ran = city("iuran", "check", path, "--payer", "apbd-kota", "--json")
    assert ran.code == 3
    assert kinds(ran.data) == [
        ("doubled", "P-000001", 16_800),
        ("rate-differs", "P-000002", 2_000),
        ("ended", "P-000004", 16_800),
        ("moved", "P-000005", 16_800),
        ("deceased", "P-000006", 16_800),
        ("other-payer", "P-000007", 16_800),
        ("expired", "P-000008", 16_800),
        ("over-age", "P-000009", 16_800),
        ("not-enrolled", "P-000010", 16_800),
        ("unknown", None, 16_800),
        ("unreadable", None, 16_800),
        ("missing", "P-000003", -16_800),
        ("correction", "P-000006", 16_800),
    ]
    assert (ran.data["month"], ran.data["bill"], ran.data["amount"], ran.data["correction"]) == (
        "2025-03", "open", 50_400, -16_800,
    )  # fmt: skip
    assert (
        ran.data["difference"]
        == ran.data["theirs"] - ran.data["ours"]
        == sum(line["amount"] for line in ran.data["lines"])
    )
    assert (ran.data["rows_without_amount"], ran.data["lines"][0]["assumed"]) == (2, True)
    assert (ran.data["lines"][0]["sheet"], ran.data["lines"][0]["row"]) == ("Sheet", 3)
    assert sum(share["amount"] for share in ran.data["categories"]) == ran.data["difference"]
    assert not [nik for nik, *_ in PEOPLE if str(nik) in ran.out]
    said = city("iuran", "check", path, "--payer", "apbd-kota", "--lang", "en")
    assert "BPJS asks for Rp170,000 more than our bill." in said.out
    assert "2 rows without an amount" in said.out
    note = tmp_path / "selisih.md"
    assert city("iuran", "check", path, "--payer", "apbd-kota", "-o", note).code == 3
    assert "| dua kali | P-000001 |" in note.read_text(encoding="utf-8")


def test_a_paid_month_with_a_supplement_and_someone_on_no_bill(city: Office, invoice: Invoice) -> None:
    pay = ("iuran", "pay", "2025-01", "--date", "2025-01-10", "--payer", "apbd-kota", "--proof")
    city.ok(*pay, "S-1")
    terms = ("--payer", "apbd-kota", "--decree", "SK", "--registered")
    city.ok("enrol", "--worker", "P-000007", "--from", "2025-01", *terms)
    everybody = invoice([(PEOPLE[n][0], 16_800) for n in range(7)])
    found = city.ok("iuran", "check", "2025-01", everybody)
    assert (found["bill"], kinds(found)) == ("paid", [("not-billed", "P-000007", 16_800)])
    city.ok("iuran", "bill", "2025-01")
    assert (city.ok("iuran", "check", everybody)["bill"], city.ok("iuran", "check", everybody)["heads"]) == (
        "open",
        7,
    )
    city.ok("worker", "merge", "P-000001", "P-000007", "--reason", "one card")
    assert city("iuran", "check", everybody).error == "E350"
    city.ok("iuran", "bill", "2025-01")
    assert kinds(city.ok("iuran", "check", "2025-01", everybody)) == [("merged", "P-000007", 16_800)]


def test_who_was_credited_and_paid_for_again_counts_once(city: Office, invoice: Invoice) -> None:
    pay = ("iuran", "pay", "--date", "2025-03-10", "--proof")
    city.ok(*pay, "S-1", "2025-01..2025-02")
    city.ok("worker", "death", "P-000001", "--died", "2025-01-20", "--reported", "2025-03-01")
    city.ok(*pay, "S-2", "2025-03")
    city.ok("worker", "alive", "P-000001", "--reason", "another")
    everybody = invoice([(PEOPLE[n][0], 16_800) for n in range(6)])
    for step in ("2025-02", "S-3"):
        if step == "S-3":
            city.ok(*pay, step, "2025-02")
        checked = city.ok("iuran", "check", "2025-02", everybody)
        assert (checked["heads"], checked["ours"], checked["year"]) == (6, 6 * 16_800, 12 * 6 * 16_800)
        assert checked["lines"] == []


def test_sums_that_agree_about_other_people_are_no_agreement(city: Office, invoice: Invoice) -> None:
    ran = city("iuran", "check", "2025-03", invoice([(PEOPLE[n][0], 16_800) for n in range(1, 7)]))
    assert ran.code == 3
    assert "saling menutup" in ran.out


@pytest.mark.long
def test_the_published_number_of_people_is_short(city: Office) -> None:
    change(
        city,
        "INSERT INTO worker (id, nik, name, birth_date, sex, batch_id, sheet, row)"
        " WITH RECURSIVE n(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM n WHERE n < 36870)"
        " SELECT n, CAST(6474019900000000 + n AS TEXT), 'ORANG', '1980-01-01', 'L', 1, 0, n FROM n",
    )
    change(
        city,
        "INSERT INTO enrolment (worker_id, segment, programmes, payer, basis, start_month, end_month,"
        " planned_end_month, status) SELECT id, 'bpu', 'jkk,jkm', 'apbd-kota', 1000000, '2025-01',"
        " '2025-12', '2025-12', 'active' FROM worker WHERE id >= 100",
    )
    found = city.ok("iuran", "check", "2025-10", "--heads", 36_777)
    assert (found["ours"], found["theirs"], found["year"]) == (617_853_600, 617_853_600, 7_414_243_200)
    ran = city("iuran", "check", "--month", "2025-10", "--heads", "35.777", "--lang", "en", "--json")
    assert (ran.code, ran.data["difference"], ran.data["direction"]) == (3, -16_800_000, "short")
    assert ran.data["categories"] == [{"category": "unexplained", "heads": -1_000, "amount": -16_800_000}]
    assert (
        "BPJS asks for Rp16,800,000 less"
        in city("iuran", "check", "2025-10", "--heads", "35777", "--lang", "en").out
    )
    assert city.ok("iuran", "check", "2025-10", "--amount", "Rp617.853.600")["direction"] == "equal"


def test_a_sum_is_explained_by_the_correction_or_not(city: Office) -> None:
    city.ok("iuran", "pay", "2025-01..2025-02", "--proof", "S-1", "--date", "2025-01-10")
    city.ok("worker", "death", "P-000001", "--died", "2025-01-20", "--reported", "2025-02-21")
    check = ("iuran", "check", "2025-03", "--amount")
    assert city.ok(*check, 67_200)["direction"] == "equal"
    assert city.ok(*check, 84_000)["categories"] == [{"category": "correction", "heads": 1, "amount": 16_800}]
    said = city(*check, 84_001, "--lang", "en")
    assert "BPJS asks for Rp16,801 more" in said.out
    assert "Rp84,000 less Rp16,800" in said.out
    assert city.ok(*check, 84_001)["categories"][1] == {"category": "unexplained", "heads": None, "amount": 1}


def test_what_cannot_be_checked_is_refused(
    city: Office, invoice: Invoice, roster: Callable[..., Path]
) -> None:
    path = invoice([(PEOPLE[0][0], 16_800)])
    no_nik = roster([("BASRI", 16_800)], "tanpa-nik.xlsx", ("NAMA", "JUMLAH IURAN"))
    for arguments, code in (
        (("2025-03",), "E002"),
        (("2025-03", path, "--heads", 3), "E002"),
        (("2025-03", "--month", "2025-04", path), "E002"),
        ((path, path), "E002"),
        (("2025-03", path, "--payer", "paman"), "E310"),
        (("2025-03", no_nik), "E330"),
        (("2026-03", path), "E307"),
        (("2026-03", path, "--payer", "csr"), "E307"),
    ):
        assert city("iuran", "check", *arguments).error == code, arguments
    terms = ("--from", "2025-01", "--decree", "SK", "--registered", "--basis", "1.200.000")
    city.ok("enrol", "--worker", "P-000007", "--payer", "apbd-kota", *terms)
    assert city("iuran", "check", "2025-03", "--heads", 7).error == "E351"
    city.ok("enrol", "--worker", "P-000008", "--payer", "csr", *terms)
    city.ok("iuran", "bill", "2025-03")
    assert city("iuran", "check", "2025-03", path).error == "E304"


def test_a_long_list_is_cut_on_the_screen_and_whole_in_json(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(n) for n in range(45)]))
    terms = ("--from", "2025-08", "--payer", "apbd-kota", "--decree", "SK", "--registered")
    office.ok("enrol", "--batch", "B-2025-001", *terms)
    path = roster([(1, PEOPLE[10][0], "SATU", 16_800)], "tagihan.xlsx", HEADINGS)
    ran = office("iuran", "check", path)
    assert ran.out.count("\n") < 60
    assert "6 orang lagi" in ran.err
    assert len(office.ok("iuran", "check", path)["lines"]) == 46


@pytest.mark.parametrize("written", ["Rp 16.800,-/bln", "enam belas ribu", "-", "#REF!", "16.800-", 16800.4])
def test_an_amount_that_cannot_be_read_never_agrees(city: Office, invoice: Invoice, written: object) -> None:
    path = invoice([(PEOPLE[n][0], written if n < 2 else 16_800) for n in range(6)])
    ran = city("iuran", "check", "2025-03", path, "--json")
    assert (ran.code, ran.data["direction"], ran.data["difference"]) == (3, "unknown", 0)
    assert (ran.data["rows_unreadable_amount"], ran.data["rows_without_amount"]) == (2, 0)
    assert kinds(ran.data) == [("unreadable", "P-000001", 0), ("unreadable", "P-000002", 0)]
    assert {(line["detail"], line["assumed"]) for line in ran.data["lines"]} == {(str(written), True)}
    said = city("iuran", "check", "2025-03", path, "--lang", "en").out
    assert "2 rows have an amount that cannot be read" in said
    assert "They agree" not in said
    assert "without an amount" not in said


def test_the_file_says_that_amounts_are_missing(city: Office, invoice: Invoice, tmp_path: Path) -> None:
    path = invoice([(PEOPLE[n][0], "lunas" if n == 5 else 20_000) for n in range(6)])
    note = tmp_path / "selisih.md"
    ran = city("iuran", "check", "2025-03", path, "-o", note)
    assert (ran.code, "Belum dapat dikatakan" in ran.out, "Rp16.000" in ran.out) == (3, True, True)
    written = note.read_text(encoding="utf-8")
    assert "Baris dengan jumlah yang tidak terbaca: 1." in written
    assert "lunas" in written


def test_an_amount_reckoned_in_floating_point_is_read(city: Office, invoice: Invoice) -> None:
    path = invoice([(PEOPLE[n][0], 19999.999999999996) for n in range(6)])
    ran = city("iuran", "check", "2025-03", path, "--json")
    assert (ran.code, ran.data["theirs"], ran.data["difference"]) == (3, 120_000, 19_200)
    assert kinds(ran.data) == [("rate-differs", f"P-{n:06d}", 3_200) for n in range(1, 7)]
    blank = city("iuran", "check", "2025-03", invoice([(PEOPLE[n][0], None) for n in range(6)]), "--json")
    assert (blank.code, blank.data["direction"], blank.data["rows_without_amount"]) == (0, "equal", 6)


SIX = [(n, PEOPLE[n][0], f"ORANG {n}", 16_800) for n in range(6)]
RIGHT = 6 * 16_800


@pytest.mark.parametrize(
    ("total", "stated"),
    [
        (("", "", "TOTAL", 117_600), 117_600),
        (("TOTAL", "", "", "Rp 84.000"), 84_000),
        (("", "JUMLAH TAGIHAN", "", 117_600), 117_600),
        (("GRAND TOTAL IURAN MARET 2025", "", "", 117_600), 117_600),
        (("TOTAL : Rp 117.600,-", "", "", ""), 117_600),
        (("JUMLAH", "", "117.600", ""), 117_600),
        (("TOTAL", "", "", "#REF!"), None),
    ],
)
def test_a_total_that_its_own_rows_do_not_come_to_is_said(
    city: Office, roster: Callable[..., Path], tmp_path: Path, total: tuple[object, ...], stated: int | None
) -> None:
    path = roster([*SIX, total], "tagihan.xlsx", HEADINGS)
    ran = city("iuran", "check", "2025-03", path, "--json")
    assert (ran.code, ran.data["difference"], ran.data["direction"]) == (3, 0, "unknown")
    assert ran.data["wrong_totals"] == [{"sheet": "Sheet", "row": 8, "stated": stated, "rows": RIGHT}]
    english = city("--lang", "en", "iuran", "check", "2025-03", path)
    assert english.code == 3
    assert "Sheet 8: the invoice's own total" in english.out
    assert "They agree." not in english.out
    assert "Sheet 8: jumlah yang tertulis" in city("iuran", "check", "2025-03", path).out
    note = tmp_path / "selisih.md"
    city("iuran", "check", "2025-03", path, "-o", note)
    assert "Sheet 8: jumlah yang tertulis" in note.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "total",
    [
        ("", "", "TOTAL", RIGHT),
        ("TOTAL", "", "", "Rp 100.800,00"),
        ("JUMLAH", 6, "", ""),
        ("TOTAL PESERTA", "", "", 7),
        ("JUMLAH JKK", "", "", 60_000),
        ("TOTAL DENDA", "", "", 2_000),
        ("TOTAL", "", "", ""),
        ("JUMLAH", "", "TOTAL IURAN", "Rp100.800"),
    ],
)
def test_a_total_that_is_right_or_speaks_of_something_else_is_not_held_against_the_invoice(
    city: Office, roster: Callable[..., Path], total: tuple[object, ...]
) -> None:
    ran = city("iuran", "check", "2025-03", roster([*SIX, total], "tagihan.xlsx", HEADINGS), "--json")
    assert (ran.code, ran.data["wrong_totals"], ran.data["direction"]) == (0, [], "equal")


def test_subtotals_and_a_grand_total_over_all_are_right(city: Office, roster: Callable[..., Path]) -> None:
    rows = [*SIX[:2], ("SUB TOTAL", "", "", 33_600), *SIX[2:], ("SUB TOTAL", "", "", 67_200)]
    path = roster([*rows, ("GRAND TOTAL", "", "", RIGHT)], "tagihan.xlsx", HEADINGS)
    assert city("iuran", "check", "2025-03", path).code == 0
    wrong = roster([*rows, ("GRAND TOTAL", "", "", RIGHT + 1)], "tagihan2.xlsx", HEADINGS)
    totals = city.ok("iuran", "check", "2025-03", wrong)["wrong_totals"]
    assert [(one["stated"], one["rows"]) for one in totals] == [(RIGHT + 1, RIGHT)]
    group = roster([*SIX[:2], ("JUMLAH GUNTUNG", "", "", 1), *SIX[2:]], "tagihan3.xlsx", HEADINGS)
    assert city("iuran", "check", "2025-03", group).code == 0


@pytest.mark.parametrize("heading", ["BAYAR SEBULAN (JKK+JKM) DLM RUPIAH", "KOLOM X"])
def test_a_list_whose_amounts_nobody_recognised_says_that_only_people_were_compared(
    city: Office, roster: Callable[..., Path], heading: str
) -> None:
    path = roster([(*row[:3], 99_999) for row in SIX], "tagihan.xlsx", (*HEADINGS[:3], heading))
    ran = city("iuran", "check", "2025-03", path, "--json")
    assert (ran.code, ran.data["amounts_compared"], ran.data["direction"]) == (3, False, "unknown")
    assert ran.data["rows_without_amount"] == 6
    assert (
        "only the people were compared, no amounts"
        in city("--lang", "en", "iuran", "check", "2025-03", path).out
    )
    assert "bukan jumlah uang" in city("iuran", "check", "2025-03", path).out


def test_a_number_of_people_says_that_no_amounts_were_compared(city: Office) -> None:
    ran = city("--lang", "en", "iuran", "check", "2025-03", "--heads", 6)
    assert ran.code == 0
    assert "no amounts: each counts Rp16,800" in ran.out
    assert city.ok("iuran", "check", "2025-03", "--heads", 6)["amounts_compared"] is False
    assert city.ok("iuran", "check", "2025-03", "--amount", RIGHT)["amounts_compared"] is True


def test_whom_nobody_knows_is_called_as_the_invoice_says(city: Office, invoice: Invoice) -> None:
    path = invoice([(PEOPLE[n][0], 16_800) for n in (0, 1, 2, 3, 4, 5, 11)])
    (line,) = city.ok("iuran", "check", "2025-03", path)["lines"]
    assert (line["category"], line["worker"], line["name"]) == ("unknown", None, "ORANG 7")


def test_an_old_nik_and_the_one_put_right_are_one_person(city: Office, invoice: Invoice) -> None:
    old, new = str(PEOPLE[0][0]), f"{str(PEOPLE[0][0])[:-1]}9"
    city.ok("worker", "set", "P-000001", "--nik", new, "--reason", "salah ketik")
    others = [(PEOPLE[n][0], 16_800) for n in range(1, 6)]
    for nik in (old, new):
        checked = city.ok("iuran", "check", "2025-03", invoice([(nik, 16_800), *others]))
        assert (checked["lines"], checked["difference"]) == ([], 0)
    both = city.ok("iuran", "check", "2025-03", invoice([(old, 16_800), (new, 16_800), *others]))
    assert kinds(both) == [("doubled", "P-000001", 16_800)]


def whole(path: Path) -> dict[str, str]:
    """Return the names of a file's list by the whole NIKs in it, as texts."""
    book = openpyxl.load_workbook(path)
    rows = [[str(cell.value) for cell in row] for sheet in book.worksheets for row in sheet.iter_rows()]
    return {row[2]: row[3] for row in rows if len(row) > 3 and row[2].isdecimal() and len(row[2]) == 16}


def test_a_file_for_bpjs_has_whole_niks_on_record(city: Office, invoice: Invoice, tmp_path: Path) -> None:
    stranger = "6474011001019999"
    billed = [(PEOPLE[n][0], 16_800) for n in range(1, 6)]
    path = invoice([*billed, (PEOPLE[8][0], 16_800), (stranger, 16_800)])
    out = tmp_path / "selisih.xlsx"
    masked = city.ok("iuran", "check", "2025-03", path)
    why = ("--full-nik", "--reason", "keberatan atas tagihan")
    ran = city("iuran", "check", "2025-03", path, "-o", out, *why)
    assert ran.code == 3
    assert "NIK lengkap" in ran.err
    told = whole(out)
    assert told == {PEOPLE[8][0]: PEOPLE[8][1], stranger: "ORANG 7", PEOPLE[0][0]: PEOPLE[0][1]}
    again = city("iuran", "check", "2025-03", path, "-o", out, "--force", *why, "--json")
    assert again.data["lines"] == masked["lines"]
    assert not any(nik in ran.out + ran.err + again.out for nik in told)
    [(subject, reason, after), _] = city.rows(
        "SELECT subject, reason, after FROM audit WHERE action = 'nik.file' ORDER BY seq"
    )
    assert (subject, reason) == ("2025-03", "keberatan atas tagihan")
    assert (json.loads(after)["report"], json.loads(after)["people"]) == ("invoice", 3)


@pytest.mark.parametrize("options", [("--full-nik",), ("--reason", "x"), ("--full-nik", "--reason", "x")])
def test_whole_niks_need_a_reason_and_a_file(
    city: Office, invoice: Invoice, options: tuple[str, ...]
) -> None:
    ran = city("iuran", "check", "2025-03", invoice([(PEOPLE[0][0], 16_800)]), *options)
    assert (ran.code, ran.error) == (2, "E002")
    assert city.one("SELECT count(*) FROM v_audit WHERE action = 'nik.file'") == 0
