"""Everything that can be wrong or doubtful about a row: what it is called, why it matters, what to do.

Data only. The codes are stable: they are stored with the rows and officers' reports count them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli import messages
from jamsostek_cli.domain.finding import Severity


class FindingKind(NamedTuple):
    """A kind of finding, its texts in Indonesian and English."""

    code: str
    severity: Severity
    title_id: str
    why_id: str
    remedy_id: str
    title_en: str
    why_en: str
    remedy_en: str

    def title(self) -> str:
        """Return what is wrong, in the language in use."""
        return self.title_en if messages.language() == "en" else self.title_id

    def why(self) -> str:
        """Return why it matters."""
        return self.why_en if messages.language() == "en" else self.why_id

    def remedy(self) -> str:
        """Return what to do about it."""
        return self.remedy_en if messages.language() == "en" else self.remedy_id


_REJECT, _REVIEW, _NOTE = Severity.REJECT, Severity.REVIEW, Severity.NOTE

_KINDS: Final = (
    FindingKind(
        "nik_missing",
        _REJECT,
        "NIK tidak ada",
        "Tanpa NIK orangnya tidak dapat didaftarkan.",
        "Isi NIK dari KTP atau kartu keluarga.",
        "No NIK",
        "Nobody can be registered without a NIK.",
        "Fill in the NIK from the identity card or family card.",
    ),
    FindingKind(
        "nik_length",
        _REJECT,
        "NIK tidak 16 angka",
        "Ada angka yang kurang atau lebih, jadi NIK ini bukan milik siapa pun.",
        "Cocokkan dengan KTP dan ketik ulang sebagai teks.",
        "NIK does not have 16 digits",
        "A digit is missing or too many, so this is nobody's NIK.",
        "Compare with the identity card and type it again as text.",
    ),
    FindingKind(
        "nik_not_numeric",
        _REJECT,
        "NIK berisi huruf atau tanda lain",
        "NIK hanya terdiri dari angka; huruf O atau l sering terketik sebagai ganti 0 atau 1.",
        "Cocokkan dengan KTP dan ketik ulang sebagai teks.",
        "NIK holds letters or signs",
        "A NIK has digits only; O and l are often typed for 0 and 1.",
        "Compare with the identity card and type it again as text.",
    ),
    FindingKind(
        "nik_precision_lost",
        _REJECT,
        "Angka terakhir NIK hilang di Excel",
        "Excel hanya menyimpan 15 angka dari sebuah bilangan; angka ke-16 menjadi 0.",
        "Ubah format kolom menjadi Teks, lalu ketik ulang NIK dari KTP.",
        "Excel lost the last digit of the NIK",
        "Excel keeps 15 digits of a number; the 16th becomes 0.",
        "Set the column to Text and type the NIK again from the identity card.",
    ),
    FindingKind(
        "nik_masked",
        _REJECT,
        "NIK disamarkan",
        "Sebagian angka diganti x atau bintang.",
        "Minta daftar dengan NIK lengkap kepada pengirim.",
        "NIK is masked",
        "Some digits are replaced by x or stars.",
        "Ask the sender for a list with whole NIKs.",
    ),
    FindingKind(
        "nik_placeholder",
        _REJECT,
        "NIK contoh, bukan NIK sebenarnya",
        "Angka yang berulang atau berurutan tidak pernah diterbitkan sebagai NIK.",
        "Isi NIK dari KTP.",
        "A made-up NIK",
        "Repeated or counting digits are never issued as a NIK.",
        "Fill in the NIK from the identity card.",
    ),
    FindingKind(
        "nik_date_invalid",
        _REJECT,
        "Tanggal lahir di dalam NIK tidak ada di kalender",
        "Angka ke-7 sampai ke-12 harus berupa tanggal lahir (perempuan: tanggal ditambah 40).",
        "Cocokkan dengan KTP; kemungkinan ada angka yang tertukar.",
        "The birth date inside the NIK is in no calendar",
        "Digits 7 to 12 are a birth date (a woman's day plus 40).",
        "Compare with the identity card; digits are probably swapped.",
    ),
    FindingKind(
        "nik_serial_zero",
        _REJECT,
        "Nomor urut NIK 0000",
        "Nomor urut dimulai dari 0001; 0000 biasanya tanda angka terakhir hilang di Excel.",
        "Cocokkan dengan KTP dan ketik ulang sebagai teks.",
        "NIK ends in serial 0000",
        "Serials begin at 0001; 0000 is mostly a sign of digits lost in Excel.",
        "Compare with the identity card and type it again as text.",
    ),
    FindingKind(
        "nik_ambiguous",
        _REJECT,
        "Lebih dari satu NIK dalam satu sel",
        "Tidak dapat dipastikan NIK mana milik orang ini.",
        "Sisakan satu NIK; buat baris sendiri untuk setiap orang.",
        "More than one NIK in a cell",
        "Nobody can tell which of them is this person's.",
        "Leave one NIK; give every person a row of their own.",
    ),
    FindingKind(
        "identity_not_nik",
        _REJECT,
        "Identitas bukan KTP",
        "Baris ini memakai paspor atau identitas lain, padahal pendaftaran memerlukan NIK.",
        "Isi NIK bila orangnya warga negara Indonesia.",
        "The identity is no KTP",
        "This row uses a passport or another document; registration needs a NIK.",
        "Fill in the NIK if the person is an Indonesian citizen.",
    ),
    FindingKind(
        "nik_is_family_card",
        _REJECT,
        "NIK sama dengan nomor KK",
        "Nomor kartu keluarga tertulis di kolom NIK; nomor itu milik satu keluarga, bukan satu orang.",
        "Isi NIK orang ini dari KTP atau dari barisnya di kartu keluarga.",
        "NIK is the family card number",
        "The number of the family card stands in the NIK column; it belongs to a family, not to a person.",
        "Fill in this person's NIK from the identity card or from their line on the family card.",
    ),
    FindingKind(
        "example_row",
        _REJECT,
        "Baris contoh",
        "Baris ini bertanda contoh, jadi bukan data orang yang sebenarnya.",
        "Hapus baris contoh; bila orangnya memang ada, ganti tanda contoh dengan nomor urut.",
        "Example row",
        "This row is marked as an example, so it is nobody's data.",
        "Delete the row; where the person does exist, put a number in place of the mark.",
    ),
    FindingKind(
        "name_missing",
        _REJECT,
        "Nama tidak ada",
        "Tanpa nama, NIK tidak dapat dicocokkan dengan orangnya.",
        "Isi nama lengkap sesuai KTP.",
        "No name",
        "Without a name the NIK cannot be matched to a person.",
        "Fill in the full name as on the identity card.",
    ),
    FindingKind(
        "row_too_wide",
        _REJECT,
        "Baris memuat lebih banyak sel daripada judul kolom",
        "Koma atau titik koma di dalam isi memecah satu sel menjadi dua, sehingga sel sesudahnya bergeser.",
        "Betulkan pemisahnya, atau minta daftar sebagai .xlsx.",
        "The row has more cells than there are headings",
        "A comma or semicolon inside a cell made two of it, so that those behind stand one too far.",
        "Put the separator right, or ask for the list as .xlsx.",
    ),
    FindingKind(
        "row_too_short",
        _NOTE,
        "Baris memuat lebih sedikit sel daripada judul kolom",
        "Kolom terakhir kosong, atau pemisah yang hilang menggeser isinya.",
        "Cocokkan isi baris ini dengan daftar aslinya.",
        "The row has fewer cells than there are headings",
        "The last columns are blank, or a missing separator has moved what stands in them.",
        "Compare this row with the original list.",
    ),
    FindingKind(
        "occupation_of_file",
        _NOTE,
        "Pekerjaan dari keterangan untuk seluruh berkas",
        "Baris ini tidak menyebut pekerjaan; yang dicatat adalah yang disebut petugas saat impor.",
        "Tidak perlu tindakan; bila pekerjaannya lain, tulis pada kolom pekerjaan.",
        "Occupation as said of the whole file",
        "The row names no occupation; the one the officer named at the import was taken.",
        "Nothing to do; if the occupation is another, write it in its column.",
    ),
    FindingKind(
        "second_person_in_row",
        _NOTE,
        "Ada orang kedua di baris ini",
        "Di kanan tabel ini ada NIK tanpa judul kolom; orang di sana belum dibaca.",
        "Beri tabel kanan judul kolom seperti tabel kiri, atau pindahkan ke bawahnya, lalu impor lagi.",
        "A second person stands in this row",
        "NIKs without headings stand to the right; their people have not been read.",
        "Head the right table like the left one, or move it below, and import again.",
    ),
    FindingKind(
        "cell_error",
        _NOTE,
        "Sel berisi galat rumus",
        "Rumus di sel ini rusak (#N/A, #REF! dan sejenisnya), jadi nilainya tidak terbaca.",
        "Perbaiki rumusnya atau ketik nilainya.",
        "The cell shows a formula error",
        "The formula in this cell is broken (#N/A, #REF! and the like), so there is no value.",
        "Repair the formula or type the value.",
    ),
    FindingKind(
        "nik_shared_by_two_people",
        _REVIEW,
        "Satu NIK, dua nama berbeda",
        "NIK hanya milik satu orang; salah satu baris pasti keliru.",
        "Cocokkan kedua orang dengan KTP, lalu putuskan di antrean periksa.",
        "One NIK, two different names",
        "A NIK belongs to one person; one of the rows must be wrong.",
        "Compare both people with their identity cards and decide in the review queue.",
    ),
    FindingKind(
        "nik_reformatted",
        _NOTE,
        "Penulisan NIK dirapikan",
        "Spasi, titik, tanda kutip atau tulisan lain di sekitar NIK dibuang.",
        "Tidak perlu tindakan; lain kali ketik 16 angka saja sebagai teks.",
        "The NIK was tidied",
        "Blanks, dots, quotes or words around the NIK were removed.",
        "Nothing to do; next time type just the 16 digits as text.",
    ),
    FindingKind(
        "nik_numeric_cell",
        _NOTE,
        "NIK disimpan sebagai bilangan",
        "Semua 16 angka masih utuh, tetapi Excel dapat menghilangkan angka terakhir.",
        "Ubah format kolom NIK menjadi Teks.",
        "The NIK is stored as a number",
        "All 16 digits are still there, but Excel may lose the last one.",
        "Set the NIK column to Text.",
    ),
    FindingKind(
        "region_code_legacy",
        _NOTE,
        "Kode wilayah lama di NIK",
        "Kabupaten atau kota dengan kode ini sudah dimekarkan; NIK lama tetap berlaku.",
        "Tidak perlu tindakan.",
        "An old region code in the NIK",
        "The regency with this code was split since; old NIKs stay valid.",
        "Nothing to do.",
    ),
    FindingKind(
        "region_code_unknown",
        _NOTE,
        "Kode wilayah di NIK tidak dikenal",
        "Enam angka pertama tidak ada dalam daftar kecamatan; bisa kode lama, bisa salah ketik.",
        "Cocokkan enam angka pertama dengan KTP.",
        "Unknown region code in the NIK",
        "The first six digits are no district on the list: an old code, or a slip.",
        "Compare the first six digits with the identity card.",
    ),
    FindingKind(
        "dummy_nik_suspect",
        _NOTE,
        "Mungkin NIK sementara",
        "Angka ke-13 adalah 9, kebiasaan setempat untuk NIK buatan sebelum KTP terbit.",
        "Pastikan NIK pada KTP sebelum didaftarkan ke BPJS.",
        "Perhaps a stand-in NIK",
        "The 13th digit is 9, a local habit for invented NIKs until a card is issued.",
        "Check the NIK on the identity card before registering with BPJS.",
    ),
    FindingKind(
        "dob_mismatch_nik",
        _NOTE,
        "Tanggal lahir berbeda dengan NIK",
        "Tanggal di kolom dipakai; satu dari dua puluh lima orang memang berbeda di KTP-nya.",
        "Cocokkan tanggal lahir dan NIK dengan KTP.",
        "Birth date differs from the NIK",
        "The column's date is kept; for one person in twenty-five the card itself differs.",
        "Compare birth date and NIK with the identity card.",
    ),
    FindingKind(
        "dob_day_month_swapped",
        _NOTE,
        "Hari dan bulan lahir tertukar",
        "NIK membuktikan urutannya; tanggal dari NIK dipakai.",
        "Tulis tanggal sebagai hari-bulan-tahun.",
        "Day and month of birth swapped",
        "The NIK proves the order; its date is used.",
        "Write dates as day-month-year.",
    ),
    FindingKind(
        "dob_unreadable",
        _NOTE,
        "Tanggal lahir tidak terbaca",
        "Isi kolom bukan tanggal yang mungkin; tanggal dari NIK dipakai.",
        "Tulis tanggal lahir sebagai hari-bulan-tahun, misalnya 17-08-1985.",
        "Birth date cannot be read",
        "The column holds no possible date; the NIK's date is used.",
        "Write the birth date as day-month-year, for example 17-08-1985.",
    ),
    FindingKind(
        "dob_proven_by_nik",
        _NOTE,
        "Tanggal lahir diubah program; NIK membuktikannya",
        "Sel ini kurang sehari (zona waktu), bergeser 1.462 hari, hanya memuat tahun, atau seperti di NIK.",
        "Tidak perlu tindakan; lain kali tulis tanggal sebagai hari-bulan-tahun.",
        "A program changed the birth date; the NIK proves it",
        "The cell is a day short (time zone), 1,462 days off, a year alone, or written as inside the NIK.",
        "Nothing to do; next time write dates as day-month-year.",
    ),
    FindingKind(
        "dob_impossible",
        _NOTE,
        "Tanggal lahir tidak mungkin",
        "Menurut sel ini orangnya belum lahir, masih anak, atau di atas 110 tahun; tanggal NIK dipakai.",
        "Cocokkan tanggal lahir dengan KTP.",
        "An impossible birth date",
        "By this cell the person is not born yet, a child, or over 110 years old; the NIK's date is used.",
        "Compare the birth date with the identity card.",
    ),
    FindingKind(
        "sex_mismatch_nik",
        _NOTE,
        "Jenis kelamin berbeda dengan NIK",
        "Isi kolom dipakai.",
        "Cocokkan jenis kelamin dan NIK dengan KTP.",
        "Sex differs from the NIK",
        "The column's value is kept.",
        "Compare sex and NIK with the identity card.",
    ),
    FindingKind(
        "sex_unreadable",
        _NOTE,
        "Jenis kelamin tidak terbaca",
        "Isi kolom bukan L atau P; jenis kelamin dari NIK dipakai.",
        "Isi L atau P.",
        "Sex cannot be read",
        "The column holds neither L nor P; the NIK's value is used.",
        "Write L or P.",
    ),
    FindingKind(
        "kelurahan_unknown",
        _NOTE,
        "Kelurahan tidak dikenal",
        "Nama ini tidak cocok dengan kelurahan mana pun, atau cocok dengan lebih dari satu.",
        "Tulis nama kelurahan secara lengkap, dan kecamatannya bila ada dua yang bernama sama.",
        "Unknown kelurahan",
        "The name fits no kelurahan, or more than one.",
        "Write the kelurahan's full name, and its kecamatan where two have the name.",
    ),
    FindingKind(
        "kelurahan_outside_city",
        _NOTE,
        "Alamat di luar wilayah",
        "Kecamatannya bukan bagian dari wilayah ini.",
        "Pastikan domisili orang ini sebelum didaftarkan.",
        "Address outside the area",
        "The kecamatan is no part of this area.",
        "Check where this person lives before enrolling them.",
    ),
    FindingKind(
        "kelurahan_missing",
        _NOTE,
        "Kelurahan kosong",
        "Tanpa kelurahan orang ini tidak terhitung dalam laporan per kelurahan.",
        "Isi kelurahan.",
        "No kelurahan",
        "Without it this person is missing from reports by kelurahan.",
        "Fill in the kelurahan.",
    ),
    FindingKind(
        "kelurahan_kecamatan_mismatch",
        _NOTE,
        "Kelurahan dan kecamatan tidak sesuai",
        "Kelurahan ini terletak di kecamatan lain; kelurahannya yang dipakai.",
        "Cocokkan alamat dengan KTP.",
        "Kelurahan and kecamatan disagree",
        "This kelurahan lies in another kecamatan; the kelurahan is kept.",
        "Compare the address with the identity card.",
    ),
    FindingKind(
        "phone_unreadable",
        _NOTE,
        "Nomor telepon tidak terbaca",
        "Isi kolom bukan nomor telepon Indonesia, jadi tidak disimpan.",
        "Tulis nomor lengkap, misalnya 081234567890.",
        "Phone number cannot be read",
        "The column holds no Indonesian phone number, so none is kept.",
        "Write the whole number, for example 081234567890.",
    ),
    FindingKind(
        "cell_changed_by_program",
        _NOTE,
        "Isi sel diubah program menjadi tanggal, jam atau bilangan",
        "Excel mengubah misalnya 05/02 menjadi 5 Februari; urutan aslinya tidak pasti, jadi tidak disimpan.",
        "Ubah format kolom menjadi Teks dan ketik ulang isinya.",
        "A program made a date, a time or a number of the cell",
        "Excel turns 05/02 into 5 February; what was typed is no longer sure, so nothing is kept.",
        "Set the column to Text and type it again.",
    ),
    FindingKind(
        "rt_rw_unreadable",
        _NOTE,
        "RT atau RW tidak terbaca",
        "Isi kolom bukan nomor 1 sampai 999, jadi tidak disimpan.",
        "Tulis nomornya saja, misalnya 005 atau 005/002.",
        "RT or RW cannot be read",
        "The column holds no number from 1 to 999, so none is kept.",
        "Write just the number, for example 005 or 005/002.",
    ),
    FindingKind(
        "family_card_unreadable",
        _NOTE,
        "Nomor kartu keluarga tidak terbaca",
        "Bukan 16 angka, atau angka terakhirnya hilang di Excel, jadi tidak disimpan.",
        "Ubah format kolom menjadi Teks dan ketik ulang nomornya.",
        "Family card number cannot be read",
        "It does not have 16 digits, or Excel lost the last one, so none is kept.",
        "Set the column to Text and type the number again.",
    ),
    FindingKind(
        "text_cut",
        _NOTE,
        "Tulisan terlalu panjang",
        "Hanya 250 huruf pertama yang disimpan.",
        "Periksa apakah beberapa sel tergabung menjadi satu.",
        "Text too long",
        "Only the first 250 characters are kept.",
        "See whether several cells ran together.",
    ),
    FindingKind(
        "row_hidden",
        _NOTE,
        "Baris tersembunyi di Excel",
        "Baris ini disembunyikan atau tersaring di lembar pengirim, tetapi tetap dibaca seperti baris lain.",
        "Tanyakan kepada pengirim apakah orang ini memang termasuk; bila tidak, hapus barisnya.",
        "The row is hidden in Excel",
        "This row is hidden or filtered out in the sender's sheet; it is read like any other.",
        "Ask the sender whether this person belongs to the list; if not, delete the row.",
    ),
    FindingKind(
        "possible_same_person",
        _NOTE,
        "Mungkin orang yang sama",
        "Namanya mirip dan ada hal lain yang cocok, tetapi NIK-nya berbeda. Keduanya disimpan.",
        "Bandingkan kedua KTP, lalu putuskan di antrean periksa, juga bila yang lain sudah meninggal.",
        "Perhaps the same person",
        "The names are similar and more agrees, but the NIK differs. Both are kept.",
        "Compare both identity cards and decide in the review queue, also where the other has died.",
    ),
    FindingKind(
        "worker_merged",
        _REVIEW,
        "Sudah digabung dengan catatan lain",
        "Catatan dengan NIK ini digabung ke pekerja lain; barisnya menunggu di antrean periksa.",
        "Putuskan di antrean periksa: sama berarti pekerja lain itu. Beri tahu pengirim NIK yang benar.",
        "Merged into another record",
        "The record with this NIK was merged into another worker's; the row waits in the review queue.",
        "Decide in the review queue: same means that other worker. Tell the sender the right NIK.",
    ),
    FindingKind(
        "worker_deceased",
        _REVIEW,
        "Sudah tercatat meninggal",
        "Orang dengan NIK ini tercatat meninggal; barisnya menunggu di antrean periksa.",
        "Tanyakan kepada pengirim, lalu putuskan di antrean periksa; kematian yang keliru diperbaiki dahulu.",
        "Recorded as deceased",
        "The person with this NIK is recorded as deceased; the row waits in the review queue.",
        "Ask the sender, then decide in the review queue; if the death is a mistake, correct it first.",
    ),
    FindingKind(
        "perhaps_deceased",
        _REVIEW,
        "Menurut daftar ini orangnya sudah meninggal",
        "Namanya bertanda almarhum, atau keterangannya meninggal; barisnya menunggu di antrean periksa.",
        "Hidup: sama. Meninggal: beda; bila terdaftar, catat dahulu jcli worker death P-…, lalu sama.",
        "This list says that the person has died",
        "The name is marked as late, or a remark says so; the row waits in the review queue.",
        "Alive: decide same. Dead: different; if registered, record jcli worker death P-… first, then same.",
    ),
    FindingKind(
        "nik_corrected",
        _NOTE,
        "NIK lama, sudah dibetulkan di kantor",
        "NIK orang ini pernah dibetulkan; daftar ini masih memuat yang lama. Barisnya tentang orang itu.",
        "Beri tahu pengirim NIK yang benar.",
        "An old NIK, put right at the office",
        "This person's NIK was put right; the list still bears the old one. The row speaks of that person.",
        "Tell the sender the right NIK.",
    ),
)

_OF_CHANGES: Final = (
    FindingKind(
        "change_person_unknown",
        _REJECT,
        "Orangnya tidak ada di register",
        "Tidak ada orang dengan NIK, kartu, atau nama dan tanggal lahir ini, jadi tidak ada yang diubah.",
        "Periksa NIK-nya; orang yang memang baru dikirim dalam roster biasa.",
        "The person is not in the register",
        "Nobody has this NIK, card, or name and birth date, so nothing was changed.",
        "Check the NIK; somebody who is new belongs in an ordinary roster.",
    ),
    FindingKind(
        "change_person_doubtful",
        _REJECT,
        "Tidak jelas siapa yang dimaksud",
        "NIK, kartu, nama, dan tanggal lahir di baris ini menunjuk orang yang berbeda.",
        "Periksa NIK, nama, dan tanggal lahirnya, lalu betulkan barisnya.",
        "It is doubtful who is meant",
        "NIK, card, name and birth date of this row point to different people.",
        "Check NIK, name and birth date, then put the row right.",
    ),
    FindingKind(
        "change_unclear",
        _REJECT,
        "Perubahannya tidak jelas",
        "Keterangan di baris ini tidak mengatakan meninggal, pindah, berhenti, atau data apa yang berubah.",
        "Tulis perubahannya dengan jelas, misalnya PINDAH 12-03-2025.",
        "The change is not clear",
        "The remark does not say that the person died, moved or stopped, or which fact is another now.",
        "Write the change plainly, such as PINDAH 12-03-2025.",
    ),
    FindingKind(
        "change_date_missing",
        _REJECT,
        "Tanggalnya tidak ada",
        "Tanpa tanggal tidak diketahui sampai bulan apa perlindungannya.",
        "Isi tanggalnya.",
        "There is no date",
        "Without the day nobody knows up to which month the person is covered.",
        "Fill in the date.",
    ),
    FindingKind(
        "change_contradictory",
        _REJECT,
        "Isi baris bertentangan",
        "Tidak mungkin bersama: meninggal dan HP baru, tanggal yang belum tiba, meninggal sebelum terdaftar.",
        "Tanyakan kepada pengirim mana yang benar.",
        "The row contradicts itself",
        "Two things cannot both be true: dead and a new phone, a day to come, a death before the enrolment.",
        "Ask the sender which is true.",
    ),
    FindingKind(
        "change_paid_after",
        _REJECT,
        "Pindah, tetapi iurannya sudah dibayar sampai kemudian",
        "Bulan sesudah pindahnya sudah dibayar, jadi mungkin ia masih di sini.",
        "Pastikan apakah ia benar sudah pindah, dan sejak kapan.",
        "Moved, but paid for until later",
        "Months after the move are paid, so the person may still be here.",
        "Make sure whether the person has moved, and since when.",
    ),
    FindingKind(
        "change_refused",
        _REJECT,
        "Perubahan ditolak",
        "Aturan yang kodenya ditunjuk menolak perubahan ini.",
        "Periksa tanggal dan data di baris ini, lalu betulkan.",
        "The change is refused",
        "The rule whose code is named refuses this change.",
        "Check the dates and facts of this row, then put it right.",
    ),
)
"""What keeps a row of a list of changes from being carried out."""

OF_CHANGES: Final = frozenset(kind.code for kind in _OF_CHANGES)
"""The codes of findings that only a list of changes has."""

FINDINGS: Final[Mapping[str, FindingKind]] = MappingProxyType(
    {kind.code: kind for kind in (*_KINDS, *_OF_CHANGES)}
)
"""Every kind of finding by its code."""

_OF_SENDER: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "nik_shared_by_two_people": (
            "Cocokkan NIK orang ini dengan KTP dan tulis yang benar; NIK ini tercatat dengan nama lain.",
            "Compare this person's NIK with the identity card and write the right one; another name has it.",
        ),
        "possible_same_person": (
            "Bandingkan kedua KTP; bila orangnya sama, beri tahu NIK mana yang benar.",
            "Compare both identity cards; if they are one person, say which NIK is right.",
        ),
        "worker_merged": (
            "NIK ini tidak dipakai lagi; tulis NIK yang benar sesuai KTP.",
            "This NIK is used no more; write the right one as on the identity card.",
        ),
        "worker_deceased": (
            "Orang dengan NIK ini tercatat meninggal: hapus barisnya, atau tulis NIK yang benar.",
            "The person with this NIK is recorded as deceased: delete the row, or write the right NIK.",
        ),
        "perhaps_deceased": (
            "Bila orangnya masih hidup, hapus tanda meninggalnya; bila sudah meninggal, hapus barisnya.",
            "If the person is alive, take the mark of death away; if not, delete the row.",
        ),
    }
)
"""What the department does about a finding on which the office has to decide, or has decided."""


def remedy_of_sender(code: str, language: str | None = None) -> str:
    """Return what the department that sent a row does about a finding, in the language in use or another."""
    english = (language or messages.language()) == "en"
    kind = FINDINGS[code]
    said = _OF_SENDER.get(code, (kind.remedy_id, kind.remedy_en))
    return said[english]
