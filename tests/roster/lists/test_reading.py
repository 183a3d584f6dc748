"""Lists about people we know, in the layouts in which they come."""

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.lists import columns as listed_columns
from jamsostek_cli.roster.lists.reading import ListedMember, MemberList, read
from jamsostek_cli.roster.sheets import columns
from tests.support.workbooks import MAN, TODAY, WOMAN, xlsx

Rows = Sequence[Sequence[object]]
CARD = "24012345678"


def listing(folder: Path, rows: Rows = (), **sheets: Rows) -> MemberList:
    return read(xlsx(folder / "daftar.xlsx", {"Sheet1": rows, **sheets} if rows else sheets), TODAY)


def told(rows: Sequence[ListedMember]) -> list[tuple[int, str | None, str | None, str | None]]:
    return [(one.row, one.nik, one.problem, one.kpj) for one in rows]


def test_an_answer_under_titles_with_a_signature_below(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        [
            ["BPJS KETENAGAKERJAAN CABANG BONTANG"],
            ["Balasan S-2025-001"],
            [],
            ["NO", "N I K", "NAMA TENAGA KERJA", "TGL LAHIR", "NO. KPJ", "STATUS", "KETERANGAN"],
            [1, 2, 3, 4, 5, 6, 7],
            [1, MAN, "Rudi Hartono", "17-08-1985", "2401 2345-678", "BERHASIL", "-"],
            [2, int(WOMAN), "WATI LESTARI", datetime.date(1990, 3, 12), "", "GAGAL", "NIK  tidak padan"],
            [3, "64740112", "SALAH NIK", "", "", "GAGAL", ""],
            ["", "", "JUMLAH", "", "", 3],
            ["", "", "Bontang, 4 Agustus 2025"],
            ["", "", "Kepala Cabang"],
            ["", "", "HENDRO WIBOWO"],
            ["", "", "NIP. 197001011990031001"],
        ],
    )
    rudi, wati, wrong = found.rows
    assert rudi == ListedMember(
        sheet="Sheet1",
        row=6,
        nik=MAN,
        name="RUDI HARTONO",
        birth_date="1985-08-17",
        kpj=CARD,
        status="BERHASIL",
    )
    assert (wati.nik, wati.birth_date, wati.kpj) == (WOMAN, "1990-03-12", None)
    assert (wati.status, wati.note) == ("GAGAL", "NIK tidak padan")
    assert (wrong.row, wrong.nik, wrong.problem) == (8, None, "nik_length")
    assert found.fields == {"nik", "name", "birth_date", "kpj", "status", "note"}
    assert found.titles == ("BPJS KETENAGAKERJAAN CABANG BONTANG", "Balasan S-2025-001")
    assert (found.file, found.sheets, len(found.sha256)) == ("daftar.xlsx", ("Sheet1",), 64)


def test_an_invoice_whose_programmes_stand_in_columns_of_their_own(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        [
            ["NO", "NAMA PESERTA", "NIK", "IURAN", ""],
            ["", "", "", "JKK", "JKM"],
            [1, "RUDI HARTONO", MAN, 10000, "Rp 6.800,00"],
            [2, "WATI LESTARI", WOMAN, "-", "tidak ada"],
            ["TOTAL", "", "", 10000, 6800],
        ],
    )
    assert [(one.nik, one.amount, one.illegible) for one in found.rows] == [
        (MAN, 16_800, None),
        (WOMAN, None, "-"),
    ]


@pytest.mark.parametrize(
    ("cells", "amount", "illegible"),
    [
        (["", "", "", ""], None, None),
        (["  ", "\u200b", "", ""], None, None),
        (["", 9000, 6000, "-"], 15_000, None),
        (["", 9000, 6000, ""], 15_000, None),
        (["", 9000, "enam ribu", ""], None, "enam ribu"),
        (["", 9000, "#REF!", ""], None, "#REF!"),
        (["", "-", "Rp -", ""], None, "-"),
        (["-", 9000, 6000, ""], None, "-"),
        (["lunas", 9000, 6000, ""], None, "lunas"),
        ([15000.000000000002, "?", "", ""], 15_000, None),
        (["15.000,50", "", "", ""], None, "15.000,50"),
        ([15000.5, "", "", ""], None, "15000.5"),
        (["15.000 / 6474011708857001", "", "", ""], None, "15.000 / 6474••••••••7001"),
    ],
)
def test_what_is_written_and_not_readable_is_no_blank(
    tmp_path: Path, cells: list[object], amount: int | None, illegible: str | None
) -> None:
    found = listing(tmp_path, [["NIK", "NAMA", "JUMLAH IURAN", "JKK", "JKM", "JHT"], [MAN, "RUDI", *cells]])
    assert [(one.amount, one.illegible) for one in found.rows] == [(amount, illegible)]


