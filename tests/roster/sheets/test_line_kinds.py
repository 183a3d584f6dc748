import pytest

from jamsostek_cli.roster.cells.text import Cell
from jamsostek_cli.roster.sheets.columns import FIELDS
from jamsostek_cli.roster.sheets.fullness import NOTHING, Filling, measure
from jamsostek_cli.roster.sheets.line_kinds import Line, classify
from tests.support.workbooks import MAN

# Each row: NO, NIK, NAMA, JK, KETERANGAN
CASES = [
    (["1", "6474 0117 0885 7001", "RUDI", "L", ""], Line.PERSON),
    (["1", "", "RUDI", "L", ""], Line.PERSON),
    (["1", "-", "RUDI", "L", ""], Line.PERSON),
    (["1", "belum ada", "RUDI", "", ""], Line.PERSON),
    (["", "", "RUDI", "", ""], Line.PERSON),
    (["1", MAN, "", "", ""], Line.PERSON),
    (["1", "64740117", "", "L", ""], Line.PERSON),
    (["1", "197001011990031001", "RUDI", "", ""], Line.PERSON),
    (["", "", "", "", ""], Line.BLANK),
    (["", "###", "", "", ""], Line.END),
    (["NO", "NIK", "NAMA", "JK", "KET"], Line.HEADER),
    (["(1)", "(2)", "(3)", "(4)", "(5)"], Line.LABEL),
    (["JUMLAH", "", "", "", "9"], Line.TOTAL),
    (["", "", "Sub Total", "9", ""], Line.TOTAL),
    (["", "", "Mengetahui,", "", "Yang membuat,"], Line.FOOTER),
    (["", "", "", "", "Bontang, 15 Januari 2024"], Line.FOOTER),
    (["", "", "", "", "Bontang,      Januari 2024"], Line.FOOTER),
    (["Catatan:", "", "", "", ""], Line.FOOTER),
    (["", "", "NIP. 19700101 199003 1 001", "", ""], Line.FOOTER),
    (["", "19700101", "NIP. 19700101", "", ""], Line.FOOTER),
    (["1. Apabila ada kesalahan segera lapor", "", "", "", ""], Line.FOOTER),
    (["KECAMATAN : BONTANG UTARA", "", "", "", ""], Line.LABEL),
    (["", "PROVINSI :", "KALIMANTAN TIMUR", "", ""], Line.LABEL),
    (["Data ini telah diperiksa", "", "", "", ""], Line.LABEL),
    (["5", "", "", "", "RT 5"], Line.PREFILLED),
    (["5", "", "", "", ""], Line.PREFILLED),
    (["B.", "", "KELOMPOK TANI", "", ""], Line.LABEL),
    (["", "16 digit", "SESUAI KTP", "L/P", ""], Line.LABEL),
    (["", "angka", "SESUAI KTP", "L/P", ""], Line.LABEL),
    (["", "", "BONTANG, 12-03-2024", "", ""], Line.FOOTER),
    (["", "Bontang,     Januari 2026", "", "", ""], Line.FOOTER),
    (["", "NIP", "197001011990031001", "", ""], Line.FOOTER),
    (["1", "6474.0117.0885.7001", "SUMBER REJEKI", "L", ""], Line.PERSON),
    (["1", "", "SUMBER REJEKI", "", ""], Line.PERSON),
    (["1", "", "NOTELINA", "", ""], Line.PERSON),
    (["", MAN, "SYARIFAH NUR HIDAYATI BINTI SAYID MUHAMMAD AL IDRUS (ALMH)", "", ""], Line.PERSON),
    (["", "6474 0117 0885 7001", "5. SUMARNI NUR LESTARI", "", ""], Line.PERSON),
    (["5. SUMARNI NUR LESTARI", "", "", "", ""], Line.FOOTER),
    (["* wajib diisi", "", "", "", ""], Line.FOOTER),
    (["5", "", "RUDI", "L", "Sda:"], Line.PERSON),
    (["05/01/2026 08:31:12", "", "RUDI", "", ""], Line.PERSON),
    (["5", "", "RUDI", ":", ""], Line.PERSON),
    (["NO", "", "AHLI WARIS", "", ""], Line.LABEL),
    (["", "(16 digit)", "(SESUAI KTP)", "(L/P)", ""], Line.LABEL),
    (["1", "16 digit angka", "BUDI", "", ""], Line.PERSON),
    (["", "16 digit angka", "HURUF KAPITAL", "", ""], Line.LABEL),
    (["", "", "HARAP DIISI", "", ""], Line.LABEL),
    (["No. KK", MAN, "KEPALA KELUARGA: RUDI", "", ""], Line.LABEL),
    (["No. KK", MAN, "RUDI", "", ""], Line.LABEL),
    (["Sumber: Dinas", "", "", "", ""], Line.FOOTER),
    (["Ketua RT 04", "64740117", "RUDI", "", ""], Line.PERSON),
    (["KEPALA KELUARGA", MAN, "RUDI", "", ""], Line.PERSON),
]


@pytest.mark.parametrize(("shown", "kind"), CASES)
def test_lines_of_a_sheet(shown: list[str], kind: Line) -> None:
    assert classify(shown, shown[1], shown[2], closed=False) is kind


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        (["", "", "Drs. CONTOH PEJABAT, M.Si", "", ""], Line.LABEL),
        (["", "197001011990031001", "NIP. 19700101 199003 1 001", "", ""], Line.LABEL),
        (["", "197001011990031001", "CONTOH", "", ""], Line.LABEL),
        (["", "", "KEPALA DINAS", "", "STAF"], Line.FOOTER),
        (["5", "", "", "", "RT 5"], Line.LABEL),
        (["7", "6474.0117.0885.7001", "RUDI", "L", ""], Line.PERSON),
        (["NO", "NIK", "NAMA", "JK", ""], Line.HEADER),
        (["7", "", "RUDI", "", ""], Line.PERSON),
    ],
)
def test_lines_under_a_footer(shown: list[str], kind: Line) -> None:
    assert classify(shown, shown[1], shown[2], closed=True) is kind


@pytest.mark.parametrize(
    ("shown", "filling", "kind"),
    [
        (["*", "", "RUDI", "L", ""], Filling(1, 1, 2), Line.PERSON),
        (["Ketua RT 04", "", "RUDI", "L", ""], Filling(1, 1, 2), Line.PERSON),
        (["", "", "LURAH", "L", ""], Filling(1, 1, 2), Line.FOOTER),
        (["", "", "LURAH", "L", "1985"], Filling(2, 2, 2), Line.PERSON),
        (["4", "", "JUMLAH", "L", ""], Filling(1, 1, 1), Line.PERSON),
        (["", "", "JUMLAH", "L", ""], Filling(1, 1, 1), Line.TOTAL),
        (["4", "", "", "L", "JL. A"], Filling(1, 2, 2), Line.PERSON),
        (["4", "64740117", "", "L", ""], Filling(1, 1, 1), Line.LABEL),
        (["4", MAN[:15], "", "L", ""], Filling(1, 1, 1), Line.PERSON),
        (["4", "", "", "", "RT 5"], Filling(0, 0, 3), Line.LABEL),
    ],
)
def test_what_fills_the_table_is_a_person_wherever_it_stands(
    shown: list[str], filling: Filling, kind: Line
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
