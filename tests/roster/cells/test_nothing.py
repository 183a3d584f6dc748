import pytest

from jamsostek_cli.roster.cells import nothing
from jamsostek_cli.roster.cells.text import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "", " - ", "--", "–", "...", "0", "000", 0, "TIDAK ADA", "tidak ada", "(Tidak Ada)",
        "Tdk ada", "tidak  punya",
        "Tidak punya HP", "belum", "Belum ada", "BLM DIISI", "belum diketahui", "kosong", "(kosong)",
        "nihil", "NULL",
        "[NULL]", "null", "None", "N/A", "n.a.", "n/a", "nan", "undefined", "xxx", "XXXXXXXX",
        "Data tidak ada",
        "no data", "unknown", "tanpa keterangan", "-kosong-", "#N/A",
    ],
)  # fmt: skip
def test_words_that_say_that_nothing_is_known(cell: Cell) -> None:
    assert nothing.said(cell) == ""


@pytest.mark.parametrize(
    "cell",
    [
        "JL. NIHIL 3", "TIDAK BEKERJA", "BELUM/TIDAK BEKERJA", "NELAYAN", "ADAM", "NULLY", "KOSONG LAMA",
        "TIDAK TETAP",
        "NO. 5", "10", "BELUMAI", "XAVER", "DATA ENTRI", "BLOK X",
    ],
)  # fmt: skip
def test_words_that_say_something(cell: str) -> None:
    assert nothing.said(cell) == cell


@pytest.mark.parametrize(
    ("name", "expected"),
    [("NULL", True), ("TIDAK ADA", True), ("XX", True), ("N/A", True), ("NAN", True), ("KOSONG", True),
     ("NIHIL", False), ("NIHIL SAPUTRA", False), ("ADA", False), ("NA", False), ("NULLI", False)],
)  # fmt: skip
def test_somebody_may_be_called_nihil_and_nobody_null(name: str, expected: bool) -> None:
    assert nothing.is_no_name(name) is expected
