"""Lists of claims in the layouts in which they come."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest

from jamsostek_cli.domain.bpjs_claims import Said
from jamsostek_cli.domain.claim import ClaimKind
from jamsostek_cli.domain.rejection import RejectionReason
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.lists import claim_columns
from jamsostek_cli.roster.lists.claims import ClaimList, read
from tests.support.workbooks import MAN, TODAY, WOMAN, xlsx

Rows = Sequence[Sequence[object]]
DAY = datetime.date(2025, 6, 2)


def listing(
    folder: Path, *rows: Sequence[object], name: str = "daftar.xlsx", payments: bool = False
) -> ClaimList:
    return read(xlsx(folder / name, {"Sheet1": rows}), TODAY, payments=payments)


def test_a_heading_in_two_rows_with_numbers_below_and_a_second_table(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        ["REKAP KLAIM JKM"],
        [],
        ["NO", "PESERTA", "", "TANGGAL", "", "MANFAAT", "", "", "STATUS"],
        ["", "NIK", "NAMA", "PENGAJUAN", "BAYAR", "SANTUNAN KEMATIAN", "BERKALA", "PEMAKAMAN", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
        [1, MAN, "RUDI HARTONO", "20-05-25", "02/06/2025", "20.000.000", "12.000.000", 10_000_000, "Lunas"],
        ["", "", "TOTAL", "", "", "20.000.000", "", "", ""],
        ["NIK", "NAMA", "STATUS"],
        [WOMAN, "WATI", "BELUM DIBAYAR"],
    )
    rudi, wati = found.rows
    assert (rudi.row, rudi.nik, rudi.amount, rudi.filed, rudi.paid) == (
        6,
        MAN,
        42_000_000,
        datetime.date(2025, 5, 20),
        DAY,
    )
    assert (rudi.said, rudi.kinds) == (Said.PAID, frozenset({ClaimKind.JKM}))
    assert (wati.nik, wati.said, wati.amount) == (WOMAN, Said.WAITING, None)


def test_what_a_row_says_without_a_status_its_dates_and_numbers_say(tmp_path: Path) -> None:
    head = ["NIK", "NAMA", "TGL PENGAJUAN", "TGL BAYAR", "NO BUKTI", "JUMLAH", "KETERANGAN"]
    rows: list[list[object]] = [
        [MAN, "A", "2025-05-20", "", "", "", ""],
        [MAN, "A", "2025-05-20", "2025-06-02", "", 1, ""],
        [MAN, "A", "", "", "B-1", 1, ""],
        [MAN, "A", "", "", "", 1, ""],
        [MAN, "A", "", "", "-", "-", "ditolak, iuran menunggak"],
        [MAN, "A", "2025-05-20", "", "", "Rp -", "catatan lain"],
        [MAN, "A", "", "2025-06-02", "", 1, "tidak ada NPWP"],
        [MAN, "A", "", "2025-06-02", "", 1, "gagal transfer"],
    ]
    *said, free, against = [one.said for one in listing(tmp_path, head, *rows).rows]
    assert (free, against) == (Said.PAID, Said.UNCLEAR)
    assert said == [Said.WAITING, Said.PAID, Said.PAID, Said.UNCLEAR, Said.REFUSED, Said.WAITING]
    assert listing(tmp_path, head, rows[3], payments=True).rows[0].said is Said.PAID


def test_rows_of_nobody_are_passed_over_and_damaged_numbers_are_kept(tmp_path: Path) -> None:
    found = listing(
        tmp_path,
        ["NAMA", "JUMLAH", "NIK", "STATUS", "NAMA AHLI WARIS", "NO REKENING"],
        ["RUDI HARTONO", 42_000_000, "6474 0117 0885 701", "DIBAYAR", "SITI", "0012"],
        ["WATI", 42_000_000, "", "DIBAYAR", "", ""],
        ["JUMLAH", 84_000_000, "", "", "", ""],
        ["Bontang, 4 Juni 2025", "", "", "", "", ""],
        ["Kepala Cabang,", "HENDRO", "", "", "", ""],
    )
    assert [(one.name, one.nik, one.problem, one.payee) for one in found.rows] == [
        ("RUDI HARTONO", None, "nik_length", "SITI"),
        ("WATI", None, "nik_missing", None),
    ]


def test_a_claim_number_of_ours_is_found_in_any_column_and_bpjs_number_is_a_receipt(tmp_path: Path) -> None:
    rows = [[MAN, "K-2025-0001", "PROSES"], [MAN, "25060211", "PROSES"]]
    found = listing(tmp_path, ["NIK", "NO. KLAIM", "STATUS"], *rows)
    assert [(one.number, one.receipt) for one in found.rows] == [("K-2025-0001", None), (None, "25060211")]


def test_the_title_names_the_benefit_of_all_rows_if_it_names_one(tmp_path: Path) -> None:
    head, row = ["NIK", "STATUS"], [MAN, "PROSES"]
    jkk = listing(tmp_path, head, row, name="klaim_jkk_kematian.xlsx")
    assert jkk.rows[0].kinds == {ClaimKind.JKK_DEATH}
    both = listing(tmp_path, ["KLAIM JKM"], ["KLAIM JKK"], head, row)
    assert both.rows[0].kinds == frozenset()


def test_a_hidden_sheet_is_nobodys(tmp_path: Path) -> None:
    rows = (["NIK", "STATUS"], [MAN, "PROSES"])
    path = xlsx(tmp_path / "a.xlsx", {"Klaim": rows, "Lama": rows}, hidden=("Lama",))
    assert [one.sheet for one in read(path, TODAY).rows] == ["Klaim"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["NAMA", "JUMLAH"], ["RUDI", 42_000_000]], "E377"),
        ([["NIK", "NAMA"], [MAN, "RUDI"]], "E379"),
        ([["NIK", "STATUS"], ["", ""]], "E207"),
        ([], "E203"),
    ],
)
def test_what_is_no_list_of_claims_is_refused(tmp_path: Path, rows: Rows, code: str) -> None:
    with pytest.raises(JcliError) as refused:
        listing(tmp_path, *rows)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Tanggal Pembayaran Klaim", "paid"),
        ("JUMLAH KLAIM JKM DIBAYAR (Rp)", "amount"),
        ("Nomor Kartu BPJSTK", "kpj"),
        ("NIK Ahli Waris", None),
        ("Nama Ahli Waris", "payee"),
        ("No. Tanda Terima", "receipt"),
        ("Keterangan", "note"),
        ("Tgl Lahir", None),
        ("Status Kepesertaan", None),
        ("Status Peserta", None),
        ("Status", "status"),
    ],
)
def test_headings_as_offices_write_them(heading: str, field: str | None) -> None:
    found = claim_columns.match(heading)
    assert (found and found.field) == field


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("JKK/JKM", set()),
        ("Beasiswa JKK", {ClaimKind.SCHOLARSHIP}),
        ("JKK - Cacat", {ClaimKind.JKK_DISABILITY}),
        ("STMB", {ClaimKind.JKK_TREATMENT}),
        ("Santunan Kematian", {ClaimKind.JKM}),
    ],
)
def test_benefits_in_words(words: str, kinds: set[ClaimKind]) -> None:
    assert claim_columns.kinds(words) == kinds


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Siap bayar", Said.WAITING),
        ("Tidak disetujui", Said.REFUSED),
        ("Dicairkan 2 Juni", Said.PAID),
        ("berkas kurang", Said.WAITING),
        ("Disetujui", Said.WAITING),
        ("Gagal transfer", Said.WAITING),
    ],
)
def test_how_far_a_claim_has_come_in_words(words: str, said: Said) -> None:
    assert claim_columns.meaning(words) is said


@pytest.mark.parametrize(
    ("status", "note", "said"),
    [
        ("Disetujui", None, Said.PAID),
        ("Proses", None, Said.WAITING),
        ("Ditolak", "sudah dibayar", Said.REFUSED),
        (None, "dana retur", Said.UNCLEAR),
        ("Dibayar", "rekening lama ditolak bank", Said.PAID),
    ],
)
def test_a_payment_with_day_and_rupiah_is_one_unless_a_word_is_against_it(
    status: str | None, note: str | None, said: Said
) -> None:
    assert claim_columns.paid_by(status, note) is said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Ditolak, kepesertaan non aktif", RejectionReason.NOT_COVERED),
        ("bukan peserta aktif", RejectionReason.NOT_COVERED),
        ("NIK tidak terdaftar", RejectionReason.NOT_REGISTERED),
        ("santunan sudah dibayar", RejectionReason.PAID_ALREADY),
        ("klaim ganda", RejectionReason.DUPLICATE),
        ("nama tidak sesuai", RejectionReason.WRONG_PERSON),
        ("bukan kecelakaan kerja", RejectionReason.NOT_AT_WORK),
        ("hak klaim kedaluwarsa", RejectionReason.LAPSED),
        ("dokumen belum lengkap", RejectionReason.PAPERS_MISSING),
        ("dokumen tidak sah", RejectionReason.PAPERS_FALSE),
        ("pemohon bukan ahli waris", RejectionReason.NO_HEIR),
        ("berkas kurang dan bukan ahli waris", None),
        ("DITOLAK", None),
    ],
)
def test_the_words_of_a_refusal_name_one_reason_of_the_list_or_none(
    words: str, why: RejectionReason | None
) -> None:
    assert claim_columns.refused_for(words) is why
