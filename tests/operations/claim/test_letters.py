"""Letters and forms of a claim: what they say, what they do not say, and what the trail keeps of them."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing

import pytest

from tests.conftest import BY_LIST, Office, once
from tests.support.papers import about, pages, words

NIK = "6474010103707000"
"""Of the first person of `covered`."""


@pytest.fixture
@once
def claimed(covered: Office) -> Office:
    """An office with a claim after a death."""
    covered.ok(*"worker set P-000001 --address JL.A --rt 3 --rw 1 --reason x".split())
    covered.ok(*"claim add P-000001 --kind jkm --date 2025-07-20".split())
    return covered


def store(office: Office, table: str, facts: Mapping[str, object]) -> None:
    """Put a row into the file as an officer's command would."""
    with closing(sqlite3.connect(office.path)) as file, file:
        marks = ", ".join("?" * len(facts))
        file.execute(f"INSERT INTO {table} ({', '.join(facts)}) VALUES ({marks})", tuple(facts.values()))


def heir(office: Office, name: str, relation: str, **more: str) -> None:
    known = {"worker_id": 1, "name": name, "relation": relation}
    store(office, "heir", {**known, "recorded_by": "rina", "recorded_on": "2025-08-01", **more})


def family(office: Office, **facts: str) -> None:
    store(office, "claim_family", {"claim_id": 1, **facts})


def printed(office: Office, letter: str, name: str = "surat.docx", claim: str = "K-2025-0001") -> str:
    path = office.path.with_name(name)
    office.ok("claim", "print", claim, letter, "-o", path, "--force")
    return words(path)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_letter_says_what_the_family_gets_what_is_missing_where_to_go_and_until_when(
    claimed: Office, ending: str
) -> None:
    claimed.ok("claim", "document", "K-2025-0001", "kartu-keluarga")
    said = printed(claimed, "letter", f"surat.{ending}")
    assert "PEMERINTAH KOTA BONTANG" in said
    assert "meninggalnya BASRI AAA pada 20 Juli 2025. Semasa hidup almarhum terdaftar" in said
    assert "JL.A, RT 003 RW 001, Kelurahan Guntung" in said
    assert "Santunan Rp20.000.000" in said
    assert "Jumlah Rp42.000.000" in said
    assert "Sudah kami terima: Kartu keluarga (KK)." in said
    steps = [
        "laporkan kematiannya",
        "Pencatatan Sipil: KTP almarhum, KTP ahli waris, Akta kematian",
        "Kelurahan, lalu",
    ]
    steps += ["Bank: Buku rekening", "Formulir 4 (klaim JKM), Kartu peserta", "simpan tanda terimanya"]
    assert sorted(map(said.index, steps)) == [said.index(step) for step in steps]
    assert "Tidak ada batas waktu" in said
    assert NIK not in said
    mark = claimed.one("SELECT hash FROM v_audit WHERE changes IS NOT NULL ORDER BY seq DESC")
    assert f"tanda {mark[:16]}" in said


@pytest.mark.parametrize("letter", ["letter", "sheet", "receipt"])
def test_what_does_in_the_place_of_a_paper_is_named(covered: Office, letter: str) -> None:
    covered.ok(*"claim add P-000001 --kind jkk-death --date 2025-07-20 --traffic".split())
    said = printed(covered, letter)
    assert "Laporan polisi atau surat Jasa Raharja atau keterangan dua saksi" in said
    assert letter != "letter" or "Bila keduanya tidak ada: keterangan dua saksi." in said


def test_a_paper_without_a_nik_is_not_said_to_hold_some(claimed: Office) -> None:
    path = claimed.path.with_name("surat.pdf")
    assert "memuat nama tanpa NIK" in claimed("claim", "print", "K-2025-0001", "surat", "-o", path).out
    assert (
        "memuat nama dan 1 NIK"
        in claimed("claim", "print", "K-2025-0001", "lembar", "-o", path, "--force").out
    )


def test_a_letter_fits_on_one_page_with_every_paper_missing(claimed: Office) -> None:
    printed(claimed, "letter", "surat.pdf")
    assert len(pages(claimed.path.with_name("surat.pdf"))) == 1


