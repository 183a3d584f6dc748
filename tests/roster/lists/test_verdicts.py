"""What BPJS means, in its many words."""

import pytest

from jamsostek_cli.roster.lists.verdicts import Verdict, is_inactive, verdict

REGISTERED, REFUSED = Verdict.REGISTERED, Verdict.REFUSED
WAITING, UNCLEAR = Verdict.WAITING, Verdict.UNCLEAR


@pytest.mark.parametrize(
    ("status", "note", "has_kpj", "meant"),
    [
        ("BERHASIL", None, False, REGISTERED),
        ("Terdaftar", None, False, REGISTERED),
        ("AKTIF", "data lengkap", False, REGISTERED),
        ("Berhasil diproses", None, False, REGISTERED),
        ("DI TERIMA", None, True, REGISTERED),
        (None, None, True, REGISTERED),
        (None, "sudah dicetak", True, REGISTERED),
        ("Sudah terdaftar", None, True, REGISTERED),
        ("dalam proses", None, True, REGISTERED),
        (None, "OK", False, REGISTERED),
        ("GAGAL", None, False, REFUSED),
        ("Ditolak", "NIK tidak padan", False, REFUSED),
        ("TIDAK VALID", None, False, REFUSED),
        ("Tidak terdaftar", None, False, REFUSED),
        ("Gagal proses", None, False, REFUSED),
        ("Sudah terdaftar sebagai PU", None, False, REFUSED),
        ("Rejected", None, False, REFUSED),
        (None, "umur 66 tahun", False, REFUSED),
        (None, "NIK sudah terdaftar sebagai peserta PU", False, REFUSED),
        (None, None, False, WAITING),
        ("SEDANG DIPROSES", None, False, WAITING),
        ("Belum terdaftar", None, False, WAITING),
        ("Menunggu verifikasi", None, False, WAITING),
        (None, "pending", False, WAITING),
        ("Kode 7", None, False, UNCLEAR),
        ("GAGAL", None, True, UNCLEAR),
        (None, "GAGAL: NIK tidak padan", True, UNCLEAR),
        ("NON-AKTIF", None, True, UNCLEAR),
    ],
)
def test_an_answer_is_understood(status: str | None, note: str | None, has_kpj: bool, meant: Verdict) -> None:
    assert verdict(status, note, has_kpj=has_kpj) is meant


@pytest.mark.parametrize(
    ("said", "inactive"),
    [
        ("NONAKTIF", True),
        ("Non Aktif", True),
        ("tidak aktif", True),
        ("Keluar 2025-03", True),
        ("Meninggal dunia", True),
        ("AKTIF", False),
        ("aktif s.d. 2026", False),
        ("", False),
        (None, False),
    ],
)
def test_a_member_list_calls_somebody_inactive(said: str | None, inactive: bool) -> None:
    assert is_inactive(said) is inactive
