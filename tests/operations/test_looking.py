"""Looks at one person: one row for each officer, person and day, and never in the way."""

from tests.conftest import Office


def looks(office: Office) -> list[tuple[str, str]]:
    return office.rows("SELECT subject, actor FROM audit WHERE action = 'privacy.seen' ORDER BY seq")


def test_a_look_is_noted_once_a_day_for_each_officer(covered: Office) -> None:
    for actor in ("rina", "rina", "budi"):
        covered.ok("worker", "show", "P-000001", actor=actor)
    number = covered.ok("claim", "add", "P-000001", "--kind", "jkm", "--date", "2025-07-01")["number"]
    covered.ok("claim", "show", number)
    covered.ok("claim", "family", number)
    covered.ok("worker", "list")
    assert looks(covered) == [("P-000001", "rina"), ("P-000001", "budi"), (number, "rina")]


def test_unmasking_is_noted_once_and_by_itself(covered: Office) -> None:
    covered.ok("worker", "show", "P-000001", "--unmask", "--reason", "cek KTP")
    assert looks(covered) == []


def test_a_look_while_another_command_writes_is_shown_and_says_so(covered: Office) -> None:
    with covered.database.trying():
        ran = covered("worker", "show", "P-000001")
    assert ran.code == 0
    assert "BASRI" in ran.out
    assert "tidak tercatat" in ran.err
    assert looks(covered) == []