def test_a_sum_wins_over_its_parts_and_the_better_heading_over_the_worse(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        [
            [
                "NIK",
                "NAMA",
                "NOMINAL",
                "JKK",
                "JKM",
                "TOTAL IURAN",
                "NO PESERTA",
                "KPJ",
                "KETERANGAN",
                "ALASAN TOLAK",
            ],
            [MAN, "RUDI", 5, 10000, 6800, "16.800", 1, 24012345678, "baris 1", "sudah PU"],
            [WOMAN, "WATI", 5, 10000, 6800, "", 2, "", "baris 2", ""],
        ],
    )
    assert [(one.amount, one.kpj, one.note) for one in found.rows] == [
        (16_800, CARD, "sudah PU"),
        (5, None, "baris 2"),
    ]


def test_niks_without_names_on_another_sheet(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        Petunjuk=[["Nomor pengajuan: S-2025-007"], ["Kirim kembali"]],
        Hasil=[["NIK", "Hasil"], [MAN, "OK"], ["647401170885", "OK"], ["TOTAL", 2]],
    )
    assert found.sheets == ("Hasil",)
    assert found.titles == ("Nomor pengajuan: S-2025-007", "Kirim kembali")
    assert told(found.rows) == [(2, MAN, None, None), (3, None, "nik_length", None)]


def test_the_heading_comes_again_on_every_page_with_other_columns(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        [
            ["NIK", "NAMA", "KPJ"],
            [MAN, "RUDI", CARD],
            ["NAMA", "NIK", "IURAN"],
            ["WATI", WOMAN, 16800],
            ["### AKHIR", "", ""],
            ["SLAMET", "6474011708857003", 16800],
        ],
    )
    assert [(one.nik, one.kpj, one.amount) for one in found.rows] == [
        (MAN, CARD, None),
        (WOMAN, None, 16_800),
    ]


def test_headings_that_head_nobody_change_nothing(tmp_path: Path) -> None:
    head = ["NIK", "NAMA"]
    found = listing(tmp_path, [head, [MAN, "RUDI"], head, [WOMAN, "WATI"], ["NIK", "", "NO", "NAMA"]])
    assert [one.row for one in found.rows] == [2, 4]


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ("1985-08-17", "1985-08-17"),
        ("17/08/85", "1985-08-17"),
        ("08/17/1985", "1985-08-17"),
        ("17 Agustus 1985", "1985-08-17"),
        ("18-08-1985", "1985-08-18"),
        ("01-01-1900", "1900-01-01"),
        ("17-08-2085", "2085-08-17"),
        ("1985-08-16T16:00:00.000Z", "1985-08-17"),
        ("35-35-1985", None),
        ("tidak tahu", None),
        ("", None),
    ],
)
def test_birth_dates_as_the_list_writes_them(tmp_path: Path, cell: str, read_as: str | None) -> None:
    found = listing(tmp_path, [["NIK", "NAMA", "TGL LAHIR"], [MAN, "RUDI", cell]])
    assert found.rows[0].birth_date == read_as


def test_a_birth_date_turned_round_stays_as_written(tmp_path: Path) -> None:
    nik = "6474010508857001"
    rows: Rows = [["NIK", "NAMA", "TTL"], [nik, "RUDI", "Bontang, 08-05-1985"], ["x9", "RUDI", 31276]]
    assert [one.birth_date for one in listing(tmp_path, rows).rows] == ["1985-05-08", "1985-08-17"]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"Daftar": [["NAMA", "KPJ", "IURAN"], ["RUDI", CARD, 16800]]}, "E330"),
        ({"Daftar": [["NIK"], [MAN]]}, "E330"),
        ({"Daftar": []}, "E203"),
        ({"Daftar": [["NIK", "NAMA", "KPJ"], ["", "JUMLAH", ""]]}, "E207"),
    ],
)
def test_what_is_no_list_of_people_is_refused(tmp_path: Path, sheets: Mapping[str, Rows], code: str) -> None:
    with pytest.raises(JcliError) as caught:
        listing(tmp_path, **sheets)
    assert (caught.value.code, caught.value.facts["path"]) == (code, "daftar.xlsx")


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "daftar.xlsx",
        {"Baru": [["NIK", "NAMA"], [MAN, "RUDI"]], "Lama": [["NIK", "NAMA"], [WOMAN, "WATI"]]},
        hidden=["Lama"],
    )
    assert [one.nik for one in read(path, TODAY).rows] == [MAN]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("No. Kartu", "kpj"),
        ("NOMOR KARTU BPJS KETENAGAKERJAAN", "kpj"),
        ("NO KPJ (11 digit)", "kpj"),
        ("JUMLAH IURAN (Rp)", "amount"),
        ("Iuran Bulan Ini", "amount"),
        ("Iuran JKK (Rp)", "jkk"),
        ("STATUS KEPESERTAAN", "status"),
        ("Hasil", "status"),
        ("KET.", "note"),
        ("Alasan Penolakan", "note"),
        ("KPJ LAMA", None),
        ("DASAR UPAH", None),
        ("NO", None),
        ("BPJS", None),
    ],
)
def test_headings_beside_those_of_a_roster(heading: str, field: str | None) -> None:
    found = listed_columns.match(heading)
    assert (found.field if found else None) == field


def test_no_heading_of_a_list_is_one_of_a_roster() -> None:
    """An ordinary import reads a roster with card numbers as before."""
    for spellings in listed_columns.LISTED.values():
        for spelling in spellings.split(", "):
            assert columns.match(spelling) is None, spelling
