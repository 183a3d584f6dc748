"""The year 2025 of a clerk without training: from an empty folder, in Indonesian words, at a terminal.

Six rosters as departments send them, BPJS's answers and lists, a month forgotten, deaths, and the next year.
Every screen must say what the clerk has to see, and none holds a word of English (`tests.support.clerk`).
"""

import re
from pathlib import Path

import openpyxl
import pytest

from tests.support.clerk import Clerk
from tests.support.desk import PEOPLE, lay_rosters, nik
from tests.support.ledger import RATE
from tests.support.workbooks import xlsx


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    desk = tmp_path / "meja"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("JCLI_DB", "kota.db")
    monkeypatch.setenv("COLUMNS", "80")
    return Clerk(desk, monkeypatch)


@pytest.mark.long
def test_a_year_in_indonesian(clerk: Clerk) -> None:
    rosters_come(clerk)
    enrolled_and_answered(clerk)
    a_nik_is_put_right(clerk)
    first_months(clerk)
    a_month_is_forgotten(clerk)
    families_are_helped(clerk)
    lists_are_compared(clerk)
    the_next_year(clerk)
    assert len(clerk.typed) > 100


def number(clerk: Clerk, name: str) -> str:
    """Find a worker by name, as the clerk does who has a family at the desk."""
    found = re.search(r"P-\d{6}", clerk(f"find {name}", name))
    assert found is not None
    return found.group()


TERMS = '--from Januari --months 12 --payer "APBD Kota" --decree "SK 100/2025"'


def mended(name: str, cell: str, value: str) -> None:
    """Put a cell of a fix-file right, as the department does."""
    book = openpyxl.load_workbook(name)
    sheet = book.worksheets[0]
    sheet[cell] = value
    book.save(name)


def rosters_come(clerk: Clerk) -> None:
    lay_rosters(clerk.desk)
    clerk("init", "Kota Bontang", "jcli import ROSTER.xlsx")
    clerk("officer add rina --role kepala --role pencatat", "rina")
    clerk("officer add budi --role verifikator", "budi")
    clerk("officer add sari --role pembayar", "sari")
    clerk("officer list", "kepala", "verifikator")
    nelayan = '"Daftar Nelayan FINAL (rev2).xlsx" --agency "Dinas Perikanan" --occupation nelayan'
    clerk('import --inspect "Daftar Nelayan FINAL (rev2).xlsx"', "NIK")
    clerk(
        f"import {nelayan}", "7 baris, batch B-2025-001", 'lembar "Salinan" tidak dibaca: tersembunyi', code=3
    )
    clerk("import ojek.xlsx --agency Dishub --occupation ojek", "4 baris, batch B-2025-002")
    clerk('import pasar.csv --agency "Dinas Perdagangan"', "5 baris", "tetap 1", code=3)
    clerk("import sosial.xls --agency Dinsos", "baru 2")
    clerk('import petani.xlsx --agency "Dinas Pertanian"', "baru 3", "jcli review")
    clerk('import ukm.xlsx --agency "Dinas Koperasi"', "Angka terakhir NIK hilang di Excel", code=3)
    clerk("batch list", "ukm.xlsx")
    clerk("batch show B-2025-001", "NIK tidak 16 angka", "jcli batch fix-file B-2025-001")
    clerk('batch fix-file B-2025-001 -o perbaiki.xlsx --due "20 Januari 2025"', "1 baris untuk diperbaiki")
    mended("perbaiki.xlsx", fix_cell("perbaiki.xlsx"), f"{nik(6)[:-1]}")
    clerk("import perbaiki.xlsx", "ditolak 1", code=3)
    clerk("batch fix-file B-2025-007 -o perbaiki-lagi.xlsx")
    mended("perbaiki-lagi.xlsx", fix_cell("perbaiki-lagi.xlsx"), nik(6))
    clerk("import perbaiki-lagi.xlsx", "baru 1")
    clerk("batch show B-2025-001", "Tidak ada lagi yang perlu diperbaiki")
    clerk("review", "ZAINAL ABIDIN", code=3)
    clerk("review -o putusan.csv", code=3)


def fix_cell(name: str) -> str:
    """Return where a fix-file of one row holds the number."""
    sheet = openpyxl.load_workbook(name).worksheets[0]
    for cells in sheet.iter_rows():
        for one in cells:
            if str(one.value).startswith("6474"):
                return str(one.coordinate)
    raise AssertionError(name)