def test_the_right_after_an_accident_at_work_lapses_and_the_letter_says_when(covered: Office) -> None:
    covered.ok(*"claim add P-000002 --kind jkk-death --date 2024-02-29".split())
    said = printed(covered, "letter")
    assert "paling lambat 28 Februari 2029" in said
    assert "Tidak ada batas waktu" not in said
    assert "P-000002" not in said


def test_a_sum_that_the_law_leaves_open_is_told_with_both_outcomes(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "x")
    covered.ok(*"iuran pay 2024-12..2025-03 --proof SP2D-2 --date 2024-12-10".split())
    covered.ok(*"claim add P-000003 --kind jkm --date 2025-02-26".split())
    said = printed(covered, "letter")
    assert "Jumlahnya belum pasti: Rp42.000.000 atau Rp10.000.000" in said


def test_a_small_sum_is_given_its_reason_and_no_scholarship_is_promised_that_is_ruled_out(
    covered: Office,
) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "x")
    covered.ok(*"iuran pay 2025-04..2025-06 --proof SP2D-2 --date 2025-03-10".split())
    covered.ok(*"claim add P-000003 --kind jkm --date 2025-05-26".split())
    said = printed(covered, "letter")
    assert "Jumlah Rp10.000.000" in said
    assert "iuran dibayar sejak April 2025, baru 1 bulan penuh" in said
    assert "Yang kurang: Februari–Maret 2025." in said
    assert "beasiswa" not in said
    covered.ok(*"claim add P-000002 --kind jkk-death --date 2025-05-26".split())
    accident = printed(covered, "letter", claim="K-2025-0002")
    assert "paling banyak 2 anak dapat memperoleh beasiswa" in accident
    assert "bulan penuh" not in accident


def test_a_claim_of_which_nothing_was_told_yet_has_its_letter(covered: Office) -> None:
    covered.ok(*"claim add P-000001 --kind jkk-disability --date 2025-07-01".split())
    assert "Jumlahnya masih kami periksa" in printed(covered, "letter")


def test_who_has_claimed_is_told_of_no_last_day(covered: Office) -> None:
    covered.ok(*"claim add P-000002 --kind jkk-death --date 2024-02-29".split())
    covered.ok("claim", "document", "K-2025-0001", "--all")
    covered.ok("claim", "verify", "K-2025-0001", "--undecided", "x", actor="sari")
    said = printed(covered, "letter")
    assert "paling lambat" not in said
    assert "Sampai kapan" not in said


def test_a_sum_that_nobody_can_reckon_yet_is_not_promised(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "x")
    covered.ok(*"claim add P-000003 --kind jkm --date 2025-02-26".split())
    assert "Jumlahnya masih kami periksa" in printed(covered, "letter")


def test_a_family_with_all_papers_is_sent_nowhere(claimed: Office) -> None:
    claimed.ok("claim", "document", "K-2025-0001", "--all")
    family(claimed, contact="SITI AMINAH")
    said = printed(claimed, "letter")
    assert "Yth. SITI AMINAH" in said
    assert "Semua berkas sudah kami terima" in said
    assert "Urutan mengurusnya" not in said


def test_a_letter_about_the_dead_goes_to_the_family_whatever_is_claimed(covered: Office) -> None:
    covered.ok(
        *"claim add P-000001 --kind jkk-treatment --date 2025-07-01 --expense dentures=1000000".split()
    )
    said = printed(covered, "letter")
    assert "Hal : Hak BASRI AAA" in said
    assert "dibayarkan langsung ke rekening penerima" in said
    covered.ok(*"claim add P-000001 --kind jkk-death --date 2025-07-01 --died 2025-07-20".split())
    said = printed(covered, "letter")
    assert "Hal : Hak keluarga almarhum BASRI AAA" in said
    assert "Kami turut berdukacita" in said


def test_papers_of_heirs_are_for_after_a_death(covered: Office) -> None:
    covered.ok(*"claim add P-000001 --kind jkk-treatment --date 2025-07-01".split())
    for letter in ("heirs", "attorney"):
        path = covered.path.with_name("waris.pdf")
        assert covered("claim", "print", "K-2025-0001", letter, "-o", path).error == "E560"
        assert not path.exists()


def test_whom_a_nearer_heir_excludes_signs_nothing_and_a_child_never_signs_itself(claimed: Office) -> None:
    heir(claimed, "ADI", "child", birth_date="2015-01-02")
    heir(claimed, "PAMAN", "sibling")
    said = printed(claimed, "heirs")
    assert "PAMAN" not in said
    assert "(wali ADI)" in said


