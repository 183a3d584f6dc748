"""Scholarships: opened by another claim, claimed for each school year, at most two children, never twice."""

from typing import Any

import pytest

from tests.conftest import BY_LIST, Office
from tests.operations.claim.test_circumstances import added, child, refusal, verified

WHY = ("--reason", "surat sekolah")
DEATH = ("--kind", "jkk-death", "--date", "2024-05-06")


def scholarship(
    office: Office, year: int, *children: str, today: str = "2025-08-04", follows: str = ""
) -> Any:
    said = [word for one in children for word in ("--child", one)]
    after = ("--follows", follows) if follows else ()
    return added(office, "--kind", "beasiswa", "--school-year", year, *after, *said, today=today)


@pytest.fixture
def family(covered: Office) -> Office:
    """A family whose father was killed at work in May 2024, with three children."""
    child(covered, "ANDI", "2012-01-01")
    child(covered, "BUDI", "2009-02-01")
    child(covered, "CICI", "2018-03-01")
    added(covered, *DEATH)
    return covered


def test_a_scholarship_has_the_event_of_the_claim_that_opens_it(family: Office) -> None:
    claim = scholarship(family, 2024, "ANDI=SMP", "BUDI=SMA")
    assert (claim["amount"], claim["event_date"], claim["cause"]) == (
        5_000_000,
        "2024-05-06",
        "work-accident",
    )
    assert claim["circumstances"]["follows"] == "K-2025-0001"
    assert [line["component"] for line in claim["lines"]] == ["beasiswa"]
    assert family.rows("SELECT school_year, follows FROM v_claim WHERE kind = 'scholarship'") == [
        (2024, "K-2025-0001")
    ]
    assert family.rows("SELECT level, years_used FROM v_claim_child ORDER BY child_id") == [
        ("smp", 0),
        ("sma", 0),
    ]


def test_a_death_with_children_says_what_a_year_of_school_is_worth_beside_it(covered: Office) -> None:
    child(covered, "ANDI", "2016-06-01")
    child(covered, "BUDI", "2009-06-01")
    both = ("--child", "ANDI=SD", "--child", "BUDI=SMA")
    said = covered("claim", "add", "P-000001", *DEATH, *both)
    assert "Manfaat: Rp70.000.000" in said.out
    assert "beasiswa setahun ajaran: Rp4.500.000" in said.out
    assert covered.ok("claim", "show", "K-2025-0001")["amount"] == 70_000_000
    child(covered, "BUDI", "2009-06-01", "--not-registered")
    assert "Rp4.500.000, atau" not in covered("claim", "show", "K-2025-0001").out  # nobody asked in 2024


def test_an_open_scholarship_is_said_with_both_outcomes_beside_a_death(covered: Office) -> None:
    child(covered, "ANDI", "2012-06-01", "--not-registered")
    said = covered(
        "claim", "add", "P-000001", "--kind", "jkk-death", "--date", "2025-05-06", "--child", "ANDI=SMP"
    )
    assert "Manfaat: Rp70.000.000" in said.out
    assert "belum pasti: Rp2.000.000, atau Rp0; selisih Rp2.000.000" in said.out


def test_a_child_that_is_not_registered_is_a_question_until_it_is(covered: Office) -> None:
    child(covered, "ANDI", "2012-06-01", "--not-registered")
    added(covered, "--kind", "jkk-death", "--date", "2025-05-06")
    claim = scholarship(covered, 2025, "ANDI=SMP")
    assert claim["question"] == {"code": "unregistered-child", "full": 2_000_000, "reduced": 0}
    covered.ok("claim", "document", claim["number"], "--all")
    assert refusal(covered, "verify", claim["number"], actor="budi") == "E414"
    child(covered, "andi", "2012-06-01")
    assert covered.ok("claim", "show", claim["number"])["amount"] == 2_000_000
    assert covered.ok("verify", claim["number"], actor="budi")[0]["amount"] == 2_000_000
    assert covered.one("SELECT count(*) FROM v_child") == 1


def test_every_school_year_is_a_claim_that_follows_the_one_before(family: Office) -> None:
    first = scholarship(family, 2024, "ANDI=SMP")["number"]
    second = scholarship(family, 2025, "ANDI=SMP", follows=first)
    assert second["amount"] == 2_000_000
    assert second["event_date"] == "2024-05-06"
    same = ("claim", "add", "P-000001", "--kind", "beasiswa", "--school-year", 2025, "--child", "BUDI=SMA")
    assert refusal(family, *same) == "E403"
    assert refusal(family, "claim", "set", first, "--school-year", 2025, *WHY) == "E403"
    family.ok("claim", "withdraw", second["number"], *WHY)
    assert family.ok("claim", "set", first, "--school-year", 2025, *WHY)["amount"] == 2_000_000
    family.ok("claim", "set", first, "--school-year", 2025, "--child", "BUDI=SMA", *WHY)
    assert refusal(family, "claim", "reopen", second["number"], *WHY) == "E403"