def answer(clerk: Clerk, name: str, rows: list[list[object]]) -> None:
    """Put a list of BPJS on the desk."""
    xlsx(clerk.desk / name, {"Jawaban": [["NIK", "NAMA", "NO KPJ", "STATUS", "KETERANGAN"], *rows]})


def card(number: int) -> str:
    return f"250123456{number:02d}"


ENROLLED = (*range(1, 14), 15, 16, 17, 18, 19, 21)


def enrolled_and_answered(clerk: Clerk) -> None:
    clerk.on("2025-01-08")
    item = Path("putusan.csv").read_text(encoding="utf-8-sig").splitlines()[1].replace('"', "").split(";")[0]
    Path("putusan.csv").write_text(f"butir;keputusan\n{item};sama\n", encoding="utf-8")
    clerk("review --decide putusan.csv", "1")
    clerk("review", "Tidak ada yang menunggu keputusan")
    clerk(f"enrol --agency Dishub {TERMS} --sector transportasi --dry-run", "4 orang", hidden=["bpjs submit"])
    clerk(f"enrol --agency Dishub {TERMS} --sector transportasi", "4 orang", "Rp806.400")
    for agency, heads in (("Dinas Perikanan", 6), ("Dinas Perdagangan", 3), ("Dinsos", 2)):
        clerk(f'enrol --agency "{agency}" {TERMS}', f"{heads} orang")
    clerk(f'enrol --agency "Dinas Pertanian" {TERMS}', "2 orang", "digabung", code=3)
    clerk(f"enrol --everybody-not-enrolled {TERMS}", "2 orang")
    clerk("bpjs submit -o pengajuan.xlsx", "19 orang", "S-2025-001")
    clerk.on("2025-01-10")
    rows: list[list[object]] = [
        [nik(n), PEOPLE[n][1], card(n), "BERHASIL", ""] for n in ENROLLED if n not in {11, 18}
    ]
    rows.append([nik(11), PEOPLE[11][1], "", "GAGAL", "NIK tidak ditemukan di Dukcapil"])
    rows.append([nik(18), PEOPLE[18][1], "", "GAGAL", "Sudah terdaftar sebagai PU aktif"])
    answer(clerk, "jawaban.xlsx", rows)
    clerk("bpjs answer jawaban.xlsx", "YUSUF MAULANA", "Sudah terdaftar sebagai PU aktif", code=3)
    clerk("bpjs show S-2025-001 --outcome ditolak", "TAUFIK QODRI", "NIK tidak ditemukan di Dukcapil")
    clerk("status", "YUSUF MAULANA")


def a_nik_is_put_right(clerk: Clerk) -> None:
    """The number that Dukcapil does not know is corrected, and the person submitted again."""
    right = f"{nik(11)[:-1]}9"
    clerk("find yusuf maulana", "1 orang ditemukan", "YUSUF MAULANA")
    clerk(
        f'worker set "#1" --nik {right} --phone 0812-3456-7890 --reason "menurut KTP"', "YUSUF MAULANA", "NIK"
    )
    clerk("bpjs submit -o pengajuan-2.xlsx", "1 orang", "S-2025-002")
    answer(clerk, "jawaban-2.xlsx", [[right, PEOPLE[11][1], card(11), "BERHASIL", ""]])
    clerk("bpjs answer jawaban-2.xlsx")
    clerk('worker show "#1"', "YUSUF MAULANA", "menurut KTP", "aktif")


def first_months(clerk: Clerk) -> None:
    clerk('iuran budget set 2025 --payer "APBD Kota" --amount 5.000.000 --source "DPA 2025"', "Rp5.000.000")
    clerk("iuran bill Januari", "18", "Rp302.400", "15 Januari 2025")
    lines = [[nik(n) if n != 11 else f"{nik(11)[:-1]}9", PEOPLE[n][1], RATE] for n in ENROLLED if n != 18]
    xlsx(
        clerk.desk / "tagihan.xlsx",
        {"Tagihan": [["NIK", "NAMA", "IURAN"], *lines, [nik(24), "CAHYONO", RATE]]},
    )
    clerk("iuran check Januari tagihan.xlsx", "Rp319.200", "CAHYONO", code=3)
    clerk("iuran check Januari tagihan.xlsx -o beda.xlsx", "beda.xlsx", code=3)
    clerk('iuran pay Januari --proof SP2D-1 --date "14 Januari 2025"', code=2)
    clerk.on("2025-01-14")
    clerk('iuran pay Januari --proof SP2D-1 --date "14 Januari 2025"', "Rp302.400")
    clerk.on("2025-02-10")
    clerk('iuran pay Februari..Maret --proof SP2D-2 --date "10 Februari 2025"', "Rp604.800")
    clerk('iuran void SP2D-2 --reason "salah bulan"', "perlu orang kedua", code=1)
    clerk.by("sari", 'iuran void SP2D-2 --reason "salah bulan"', "SP2D-2")
    clerk('iuran pay Februari --proof SP2D-2 --date "10 Februari 2025"', "Rp302.400")
    clerk.on("2025-03-10")
    slamet = number(clerk, "SLAMET WIDODO")
    clerk(f"cover end {slamet} --month Februari --reason pindah", "SLAMET WIDODO")
    clerk('iuran pay Maret --proof SP2D-3 --date "10 Maret 2025"', "tidak lagi sesuai", "APBD Kota", code=1)
    clerk("iuran bill Maret", "SLAMET WIDODO", "Rp285.600")
    clerk('iuran pay Maret --proof SP2D-3 --date "10 Maret 2025"', "Rp285.600")


