"""The layout of the workbook for BPJS is data, and says clearly when it cannot be used."""

from pathlib import Path
from typing import get_type_hints

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.submission import layout
from jamsostek_cli.store.bpjs.submissions import Applicant

NIK = '[[column]]\nheading = "NIK"\nfield = "nik"\n'


def test_the_usual_layout_has_the_columns_of_a_bulk_registration() -> None:
    usual = layout.load(None)
    assert [column.heading for column in usual.columns] == [
        "NO", "NIK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN", "NAMA IBU KANDUNG",
        "ALAMAT", "KODE POS", "NO HP", "EMAIL", "LOKASI PEKERJAAN", "JENIS PEKERJAAN", "PENGHASILAN",
        "PROGRAM", "PERIODE AWAL", "PERIODE AKHIR", "KPJ LAMA", "KPJ", "STATUS", "KETERANGAN",
    ]  # fmt: skip


def test_a_layout_may_use_everything_the_register_knows() -> None:
    own = {"line", "number", "worker", "city", "months", "full_address"}
    assert set(layout.FIELDS) - own <= set(get_type_hints(Applicant))


@pytest.mark.parametrize(
    ("field", "style", "value", "shown"),
    [
        ("birth_date", None, "1985-08-17", "17-08-1985"),
        ("birth_date", "dd/mm/yyyy", "1985-08-17", "17/08/1985"),
        ("birth_date", "yyyy-mm-dd", "1985-08-17", "1985-08-17"),
        ("first_month", None, "2025-08", "08-2025"),
        ("first_month", "mm/yyyy", "2025-08", "08/2025"),
        ("sex", None, "P", "P"),
        ("sex", "Laki-laki/Perempuan", "P", "Perempuan"),
        ("phone", None, "+6281220320617", "081220320617"),
        ("phone", "+62", "+6281220320617", "+6281220320617"),
        ("programmes", None, "jkk,jkm", "JKK+JKM"),
        ("programmes", "JKK,JKM", "jkk,jkm", "JKK,JKM"),
        ("kpj", None, None, ""),
    ],
)
def test_fields_are_written_as_the_layout_asks(
    tmp_path: Path, field: str, style: str | None, value: str | None, shown: str
) -> None:
    told = f'sheet = "A"\n{NIK}[[column]]\nheading = "X"\nfield = "{field}"\n'
    (tmp_path / "l.toml").write_text(told + (f'format = "{style}"\n' if style else ""))
    column = layout.load(tmp_path / "l.toml").columns[1]
    assert column.shown({field: value}) == shown


@pytest.mark.parametrize(
    ("field", "style", "meant"),
    [
        ("nama ibu kandung", "teks", ("mother_name", "text")),
        ("Mother's name", "text", ("mother_name", "text")),
        ("Tanggal Lahir", "dd/mm/yyyy", ("birth_date", "dd/mm/yyyy")),
        ("dasar upah", "angka", ("basis", "number")),
        ("name", "text", ("name", "text")),
        ("nama", "text", ("name", "text")),
    ],
)
def test_fields_and_formats_may_be_called_as_the_screen_calls_them(
    tmp_path: Path, field: str, style: str, meant: tuple[str, str]
) -> None:
    told = f'sheet = "A"\n{NIK}[[column]]\nheading = "X"\nfield = "{field}"\nformat = "{style}"\n'
    (tmp_path / "l.toml").write_text(told)
    column = layout.load(tmp_path / "l.toml").columns[1]
    assert (column.field, column.format) == meant


@pytest.mark.parametrize(
    ("told", "code", "fact"),
    [
        ("sheet = ", "E333", "TOML"),
        (NIK, "E333", "missing key: sheet"),
        (f'sheet = "a/b"\n{NIK}', "E333", "sheet"),
        (f'sheet = "A"\nlembar = "B"\n{NIK}', "E333", "unknown key: lembar"),
        ('sheet = "A"', "E333", "missing key: column"),
        ('sheet = "A"\ncolumn = []', "E333", "[[column]]"),
        ('sheet = "A"\ncolumn = ["NIK"]', "E333", "[[column]] 1"),
        (f'sheet = "A"\n{NIK}[[column]]\nfield = "name"', "E333", "[[column]] 2"),
        (f'sheet = "A"\n{NIK}[[column]]\nheading = "X"', "E333", "[[column]] 2"),
        (f'sheet = "A"\n{NIK}text = "x"', "E333", "[[column]] 1"),
        (f'sheet = "A"\n{NIK}width = 500', "E333", "[[column]] 1"),
        (f'sheet = "A"\n{NIK}colour = "red"', "E333", "[[column]] 1"),
        (f'sheet = "A"\n{NIK}format = 7', "E333", "[[column]] 1"),
        (f'sheet = "A"\n{NIK}[[column]]\nheading = "X"\nfield = "shoe_size"', "E334", "shoe_size"),
        (f'sheet = "A"\n{NIK}[[column]]\nheading = "X"\nfield = "nomor"', "E334", "nomor"),
        (f'sheet = "A"\n{NIK}[[column]]\nheading = "X"\nfield = "telepon"\nformat = "62"', "E342", "telepon"),
        (f'sheet = "A"\n{NIK}format = "number"', "E342", "number"),
        ('sheet = "A"\n[[column]]\nheading = "NIK"\ntext = ""', "E335", None),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused(
    tmp_path: Path, told: str, code: str, fact: str | None
) -> None:
    (tmp_path / "l.toml").write_text(told)
    with pytest.raises(JcliError) as caught:
        layout.load(tmp_path / "l.toml")
    assert caught.value.code == code
    assert fact is None or fact in caught.value.facts.values()


def test_a_layout_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(JcliError) as caught:
        layout.load(tmp_path / "none.toml")
    assert caught.value.code == "E201"
