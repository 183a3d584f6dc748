"""The columns of a list of claims, and the words in them: which benefit, and how far it has come."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from jamsostek_cli.domain.bpjs_claims import Said
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.roster.cells.text import word_set
from jamsostek_cli.roster.lists import columns as listed_columns
from jamsostek_cli.roster.sheets import columns, relatives

OWN: Final = {
    "number": "No Klaim, Klaim, Kode Klaim, No Kasus, Id Klaim, K No, Number, Claim, Claim Number, Claim No",
    "receipt": (
        "No Tanda Terima, Tanda Terima, No Tanda Terima Berkas, No Agenda, Agenda, No Registrasi, No "
        "Pengajuan, No Berkas, No Antrian, No Resi, Resi, No Laporan, No Penetapan, No Referensi "
        "Pengajuan, Receipt, Receipt No, Receipt Number"
    ),
    "kind": (
        "Jenis Klaim, Program, Program Klaim, Jenis Program, Nama Program, Jenis Jaminan, Jaminan, Jenis "
        "Manfaat, Manfaat, Tipe Klaim, Jenis, Kategori, Kind, Benefit"
    ),
    "event": (
        "Tgl Meninggal, Tgl Meninggal Dunia, Tgl Wafat, Tgl Kematian, Tgl Kejadian, Tgl Kecelakaan, Tgl "
        "Musibah, Tgl Peristiwa, Meninggal, Meninggal Dunia, Tgl MD, TMD, Date of Death, Event Date, Died "
        "On"
    ),
    "filed": (
        "Tgl Pengajuan, Tgl Klaim, Tgl Masuk, Tgl Terima, Tgl Diterima, Tgl Terima Berkas, Tgl Masuk "
        "Berkas, Tgl Berkas, Tgl Agenda, Tgl Lapor, Tgl Laporan, Tgl Daftar, Tgl Tanda Terima, Tgl "
        "Registrasi, Diajukan, Filed On, Submitted On"
    ),
    "paid": (
        "Tgl Bayar, Tgl Pembayaran, Tgl Dibayar, Tgl Dibayarkan, Tgl Transfer, Tgl Cair, Tgl Pencairan, "
        "Tgl Realisasi, Tgl Penyerahan, Tgl Terbayar, Tgl SPB, Paid On, Date Paid, Payment Date"
    ),
    "amount": (
        "Jumlah Dibayar, Jumlah Bayar, Jumlah Pembayaran, Nominal Dibayar, Nominal Bayar, Nominal "
        "Pembayaran, Total Dibayar, Total Bayar, Total Pembayaran, Nilai Dibayar, Nilai Bayar, Nilai "
        "Pembayaran, Dibayar, Bayar, Pembayaran, Jumlah Manfaat, Total Manfaat, Nominal Manfaat, Nilai "
        "Manfaat, Besar Manfaat, Jumlah Santunan, Total Santunan, Nominal Santunan, Nilai Santunan, Besar "
        "Santunan, Santunan, Jumlah Uang, Jumlah, Total, Nominal, Nilai, Rupiah, Amount, Amount Paid, "
        "Paid"
    ),
    "part": (
        "Santunan Sekaligus, Santunan Kematian, Santunan Berkala, Berkala, Biaya Pemakaman, Pemakaman, "
        "Biaya Makam, Santunan Pemakaman"
    ),
    "proof": (
        "No Bukti, No Bukti Bayar, No Bukti Pembayaran, Bukti Bayar, Bukti Pembayaran, No Bukti Transfer, "
        "No Transfer, No Pembayaran, No Transaksi, No Referensi, No Ref, No Voucher, No SPB, No Kuitansi, "
        "No Kwitansi, Proof, Proof No, Reference"
    ),
    "payee": (
        "Nama Ahli Waris, Ahli Waris, Nama Penerima Manfaat, Penerima Manfaat, Nama Penerima Santunan, "
        "Nama Penerima, Penerima, Dibayarkan Kepada, Atas Nama, Nama Rekening, Payee"
    ),
    "status": (
        "Status Klaim, Status Pembayaran, Status Pengajuan, Status Berkas, Status Proses, Status, "
        "Keputusan, Hasil Proses, Hasil Verifikasi, Status Verifikasi, Hasil, Tahap, Posisi, State, Result"
    ),
}
"""What a list of claims says beside who it is about, and its headings, the best first."""
_SHORT: Final = {"tanggal": "tgl", "nomor": "no", "nmr": "no", "jml": "jumlah", "tgl": "tgl"}
_FILLERS: Final = word_set(
    "bpjs ketenagakerjaan rp rupiah idr peserta tk tenaga kerja kepada oleh dari yang di"
)
_CLAIM: Final = word_set("klaim jkk jkm jaminan claim")
"""Words left out of a heading where it says nothing with them ("Jumlah Klaim JKM Dibayar")."""


_OF_MEMBER: Final = re.compile(
    r"\bstatus\b.*\b(?:ke)?(?:peserta(?:an)?|aktif|aktifan|anggotaan|tk|tenaga)\b", re.IGNORECASE
)
"""A column that says whether somebody is a member, not how far a claim has come."""


def _key(heading: str, without: frozenset[str] = frozenset()) -> str:
    return "".join(said for word in columns.words(heading) if (said := _SHORT.get(word, word)) not in without)


_BY_KEY: Final = {
    _key(spelling): columns.Match(field, rank)
    for field, spellings in OWN.items()
    for rank, spelling in reversed(list(enumerate(spellings.split(", "))))
}
_TOLD: Final = frozenset({"nik", "name"})
"""What a roster's own spelling of a heading says of the person."""