def a_month_is_forgotten(clerk: Clerk) -> None:
    """April stays open; the claim, the payment and the work list say so, before money is lost."""
    clerk.on("2025-04-10")
    clerk("iuran bill April", "Rp285.600")
    clerk.on("2025-05-12")
    clerk('iuran pay Mei --proof SP2D-5 --date "12 Mei 2025"', "April 2025")
    clerk("status", "April 2025")
    petrus = number(clerk, "PETRUS LAWAI")
    clerk(f'claim add {petrus} --kind "Jaminan Kematian" --date "10 Mei 2025"', "April 2025", "Rp42.000.000")
    clerk("claim document K-2025-0001 --all")
    clerk.by("budi", "verify K-2025-0001", "April 2025", code=1)
    clerk('iuran pay April --proof SP2D-4 --date "12 Mei 2025"', "K-2025-0001", "Rp42.000.000")
    clerk.by("sari", 'iuran void SP2D-4 --reason "salah nomor bukti"', "K-2025-0001")
    clerk('iuran pay April --proof SP2D-4A --date "12 Mei 2025"', "K-2025-0001")


def families_are_helped(clerk: Clerk) -> None:
    """A family is paid once, strangers are named, the dead of a list are one command."""
    claim = "K-2025-0001"
    clerk(f"claim show {claim}", "PETRUS LAWAI", "PP 82/2019", "Rp42.000.000")
    clerk(f"verify {claim}", "rina", code=1)
    clerk.by("budi", f"verify {claim}", "sesudah kejadian", "--decision", code=1)
    clerk.by("budi", f'verify {claim} --decision "BPJS menghitung April"', "terverifikasi", "Rp42.000.000")
    clerk.on("2025-05-19")
    clerk.by("budi", f"pay {claim} --proof TRF-1 --date 19-05-2025", code=1)
    clerk.by("sari", f"pay {claim} --proof TRF-1 --date 19-05-2025", "jcli claim heir add", code=1)
    clerk(f'claim heir add {claim} "Rosmini" --relation istri --phone 0812-1111-2222', "Rosmini")
    clerk(f"claim payee {claim} 1 --bank BRI --account 0021-01-012345", "Rosmini")
    clerk(f"claim family {claim}", "Rosmini", "istri")
    clerk(f"claim explain {claim}", "Rp42.000.000", "PP 82/2019")
    clerk(f"claim print {claim} surat -o surat.pdf", "surat.pdf")
    clerk.by("sari", f"pay {claim} --proof TRF-1 --date 19-05-2025", "Rp42.000.000", "TRF-1")
    clerk.by("sari", f"pay {claim} --proof TRF-1 --date 19-05-2025", code=1)
    clerk("claim list --state dibayar", "PETRUS LAWAI")
    clerk("worker list --status meninggal", "PETRUS LAWAI")
    clerk('worker list --status "salah ketik"', code=2)
    clerk.on("2025-06-20")
    deaths: list[list[object]] = [
        [nik(15), PEOPLE[15][1], "14 Juni 2025"],
        ["6474010101509999", "ORANG LAIN", "15 Juni 2025"],
    ]
    xlsx(clerk.desk / "kematian.xlsx", {"Dukcapil": [["NIK", "NAMA", "TANGGAL MENINGGAL"], *deaths]})
    clerk("worker death --from kematian.xlsx", "RAHMAN HIDAYAT", "ORANG LAIN")
    clerk("status", "berhak,", "P-000013")
    clerk('claim add "rahman hidayat" --kind jkm --date "14 Juni 2025"', "jcli find", code=2)
    petrus, rahman = number(clerk, "PETRUS LAWAI"), number(clerk, "RAHMAN HIDAYAT")
    clerk(f'claim add {petrus} --kind jkm --date "20 Juni 2025"', code=1)
    clerk(f'claim add {rahman} --kind jkm --date "14 Juni 2025"', "RAHMAN HIDAYAT")
    clerk("claim document K-2025-0002 KTP", "KTP almarhum", code=2)
    clerk('claim document K-2025-0002 "ktp almarhum" "surat ahli waris"', "akta kematian")
    clerk('claim reject K-2025-0002 --reason "kurang lengkap"', code=1)
    clerk("report claims", "RAHMAN HIDAYAT")
    clerk("claim owed", "Setiap keluarga yang berhak sudah punya klaim")
    clerk("claim ageing", "RAHMAN HIDAYAT")
    clerk("claim visits -o kunjungan.xlsx", "kunjungan.xlsx")
    province = [[nik(21), PEOPLE[21][1], "APBD Provinsi", "Januari 2025", "Desember 2025"]]
    heading = ["NIK", "NAMA", "PENANGGUNG", "MULAI", "SAMPAI"]
    xlsx(clerk.desk / "provinsi.xlsx", {"Disnaker Provinsi": [heading, *province]})
    clerk(
        'import provinsi.xlsx --as covered-elsewhere --payer "APBD Provinsi" --from Januari --to Desember',
        code=0,
    )
    clerk("cover list", "Provinsi")
    clerk("cover overlaps", "JUMADI PRAYITNO", code=3)


