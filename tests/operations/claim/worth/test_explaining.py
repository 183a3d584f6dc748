"""`claim explain`: a claim as it is on record, one that is only supposed, and what the telephone is told."""

import pytest

from tests.conftest import Office

DEATH = ("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-06-10", "--reported", "2025-06-12")
SUPPOSE = ("claim", "explain", "--hypothetical")


@pytest.fixture
def claimed(covered: Office) -> Office:
    covered.ok(*DEATH, today="2025-06-12")
    return covered


def said(office: Office, *arguments: str, language: str = "id") -> str:
    return office("--lang", language, *arguments).out


def test_a_claim_is_explained_line_by_line(claimed: Office) -> None:
    told = claimed.ok("claim", "explain", "K-2025-0001")
    assert (told["claim"], told["worker"], told["hypothetical"]) == ("K-2025-0001", "P-000001", False)
    amounts = [step["amount"] for step in told["steps"] if step["step"] == "line"]
    assert amounts == [20_000_000, 12_000_000, 10_000_000]
    assert "Rp42.000.000" in told["sentence"]
    shown = said(claimed, "claim", "explain", "K-2025-0001")
    assert "Santunan: Rp20.000.000 (PP 82/2019 Pasal 34)" in shown
    assert "total" in said(claimed, "claim", "explain", "K-2025-0001", language="en").casefold()


def test_nothing_that_is_supposed_is_stored(claimed: Office) -> None:
    before = claimed.one("SELECT count(*) FROM v_audit")
    supposed = claimed.ok(
        "claim", "explain", "K-2025-0001", "--hypothetical", "--kind", "jkk-death", "--date", "2025-06-10"
    )
    assert next(s["says"] for s in supposed["steps"] if s["step"] == "line") == (
        "Santunan: 48 × Rp1.000.000 = Rp48.000.000"
    )
    assert supposed["decides"] == []
    person = claimed.ok("claim", "explain", "P-000002", "--hypothetical", "--date", "2025-03-01")
    assert (person["kind"], person["worker"], person["claim"]) == ("jkm", "P-000002", None)
    assert claimed.one("SELECT count(*) FROM v_audit") == before


@pytest.mark.parametrize(
    ("supposed", "shown"),
    [
        (("--date", "2025-12-31", "--paid", "2025-10..2025-12"), "sebesar Rp10.000.000"),
        (("--date", "2025-12-10", "--paid", "2024-10..2025-09", "--paid", "2025-11..2025-12"), "belum pasti"),
        (("--date", "2025-12-31", "--paid", "2026-01..2026-02"), "tidak dapat dibayarkan"),
        (("--kind", "jkk-death", "--paid", "2025-01..2025-08", "--income", "1.150.000"), "48 × Rp1.200.000"),
        (
            ("--date", "2026-11-10", "--paid", "2023-10..2026-11", "--child", "2016-06-01:sd"),
            "Beasiswa anak untuk tahun ajaran ini: Rp1.500.000",
        ),
        (("--date", "2026-11-10", "--paid", "2023-10..2026-11", "--child", "2024-06-01"), "ada 38 bulan"),
        (
            ("--kind", "jkk-disability", "--paid", "2025-08", "--loss", "left-hand=50%", "--loss", "eye"),
            "tangan kiri 50% × 28% × 80 × Rp1.000.000 + satu mata 35% × 80 ×",
        ),
        (
            ("--kind", "jkk-disability", "--paid", "2025-08", "--loss", "both-eyes", "--loss", "left-hand"),
            "dibatasi 70% × 80 × Rp1.000.000 = Rp56.000.000",
        ),
        (
            ("--kind", "jkk-treatment", "--paid", "2025-08", "--months-unable", "14"),
            "12 × Rp1.000.000 + 2 × 50% × Rp1.000.000 = Rp13.000.000",
        ),
        (
            (
                "--kind",
                "jkk-treatment",
                "--paid",
                "2025-08",
                "--expense",
                "home_care=24.000.000",
                "--home-care-months",
                "13",
            ),
            "(paling banyak Rp20.000.000) = Rp20.000.000",
        ),
        (("--kind", "jkk-disability", "--paid", "2025-08", "--total-disability"), "56 × Rp1.000.000"),
        (
            ("--kind", "jkk-treatment", "--paid", "2025-08", "--months-unable", "1"),
            ": 1 × Rp1.000.000 = Rp1.000.000",
        ),
        (
            ("--kind", "jkk-death", "--paid", "2025-08", "--lost-at-sea"),
            "belum pasti, Rp60.000.000 atau Rp70.000.000; kami menanyakannya kepada BPJS. Orangnya hilang",
        ),
        (("--kind", "jkk-death", "--paid", "2025-08", "--lost-at-sea"), "(UU 24/2013 Pasal 44 ayat (4))"),
        (
            ("--kind", "jkk-death", "--lost-at-sea", "--date", "2025-08-01", "--paid", "2025-01..2025-06"),
            "belum pasti, Rp0 atau Rp70.000.000",
        ),
        (
            ("--kind", "beasiswa", "--paid", "2025-01..2025-08", "--child", "2016-06-01:sd"),
            "tidak dapat dibayarkan untuk kejadian 4 Agustus 2025. 1. ",
        ),
        (
            ("--kind", "beasiswa", "--paid", "2025-01..2025-08", "--child", "2016-06-01:sd"),
            "memerlukan 36 bulan lunas: baru 8 bulan",
        ),
        (
            ("--kind", "jkk-death", "--paid", "2025-01..2025-08", "--child", "2000-06-01:university"),
            "tidak memerlukan jumlah bulan (PP 82/2019) 10. Tidak ada anak yang memperoleh beasiswa",
        ),
        (
            ("--kind", "jkk-disability", "--paid", "2025-08", "--loss", "eye", "--child", "2016-06-01:sd"),
            "hanya karena meninggal atau cacat total tetap",
        ),
        (("--kind", "jkk-death", "--date", "2025-03-01", "--paid", "2025-01", "--died", "2025-03-09"), "Rp0"),
    ],
)
def test_what_is_supposed_of_nobody_in_particular(
    office: Office, supposed: tuple[str, ...], shown: str
) -> None:
    told = " ".join(said(office, *SUPPOSE, *supposed).split())
    assert "PENGANDAIAN" in told
    assert shown in told