def test_office_and_signer_stand_on_it_as_the_settings_say_and_what_lacks_is_said(claimed: Office) -> None:
    path = claimed.path.with_name("surat.pdf")
    lacking = claimed("claim", "print", "K-2025-0001", "surat", "-o", path)
    assert "jcli db setting office" in lacking.err
    assert "jcli db setting signer" in lacking.err
    settings = {
        "office": "Dinas Ketenagakerjaan",
        "address": "Jl. Awang Long 1",
        "phone": "0548-1",
        "place": "Btg",
    }
    settings |= {"signer": "SURYA", "signer_title": "Kepala Dinas", "signer_nip": "197001011995031002"}
    for name, value in settings.items():
        claimed.ok("db", "setting", name, value, "--reason", "kop")
    for ending in ("pdf", "docx"):
        said = printed(claimed, "letter", f"surat.{ending}")
        assert "DINAS KETENAGAKERJAAN Jl. Awang Long 1 · Telepon 0548-1" in said
        assert "Btg, 4 Agustus 2025" in said
        assert "Kepala Dinas SURYA NIP 197001011995031002" in said
        assert "telepon 0548-1, dan sebutkan nomor K-2025-0001" in said
    again = claimed("claim", "print", "K-2025-0001", "surat", "-o", path, "--force")
    assert again.err == ""


def test_papers_are_indonesian_whatever_the_screen_speaks(claimed: Office) -> None:
    path = claimed.path.with_name("letter.docx")
    ran = claimed("--lang", "en", "claim", "print", "K-2025-0001", "letter", "-o", path)
    assert "letter to the family of K-2025-0001 written" in ran.out
    said = words(path)
    assert "20 Juli 2025" in said
    assert "Rp42.000.000" in said


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_file_tells_the_office_and_nobody_else_beside_its_pages(claimed: Office, ending: str) -> None:
    path = claimed.path.with_name(f"lembar.{ending}")
    claimed.ok("claim", "print", "K-2025-0001", "sheet", "-o", path)
    told = about(path)
    assert "Kota Bontang" in told
    assert "Lembar klaim" in told
    for hidden in ("BASRI", NIK, "rina", "K-2025"):
        assert hidden not in told
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_the_same_paper_has_the_same_bytes(claimed: Office, ending: str) -> None:
    first, second = (claimed.path.with_name(f"{name}.{ending}") for name in ("a", "b"))
    claimed.ok("claim", "print", "K-2025-0001", "letter", "-o", first)
    claimed.ok("claim", "print", "K-2025-0001", "letter", "-o", second)
    assert first.read_bytes() == second.read_bytes()


def test_whatever_stands_in_a_name_is_shown_and_nothing_more(claimed: Office) -> None:
    family(claimed, contact='#read("/etc/passwd") <b>&amp; $x$ *A* [alm]')
    for ending in ("pdf", "docx"):
        said = printed(claimed, "letter", f"surat.{ending}")
        assert 'Yth. #read("/etc/passwd") <b>&amp; $x$ *A* [alm]' in said


def test_the_sheet_holds_what_a_verifier_looks_at(claimed: Office) -> None:
    claimed.ok("claim", "document", "K-2025-0001", "akta-kematian")
    heir(claimed, "SITI", "spouse", nik="6474015203907002", birth_date="1990-03-12")
    family(claimed, contact="SITI", contact_phone="0812", payee="SITI", bank="Bank A", account="12345")
    said = printed(claimed, "lembar")
    for told in (
        NIK,
        "Santunan berkala",
        "PP 82/2019",
        "Rp42.000.000",
        "Akta kematian, masuk 4 Agustus 2025",
    ):
        assert told in said
    assert "Buku rekening – BELUM ADA" in said
    assert "1 SITI 6474015203907002 12 Maret 1990 Suami/istri" in said
    assert "Bank A 12345" in said
    assert "berkas dicatat" in said
    assert "(jcli" not in said
    assert "surat atau formulir dicetak" not in printed(claimed, "lembar")


