import pytest

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.fullness import NOTHING, Filling, measure
from jamsostek_cli.roster.sheets.line_kinds import LineKind, classify
from tests.support.workbooks import MAN

# Each row: NO, NIK, NAMA, JK, KETERANGAN
CASES = [
    (["1", "6474 0117 0885 7001", "RUDI", "L", ""], LineKind.PERSON),
    (["1", "", "RUDI", "L", ""], LineKind.PERSON),
    (["1", "-", "RUDI", "L", ""], LineKind.PERSON),
    (["1", "belum ada", "RUDI", "", ""], LineKind.PERSON),
    (["", "", "RUDI", "", ""], LineKind.PERSON),
    (["1", MAN, "", "", ""], LineKind.PERSON),
    (["1", "64740117", "", "L", ""], LineKind.PERSON),
    (["1", "197001011990031001", "RUDI", "", ""], LineKind.PERSON),
    (["", "", "", "", ""], LineKind.BLANK),
    (["", "###", "", "", ""], LineKind.END),
    (["NO", "NIK", "NAMA", "JK", "KET"], LineKind.HEADER),
    (["(1)", "(2)", "(3)", "(4)", "(5)"], LineKind.LABEL),
    (["JUMLAH", "", "", "", "9"], LineKind.TOTAL),
    (["", "", "Sub Total", "9", ""], LineKind.TOTAL),
    (["", "", "Mengetahui,", "", "Yang membuat,"], LineKind.FOOTER),
    (["", "", "", "", "Bontang, 15 Januari 2024"], LineKind.FOOTER),
    (["", "", "", "", "Bontang,      Januari 2024"], LineKind.FOOTER),
    (["Catatan:", "", "", "", ""], LineKind.FOOTER),
    (["", "", "NIP. 19700101 199003 1 001", "", ""], LineKind.FOOTER),
    (["", "19700101", "NIP. 19700101", "", ""], LineKind.FOOTER),
    (["1. Apabila ada kesalahan segera lapor", "", "", "", ""], LineKind.FOOTER),
    (["KECAMATAN : BONTANG UTARA", "", "", "", ""], LineKind.LABEL),
    (["", "PROVINSI :", "KALIMANTAN TIMUR", "", ""], LineKind.LABEL),
    (["Data ini telah diperiksa", "", "", "", ""], LineKind.LABEL),
    (["5", "", "", "", "RT 5"], LineKind.PREFILLED),
    (["5", "", "", "", ""], LineKind.PREFILLED),
    (["B.", "", "KELOMPOK TANI", "", ""], LineKind.LABEL),
    (["", "16 digit", "SESUAI KTP", "L/P", ""], LineKind.LABEL),
    (["", "angka", "SESUAI KTP", "L/P", ""], LineKind.LABEL),
    (["", "", "BONTANG, 12-03-2024", "", ""], LineKind.FOOTER),
    (["", "", "HALAMAN 2", "", ""], LineKind.LABEL),
    (["", "Hal. 2 dari 14", "", "", ""], LineKind.LABEL),
    (["", "", "PAGE", "2", "OF 3"], LineKind.LABEL),
    (["", "", "- 3 -", "", ""], LineKind.LABEL),
    (["", "", "(LANJUTAN)", "", ""], LineKind.LABEL),
    (["", "", "BERSAMBUNG KE HALAMAN 4", "", ""], LineKind.LABEL),
    (["", "", "RT 05/02", "", ""], LineKind.LABEL),
    (["", "RT. 06", "RW 03", "", ""], LineKind.LABEL),
    (["", "", "DUSUN III", "", ""], LineKind.LABEL),
    (["7", "", "HALIM", "", ""], LineKind.PERSON),
    (["", "", "RT 05 RUDI", "", ""], LineKind.PERSON),
    (["", "", "RATNA", "", ""], LineKind.PERSON),
    (["1.", "2. No. NIK", "3. NAMA LENGKAP", "4. JK", ""], LineKind.HEADER),
    (["7", "", "RUDI", "KTP", "PENERIMA"], LineKind.PERSON),
    (["NO", "NIK", "NAMA", "NO. KK", ""], LineKind.HEADER),
    (["orang/no", "orang/nik", "orang/nama_orang", "orang/jk", ""], LineKind.HEADER),
    (["", "LAMPIRAN SK NO. 12 TAHUN 2025", "", "", ""], LineKind.LABEL),
    (["", "NIK 64740117088570", "", "", ""], LineKind.PERSON),
    (["", "", "PEMERINTAH KOTA BONTANG", "", ""], LineKind.LABEL),
    (["", "", "DATANG SUPRAPTO", "", ""], LineKind.PERSON),
    (["", "Bontang,     Januari 2026", "", "", ""], LineKind.FOOTER),
    (["", "NIP", "197001011990031001", "", ""], LineKind.FOOTER),
    (["1", "6474.0117.0885.7001", "SUMBER REJEKI", "L", ""], LineKind.PERSON),
    (["1", "", "SUMBER REJEKI", "", ""], LineKind.PERSON),
    (["1", "", "NOTELINA", "", ""], LineKind.PERSON),
    (["", MAN, "SYARIFAH NUR HIDAYATI BINTI SAYID MUHAMMAD AL IDRUS (ALMH)", "", ""], LineKind.PERSON),
    (["", "6474 0117 0885 7001", "5. SUMARNI NUR LESTARI", "", ""], LineKind.PERSON),
    (["5. SUMARNI NUR LESTARI", "", "", "", ""], LineKind.FOOTER),
    (["* wajib diisi", "", "", "", ""], LineKind.FOOTER),
    (["5", "", "RUDI", "L", "Sda:"], LineKind.PERSON),
    (["05/01/2026 08:31:12", "", "RUDI", "", ""], LineKind.PERSON),
    (["5", "", "RUDI", ":", ""], LineKind.PERSON),
    (["NO", "", "AHLI WARIS", "", ""], LineKind.LABEL),
    (["", "(16 digit)", "(SESUAI KTP)", "(L/P)", ""], LineKind.LABEL),
    (["1", "16 digit angka", "BUDI", "", ""], LineKind.PERSON),
    (["", "16 digit angka", "HURUF KAPITAL", "", ""], LineKind.LABEL),
    (["", "", "HARAP DIISI", "", ""], LineKind.LABEL),
    (["No. KK", MAN, "KEPALA KELUARGA: RUDI", "", ""], LineKind.LABEL),
    (["No. KK", MAN, "RUDI", "", ""], LineKind.LABEL),
    (["Sumber: Dinas", "", "", "", ""], LineKind.FOOTER),
    (["Ketua RT 04", "64740117", "RUDI", "", ""], LineKind.PERSON),
    (["KEPALA KELUARGA", MAN, "RUDI", "", ""], LineKind.PERSON),
]


