import pytest

from jamsostek_cli.roster.layout import Line, classify
from tests.roster.making import MAN

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
    ],
)
def test_lines_under_a_footer(shown: list[str], kind: Line) -> None:
    assert classify(shown, shown[1], shown[2], closed=True) is kind