def test_the_sheet_of_an_open_question_leaves_the_answer_to_be_ticked(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "x")
    covered.ok(*"iuran pay 2024-12..2025-03 --proof SP2D-2 --date 2024-12-10".split())
    covered.ok(*"claim add P-000003 --kind jkm --date 2025-02-26".split())
    said = printed(covered, "sheet")
    assert "☐ Rp42.000.000 ☐ Rp10.000.000 Meninggal antara 24 Februari dan 8 Maret 2025" in said


def test_the_sheet_of_somebody_who_was_not_covered_says_so(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "x")
    covered.ok(*"claim add P-000003 --kind jkm --date 2025-02-26".split())
    assert "tidak ada yang dibayar, atau belum dapat dihitung" in printed(covered, "sheet")


def test_the_receipt_names_what_the_office_holds(claimed: Office) -> None:
    assert "Belum ada berkas yang kami terima" in printed(claimed, "receipt")
    claimed.ok("claim", "document", "K-2025-0001", "akta-kematian", "rekening")
    with closing(sqlite3.connect(claimed.path)) as file, file:
        file.execute("UPDATE claim_document SET held_by = 'family' WHERE name = 'rekening'")
    said = printed(claimed, "tanda terima")
    assert "1 Akta kematian 4 Agustus 2025 rina" in said
    assert "Buku rekening" not in said
    assert "☐ Kartu keluarga" in said
    claimed.ok("claim", "document", "K-2025-0001", "--all")
    assert "Berkasnya lengkap." in printed(claimed, "receipt")


def settled(office: Office, *payments: str) -> None:
    office.ok("claim", "document", "K-2025-0001", "--all")
    office.ok("verify", "K-2025-0001", actor="budi")
    for payment in payments:
        office.ok("pay", "K-2025-0001", "--date", "2025-08-04", *BY_LIST, *payment.split(), actor="sari")


def test_a_kuitansi_before_the_payment_has_the_sum_in_words_and_room_for_the_rest(claimed: Office) -> None:
    assert (
        claimed("claim", "print", "K-2025-0001", "kuitansi", "-o", claimed.path.with_name("k.pdf")).error
        == "E551"
    )
    family(claimed, payee="SITI")
    settled(claimed)
    said = printed(claimed, "kuitansi", "k.pdf")
    assert "Rp42.000.000 empat puluh dua juta rupiah" in said
    assert "Meterai Rp10.000" in said
    assert "SITI" in said
    assert "Jaminan Kematian atas nama BASRI AAA, klaim K-2025-0001" in said


def test_every_proof_has_a_kuitansi_and_a_small_one_no_stamp(claimed: Office) -> None:
    first = "--proof A-1 --payee SITI --amount 5.000.000 --difference bagian"
    second = "--proof A-2 --payer csr --decision talangan --amount 5.000.001 --difference bagian"
    settled(claimed, first, second)
    path = claimed.path.with_name("k.pdf")
    claimed.ok("claim", "print", "K-2025-0001", "kuitansi", "-o", path)
    one, two = pages(path)
    assert "A-1" in one
    assert "BPJS Ketenagakerjaan" in one
    assert "lima juta rupiah" in one
    assert "SITI" in one
    assert "sebagian dari Rp42.000.000; sesudah pembayaran ini masih Rp37.000.000" in one
    assert "Meterai" not in one
    assert "lima juta satu rupiah" in two
    assert "Meterai Rp10.000" in two
    assert "4 Agustus 2025" in two
    claimed.ok(*"pay K-2025-0001 --proof A-3 --date 2025-08-04".split(), *BY_LIST, actor="sari")
    assert "bagian terakhir dari Rp42.000.000" in printed(claimed, "kuitansi")
    claimed.ok("claim", "void", "K-2025-0001", "--proof", "A-3", "--reason", "x", actor="sari")
    rest = "--proof A-4 --date 2025-08-04 --amount 33.000.000 --difference keliru"
    claimed.ok("pay", "K-2025-0001", *BY_LIST, *rest.split(), actor="sari")
    assert "lebih Rp1.000.001 dari yang menjadi hak, Rp42.000.000" in printed(claimed, "kuitansi")
    claimed.ok("claim", "void", "K-2025-0001", "--proof", "A-4", "--reason", "x", actor="sari")
    claimed.ok("claim", "void", "K-2025-0001", "--proof", "A-1", "--reason", "x", actor="sari")
    assert "A-1" not in printed(claimed, "kuitansi")
    assert "A-1" not in printed(claimed, "sheet")
    assert "CSR A-2 Rp5.000.001" in printed(claimed, "sheet").replace("perusahaan (CSR)", "CSR")


