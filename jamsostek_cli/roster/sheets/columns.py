"""What a column is, told from its heading; declared once, in the order of preference."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from jamsostek_cli.roster.cells.text import RAISED, clean, word_set
from jamsostek_cli.roster.sheets import relatives

FIELDS: Final = {
    "nik": (
        "NIK, Nomor Induk Kependudukan, No Induk Kependudukan, No NIK, Nomor NIK, No KTP, Nomor KTP, NIK "
        "KTP, No Identitas, Nomor Identitas, NIK DP4, KTP, Identitas"
    ),
    "name": (
        "Nama Lengkap, Nama, Nama Lgkp, Nama Pekerja, Nama Peserta, Nama Tenaga Kerja, Nama TK, Nama "
        "Penduduk, Nama Warga, Nama Penerima, Nama Anggota Keluarga, Nama Anggota, Nama ART, Nama "
        "Karyawan, Nama Siswa, Nama Pegawai, Nama dan Gelar, Name, Full Name, Penerima"
    ),
    "birth_place": (
        "Tempat Lahir, Tmpt Lahir, Tmp Lahir, Tmpt Lhr, Tmp Lhr, Tpt Lahir, Kota Lahir, Tempat "
        "Kelahiran, TTL Tempat, Birth Place, Place of Birth"
    ),
    "birth_date": (
        "Tanggal Lahir, Tgl Lahir, Tgl Lhr, Tanggal Lhr, Tgl Bln Th, Tgl Bln Thn, Tgl Bln Tahun, TTL "
        "Tanggal, Tanggal Kelahiran, Lahir Tanggal, Lahir Tgl, Birth Date, Date of Birth, DOB"
    ),
    "birth": (
        "Tempat Tgl Lahir, Tempat Tanggal Lahir, Tempat dan Tanggal Lahir, Tempat dan Tgl Lahir, Tmpt "
        "Tgl Lahir, Tempat Tgl Lhr, Tmpt Tgl Lhr, Tempat Tgl, Tempat Tanggal, TTL, Kelahiran"
    ),
    "sex": (
        "Jenis Kelamin, JK, L P, LP, Jenis Klmin, Jns Kelamin, Jns Klmn, Jen Kel, Jenkel, Kelamin, L "
        "K P R, LK PR, Laki Laki Perempuan, Sex, Gender, Kel L P"
    ),
    "mother_name": (
        "Nama Ibu Kandung, Nama Gadis Ibu Kandung, Nama Gadis Ibu, Nama Lengkap Ibu Kandung, Nama Lengkap "
        "Ibu, Nama Ibu, Nama Ibuk, Ibu Kandung, Ibu, Mother s Name, Mothers Name, Mother Name"
    ),
    "family_card": (
        "No KK, Nomor KK, NKK, No Kartu Keluarga, Nomor Kartu Keluarga, Kartu Keluarga, KK, Family Card, "
        "Family Card Number"
    ),
    "phone": (
        "No HP, Nomor HP, HP, No HP WA, No WA, Nomor WA, No Handphone, Nomor Handphone, Handphone, No HP "
        "Whatsapp, No Whatsapp, Nomor Whatsapp, Whatsapp, No Telp HP, Telp HP, HP Telp, HP WA, No Telepon, "
        "Nomor Telepon, No Telp, No Tlp, No Tlpn, No Telpon, Nomor Telpon, Telepon, Telpon, Telp, Tlp, "
        "Kontak, No Kontak, Telepon Rumah, Mobile Phone, Phone, Phone Number"
    ),
    "address": (
        "Alamat, Alamat Lengkap, Alamat Rumah, Alamat Jalan, Alamat Tempat Tinggal, Alamat Tinggal, "
        "Alamat KTP, Alamat DP4, Alamat Sekarang, Alamat Domisili, Fullalamat, Alamat DPT, Jalan, "
        "Address, Citizen ID Address, Residential Address, Alamat KK, Alamat Kartu Keluarga"
    ),
    "rt": "RT, No RT, Nomor RT",
    "rw": "RW, No RW, Nomor RW",
    "rt_rw": "RT RW, No RT RW, Alamat RT RW",
    "kelurahan": (
        "Kelurahan, Kel, Nama Kelurahan, Nama Kel, Kelurahan Desa, Desa Kelurahan, Kel Desa, Desa "
        "Kel, Desa, Nama Desa, Nama Desa Kelurahan, Kelurahan Domisili, Kel Domisili, Kelurahan "
        "Tempat Tinggal, Kel DPT"
    ),
    "kecamatan": "Kecamatan, Kec, Nama Kecamatan, Nama Kec, Kecamatan Domisili, Kec DPT",
    "occupation": (
        "Pekerjaan, Jenis Pekerjaan, Nama Pekerjaan, Pekerjaan Utama, Profesi, Mata Pencaharian, Jabatan, "
        "Pekerjaan Jenis Usaha, Pekerjaan Usaha, Jenis Usaha, Occupation, Pekerjaan ID"
    ),
    "identity_type": "Jenis Identitas, Tipe Identitas, Jenis Kartu Identitas",
    "agency": (
        "OPD, OPD Instansi, Instansi, Nama OPD, Nama Instansi, OPD Pengusul, Instansi Pengusul, "
        "Dinas, Dinas Instansi, Perangkat Daerah, SKPD, Unit Kerja, Pengusul"
    ),
}
"""The fields of a roster and the headings under which people write them, the best first."""


def best(field: str) -> str:
    """Return the heading under which a field stands in the template: the best of its spellings."""
    return FIELDS[field].split(",")[0].upper()


_FILLERS: Final = word_set(
    "peserta pekerja penerima bantuan manfaat iuran tenaga kerja tk calon warga anggota sesuai wajib diisi "
    "di dd mm yyyy yy hh bb tt tttt rentan bpu nelayan petani buruh pemohon penduduk jelas digit angka yang "
    "aktif format teks text pada dalam dan huruf kapital contoh berdasarkan 16 tanpa gelar pedagang "
    "pengemudi ojek sopir supir marbot kader num number data"
)
"""Words that say nothing about what a column holds."""
_CARD: Final = word_set("ktp ektp el e")
_AFTER: Final = word_set("sesuai berdasarkan dalam pada di")
"""Before the card's name they tell how to write something else: "sesuai KTP" heads no NIK."""
_NIK_WORDS: Final = word_set(
    "no nomor nik ktp ektp e el induk kependudukan identitas kartu tanda penduduk nonik noktp npwp number"
)