def test_three_school_years_can_be_claimed_together(covered: Office) -> None:
    child(covered, "ANDI", "2011-09-01")
    added(covered, "--kind", "jkk-death", "--date", "2023-11-06")
    numbers = [scholarship(covered, year, "ANDI=SMP")["number"] for year in (2023, 2024, 2025)]
    for number in numbers:
        covered.ok("claim", "document", number, "--all")
    settled = covered.ok("verify", *numbers, actor="budi")
    assert [claim["amount"] for claim in settled] == [2_000_000] * 3
    assert covered.ok("pay", *numbers, *BY_LIST, "--proof", "B-1", "--date", "2025-08-01", actor="sari")


def test_a_fourth_earlier_school_year_is_too_long_ago(covered: Office) -> None:
    child(covered, "ANDI", "2011-09-01")
    added(covered, "--kind", "jkk-death", "--date", "2023-11-06")
    assert scholarship(covered, 2023, "ANDI=SD", today="2027-06-30")["amount"] == 1_500_000
    covered.ok("claim", "withdraw", "K-2027-0001", *WHY)
    late = scholarship(covered, 2023, "ANDI=SD", today="2027-07-01")
    assert (late["amount"], late["refusal"]) == (None, "E427")


@pytest.mark.parametrize("year", [2023, 2026])
def test_a_school_year_lies_between_the_event_and_the_report(family: Office, year: int) -> None:
    before = (
        "claim",
        "add",
        "P-000001",
        "--kind",
        "beasiswa",
        "--school-year",
        year - 1,
        "--child",
        "ANDI=SMP",
    )
    after = ("claim", "add", "P-000001", "--kind", "beasiswa", "--school-year", year, "--child", "ANDI=SMP")
    refused = before if year == 2023 else after
    assert refusal(family, *refused) == "E444"


def test_years_are_used_up_by_verified_claims_and_by_what_is_told(family: Office) -> None:
    first = scholarship(family, 2024, "ANDI=SMP,2 tahun")["number"]
    second = scholarship(family, 2025, "ANDI=SMP", follows=first)["number"]
    assert family.ok("claim", "show", second)["amount"] == 2_000_000  # nobody has verified the first yet
    verified(family, first)
    shown = family.ok("claim", "show", second)
    assert (shown["amount"], shown["refusal"]) == (None, "E427")  # three years of SMP are the most
    assert family.ok("claim", "set", second, "--child", "ANDI=SMA", *WHY)["amount"] == 3_000_000
    family.ok("claim", "set", second, "--child", "ANDI=SMP", *WHY)
    family.ok("claim", "return", first, *WHY, actor="budi")
    assert family.ok("claim", "show", second)["amount"] == 2_000_000
    assert family.one("SELECT amount FROM v_claim WHERE number = ?", second) == 2_000_000


def test_a_verified_year_is_not_moved_by_a_later_one(family: Office) -> None:
    first = scholarship(family, 2024, "ANDI=SMP,2 tahun")["number"]
    verified(family, first)
    second = scholarship(family, 2025, "ANDI=SMA", follows=first)["number"]
    verified(family, second)
    assert family.ok("claim", "show", first)["repriced"] is None
    family.ok(
        "worker", "child", "add", "P-000001", "--name", "ANDI", "--born", "2012-01-01", "--not-registered"
    )
    assert family.ok("claim", "show", first)["amount"] == 2_000_000


def test_training_counts_as_years_of_university(covered: Office) -> None:
    child(covered, "EKA", "2005-01-01")
    added(covered, *DEATH)
    first = scholarship(covered, 2024, "EKA=pelatihan,4 tahun")["number"]
    verified(covered, first)
    assert scholarship(covered, 2025, "EKA=universitas")["refusal"] == "E427"


def test_the_family_chooses_two_children(family: Office) -> None:
    three = ("--child", "ANDI=SMP", "--child", "BUDI=SMA", "--child", "CICI=SD")
    year = ("--kind", "beasiswa", "--school-year", 2024)
    assert refusal(family, "claim", "add", "P-000001", *year, *three) == "E438"
    chosen = scholarship(family, 2024, "ANDI=SMP", "CICI=SD")
    assert chosen["amount"] == 3_500_000
    assert refusal(family, "claim", "set", chosen["number"], "--child", "BUDI=SMA", *WHY) == "E438"
    swapped = ("--child", "BUDI=SMA", "--child", "CICI=0")
    assert family.ok("claim", "set", chosen["number"], *swapped, *WHY)["amount"] == 5_000_000


