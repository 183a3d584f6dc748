import pytest

from jamsostek_cli.roster.cells import late


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("ARDI (ALM)", "ARDI"),
        ("ARDI (ALM.)", "ARDI"),
        ("ARDI ALM", "ARDI"),
        ("ARDI, ALM.", "ARDI"),
        ("ALM. BASTIAN", "BASTIAN"),
        ("ALM BASTIAN", "BASTIAN"),
        ("(ALM) BASTIAN", "BASTIAN"),
        ("ALMARHUM H. BASTIAN", "H. BASTIAN"),
        ("H. ALM. BASTIAN", "H. BASTIAN"),
        ("ALMARHUMAH SITI", "SITI"),
        ("SITI (ALMH)", "SITI"),
        ("SITI [ALMH]", "SITI"),
        ("ARDI (+)", "ARDI"),
        ("ARDI +", "ARDI"),
        ("+ ARDI", "ARDI"),
        ("ARDI \u2020", "ARDI"),
        ("ARDI (WAFAT)", "ARDI"),
        ("ARDI - WAFAT", "ARDI"),
        ("ARDI (MENINGGAL DUNIA)", "ARDI"),
        ("ARDI (MD)", "ARDI"),
        ("ARDI (MATI)", "ARDI"),
        ("DARMAN BIN KARTO (ALM)", "DARMAN BIN KARTO"),
        ("ALM", "ALM"),
    ],
)
def test_a_name_that_says_that_its_bearer_has_died(name: str, alone: str) -> None:
    assert late.is_late(name)
    assert late.without_mark(name) == alone


@pytest.mark.parametrize(
    "name",
    [
        "ALMAS CHAERUL", "SALMAH", "NUR ALMIRA", "PALMA (JAYA)", "DARMAN BIN ALM. KARTO",
        "DARMAN BIN ALM KARTO",
        "SITI BINTI ALMARHUM KARTO", "SITI BT. ALM. H. KARTO", "DARMAN BIN (ALM) KARTO", "JANDA ALM. KARTO",
        "ISTRI DARI ALM KARTO", "SUMATI", "MATI", "RIPTO", "MADE (EKA)", "JOSÉ", "WAFATUN",
        "DARMAN BIN H. ALM. KARTO",
    ],
)  # fmt: skip
def test_a_name_that_says_it_of_nobody_or_of_the_father(name: str) -> None:
    assert not late.is_late(name)


@pytest.mark.parametrize(
    "cell",
    ["MATI", "Meninggal", "meninggal dunia", "WAFAT", "Alm", "almarhumah", "MD", "M.D.",
    "Sudah meninggal", "telah wafat",
     "Meninggal 3 Mei 2024", "ybs sudah meninggal", "peserta meninggal dunia", "Tutup usia", "deceased",
     "\u2020"],
)  # fmt: skip
def test_a_remark_that_says_that_the_person_has_died(cell: str) -> None:
    assert late.is_said(cell)


@pytest.mark.parametrize(
    "cell",
    ["", "HIDUP", "AKTIF", "Cerai mati", "KAWIN", "belum meninggal", "suami meninggal",
    "-", 1,
     "janda mati", "istri alm. Karto", "ALMAS", "mati suri", "MDR", "menggantikan alm. Karto", "matic"],
)  # fmt: skip
def test_a_remark_that_says_something_else(cell: str) -> None:
    assert not late.is_said(cell)
