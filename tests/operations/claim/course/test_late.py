"""What the clocks of open claims put on the work list: late at BPJS, late notices, lapses, next dates."""

from tests.conftest import BY_LIST, Office
from tests.operations.claim.test_moves import added, verified
from tests.operations.test_work import codes, one

JKK = ("--kind", "jkk-death", "--date", "2025-07-10", "--reported")


def test_what_bpjs_should_have_paid_is_named_with_its_penalty(covered: Office) -> None:
    first, second = added(covered), verified(covered, "P-000002")
    covered.ok("claim", "submit", first, "--on", "2025-07-22")
    covered.ok("claim", "submit", second, "--on", "2025-07-21")
    assert "claim-overdue" not in codes(covered, "2025-07-24")
    late = one(covered, "claim-overdue", "2025-07-25")
    assert (late["count"], late["due"], late["numbers"]) == (1, "2025-07-24", [second])
    assert (late["penalty"], late["urgency"]) == (420_000, "overdue")
    late = one(covered, "claim-overdue", "2025-07-28")
    assert (late["numbers"], late["penalty"]) == ([second, first], 420_000 * (4 + 3))
    assert late["command"] == "jcli claim ageing"
    assert "denda sampai kini Rp2.940.000" in covered("status", today="2025-07-28").out
    covered.ok("pay", second, *BY_LIST, "--proof", "B-1", "--date", "2025-07-28", actor="sari")
    assert one(covered, "claim-overdue", "2025-07-29")["numbers"] == [first]


def test_a_verified_claim_is_due_from_the_day_its_file_was_at_bpjs(covered: Office) -> None:
    covered.ok("claim", "submit", verified(covered), "--on", "2025-07-21")
    assert one(covered, "claim-pay")["due"] == "2025-07-24"


def test_a_claim_of_uncertain_worth_is_late_without_a_penalty(covered: Office) -> None:
    unpaid = ("--kind", "jkm", "--date", "2026-11-05", "--reported", "2026-11-06")
    number = covered.ok("claim", "add", "P-000001", *unpaid, today="2026-11-06")["number"]
    covered.ok("claim", "submit", number, today="2026-11-09")
    late = one(covered, "claim-overdue", "2026-11-20")
    assert (late["count"], late["penalty"]) == (1, 0)
    assert "denda" not in covered("status", today="2026-11-20").out


def test_a_late_first_notice_is_named_until_the_file_is_at_bpjs(covered: Office) -> None:
    added(covered, "P-000001", *JKK, "2025-07-12")
    assert "notice-late" not in codes(covered)
    late = added(covered, "P-000002", *JKK, "2025-07-13")
    told = one(covered, "notice-late")
    assert (told["numbers"], told["due"]) == ([late], "2025-07-12")
    assert told["command"] == f"jcli claim submit {late} --on TANGGAL --receipt NOMOR"
    covered.ok("claim", "submit", late)
    assert "notice-late" not in codes(covered)


def test_a_right_that_lapses_before_long_is_named(covered: Office) -> None:
    number = added(covered, "P-000001", *JKK, "2025-07-12")
    assert "claim-lapses" not in codes(covered, "2030-01-10")
    told = one(covered, "claim-lapses", "2030-01-11")
    assert (told["numbers"], told["due"]) == ([number], "2030-07-09")
    covered.ok("claim", "submit", number, "--on", "2025-07-14")
    assert "claim-lapses" not in codes(covered, "2030-01-11")


def test_a_claim_is_work_again_on_its_next_date_and_counted_without_one(covered: Office) -> None:
    first, *others = (added(covered, f"P-00000{n}") for n in (1, 2, 3))
    planless = one(covered, "claim-next")
    assert (planless["count"], planless["numbers"], planless["command"]) == (3, [], "jcli claim ageing")
    covered.ok("claim", "next", first, "--on", "2025-08-06")
    assert one(covered, "claim-next")["count"] == 2
    assert "claim-follow-up" not in codes(covered, "2025-08-05")
    told = one(covered, "claim-follow-up", "2025-08-06")
    assert (told["numbers"], told["due"], told["urgency"]) == ([first], "2025-08-06", "soon")
    assert one(covered, "claim-follow-up", "2025-08-07")["urgency"] == "overdue"
    covered.ok("claim", "withdraw", first, "--reason", "keliru")
    assert "claim-follow-up" not in codes(covered, "2025-08-07")
    covered.ok("claim", "next", *others, "--on", "2025-08-20")
    assert "claim-next" not in codes(covered)
