"""An officer types what the screen shows, scripts type codes: both get the same answer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, once, person


@pytest.fixture
@once
def enrolled(office: Office, roster: Callable[..., Path]) -> Office:
    """An office with three people, enrolled in words."""
    office.ok("import", roster([person(number) for number in range(1, 4)]), "--agency", "Dinas A")
    enrolled = office.ok(
        "enrol", "--agency", "Dinas A", "--from", "Januari", "--payer", "apbd KOTA", "--decree", "SK 1",
        "--sector", "ojek", "--registered",
    )  # fmt: skip
    assert (enrolled["payer"], enrolled["sector"]) == ("apbd-kota", "transport")
    assert (enrolled["start_month"], enrolled["end_month"]) == ("2025-01", "2025-12")
    office.ok("iuran", "pay", "Januari..Juli 2025", "--proof", "SP2D-1", "--date", "1 Agustus 2025")
    return office


@pytest.mark.parametrize(
    ("in_words", "in_codes"),
    [
        (("worker", "list", "--status", "Aktif"), ("worker", "list", "--status", "active")),
        (("worker", "list", "--status", "deceased"), ("worker", "list", "--status", "meninggal")),
        (("cover", "list", "--status", "tidak"), ("cover", "list", "--status", "no")),
        (("cover", "list", "--payer", "City budget"), ("cover", "list", "--payer", "apbd-kota")),
        (("claim", "list", "--state", "lunas"), ("claim", "list", "--state", "paid")),
        (("claim", "list", "--kind", "Jaminan Kematian"), ("claim", "list", "--kind", "jkm")),
        (("report", "coverage", "--by", "Usia"), ("report", "coverage", "--by", "age")),
        (("report", "claims", "--month", "maret"), ("report", "claims", "--month", "2025-03")),
        (("cover", "list", "--on", "10 Maret 2025"), ("cover", "list", "--on", "2025-03-10")),
        (("iuran", "check", "Juli", "--heads", "3"), ("iuran", "check", "2025-07", "--heads", "3")),
    ],
)  # fmt: skip
def test_a_word_is_read_as_its_code(
    enrolled: Office, in_words: tuple[str, ...], in_codes: tuple[str, ...]
) -> None:
    assert enrolled.ok(*in_words) == enrolled.ok(*in_codes)
    assert enrolled.ok("--lang", "en", *in_words) == enrolled.ok("--lang", "en", *in_codes)


def test_deaths_claims_and_ends_are_recorded_in_words(enrolled: Office) -> None:
    enrolled.ok("worker", "death", "P-000001", "--died", "20 Juli 2025", "--cause", "kecelakaan kerja")
    claim = ("claim", "add", "P-000001", "--date", "20 Juli 2025", "--kind")
    refused = enrolled(*claim, "jaminan kecelakaan kerja")
    assert (refused.error, "meninggal / Jaminan Kecelakaan Kerja, cacat" in refused.err) == ("E002", True)
    added = enrolled.ok(*claim, "kecelakaan kerja meninggal")
    assert (added["kind"], added["cause"]) == ("jkk-death", "work-accident")
    missing = added["documents"]["missing"]
    papers = enrolled("claim", "document", "K-2025-0001").out
    assert missing[0] in papers, "a pipe has the names that programs know"
    have = enrolled.ok(
        "claim", "document", "K-2025-0001", *(name.replace("-", " ").title() for name in missing)
    )
    assert have["documents"]["missing"] == []
    unknown = enrolled("claim", "document", "K-2025-0001", "surat cinta")
    assert (unknown.error, "surat ahli waris" in unknown.err) == ("E417", True)
    ended = enrolled.ok("cover", "end", "P-000002", "--month", "Agustus", "--reason", "Pindah")
    assert "moved" in str(ended)


def test_settings_and_days_are_switched_by_yes_and_no(office: Office) -> None:
    assert "ya → tidak" in office("db", "setting", "four_eyes", "Tidak", "--reason", "satu petugas").out
    assert office.ok("db", "setting", "four_eyes", "yes", "--reason", "dua lagi")["new"] == "on"
    assert office.ok("db", "setting", "signer", "Ya", "--reason", "nama")["new"] == "Ya"
    day = ("db", "workday", "28 Juni 2028")
    assert office.ok(*day, "libur", "--reason", "SKB")["workday"] is False
    assert office.ok(*day, "hari kerja", "--reason", "SKB")["workday"] is True
    assert office(*day, "mungkin", "--reason", "SKB").error == "E002"


def test_a_finding_is_asked_for_by_its_words(office: Office, roster: Callable[..., Path]) -> None:
    _, *rest = person(1)
    office("import", roster([("647401", *rest), person(2)]))
    by_code = office.ok("batch", "show", "B-2025-001", "--finding", "nik_length")
    for said in ("NIK tidak 16 angka", "nik-length"):
        assert office.ok("batch", "show", "B-2025-001", "--finding", said) == by_code
    assert office("batch", "show", "B-2025-001", "--finding", "NIK").error == "E002"


def test_payers_that_only_the_office_knows_keep_their_names(
    enrolled: Office, roster: Callable[..., Path]
) -> None:
    listing = ("import", roster([person(1)], "badak.xlsx"), "--as", "ditanggung penanggung lain")
    enrolled.ok(*listing, "--payer", "PT Badak", "--from", "Mei", "--to", "Juni 2025")
    assert enrolled.rows("SELECT DISTINCT payer FROM v_elsewhere") == [("pt-badak",)]
    assert enrolled(*listing, "--payer", "APBD Kota").error == "E324"


def test_colour_is_chosen_in_words_too(office: Office) -> None:
    for said in ("selalu", "never", "tidak pernah", "otomatis"):
        assert office("--color", said, "status").code == 0
    assert office("--color", "ungu", "status").error == "E002"
