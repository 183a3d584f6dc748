"""What an officer says of a roster's columns."""

import pytest

from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.sheets.hints import Hints, a_field, columns_of, headings_of


@pytest.mark.parametrize(
    ("name", "field"),
    [("nik", "nik"), ("BIRTH_DATE", "birth_date"), ("Tgl Lahir", "birth_date"), (" Nama ", "name")],
)
def test_a_field_goes_by_its_key_or_its_headings(name: str, field: str) -> None:
    assert a_field(name) == field


def test_a_field_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(JcliError, match="E220") as refused:
        a_field("Hobi")
    assert "NIK" in str(refused.value.facts["names"])


def test_headings_by_field() -> None:
    assert headings_of(["NIK=No. Identitas Warga", "Nama = Warga"]) == {
        "nik": "No. Identitas Warga",
        "name": "Warga",
    }
    for said in ("NIK", "NIK=", "NIK= ."):
        with pytest.raises(JcliError, match="E221"):
            headings_of([said])


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("NO,NIK,NAMA,-,TGL LAHIR", {1: "nik", 2: "name", 4: "birth_date"}),
        ("b=NIK, AA=Nama", {1: "nik", 26: "name"}),
    ],
)
def test_columns_in_order_or_by_letter(said: str, columns: dict[int, str]) -> None:
    assert columns_of(said) == columns


@pytest.mark.parametrize("said", ["NIK", "NAMA,-", "NIK,NAMA,KTP"])
def test_columns_without_a_nik_or_with_two_are_refused(said: str) -> None:
    with pytest.raises(JcliError, match="E222"):
        columns_of(said)


def test_the_named_heading_wins() -> None:
    hints = Hints(headings={"nik": "Kode Warga"})

    assert hints.renamed(["NO", "NIK", "kode  warga *", "Nama"]) == ["NO", "", "NIK", "Nama"]
    assert hints.renamed(["NO", "NIK"]) == ["NO", "NIK"]