_SUB: Final = {
    ("birth", "tempat"): "birth_place",
    ("birth", "tmpt"): "birth_place",
    ("birth", "kota"): "birth_place",
    ("birth", "tanggal"): "birth_date",
    ("birth", "tgl"): "birth_date",
    ("birth", "tglblnth"): "birth_date",
    ("birth", "tglblnthn"): "birth_date",
    ("address", "jl"): "address",
    ("address", "jln"): "address",
    ("name", "ibu"): "mother_name",
}


_REMEMBERED: Final = 4_096
"""So many headings are remembered: a file repeats its own, and a wide one a thousandfold."""


class Match(NamedTuple):
    """A field, and how far down its list of headings the spelling stands (0 is the best)."""

    field: str
    rank: int


@lru_cache(_REMEMBERED)
def key(heading: str) -> str:
    """Return a heading's letters and digits alone; case, signs, blanks and notes in brackets do not count.

    >>> key("Tanggal_Lahir * (dd-mm-yyyy)")
    'tanggallahir'
    """
    return "".join(words(heading))


def words(heading: str) -> list[str]:
    """Return a heading's words in lower case, without notes in brackets, its number and footnote marks.

    >>> words("3. Nama Ibu Kandung 1)"), words("NIK² [wajib]")
    (['nama', 'ibu', 'kandung'], ['nik'])
    """
    plain = _NOTE.sub(" ", clean(heading.translate(RAISED)).lower())
    return re.findall(r"[a-z0-9]+", _MARK.sub(" ", plain))


_NOTE: Final = re.compile(r"\(.*?(?:\)|$)|\[.*?(?:\]|$)")
_MARK: Final = re.compile(r"^\s*\d{1,3}[a-z]?[.)]\s*(?=[a-z])|(?:\s|(?<=[a-z]))\d{1,2}\s*\)+\s*$")
"""The number of a question before a heading, the number of a footnote behind it."""


