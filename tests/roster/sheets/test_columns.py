import pytest

from jamsostek_cli.roster.sheets.columns import FIELDS, match, match_below


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NIK", "nik"),
        ("nik *", "nik"),
        ("NO. KTP/NIK", "nik"),
        ("NIK/KTP", "nik"),
        ("Nomor Induk Kependudukan (NIK)", "nik"),
        ("NIK PESERTA", "nik"),
        ("NO_IDENTITAS", "nik"),
        ("No. KTP", "nik"),
        ("NIK (16 digit)", "nik"),
        ("Nama Lengkap *", "name"),
        ("NAMA_LGKP", "name"),
        ("NAMA PENERIMA BANTUAN", "name"),
        ("NAMA SESUAI KTP", "name"),
        ("TMPT LHR", "birth_place"),
        ("Tanggal Lahir (YYYY-MM-DD)", "birth_date"),
        ("TGL. LAHIR", "birth_date"),
        ("TANGGAL LAHIR DD/MM/YYYY", "birth_date"),
        ("Tempat / Tgl Lahir", "birth"),
        ("TEMPAT & TANGGAL LAHIR", "birth"),
        ("TTL", "birth"),
        ("L/P", "sex"),
        ("JENIS KELAMIN (L/P", "sex"),
        ("Nama Ibu Kandung", "mother_name"),
        ("NO_KK *", "family_card"),
        ("No. HP / WA", "phone"),
        ("ALAMAT SESUAI KTP", "address"),
        ("NO_RT", "rt"),
        ("RT / RW", "rt_rw"),
        ("KEL/DESA", "kelurahan"),
        ("KEC.", "kecamatan"),
        ("Pekerjaan", "occupation"),
        ("JENIS_IDENTITAS", "identity_type"),
        ("OPD/Instansi", "agency"),
        ("Place of Birth", "birth_place"),
        ("Phone Number", "phone"),
        ("Nomor WhatsApp", "phone"),
        ("Mother's Name", "mother_name"),
        ("Nama Lengkap Tanpa Gelar", "name"),
        ("No Induk Kependudukan", "nik"),
        ("Pekerjaan / Jenis Usaha", "occupation"),
        ("NAMA PENGRAJIN", "name"),
        ("NAMA KETUA RT", "name"),
        ("NAMA PEMILIK USAHA", "name"),
    ],
)
def test_headings_as_people_write_them(heading: str, field: str) -> None:
    found = match(heading)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "heading",
    [
        "",
        "NO",
        "NIK AYAH",
        "IBU_NIK",
        "NIK Karyawan",
        "NO_PEGAWAI",
        "NIP",
        "NAMA AYAH",
        "Nama Kepala Keluarga",
        "NAMA ORTU",
        "Nama KRT",
        "NAMA_KAB",
        "HUB.KEL",
        "UMUR",
        "USIA",
        "KTP-EL",
        "CETAK KTP",
        "Wjb KTP",
        "STATUS PEKERJA",
        "TANGGAL_KEPESERTAAN",
        "KODE DESA",
        "sesuai KTP",
        "16 digit angka sesuai KTP",
        "NAMA SUAMI/ISTRI",
        "nama_ahli_waris",
        "Nama Orang Tua",
        "NAMA SLS (11)",
        "NAMA USAHA",
        "NAMA KELOMPOK TANI",
        "NAMA PERUSAHAAN",
        "NAMA BANK",
        "NAMA_DEPAN",
        "NAMA DAN ALAMAT",
        "NAMA 2",
    ],
)
def test_traps_are_no_field(heading: str) -> None:
    assert match(heading) is None


@pytest.mark.parametrize(
    ("top", "sub", "field"),
    [
        ("NIK", "", "nik"),
        ("TEMPAT, TANGGAL LAHIR", "TEMPAT", "birth_place"),
        ("TEMPAT, TANGGAL LAHIR", "TANGGAL", "birth_date"),
        ("LAHIR", "TGL", "birth_date"),
        ("ALAMAT", "JL", "address"),
        ("ALAMAT", "RT", "rt"),
        ("ALAMAT", "KELURAHAN", "kelurahan"),
        ("NAMA", "IBU", "mother_name"),
        ("NAMA", "LENGKAP", "name"),
        ("IDENTITAS", "NIK", "nik"),
        ("IBU KANDUNG", "NIK", None),
        ("AYAH", "NAMA", None),
        ("NAMA", "AYAH", None),
        ("NAMA ORANG TUA", "IBU", "mother_name"),
        ("ORANG TUA", "NAMA", None),
        ("AHLI WARIS", "NAMA IBU KANDUNG", None),
        ("NAMA", "PENGRAJIN", "name"),
    ],
)
def test_the_lower_heading_decides(top: str, sub: str, field: str | None) -> None:
    found = match_below(top, sub)
    assert (found and found.field) == field


def test_each_spelling_belongs_to_one_field() -> None:
    for field, spellings in FIELDS.items():
        for spelling in spellings.split(", "):
            found = match(spelling)
            assert found is not None
            assert found.field == field, spelling