def test_the_statement_of_the_heirs_is_prefilled_with_the_living_and_their_guardians(claimed: Office) -> None:
    blank = printed(claimed, "heirs")
    assert "SURAT PERNYATAAN AHLI WARIS" in blank
    assert "Camat" in blank
    heir(claimed, "SITI", "spouse", nik="6474015203907002", birth_date="1990-03-12")
    heir(claimed, "ADI", "child", birth_date="2015-01-02", guardian="SITI")
    heir(claimed, "MATI", "child", died_on="2020-01-01")
    heir(claimed, "HILANG", "child", removed_on="2025-08-01")
    heir(claimed, "PENGUBUR", "burial")
    said = printed(claimed, "ahli waris")
    assert f"NIK : {NIK}" in said
    assert "2 ADI (wali: SITI) 2 Januari 2015 Anak" in said
    assert "SITI (wali ADI)" in said
    assert "Meterai Rp10.000" in said
    assert "Lurah Guntung" in said
    for nobody in ("MATI", "HILANG", "PENGUBUR"):
        assert nobody not in said


def test_the_power_of_attorney_is_given_by_the_others_to_who_is_paid(claimed: Office) -> None:
    assert "memberi kuasa kepada: Nama : ..." in printed(claimed, "attorney")
    heir(claimed, "SITI", "spouse", nik="6474015203907002")
    heir(claimed, "ADI", "child", guardian="SITI")
    heir(claimed, "BUDI", "child", nik="6474011708857001")
    family(claimed, payee="Siti")
    said = printed(claimed, "kuasa")
    giving, _, taking = said.partition("memberi kuasa kepada:")
    assert "BUDI 6474011708857001" in giving
    assert "SITI" not in giving
    assert "Nama : Siti NIK : 6474015203907002 Hubungan : Suami/istri" in taking


def test_each_paper_has_its_row_in_the_trail_with_its_fingerprint_and_niks(claimed: Office) -> None:
    path = claimed.path.with_name("waris.pdf")
    heir(claimed, "SITI", "spouse", nik="6474015203907002")
    told = claimed.ok("claim", "print", "K-2025-0001", "heirs", "-o", path)
    subject, after = claimed.rows("SELECT subject, after FROM audit ORDER BY seq DESC LIMIT 1")[0]
    kept = json.loads(after)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert subject == "K-2025-0001"
    left = kept.pop("left")
    assert kept == {"paper": "heirs", "file": "waris.pdf", "sha256": digest, "niks": 2}
    assert (left["files"], left["people"], left["to"]) == ({"waris.pdf": digest}, 2, "family")
    assert (told["sha256"], told["niks"], told["letter"]) == (digest, 2, "heirs")
    shown = claimed.ok("claim", "show", "K-2025-0001")["history"]
    assert [step["action"] for step in shown] == ["claim.add", "claim.print"]


def test_nothing_stays_of_a_paper_that_is_refused(claimed: Office) -> None:
    before = claimed.one("SELECT count(*) FROM audit")
    there = claimed.path.with_name("ada.pdf")
    there.write_bytes(b"lain")
    command = ("claim", "print", "K-2025-0001", "letter", "-o")
    assert claimed(*command, there).error == "E502"
    assert there.read_bytes() == b"lain"
    assert claimed(*command, there.with_suffix(".odt")).error == "E503"
    assert claimed("claim", "print", "K-2025-0009", "letter", "-o", there.with_name("x.pdf")).error == "E402"
    assert claimed("claim", "print", "K-2025-0001", "puisi", "-o", there.with_name("x.pdf")).error == "E002"
    claimed.ok("claim", "withdraw", "K-2025-0001", "--reason", "x")
    assert claimed(*command, there.with_name("x.pdf")).error == "E550"
    claimed.ok("officer", "add", "rina", "--role", "head")
    stranger = claimed(
        "claim", "print", "K-2025-0001", "sheet", "-o", there.with_name("x.pdf"), actor="siapa"
    )
    assert stranger.error == "E481"
    assert not there.with_name("x.pdf").exists()
    assert claimed.one("SELECT count(*) FROM audit") == before + 2