def match(heading: str) -> columns.Match | None:
    """Return what a heading says in a list of claims, the person's NIK, name and card (`kpj`) among it.

    >>> match("TANGGAL BAYAR KLAIM"), match("No. Rekening Ahli Waris")
    (Match(field='paid', rank=1), None)
    """
    if found := _BY_KEY.get(_key(heading)):
        return found
    known = columns.match(heading)
    if known is not None and known.field in _TOLD:
        return known
    listed = listed_columns.match(heading)
    if listed is not None and listed.field in {"kpj", "note"}:
        return listed
    if _OF_MEMBER.search(heading):
        return None
    for without in (_FILLERS, _FILLERS | _CLAIM):
        if found := _BY_KEY.get(_key(heading, without)):
            return columns.Match(found.field, found.rank + 1)
    return None


def below(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the headings of two rows together: an upper one holds for the blanks to its right below it.

    >>> below(["NO", "MANFAAT", ""], ["", "BERKALA", "PEMAKAMAN"])
    ['NO', 'BERKALA', 'PEMAKAMAN']
    """
    joined, group = [], ""
    for above, own in zip_longest(upper, lower, fillvalue=""):
        group = above or (group if own else "")
        whole = f"{group} {own}".strip()
        is_own = bool(own) and match(whole) is None and not relatives.is_other(group)
        joined.append(own if is_own else whole)
    return joined


def places(headings: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field that headings name, the best heading first."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, heading in enumerate(headings):
        if heading and (matched := match(heading)):
            found.setdefault(matched.field, []).append((matched.rank, at))
    return {field: tuple(at for _, at in sorted(ranked)) for field, ranked in found.items()}


_DEATH: Final = re.compile(r"\b(?:meninggal|kematian|wafat|death|md|tewas)\b")
_KINDS: Final = (
    (re.compile(r"\bbeasiswa\b|\bscholarship\b"), {ClaimKind.SCHOLARSHIP}),
    (re.compile(r"\bcacat\b|\bdisabilit"), {ClaimKind.JKK_DISABILITY}),
    (re.compile(r"\bstmb\b|\bpengobatan\b|\bperawatan\b|\btreatment\b"), {ClaimKind.JKK_TREATMENT}),
    (re.compile(r"\bjkm\b|\bjaminan kematian\b"), {ClaimKind.JKM}),
)
_WORK: Final = re.compile(r"\bjkk\b|\bkecelakaan kerja\b|\bakibat kerja\b")
_OF_WORK: Final = frozenset({ClaimKind.JKK_DEATH, ClaimKind.JKK_DISABILITY, ClaimKind.JKK_TREATMENT})


def kinds(said: str | None) -> frozenset[ClaimKind]:
    """Return which benefits a row's words may mean; none where they name none.

    >>> kinds("JKM"), kinds("JKK - Meninggal Dunia"), len(kinds("Jaminan Kecelakaan Kerja")), kinds("JHT")
    (frozenset({<ClaimKind.JKM: 'jkm'>}), frozenset({<ClaimKind.JKK_DEATH: 'jkk-death'>}), 3, frozenset())
    """
    words = " ".join(re.findall(r"[a-z]+", (said or "").lower()))
    work = _WORK.search(words) is not None
    found = next((set(meant) for shape, meant in _KINDS if shape.search(words)), set[ClaimKind]())
    if work and found == {ClaimKind.JKM}:
        return frozenset()  # "JKK/JKM" names both
    if found:
        return frozenset(found)
    if work:
        return frozenset({ClaimKind.JKK_DEATH}) if _DEATH.search(words) else _OF_WORK
    return frozenset({ClaimKind.JKM}) if _DEATH.search(words) else frozenset()


_ELSE: Final = re.compile(
    r"\b(?:jht|hari tua|jp|pensiun|jkp|kehilangan pekerjaan|jkn|kesehatan|asuransi|insurance)\b"
)


def of_another_programme(said: str | None) -> bool:
    """Tell whether a row's words name something that is no benefit of accident or death.

    >>> of_another_programme("JHT"), of_another_programme("JKM"), of_another_programme("JKM + JHT")
    (True, False, False)
    """
    return not kinds(said) and _ELSE.search((said or "").lower()) is not None


_REFUSED: Final = re.compile(
    r"\b(?:di ?tolak|tolak|penolakan|tidak (?:disetujui|layak|memenuhi|dapat|dijamin|aktif|sah)"
    r"|tdk (?:layak|memenuhi)|gugur|reject(?:ed)?|refused|denied)\b"
)
_CALLED_OFF: Final = re.compile(
    r"\b(?:belum|akan|siap|rencana|menunggu|retur|gagal|batal|pending|not|waiting)\b"
)
_NOT_YET: Final = re.compile(r"\b(?:tunggu|kurang|proses|diproses|tidak|tdk)\b")
_PAID: Final = re.compile(
    r"\b(?:(?:di|ter)?bayar(?:kan)?|lunas|cair|dicairkan|terealisasi|realisasi|(?:di)?transfer"
    r"|selesai(?! (?:verif|valid))|paid|disbursed|settled|completed)\b"
)
_UNDER_WAY: Final = re.compile(
    r"\b(?:verifikasi|diajukan|pengajuan|diterima|lengkap|disetujui|penetapan|agenda|masuk|terdaftar|validasi"
    r"|approved|received|submitted|filed)\b"
)
_MEANING: Final = (
    (_REFUSED, Said.REFUSED),
    (_CALLED_OFF, Said.WAITING),
    (_NOT_YET, Said.WAITING),
    (_PAID, Said.PAID),
    (_UNDER_WAY, Said.WAITING),
)
"""What the words of a list mean; the first that occurs decides."""


def meaning(status: str | None) -> Said:
    """Return how far a claim has come in the words of the list.

    >>> meaning("SUDAH DIBAYAR"), meaning("Belum dibayar"), meaning("Ditolak: iuran menunggak"), meaning("ya")
    (<Said.PAID: 1>, <Said.WAITING: 3>, <Said.REFUSED: 2>, <Said.UNCLEAR: 4>)
    """
    words = (status or "").lower()
    return next((meant for shape, meant in _MEANING if shape.search(words)), Said.UNCLEAR)


def paid_by(status: str | None, note: str | None) -> Said:
    """Return how far a claim has come of which the list has the day and the rupiah of a payment.

    It is paid, unless a word says that it is not: in a status a person may have forgotten the day, a remark
    against it is for a person to read.

    >>> paid_by("Disetujui", None), paid_by("PROSES", None), paid_by(None, "dana retur")
    (<Said.PAID: 1>, <Said.WAITING: 3>, <Said.UNCLEAR: 4>)
    """
    for shape, meant in _MEANING[:3]:
        if shape.search((status or "").lower()):
            return meant
    against = any(shape.search((note or "").lower()) for shape in (_REFUSED, _CALLED_OFF))
    return Said.UNCLEAR if against and meaning(status) is not Said.PAID else Said.PAID


_WHY_REFUSED: Final = tuple(
    (re.compile(shape), why)
    for shape, why in (
        (
            r"(?:tidak|tdk|non|bukan peserta) ?-?aktif|menunggak|tunggakan|belum (?:bayar|dibayar)",
            RejectionReason.NOT_COVERED,
        ),
        (r"(?:tidak|tdk|belum) terdaftar|bukan peserta(?! aktif)", RejectionReason.NOT_REGISTERED),
        (r"(?:sudah|telah|pernah) (?:di ?bayar|terbayar|cair)", RejectionReason.PAID_ALREADY),
        (r"klaim (?:ganda|dobel|duplikat)|duplikat|duplikasi", RejectionReason.DUPLICATE),
        (
            r"beda orang|(?:identitas|nik|nama) (?:tidak|tdk) (?:sesuai|cocok|sama)",
            RejectionReason.WRONG_PERSON,
        ),
        (
            r"bukan kecelakaan kerja|di luar (?:hubungan|jam) kerja|bukan (?:karena|akibat) kerja",
            RejectionReason.NOT_AT_WORK,
        ),
        (r"k?e?daluwarsa|kada?luarsa|kedaluarsa|lewat (?:batas )?waktu", RejectionReason.LAPSED),
        (
            r"(?:berkas|dokumen|syarat|persyaratan) (?:(?:tidak|tdk|belum) lengkap|kurang)",
            RejectionReason.PAPERS_MISSING,
        ),
        (r"palsu|pemalsuan|(?:berkas|dokumen) tidak sah", RejectionReason.PAPERS_FALSE),
        (r"bukan ahli waris|(?:tidak|tdk) ada ahli waris", RejectionReason.NO_HEIR),
    )
)
"""How a refusal is worded, by the reason of our list."""


def refused_for(words: str) -> RejectionReason | None:
    """Return the one reason that words of a refusal name; None where they name none, or several.

    >>> refused_for("DITOLAK: berkas tidak lengkap"), refused_for("peserta tidak aktif, berkas palsu")
    (<RejectionReason.PAPERS_MISSING: 'papers-missing'>, None)
    """
    said = " ".join(words.lower().split())
    found = {why for shape, why in _WHY_REFUSED if shape.search(said)}
    return found.pop() if len(found) == 1 else None
