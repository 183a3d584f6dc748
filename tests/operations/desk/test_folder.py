"""The month on the desk: a page to sign, what is attached to it, and nothing where the figures disagree."""

import datetime
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest

from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.desk import bill_names
from jamsostek_cli.operations.reporting import control
from jamsostek_cli.operations.reporting import report as report_of
from tests.conftest import BY_LIST, Office, once, person

JULY = ("report", "monthly", "--month", "2025-07")
KOP = {
    "office": "Dinas <Tenaga> Kerja", "signer": "SURYA, S.E.", "signer_title": "Kepala Dinas",
    "signer_nip": "197001011995031002", "addressee": "Wali Kota Bontang",
    "report_number": "560/{nomor}/DTK/{romawi}/{tahun}", "address": "Jl. Awang Long 1", "phone": "0548 1",
}  # fmt: skip


@pytest.fixture
@once
def desk(covered: Office) -> Office:
    """Ten people of whom three died in July 2025: one claim is paid, two wait; budget and letterhead."""
    for at, day in enumerate(("2025-07-01", "2025-07-02", "2025-07-03"), 1):
        claim = ("claim", "add", f"P-00000{at}", "--kind", "jkm", "--date", day, "--reported", "2025-07-04")
        covered.ok(*claim, today="2025-07-05")
    for number in ("K-2025-0001", "K-2025-0002"):
        covered.ok("claim", "document", number, "--all", today="2025-07-06")
        covered.ok("verify", number, actor="budi", today="2025-07-07")
    paid = (*BY_LIST, "--proof", "B-1", "--date", "2025-07-20")
    covered.ok("pay", "K-2025-0001", *paid, actor="sari", today="2025-07-21")
    put = ("workforce", "set", "--year", 2025, "--source", "OPD", "--area", "64.74", "--workers")
    covered.ok(*put, 16)
    covered.ok(*put, 100, "--segment", "all", "--protected-elsewhere", 50)
    money = ("--payer", "apbd-kota", "--source", "DPA")
    covered.ok("iuran", "budget", "set", 2025, *money, "--amount", 2_500_000)
    for name, value in KOP.items():
        covered.ok("db", "setting", name, value, "--reason", "kop")
    return covered


def said(path: Path, page: int = 0) -> str:
    return " ".join(pypdf.PdfReader(path).pages[page].extract_text().split())