_BY_KEY: Final = {
    key(spelling): Match(field, rank)
    for field, spellings in FIELDS.items()
    for rank, spelling in reversed(list(enumerate(spellings.split(", "))))
}
_BY_WORDS: Final = {
    " ".join(sorted(words(spelling))): Match(field, rank)
    for field, spellings in FIELDS.items()
    for rank, spelling in reversed(list(enumerate(spellings.split(", "))))
    if len(words(spelling)) > 1
}
"""The same in any order: KK_NO, NAMA_IBU and IBU_NAMA."""
_COUNTED: Final = word_set("no nomor number num 1 2 3")
_MADE_OF: Final = (
    (
        "phone",
        word_set("telepon telpon telephone telp tlp tlpn hp handphone ponsel wa whatsapp phone mobile"),
        _COUNTED | word_set("tel cell seluler selular kontak contact rumah pribadi lain aktif"),
    ),
    ("family_card", word_set("kk nkk"), _COUNTED | word_set("kartu keluarga family card")),
    (
        "address",
        word_set("alamat address"),
        _COUNTED
        | word_set("lengkap rumah jalan jl tempat tinggal ktp kk kartu keluarga domisili sekarang asal tanda")
        | word_set("penduduk citizen id residential residence home street current permanent full"),
    ),
    (
        "sex",
        word_set("kelamin klmin klmn jk sex gender"),
        word_set(
            "jenis jns jen kel kode code l p lk pr laki perempuan wanita pria male female m f w k r 0 1 2"
        ),
    ),
)
"""Fields with the words that tell them, and those that may stand beside."""
_LAST: Final = 99
_LAST_NAME: Final = 200
_THINGS: Final = word_set(
    "kelurahan kel desa kecamatan kec kab kabupaten kota provinsi prov sls dusun lingkungan rt rw jalan "
    "jl gang blok tempat lokasi wilayah alamat opd instansi dinas skpd unit kantor lembaga organisasi "
    "perusahaan badan kelompok komunitas paguyuban asosiasi koperasi usaha toko warung pasar merek merk "
    "produk barang bank rekening kapal perahu sekolah universitas masjid rumah program kegiatan bantuan "
    "jenis ayah bapak file"
)
"""What has a name of its own and is no person: the first word after "NAMA"."""
_NO_NAME: Final = word_set(
    "alamat nik ktp kk krt dan tanggal tgl lahir depan tengah belakang marga panggilan alias"
)
"""Words of a heading that holds more or less than a name, or the name of the head of a household."""


@lru_cache(_REMEMBERED)
def match(heading: str) -> Match | None:
    """Return the field that a heading names, or None; "NIK Ibu" and "HUB. KEL" are none.

    >>> match("TGL. LAHIR"), match("NIK Karyawan")
    (Match(field='birth_date', rank=1), None)
    """
    return _known(heading) or _name_of(heading)


def _name_of(heading: str) -> Match | None:
    """Take "NAMA PENGRAJIN" for the name, where no other column is: a trade has more words than a list.

    >>> match("NAMA KETUA RT"), match("NAMA USAHA"), match("NAMA AHLI WARIS")
    (Match(field='name', rank=200), None, None)
    """
    first, *rest = [*words(heading), ""]
    if first != "nama" or len(rest) <= 1 or rest[0] in _THINGS or not _NO_NAME.isdisjoint(rest):
        return None
    return (
        None
        if any(map(str.isdigit, "".join(rest))) or relatives.is_other(heading)
        else Match("name", _LAST_NAME)
    )


def _known(heading: str) -> Match | None:
    written = words(heading)
    if found := _BY_KEY.get("".join(written)):
        return found
    plain = [word for word in written if word not in _FILLERS]
    if _CARD.issuperset(plain) and not _AFTER.isdisjoint(written):
        return None
    without_card = [word for word in plain if word not in _CARD]
    for kept in (plain, written, without_card):
        if found := _BY_KEY.get("".join(kept)) or _BY_WORDS.get(" ".join(sorted(kept))):
            return Match(found.field, found.rank + len(written))
    known = _NIK_WORDS.issuperset(plain)
    if known and {"nik", "nonik", "noktp"}.intersection(plain):
        return Match("nik", _LAST)
    return _made_of(written)


def _made_of(written: Sequence[str]) -> Match | None:
    """Return the field whose words are all that a heading says, in any order ("HP / Telepon 2")."""
    for field, telling, others in _MADE_OF:
        if not telling.isdisjoint(written) and (telling | others).issuperset(written):
            return Match(field, _LAST)
    return None


def is_last(found: Match) -> bool:
    """Tell whether a heading answers only where no other does ("NAMA PENGRAJIN")."""
    return found.rank >= _LAST_NAME


@lru_cache(_REMEMBERED)
def match_below(top: str, sub: str) -> Match | None:
    """Return the field of a column with two headings, of which the lower one decides."""
    if not sub:
        return match(top)
    above = match(top)
    group = "birth" if re.search("lahir|lhr", key(top)) else above.field if above else ""
    if special := _SUB.get((group, key(sub))):
        return Match(special, 0)
    if above and above.field == "name" and relatives.is_place_in_family(sub):
        return None
    if found := _known(f"{top} {sub}"):
        return found
    if relatives.is_other(top):
        found = match(sub)
        return found if found and found.field == "mother_name" and relatives.is_parents(top) else None
    return match(sub) or _name_of(f"{top} {sub}")