def test_another_child_in_a_later_year_is_a_question(family: Office) -> None:
    first = scholarship(family, 2024, "ANDI=SMP", "BUDI=SMA")["number"]
    other = scholarship(family, 2025, "ANDI=SMP", "CICI=SD", follows=first)
    assert other["question"] == {"code": "other-child", "full": 3_500_000, "reduced": 2_000_000}
    kept = family.ok("claim", "set", other["number"], "--child", "CICI=0", "--child", "BUDI=SMA", *WHY)
    assert (kept["question"], kept["amount"]) == (None, 5_000_000)


def test_the_first_year_leaves_room_for_a_second_child(family: Office) -> None:
    first = scholarship(family, 2024, "ANDI=SMP")["number"]
    assert scholarship(family, 2025, "ANDI=SMP", "CICI=SD", follows=first)["amount"] == 3_500_000


def test_a_scholarship_needs_one_claim_that_opens_it(covered: Office) -> None:
    child(covered, "ANDI", "2012-01-01")
    asking = ("claim", "add", "P-000001", "--kind", "beasiswa", "--school-year", 2025, "--child", "ANDI=SMP")
    assert refusal(covered, *asking) == "E439"
    disabled = ("--kind", "jkk-disability", "--date", "2025-03-06", "--total-disability")
    opening = added(covered, *disabled)["number"]
    added(covered, "--kind", "jkk-death", "--date", "2025-07-06")
    assert refusal(covered, *asking) == "E439"
    assert covered.ok(*asking, "--follows", opening)["amount"] == 2_000_000
    assert refusal(covered, *asking, "--follows", "K-2025-0099") == "E402"
    other = added(covered, "--kind", "jkm", "--date", "2025-06-06", who="P-000002")["number"]
    assert refusal(covered, *asking, "--follows", other) == "E439"
    care = added(covered, "--kind", "jkk-treatment", "--date", "2025-02-06", "--months-unable", 1)["number"]
    assert refusal(covered, *asking, "--follows", care) == "E439"


def test_a_scholarship_has_no_other_day_or_cause(family: Office) -> None:
    asking = ("claim", "add", "P-000001", "--kind", "beasiswa", "--school-year", 2024, "--child", "ANDI=SMP")
    assert refusal(family, *asking, "--date", "2024-05-07") == "E439"
    assert refusal(family, *asking, "--cause", "sakit") == "E439"
    assert family.ok(*asking, "--date", "2024-05-06", "--cause", "kecelakaan kerja")["amount"] == 2_000_000


def test_partial_disability_opens_no_scholarship(covered: Office) -> None:
    child(covered, "ANDI", "2012-01-01")
    added(covered, "--kind", "jkk-disability", "--date", "2025-03-06", "--loss", "eye")
    assert scholarship(covered, 2025, "ANDI=SMP")["refusal"] == "E427"
    changed = ("--loss", "eye=0", "--total-disability")
    covered.ok("claim", "set", "K-2025-0001", *changed, *WHY)
    assert covered.one("SELECT amount FROM v_claim WHERE kind = 'scholarship'") == 2_000_000


def test_a_scholarship_falls_and_rises_with_the_claim_that_opens_it(family: Office) -> None:
    number = scholarship(family, 2024, "ANDI=SMP")["number"]
    family.ok("claim", "document", number, "--all")
    family.ok("claim", "reject", "K-2025-0001", *WHY)
    shown = family.ok("claim", "show", number)
    assert (shown["amount"], shown["refusal"]) == (None, "E439")
    assert refusal(family, "verify", number, actor="budi") == "E439"
    family.ok("claim", "reopen", "K-2025-0001", *WHY)
    assert family.ok("claim", "show", number)["amount"] == 2_000_000
    assert family.ok("verify", number, actor="budi")[0]["amount"] == 2_000_000


def test_a_scholarship_says_that_children_are_missing(family: Office) -> None:
    claim = scholarship(family, 2024)
    assert claim["refusal"] == "E426"
    family.ok("claim", "document", claim["number"], "--all")
    assert "jcli worker child add" in family("verify", claim["number"], actor="budi").err


def test_thirty_six_months_are_a_question_with_both_outcomes(covered: Office) -> None:
    child(covered, "ANDI", "2016-06-01")
    child(covered, "BUDI", "2021-02-01")
    jkm = ("--kind", "jkm", "--date", "2026-09-20", "--child", "ANDI=SD", "--child", "BUDI=TK")
    said = covered("claim", "add", "P-000001", *jkm, today="2026-10-05")
    assert "Manfaat: Rp42.000.000" in said.out
    assert "belum pasti: Rp3.000.000, atau Rp0; selisih Rp3.000.000" in said.out
    claim = scholarship(covered, 2026, "ANDI=SD", "BUDI=TK", today="2026-10-05")
    assert claim["question"] == {"code": "scholarship-months", "full": 3_000_000, "reduced": 0}
    covered.ok("claim", "document", claim["number"], "--all", today="2026-10-05")
    answer = ("--confirm", "penuh", "--reason", "surat BPJS")
    settled = covered.ok("verify", claim["number"], *answer, actor="budi", today="2026-10-05")
    assert settled[0]["amount"] == 3_000_000