def test_the_folder_is_a_page_to_sign_and_what_goes_with_it_twice_the_same(
    desk: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "laporan"
    assert desk(*JULY, "-o", folder, "--number", 118, "--names", "--quiet").err == ""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    kinds = ("docx", "html", "md", "pdf", "png", "txt", "xlsx")
    assert sorted(before) == [*(f"laporan-bulanan-2025-07.{kind}" for kind in kinds), "tagihan-2025-07.xlsx"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    again = desk(*JULY, "-o", folder, "--number", 118, "--names")
    assert "isi yang sama" in again.out
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    first = said(folder / "laporan-bulanan-2025-07.pdf")
    for part in (
        "PEMERINTAH KOTA BONTANG DINAS <TENAGA> KERJA Jl. Awang Long 1 · Telepon 0548 1",
        "560/118/DTK/VII/2025", "Wali Kota Bontang",
        "7 orang", "43,75% dari sasaran 16 orang", "UCJ 57,00% dari 100 pekerja",
        "30 Juni 2025: 10", "Rp168.000", "untuk 10 orang", "Rp42.000.000", "1 klaim", "Juni 2025: 0 klaim",
        "2 keluarga menunggu",
        "Terlindungi 7 orang, 3 lebih sedikit daripada 30 Juni 2025: 0 masuk, 3 meninggal",
        "Iuran Juli 2025 dibayar Rp168.000 untuk 10 orang, sebanyak Juni 2025.", "K-2025-0002", "D•••••",
        "Klaim siap dibayar: 1", "Dibayar padahal tidak terutang: Rp705.600 (3 orang).",
        "Sasaran: OPD, dicatat 4 Agustus 2025.", "Seluruh pekerja: OPD, dicatat 4 Agustus 2025.",
        "Laporan bulanan Juli 2025 · Kota Bontang",
        "anggaran Rp2.500.000, dibayar sampai 31 Juli 2025 Rp2.016.000, sisa Rp484.000",
        "Cukup sampai Desember", "Kepala Dinas SURYA, S.E. NIP 197001011995031002",
    ):  # fmt: skip
        assert part in first, part
    assert "DARWIS" not in first
    assert said(folder / "laporan-bulanan-2025-07.pdf", 1).startswith("Lampiran 1.")
    assert "Lampiran 3. Klaim" in said(folder / "laporan-bulanan-2025-07.pdf", 3)
    everything = "".join(
        page.extract_text() for page in pypdf.PdfReader(folder / "laporan-bulanan-2025-07.pdf").pages
    )
    assert "jcli" not in everything
    lines = (folder / "laporan-bulanan-2025-07.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 5
    assert lines[0] == "*Perlindungan pekerja rentan Juli 2025, Kota Bontang*"
    names = openpyxl.load_workbook(folder / "tagihan-2025-07.xlsx").worksheets[1]
    assert names.max_row == 3 + 10 + 1
    left = {one["file"]: one["people"] for one in desk.ok("privacy", "files")}
    assert left["tagihan-2025-07.xlsx"] == 12
    assert {name.rsplit(".")[-1] for name in left} >= {"pdf", "docx", "html", "md", "xlsx"}
    assert not {name for name in left if name.endswith((".png", ".txt"))}
    assert desk(*JULY, "-o", tmp_path / "juli.png").code == 0
    assert len(desk.ok("privacy", "files")) == len(left)


def test_the_page_says_what_is_missing_in_english_too(covered: Office, tmp_path: Path) -> None:
    ran = covered("--lang", "en", *JULY, "-o", tmp_path / "july.pdf", "-o", tmp_path / "july.txt")
    assert "target" not in (tmp_path / "july.txt").read_text(encoding="utf-8")
    first = said(tmp_path / "july.pdf")
    for part in (
        "No target is set", "10 people are protected, as many as on 30 June 2025", "No family waits.",
        "Nothing.",
        "No budget of contributions is recorded for 2025.", "as many as in June 2025",
    ):  # fmt: skip
        assert part in first, part
    assert ran.err.count("jcli db setting") == 4


def test_other_files_are_all_named_and_none_is_written(desk: Office, tmp_path: Path) -> None:
    folder = tmp_path / "laporan"
    folder.mkdir()
    for kind in ("pdf", "txt"):
        (folder / f"laporan-bulanan-2025-07.{kind}").write_text("lain", encoding="utf-8")
    ran = desk(*JULY, "-o", folder)
    assert ran.error == "E502"
    assert "laporan-bulanan-2025-07.pdf, laporan-bulanan-2025-07.txt" in ran.err
    assert len(list(folder.iterdir())) == 2
    assert desk(*JULY, "-o", tmp_path / "juli.odt").error == "E503"
    assert desk("report", "monthly", "--month", "2025-09", "-o", folder).error == "E508"
    assert desk(*JULY, "--names").error == "E002"
    assert desk(*JULY, "-o", folder, "--force").code == 0


def test_a_bill_that_is_not_people_times_rate_is_no_report(desk: Office, tmp_path: Path) -> None:
    with closing(sqlite3.connect(desk.path)) as changed:
        changed.execute("UPDATE bill SET amount = amount + 1 WHERE month = '2025-07'")
        changed.commit()
    ran = desk(*JULY, "-o", tmp_path / "laporan")
    assert (ran.code, ran.error) == (1, "E627")
    assert "APBD Kota Juli 2025" in ran.err
    assert "Rp168.000, tagihannya Rp168.001" in ran.err
    assert not (tmp_path / "laporan").exists()
    assert desk("report", "monthly", "--check-ahead", "--month", "2025-07").error == "E627"
    with pytest.raises(JcliError) as names:
        bill_names.of(desk.database, Month(2025, 7), today=datetime.date(2025, 8, 4))
    assert names.value.code == "E627"


@pytest.mark.parametrize(
    ("figure", "code"), [("protected", "E628"), ("claims_open", "E628"), ("amount_paid", "E629")]
)
def test_cells_that_are_not_their_figure_are_no_report(desk: Office, figure: str, code: str) -> None:
    report = report_of.monthly(desk.database, Month(2025, 7), today=date(2025, 8, 4))
    control.agree(report)
    wide = [table for table in report.tables if len(table.columns) > 6]
    assert all(table.lead for table in wide), "a narrow terminal shows a table, not a card for each row"
    figures = tuple(replace(one, value=1) if one.key == figure else one for one in report.figures)
    with pytest.raises(JcliError) as refused:
        control.agree(replace(report, figures=figures))
    assert refused.value.code == code


def test_a_month_without_bills_and_the_first_with_one(desk: Office, tmp_path: Path) -> None:
    september = ("report", "monthly", "--month", "2023-09", "-o", tmp_path / "s.pdf")
    assert desk(*september, "--names").error == "E630"
    assert desk(*september).code == 0
    first = said(tmp_path / "s.pdf")
    assert "Tagihan iuran September 2023 belum dibuat." in first
    assert "Tagihan bulan ini belum dibuat" in first
    assert desk("report", "monthly", "--month", "2023-10", "-o", tmp_path / "o.pdf").code == 0
    first = said(tmp_path / "o.pdf")
    assert "untuk 10 orang; September 2023 tidak ada tagihan" in first
    assert "Terlindungi 10 orang, 10 lebih banyak daripada 30 September 2023: 10 masuk" in first
    assert "Orang yang iurannya dibayar" not in first


def test_what_is_due_is_said_with_its_day(desk: Office, roster: Callable[..., Path], tmp_path: Path) -> None:
    more = roster([person(n, sex="P") for n in range(50, 56)], "b.xlsx")
    desk.ok("import", more, today="2025-07-28")
    terms = ("--from", "2025-08", "--months", 2, "--payer", "csr", "--decree", "x", "--registered")
    desk.ok("enrol", "--worker", "P-000011", "--worker", "P-000012", *terms, today="2025-07-28")
    desk.ok("iuran", "budget", "set", 2025, "--payer", "csr", "--source", "DPA", "--amount", 40_000)
    for payer in ("apbn", "apbd-provinsi"):
        desk.ok("iuran", "budget", "set", 2025, "--payer", payer, "--source", "DPA", "--amount", 1000)
    desk.ok("iuran", "bill", "2025-08")
    desk.ok("worker", "death", "P-000004", "--died", "2025-08-02", "--reported", "2025-08-03")
    august = ("report", "monthly", "--month", "2025-08", "-o")
    assert desk(*august, tmp_path / "a.pdf", "-o", tmp_path / "a.txt", today="2025-08-31").code == 0
    first = said(tmp_path / "a.pdf")
    for part in (
        "Iuran Agustus 2025 dibayar Rp168.000 untuk 12 orang, 2 lebih banyak daripada Juli 2025.",
        "Belum dibayar: Rp33.600.",
        "1 keluarga berhak tetapi belum ada klaimnya.",
        "CSR 2025: anggaran Rp40.000, dibayar sampai 31 Agustus 2025 Rp0, sisa Rp40.000.",
        "Tidak cukup mulai September 2025; sampai Desember kurang Rp27.200.",
        "Dan 1 anggaran lain.",
        "Iuran yang harus dibayar: Agustus 2025 CSR (2), 15 Agustus 2025, terlambat 16 hari.",
        "lain.",
    ):
        assert part in first, part


def test_three_days_before_it_is_said_what_is_lacking(desk: Office, covered: Office) -> None:
    ahead = ("report", "monthly", "--check-ahead")
    ran = desk(*ahead, "--json", today="2025-07-29")
    assert (ran.code, ran.data["month"]) == (3, "2025-07")
    lacking = {one["missing"]: one["count"] for one in ran.data["lacking"]}
    assert lacking == {"claim-pay": 1, "claim-papers": 1, "not-owed": 3}
    assert "Klaim siap dibayar" in desk("--quiet", *ahead, today="2025-07-29").out
    later = {one["missing"]: one["command"] for one in desk.ok(*ahead, today="2026-02-26")["lacking"]}
    assert "jcli iuran budget set 2026" in later["budget"]
    assert desk("report", "monthly", "--month", "2025-09", "--check-ahead").error == "E508"
    assert desk(*ahead, "--names").error == "E002"
    assert desk(*ahead, "--known-on", "2025-07-01").error == "E002"


def test_an_office_that_has_everything_lacks_nothing(covered: Office) -> None:
    ahead = ("report", "monthly", "--check-ahead")
    lacking = [one["missing"] for one in covered.ok(*ahead)["lacking"]]
    assert lacking == ["target", "workers", "budget", "office", "signer", "addressee", "report_number"]
    put = ("workforce", "set", "--year", 2025, "--source", "OPD", "--area", "64.74", "--workers", 20)
    covered.ok(*put)
    covered.ok(*put, "--segment", "all")
    covered.ok(
        "iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--source", "DPA", "--amount", 2_500_000
    )
    for name in ("office", "signer", "addressee", "report_number"):
        covered.ok("db", "setting", name, KOP[name], "--reason", "kop")
    assert covered("--quiet", *ahead).out == ""
    ran = covered(*ahead)
    assert (ran.code, ran.out) == (0, "Agustus 2025: tidak ada yang kurang, laporan dapat dibuat\n")
