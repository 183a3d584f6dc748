"""The papers of a claim: what they are, who holds them, and the facts that ask for them."""

from enum import StrEnum


class PaperName(StrEnum):
    """A paper that the law asks for; a city may ask for others, by names of its own."""

    FORM_4 = "formulir-4"
    FORM_3 = "formulir-kk1"
    FORM_3A = "formulir-kk2"
    FORM_3B = "formulir-kk3"
    DISEASE_1 = "formulir-pak1"
    DISEASE_2 = "formulir-pak2"
    DISEASE_3 = "formulir-pak3"
    SCHOLARSHIP_FORM = "formulir-beasiswa"
    CARD = "kartu-peserta"
    DECEASED_KTP = "ktp-almarhum"
    MEMBER_KTP = "ktp-peserta"
    HEIR_KTP = "ktp-ahli-waris"
    GUARDIAN_KTP = "ktp-wali"
    FAMILY_CARD = "kartu-keluarga"
    DEATH_CERTIFICATE = "akta-kematian"
    DEATH_LETTER = "surat-kematian"
    HEIR_STATEMENT = "surat-ahli-waris"
    ACCOUNT = "rekening"
    MARRIAGE_BOOK = "buku-nikah"
    POWER_OF_ATTORNEY = "surat-kuasa"
    GUARDIANSHIP = "penetapan-wali"
    WILL = "akta-wasiat"
    HEIRS_BY_COURT = "penetapan-ahli-waris"
    BURIAL_LETTER = "surat-pemakaman"
    NOT_FOUND = "surat-basarnas"
    DEATH_BY_COURT = "penetapan-kematian"
    POLICE_REPORT = "laporan-polisi"
    JASA_RAHARJA = "surat-jasa-raharja"
    WITNESSES = "keterangan-saksi"
    CHRONOLOGY = "kronologi"
    DOCTOR = "surat-dokter"
    RECEIPTS = "kuitansi"
    TAX_NUMBER = "npwp"
    BIRTH_CERTIFICATE = "akta-kelahiran"
    SCHOOL_LETTER = "surat-sekolah"
    REPORT_CARD = "rapor"


class Circumstance(StrEnum):
    """A fact of the claim or of the family that asks for papers of its own."""

    SPOUSE = "spouse"
    SEVERAL_HEIRS = "several-heirs"
    MINOR = "minor"
    WILL = "will"
    COURT = "court"
    NO_HEIR = "no-heir"
    LOST_AT_SEA = "lost-at-sea"
    TRAFFIC = "traffic"
    WITNESSED = "witnessed"
    DISEASE = "occupational-disease"
    EXPENSES = "expenses"
    LARGE = "large"


class Holder(StrEnum):
    """Who holds a paper that the office has seen."""

    OFFICE = "office"
    FAMILY = "family"
    BPJS = "bpjs"
