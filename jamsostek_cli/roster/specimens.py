"""A specimen of every finding: a small roster of invented people that brings out exactly this one.

Data only. They stand in `jcli help findings`, and the tests read each of them as a roster: what the page
shows is what the program does.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli import messages
from jamsostek_cli.domain.worker import WorkerStatus

Typed = str | int
"""A cell as it was typed; an integer is a number cell."""

_LONGEST: Final = 40


class Specimen(NamedTuple):
    """The rows of a roster, the heading of the cell to look at, and why it is this finding.

    `register` is the standing of a worker with the NIK and the name of the first row who is known already;
    `hidden` says that the rows are hidden in the workbook, `as_text` that they are lines with semicolons,
    `old` that the NIK is one that was put right; `occupation` is said of the whole file.
    """

    at: str
    rows: tuple[Mapping[str, Typed], ...]
    why_id: str
    why_en: str
    register: WorkerStatus | None = None
    hidden: bool = False
    as_text: bool = False
    old: bool = False
    occupation: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of its roster."""
        return tuple(self.rows[0])

    def shown(self) -> str:
        """Return the cell that brings out the finding, `heading: value`; of several rows each one's."""
        values = [_short(str(row[self.at])) for row in self.rows]
        return f"{self.at}: {' | '.join(values)}"

    def why(self) -> str:
        """Return why this cell is the finding, in the language in use."""
        return self.why_en if messages.language() == "en" else self.why_id


def _short(value: str) -> str:
    """Return a cell that fits on a line; an empty one as two quotes."""
    return (f"{value[:_LONGEST]}…" if len(value) > _LONGEST else value) or '""'


_PERSON: Final[Mapping[str, Typed]] = MappingProxyType(
    {
        "NIK": "6474011708857001",
        "NAMA": "RUDI HARTONO",
        "TGL LAHIR": "17-08-1985",
        "JK": "L",
        "KELURAHAN": "Guntung",
    }
)
"""Somebody who does not exist, with nothing to be said about them."""


def _one(at: str, cell: Typed, why_id: str, why_en: str, **other: Typed) -> Specimen:
    """Return a specimen of one row in which one cell is amiss, and `other` columns stand beside."""
    return Specimen(at, ({**_PERSON, at: cell, **other},), why_id, why_en)