def test_a_claim_is_supposed_to_be_of_another_kind_with_what_belongs_to_that_kind(claimed: Office) -> None:
    suppose = ("claim", "explain", "K-2025-0001", "--hypothetical", "--kind")
    lost = claimed.ok(*suppose, "jkk-disability", "--loss", "right-index-finger=50%")
    assert next(s["amount"] for s in lost["steps"] if s["step"] == "line") == 3_600_000
    school = claimed.ok(*suppose, "beasiswa", "--child", "2016-06-01:sd")
    assert "tenure-missed" in {step["step"] for step in school["steps"]}
    claimed.ok("claim", "add", "P-000002", "--kind", "jkk-treatment", "--date", "2025-06-10")
    claimed.ok("claim", "explain", "K-2025-0002", "--hypothetical", "--months-unable", 2)


@pytest.mark.parametrize(
    ("supposed", "code"),
    [
        (("jkk-disability",), "E426"),
        (("jkk-treatment",), "E426"),
        (("beasiswa",), "E426"),
        (("jkk-disability", "--loss", "hati"), "E429"),
        (("jkk-disability", "--loss", "eye=150%"), "E428"),
    ],
)
def test_what_cannot_be_priced_is_refused_as_in_a_claim(
    claimed: Office, supposed: tuple[str, ...], code: str
) -> None:
    for about in (("K-2025-0001",), ("P-000002",), ("--paid", "2025-08")):
        ran = claimed("claim", "explain", "--hypothetical", *about, "--kind", *supposed)
        assert (ran.code, f"galat[{code}]" in ran.err) == (1, True), ran.err


def test_a_verified_claim_is_explained_with_what_it_was_settled_at(claimed: Office) -> None:
    claimed.ok("claim", "document", "K-2025-0001", "--all", today="2025-06-12")
    claimed.ok("--actor", "budi", "verify", "K-2025-0001", today="2025-06-13")
    shown = " ".join(said(claimed, "claim", "explain", "K-2025-0001").split())
    assert "Sudah diverifikasi 13 Juni 2025 oleh budi sebesar Rp42.000.000" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("claim", "explain"),
        ("claim", "explain", "P-000001"),
        ("claim", "explain", "K-2025-0001", "--kind", "jkm"),
        ("claim", "explain", "K-2025-0001", "--hypothetical"),
        ("claim", "explain", "--hypothetical", "--kind", "jkm"),
        (*SUPPOSE, "--paid", "2025-01", "--child", "2016-06-01:bayi"),
        (*SUPPOSE, "--paid", "2025-01", "--child", "kemarin dulu"),
    ],
)
def test_what_cannot_be_explained_is_asked_for(claimed: Office, arguments: tuple[str, ...]) -> None:
    assert claimed(*arguments).code == 2


def test_a_sum_that_somebody_has_to_decide_is_not_promised_on_the_telephone(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "x")
    covered.ok(*"iuran pay 2025-01..2025-06 --proof SP2D-2 --date 2025-06-20".split(), today="2025-06-20")
    covered.ok(*DEATH, today="2025-06-21")
    told = covered.ok("claim", "explain", "K-2025-0001")
    assert "Rp42.000.000" in told["sentence"]
    assert "jangan dijanjikan dahulu" in told["sentence"]
    covered.ok("claim", "document", "K-2025-0001", "--all")
    covered.ok("verify", "K-2025-0001", "--decision", "BPJS menerima", actor="budi", today="2025-06-22")
    assert "jangan dijanjikan" not in covered.ok("claim", "explain", "K-2025-0001")["sentence"]


def test_months_paid_beyond_the_event_are_not_counted_as_paid_before_it(claimed: Office) -> None:
    paid = next(s for s in claimed.ok("claim", "explain", "K-2025-0001")["steps"] if s["step"] == "paid")
    assert (paid["facts"]["first"], paid["facts"]["last"]) == ("2023-10", "2025-06")