def lists_are_compared(clerk: Clerk) -> None:
    """BPJS's member list is held against the register, and every list leaves the screen."""
    clerk.on("2025-07-03")
    members = [[nik(n), PEOPLE[n][1], card(n)] for n in ENROLLED if n not in {2, 11, 18}]
    xlsx(clerk.desk / "peserta.xlsx", {"Peserta": [["NIK", "NAMA", "NO KPJ"], *members]})
    clerk("bpjs reconcile peserta.xlsx", "BASRI ANWAR", "YUSUF MAULANA", code=3)
    clerk("bpjs reconcile peserta.xlsx -o selisih.xlsx", "selisih.xlsx", code=3)
    for noun, name in (
        ("worker list", "pekerja"), ("cover list", "kepesertaan"), ("cover gaps", "celah"),
        ("claim list", "klaim"), ("iuran list", "iuran"), ("batch list", "impor"), ("find siti", "cari"),
        ("bpjs list", "daftar-ajuan"), ("batch show B-2025-001", "baris"), ("bpjs show S-2025-001", "ajuan"),
    ):  # fmt: skip
        found = 3 if noun == "cover gaps" else 0
        clerk(f"{noun} -o {name}.csv", f"{name}.csv", code=found)
        clerk(f"{noun} -o {name}.xlsx", f"{name}.xlsx", code=found)
        clerk(noun, code=found)
        first = Path(f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert any(";" in line for line in first), noun
    petrus = number(clerk, "PETRUS LAWAI")
    clerk(f"cover show {petrus}", "PETRUS LAWAI")
    clerk("audit verify")
    clerk("audit log")
    clerk("provisions")
    clerk("bpjs layout")
    clerk("help", "kode-keluar")
    clerk("help E208", "E208")
    clerk("impor ojek.xlsx", "import", code=2)


def the_next_year(clerk: Clerk) -> None:
    """Reports for the mayor, and cover renewed before it ends."""
    for month, day in zip(range(6, 13), (6, 4, 8, 5, 3, 7, 5), strict=True):
        clerk.on(f"2025-{month:02}-{day:02}")
        clerk(f"iuran pay 2025-{month:02} --proof SP2D-{month} --date {day:02}-{month:02}-2025", "lunas")
    clerk.on("2025-12-10")
    clerk("status", "Desember 2025", hidden=["Iuran yang harus dibayar"])
    clerk('workforce set --year 2025 --area Guntung --workers 1.200 --source "BPS 2024"', "Guntung", "1.200")
    clerk("report monthly --month November -o laporan.odt", "xlsx", code=2)
    clerk("report monthly --month November -o laporan.xlsx", "laporan.xlsx")
    clerk("report monthly --month November")
    clerk("report coverage --year 2025", "Terlindungi")
    clerk("report coverage --year 2025 --by kelurahan")
    clerk("report forecast --year 2026")
    clerk("report quality")
    clerk('enrol --renew 2026 --payer "APBD Kota" --decree "SK 200/2025" --dry-run', "15 orang")