SPECIMENS: Final[Mapping[str, Specimen]] = MappingProxyType(
    {
        "nik_missing": _one("NIK", "", "Selnya kosong.", "The cell is empty."),
        "nik_length": _one("NIK", "647401170885700", "Hanya 15 angka.", "Only 15 digits."),
        "nik_not_numeric": _one(
            "NIK", "647401170885700O", "Huruf O di tempat angka 0.", "The letter O in place of the digit 0."
        ),
        "nik_precision_lost": _one(
            "NIK",
            6474011708857010,
            "Sel bilangan yang berakhir 0: angka ke-16 mungkin sudah diganti Excel.",
            "A number cell that ends in 0: Excel may have replaced the 16th digit.",
        ),
        "nik_masked": _one("NIK", "647401xxxxxx7001", "Enam angka disamarkan.", "Six digits are hidden."),
        "nik_placeholder": _one(
            "NIK", "1234567890123456", "Angkanya hanya berurutan.", "The digits merely count."
        ),
        "nik_date_invalid": _one(
            "NIK",
            "6474013102857001",
            "Angka 310285 berarti 31 Februari 1985.",
            "The digits 310285 mean 31 February 1985.",
        ),
        "nik_serial_zero": _one(
            "NIK", "6474011708850000", "Empat angka terakhir 0000.", "The last four digits are 0000."
        ),
        "nik_ambiguous": _one(
            "NIK",
            "6474011708857001 / 6474011708857002",
            "Dua NIK yang utuh dalam satu sel.",
            "Two whole NIKs in one cell.",
        ),
        "identity_not_nik": Specimen(
            "JENIS IDENTITAS",
            ({**_PERSON, "NIK": "X0000001", "JENIS IDENTITAS": "PASPOR"},),
            "Paspor, dan di kolom NIK tidak ada NIK.",
            "A passport, and no NIK in the column of the NIK.",
        ),
        "name_missing": _one("NAMA", "-", "Garis bukan nama.", "A dash is no name."),
        "nik_reformatted": _one(
            "NIK", "64.7401.170885.7001", "Titik di antara angka dibuang.", "The dots between are removed."
        ),
        "nik_numeric_cell": _one(
            "NIK",
            6474011708857001,
            "Sel bilangan, bukan teks; ke-16 angkanya masih utuh.",
            "A number cell, not text; its 16 digits are whole.",
        ),
        "region_code_legacy": _one(
            "NIK",
            "6473011708857001",
            "6473 dulu Kota Tarakan, kini di Kalimantan Utara dengan kode lain.",
            "6473 was Kota Tarakan, now in North Kalimantan under another code.",
        ),
        "region_code_unknown": _one(
            "NIK",
            "9999011708857001",
            "Kode 999901 bukan kecamatan mana pun.",
            "The code 999901 is no district.",
        ),
        "dummy_nik_suspect": _one("NIK", "6474011708859001", "Angka ke-13 adalah 9.", "The 13th digit is 9."),
        "dob_mismatch_nik": _one(
            "TGL LAHIR", "18-08-1985", "NIK menyebut 17-08-1985.", "The NIK says 17-08-1985."
        ),
        "dob_day_month_swapped": _one(
            "TGL LAHIR",
            "09-05-1985",
            "NIK menyebut 5 September 1985, sel ini 9 Mei.",
            "The NIK says 5 September 1985, this cell 9 May.",
            NIK="6474010509857001",
        ),
        "dob_unreadable": _one(
            "TGL LAHIR", "31-02-1985", "Februari tidak bertanggal 31.", "There is no 31 February."
        ),
        "dob_proven_by_nik": _one(
            "TGL LAHIR",
            "1985-08-16T16:00:00.000Z",
            "Pukul 16.00 UTC adalah tengah malam WITA: tanggal 17, seperti di NIK.",
            "16:00 UTC is midnight in Bontang: the 17th, as in the NIK.",
        ),
        "dob_impossible": _one("TGL LAHIR", "01-01-1900", "Di atas 110 tahun.", "More than 110 years old."),
        "sex_mismatch_nik": _one(
            "JK",
            "P",
            "NIK perempuan memuat tanggal ditambah 40 (57), ini 17.",
            "A woman's NIK holds the day plus 40 (57), this one 17.",
        ),
        "sex_unreadable": _one("JK", "X", "Bukan L dan bukan P.", "Neither L nor P."),
        "cell_error": _one(
            "PEKERJAAN", "#N/A", "Rumusnya tidak menemukan nilai.", "The formula found no value."
        ),
        "kelurahan_unknown": _one(
            "KELURAHAN", "Kampung Baru", "Tidak ada kelurahan bernama ini.", "No kelurahan has this name."
        ),
        "kelurahan_outside_city": _one(
            "KECAMATAN",
            "Muara Badak",
            "Kecamatan ini di Kabupaten Kutai Kartanegara.",
            "This kecamatan lies in the regency of Kutai Kartanegara.",
            KELURAHAN="Gas Alam Badak I",
        ),
        "kelurahan_missing": _one("KELURAHAN", "", "Selnya kosong.", "The cell is empty."),
        "kelurahan_kecamatan_mismatch": _one(
            "KECAMATAN",
            "Bontang Selatan",
            "Guntung terletak di Bontang Utara.",
            "Guntung lies in Bontang Utara.",
        ),
        "phone_unreadable": _one(
            "NO HP", "12345", "Terlalu pendek untuk nomor telepon.", "Too short for a phone number."
        ),
        "cell_changed_by_program": _one(
            "RT/RW",
            "2026-02-05",
            "Yang diketik 05/02 atau 02/05; sel tanggal tidak mengatakannya.",
            "05/02 or 02/05 was typed; a date cell does not say which.",
        ),
        "rt_rw_unreadable": _one("RT/RW", "lima", "Bukan nomor.", "No number."),
        "family_card_unreadable": _one(
            "NO KK", "64740117", "Delapan angka, bukan 16.", "Eight digits, not 16."
        ),
        "text_cut": _one(
            "ALAMAT",
            "JL. MAWAR RT 01, " * 16,
            "Alamat ini lebih dari 250 huruf.",
            "This address has more than 250 characters.",
        ),
        "nik_shared_by_two_people": Specimen(
            "NAMA",
            (_PERSON, {**_PERSON, "NAMA": "ZAINAL KURNIAWAN"}),
            "Dua nama di bawah NIK 6474011708857001.",
            "Two names under the NIK 6474011708857001.",
        ),
        "nik_is_family_card": Specimen(
            "NIK",
            ({"NIK": "6474011708857001", "NAMA": "RUDI HARTONO", "NO KK": "6474011708857001"},),
            "Angka yang sama berdiri di kolom NO KK, dan tidak ada tanggal lahir yang membenarkannya.",
            "The same digits stand in the column NO KK, and no birth date bears them out.",
        ),
        "example_row": Specimen(
            "NO",
            ({"NO": "Contoh", **_PERSON},),
            "Baris ini contoh pengisian, bukan orang.",
            "This row shows how to fill in the list; it is no person.",
        ),
        "row_too_wide": Specimen(
            "NAMA",
            ({**_PERSON, "NAMA": "RUDI HARTONO;S.Pd"},),
            "Titik koma di dalam nama: enam sel di bawah lima judul.",
            "A semicolon within the name: six cells below five headings.",
            as_text=True,
        ),
        "row_too_short": Specimen(
            "PEKERJAAN",
            ({**_PERSON, "PEKERJAAN": ""},),
            "Lima sel di bawah enam judul.",
            "Five cells below six headings.",
            as_text=True,
        ),
        "second_person_in_row": Specimen(
            " ",
            ({**_PERSON, " ": "6474010101807003", "  ": "EKO PUTRA"},),
            "Di kanan tabel ini ada NIK dan nama orang lain, tanpa judul kolom.",
            "To the right of this table stand somebody else's NIK and name, without headings.",
        ),
        "worker_merged": Specimen(
            "NIK",
            (_PERSON,),
            "Catatan dengan NIK dan nama ini sudah digabung ke orang lain.",
            "The record with this NIK and name has been merged into another.",
            WorkerStatus.MERGED,
        ),
        "row_hidden": Specimen(
            "NAMA",
            (_PERSON,),
            "Baris ini tersaring di Excel.",
            "This row is filtered out in Excel.",
            hidden=True,
        ),
        "possible_same_person": Specimen(
            "NIK",
            (_PERSON, {**_PERSON, "NIK": "6474011708857099"}),
            "RUDI HARTONO, lahir 17-08-1985, ada dua kali dengan NIK berbeda.",
            "RUDI HARTONO, born on 17-08-1985, stands there twice under different NIKs.",
        ),
        "worker_deceased": Specimen(
            "NIK",
            (_PERSON,),
            "Orang dengan NIK dan nama ini tercatat meninggal.",
            "The person with this NIK and name is recorded as deceased.",
            WorkerStatus.DECEASED,
        ),
        "perhaps_deceased": _one(
            "NAMA", "RUDI HARTONO (ALM)", "Almarhum: yang sudah meninggal.", "Almarhum: the late."
        ),
        "nik_corrected": Specimen(
            "NIK",
            (_PERSON,),
            "NIK orang ini sudah dibetulkan di kantor; daftar masih memuat yang lama.",
            "This person's NIK was put right at the office; the list still bears the old one.",
            WorkerStatus.ACTIVE,
            old=True,
        ),
        "occupation_of_file": Specimen(
            "PEKERJAAN",
            ({**_PERSON, "PEKERJAAN": ""},),
            "Sel kosong; seluruh daftar diimpor dengan --occupation nelayan.",
            "The cell is empty; the whole list was imported with --occupation nelayan.",
            occupation="NELAYAN",
        ),
        "change_person_unknown": Specimen(
            "NIK",
            ({**_PERSON, "KETERANGAN": "meninggal 12-03-2025"},),
            "Tidak ada orang dengan NIK ini, dan tidak ada yang bernama dan lahir begitu.",
            "Nobody has this NIK, and nobody is so called and born.",
        ),
        "change_person_doubtful": Specimen(
            "NAMA",
            ({**_PERSON, "NAMA": "SRI WAHYUNI", "KETERANGAN": "meninggal 12-03-2025"},),
            "NIK-nya milik orang yang bernama lain.",
            "The NIK is that of somebody with another name.",
            WorkerStatus.ACTIVE,
        ),
        "change_unclear": Specimen(
            "KETERANGAN",
            ({**_PERSON, "KETERANGAN": "batal pindah"},),
            "Tidak mengatakan apa yang berubah.",
            "It does not say what has changed.",
            WorkerStatus.ACTIVE,
        ),
        "change_date_missing": Specimen(
            "KETERANGAN",
            ({**_PERSON, "KETERANGAN": "meninggal"},),
            "Tidak ada tanggalnya.",
            "The day is missing.",
            WorkerStatus.ACTIVE,
        ),
        "change_contradictory": Specimen(
            "NO HP BARU",
            ({**_PERSON, "KETERANGAN": "meninggal 12-03-2025", "NO HP BARU": "081234567890"},),
            "Orang yang meninggal tidak punya nomor baru.",
            "Somebody who died has no new number.",
            WorkerStatus.ACTIVE,
        ),
        "change_paid_after": Specimen(
            "KETERANGAN",
            ({**_PERSON, "KETERANGAN": "pindah 01-02-2025"},),
            "Bulan sesudahnya sudah dibayar.",
            "The months after it are paid for.",
            WorkerStatus.ACTIVE,
        ),
        "change_refused": Specimen(
            "KETERANGAN",
            ({**_PERSON, "KETERANGAN": "meninggal 12-03-2099"},),
            "Tanggal meninggalnya belum tiba (E405).",
            "The day of death is yet to come (E405).",
            WorkerStatus.ACTIVE,
        ),
    }
)
"""The specimen of every kind of finding by its code."""
