"""The columns of lists about people we know: BPJS's answer, its member list, its invoice."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from jamsostek_cli.roster.cells.text import word_set
from jamsostek_cli.roster.sheets.columns import Match, key

LISTED: Final = {
    "kpj": (
        "KPJ, No KPJ, Nomor KPJ, KPJ Baru, No KPJ Baru, Nomor KPJ Baru, Nomor Kartu BPJSTK, No Kartu "
        "BPJSTK, Nomor BPJSTK, No BPJSTK, Nomor BPJS Ketenagakerjaan, No BPJS Ketenagakerjaan, Nomor "
        "Kartu Jamsostek, No Kartu Jamsostek, Nomor Jamsostek, No Jamsostek, Nomor Kartu Peserta "
        "Jaminan, Nomor Kepesertaan, No Kepesertaan, Nomor Kartu Kepesertaan, No Kartu Kepesertaan, "
        "Nomor Kartu, No Kartu, Nomor Peserta, No Peserta, Nomor Anggota, No Anggota, KPJ Number, Member "
        "Number"
    ),
    "amount": (
        "Jumlah Iuran, Total Iuran, Iuran Total, Iuran Jumlah, Iuran, Nominal Iuran, Besar Iuran, Nilai "
        "Iuran, Iuran JKK JKM, Jumlah Iuran JKK JKM, Total Iuran JKK JKM, Iuran JKK dan JKM, Iuran "
        "Bulanan, Iuran Bulan Ini, Iuran Perbulan, Iuran Per Bulan, Tagihan Iuran, Jumlah Tagihan, Total "
        "Tagihan, Nilai Tagihan, Tagihan, Jumlah Bayar, Total Bayar, Jumlah Dibayar, Jumlah Pembayaran, "
        "Nominal, Nilai, Jumlah, Total, Amount, Contribution"
    ),
    "jkk": "Iuran JKK, JKK, Tagihan JKK, Nominal JKK, JKK Iuran, Jaminan Kecelakaan Kerja",
    "jkm": "Iuran JKM, JKM, Tagihan JKM, Nominal JKM, JKM Iuran, JKK JKM, Jaminan Kematian",
    "jht": "Iuran JHT, JHT, Tagihan JHT, Nominal JHT, JHT Iuran, Jaminan Hari Tua",
    "status": (
        "Status, Hasil, Status Pendaftaran, Hasil Pendaftaran, Status Kepesertaan, Status Peserta, "
        "Status TK, Status Tenaga Kerja, Status Aktif, Status Keaktifan, Status Keanggotaan, Hasil "
        "Verifikasi, Status Verifikasi, Hasil Validasi, Status Validasi, Hasil Proses, Status Proses, "
        "Status Data, Status Upload, Hasil Upload, Status BPJS, Status BPJSTK, Keaktifan, Keterangan "
        "Status, Result"
    ),
    "note": (
        "Alasan Tolak, Alasan Penolakan, Alasan Ditolak, Alasan Gagal, Alasan, Keterangan Tolak, "
        "Keterangan Penolakan, Keterangan Gagal, Keterangan Error, Pesan Error, Pesan Kesalahan, Pesan, "
        "Keterangan, Ket, Catatan, Alasan Nonaktif, Sebab, Penyebab, Reason, Remark, Remarks, Message, "
        "Error"
    ),
}
"""What such a list says beside the fields of a roster, and its headings, the best first.

These are no fields of a roster: a department's own card numbers or remarks are no concern of an import.
"""
_FILLERS: Final = word_set("bpjs ketenagakerjaan rp rupiah bpu peserta tenaga kerja tk bulan ini digit dari")
_BY_KEY: Final = {
    key(spelling): Match(field, rank)
    for field, spellings in LISTED.items()
    for rank, spelling in reversed(list(enumerate(spellings.split(", "))))
}


def match(heading: str) -> Match | None:
    """Return what a heading says beside the fields of a roster; "KPJ LAMA" and "NO" say nothing.

    >>> match("NO. KARTU BPJS Ketenagakerjaan"), match("KPJ LAMA")
    (Match(field='kpj', rank=26), None)
    """
    if found := _BY_KEY.get(key(heading)):
        return found
    words = re.findall(r"[a-z0-9]+", re.sub(r"\(.*?(?:\)|$)", " ", heading.lower()))
    found = _BY_KEY.get("".join(word for word in words if word not in _FILLERS))
    return Match(found.field, found.rank + len(words)) if found else None


def places(headings: Sequence[str], taken: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field, the best heading first; those of a roster's own fields are taken."""
    found: dict[str, list[tuple[int, int]]] = {field: [] for field in LISTED}
    for at, heading in enumerate(headings):
        if at not in taken.values() and (matched := match(heading)):
            found[matched.field].append((matched.rank, at))
    return {field: tuple(at for _, at in sorted(ranked)) for field, ranked in found.items()}