def test_how_a_child_works_is_a_question_until_it_is_told(covered: Office) -> None:
    child(covered, "EKA", "2005-01-01")
    added(covered, "--kind", "jkk-death", "--date", "2025-05-06")
    claim = scholarship(covered, 2025, "EKA=universitas,bekerja")
    assert claim["question"] == {"code": "working-child", "full": 12_000_000, "reduced": 0}
    number = claim["number"]
    told = covered.ok("claim", "set", number, "--child", "EKA=universitas,bekerja BPU", *WHY)
    assert told["amount"] == 12_000_000
    long = covered.ok("claim", "set", number, "--child", "EKA=universitas,bekerja PU 9 bulan", *WHY)
    assert (long["amount"], long["refusal"]) == (None, "E427")
    short = covered.ok("claim", "set", number, "--child", "EKA=universitas,bekerja PU 6 bulan", *WHY)
    assert short["amount"] == 12_000_000


def test_the_death_of_a_disabled_member_later_opens_no_earlier_year(covered: Office) -> None:
    """A scholarship after disability begins with that, also where the member died of something else since."""
    child(covered, "ANDI", "2012-01-01")
    disabled = ("--kind", "jkk-disability", "--date", "2023-11-06", "--total-disability")
    opening = added(covered, *disabled)["number"]
    covered.ok("worker", "death", "P-000001", "--died", "2025-07-02", "--reported", "2025-07-03")
    assert scholarship(covered, 2023, "ANDI=SD", follows=opening)["amount"] == 1_500_000


def test_the_city_sets_its_own_grant_and_pays_it_itself(covered: Office) -> None:
    added(covered, "--kind", "jkm", "--date", "2025-05-06")
    asked = covered("claim", "add", "P-000001", "--kind", "santunan", "--date", "2025-05-06").err
    assert "provisions.toml di samping basis data, menurut contoh di: jcli help law" in asked
    assert "jcli verify" not in asked
    grant = covered.ok("claim", "show", "K-2025-0002")
    assert (grant["amount"], grant["refusal"], grant["cause"]) == (None, "E601", "illness")
    assert (
        refusal(covered, "claim", "add", "P-000001", "--kind", "santunan", "--date", "2025-05-06") == "E403"
    )
    assert (
        refusal(covered, "claim", "add", "P-000001", "--kind", "santunan", "--date", "2025-05-07") == "E403"
    )
    covered.path.with_name("provisions.toml").write_text(
        '["santunan.amount"]\ntitle = "Santunan kota"\ntitle_en = "Grant of the city"\nunit = "IDR"\n'
        'looked_up_by = "event date"\nchecked_on = 2025-01-02\n[["santunan.amount".values]]\n'
        'from = 2025-01-01\nvalue = 5_000_000\ncitation = "Perwali Bontang 1/2025"\nconfidence = "read"\n',
        encoding="utf-8",
    )
    number = grant["number"]
    assert verified(covered, number)["amount"] == 5_000_000
    paying = ("pay", number, *BY_LIST, "--proof", "SP2D-9", "--date", "2025-08-01")
    assert refusal(covered, *paying, actor="sari") == "E419"
    covered.ok(*paying, "--payer", "APBD Kota", actor="sari")
    assert covered.rows("SELECT payer, amount FROM v_payment") == [("apbd-kota", 5_000_000)]


def test_the_grant_of_the_city_is_for_the_death_on_record(covered: Office) -> None:
    died = ("--died", "2025-05-06", "--reported", "2025-05-07", "--cause", "kecelakaan kerja")
    covered.ok("worker", "death", "P-000001", *died)
    assert (
        refusal(covered, "claim", "add", "P-000001", "--kind", "santunan", "--date", "2025-05-05") == "E416"
    )
    grant = added(covered, "--kind", "santunan", "--date", "2025-05-06")
    assert grant["cause"] == "work-accident"
    other = added(covered, "--kind", "santunan", "--date", "2025-05-06", "--cause", "lainnya", who="P-000002")
    assert other["cause"] == "other"
    assert covered.one("SELECT status FROM v_worker WHERE id = 2") == "deceased"
    assert refusal(covered, "worker", "alive", "P-000002", "--reason", "keliru") == "E403"