@pytest.mark.parametrize(("shown", "kind"), CASES)
def test_lines_of_a_sheet(shown: list[str], kind: LineKind) -> None:
    assert classify(shown, shown[1], shown[2], closed=False) is kind


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        (["", "", "Drs. CONTOH PEJABAT, M.Si", "", ""], LineKind.LABEL),
        (["", "197001011990031001", "NIP. 19700101 199003 1 001", "", ""], LineKind.LABEL),
        (["", "197001011990031001", "CONTOH", "", ""], LineKind.LABEL),
        (["", "", "KEPALA DINAS", "", "STAF"], LineKind.FOOTER),
        (["5", "", "", "", "RT 5"], LineKind.LABEL),
        (["7", "6474.0117.0885.7001", "RUDI", "L", ""], LineKind.PERSON),
        (["NO", "NIK", "NAMA", "JK", ""], LineKind.HEADER),
        (["7", "", "RUDI", "", ""], LineKind.PERSON),
    ],
)
def test_lines_under_a_footer(shown: list[str], kind: LineKind) -> None:
    assert classify(shown, shown[1], shown[2], closed=True) is kind


@pytest.mark.parametrize(
    ("shown", "filling", "kind"),
    [
        (["*", "", "RUDI", "L", ""], Filling(1, 1, 2), LineKind.PERSON),
        (["Ketua RT 04", "", "RUDI", "L", ""], Filling(1, 1, 2), LineKind.PERSON),
        (["", "", "LURAH", "L", ""], Filling(1, 1, 2), LineKind.FOOTER),
        (["", "", "LURAH", "L", "1985"], Filling(2, 2, 2), LineKind.PERSON),
        (["4", "", "JUMLAH", "L", ""], Filling(1, 1, 1), LineKind.PERSON),
        (["", "", "JUMLAH", "L", ""], Filling(1, 1, 1), LineKind.TOTAL),
        (["4", "", "", "L", "JL. A"], Filling(1, 2, 2), LineKind.PERSON),
        (["4", "64740117", "", "L", ""], Filling(1, 1, 1), LineKind.LABEL),
        (["4", MAN[:15], "", "L", ""], Filling(1, 1, 1), LineKind.PERSON),
        (["4", "", "", "", "RT 5"], Filling(0, 0, 3), LineKind.LABEL),
    ],
)
def test_what_fills_the_table_is_a_person_wherever_it_stands(
    shown: list[str], filling: Filling, kind: LineKind
) -> None:
    assert classify(shown, shown[1], shown[2], closed=True, filling=lambda: filling) is kind


def test_what_a_row_says_about_a_person() -> None:
    order = list(FIELDS)

    def measured(**cells: Cell) -> Filling:
        return measure([cells.get(field, "") for field in order])

    assert measured(name="RUDI", nik=MAN) == NOTHING
    assert measured(sex="L", birth_date="17-08-1985", address="JL. A", kelurahan="KANAAN") == (2, 3, 4)
    assert measured(birth="Bontang, 5 Januari 2026", sex="Staf") == (0, 0, 2)
    assert measured(phone="081220320617", family_card=MAN, birth_date=31276.0) == (3, 3, 3)
    assert measured(rt="012", rw="003", kelurahan="KANAAN", address="-") == (0, 0, 3)
