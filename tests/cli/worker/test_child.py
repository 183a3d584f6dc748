"""Children of members: recorded once, registered or not, removed only while no claim names them."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Office, person

ADD = ("worker", "child", "add", "P-000001", "--name", "ANDI")


def refusal(office: Office, *arguments: object) -> str | None:
    before = office.path.read_bytes()
    ran = office(*arguments)
    assert ran.code != 0
    assert office.path.read_bytes() == before
    return ran.error


def test_children_are_recorded_and_listed_the_eldest_first(covered: Office) -> None:
    assert covered.ok("worker", "child", "list", "P-000001") == []
    assert "belum ada anak" in covered("worker", "child", "list", "P-000001").out
    young = covered.ok(*ADD, "--born", "2016-06-01", "--registered")
    assert young == {
        "worker": "P-000001", "child": 1, "name": "ANDI", "birth_date": "2016-06-01", "registered": True,
        "claim": None,
    }  # fmt: skip
    said = covered("worker", "child", "add", "P-000001", "--name", "BUDI", "--born", "1 Februari 2009")
    assert "tidak didaftarkan peserta" in said.out
    listed = covered.ok("worker", "child", "list", "P-000001")
    assert [(one["child"], one["registered"]) for one in listed] == [(2, False), (1, True)]
    assert covered.ok("worker", "child", "list", "P-000002") == []
    assert "2\tBUDI" in covered("worker", "child", "list", "P-000001").out


def test_a_child_on_record_is_registered_later_and_stands_once(covered: Office) -> None:
    covered.ok(*ADD, "--born", "2016-06-01")
    covered.ok("worker", "child", "add", "P-000001", "--name", "andi", "--born", "2016-06-01", "--registered")
    covered.ok(*ADD, "--born", "2017-06-01")
    listed = covered.ok("worker", "child", "list", "P-000001")
    assert [(one["child"], one["registered"]) for one in listed] == [(1, True), (2, False)]
    assert covered.rows("SELECT before FROM audit WHERE action = 'worker.child' ORDER BY seq")[1] == (
        '{"registered": false}',
    )


def test_a_child_is_born_after_its_parent_and_before_tomorrow(covered: Office) -> None:
    assert refusal(covered, *ADD, "--born", "2025-08-05") == "E446"
    assert refusal(covered, *ADD, "--born", "1970-03-01") == "E446"
    assert covered.ok(*ADD, "--born", "2025-08-04")["child"] == 1
    assert (
        refusal(covered, "worker", "child", "add", "P-000099", "--name", "A", "--born", "2016-01-01")
        == "E401"
    )


def test_a_child_that_a_claim_names_stays(covered: Office) -> None:
    covered.ok(*ADD, "--born", "2016-06-01")
    remove = ("worker", "child", "remove", "P-000001", "--child", 1, "--reason", "salah orang")
    death = ("--kind", "jkk-death", "--date", "2025-05-06", "--child", "ANDI=SD")
    covered.ok("claim", "add", "P-000001", *death)
    assert refusal(covered, *remove) == "E447"
    assert covered.ok("worker", "child", "list", "P-000001")[0]["claim"] == "K-2025-0001"
    covered.ok("claim", "set", "K-2025-0001", "--child", "1=0", "--reason", "salah orang")
    assert refusal(covered, *remove[:5], 2, *remove[6:]) == "E430"
    assert covered.ok(*remove) == {"worker": "P-000001", "child": 1}
    assert refusal(covered, *remove) == "E430"
    assert covered.one("SELECT reason FROM audit WHERE action = 'worker.child_removed'") == "salah orang"


def test_a_child_of_somebody_else_or_of_two_called_alike_is_not_meant(covered: Office) -> None:
    covered.ok(*ADD, "--born", "2016-06-01")
    covered.ok(*ADD, "--born", "2018-06-01")
    death = ("--kind", "jkk-death", "--date", "2025-05-06")
    assert refusal(covered, "claim", "add", "P-000001", *death, "--child", "ANDI=SD") == "E430"
    assert refusal(covered, "claim", "add", "P-000002", *death, "--child", "1=SD") == "E430"
    assert covered.ok("claim", "add", "P-000001", *death, "--child", "2=SD")["amount"] == 70_000_000


def test_children_go_with_a_record_that_was_merged(covered: Office) -> None:
    covered.ok("worker", "child", "add", "P-000002", "--name", "ANDI", "--born", "2016-06-01")
    covered.ok("worker", "merge", "P-000001", "P-000002", "--reason", "orang yang sama")
    assert covered.ok("worker", "child", "list", "P-000001")[0]["name"] == "ANDI"


def test_an_import_whose_worker_has_a_child_on_record_is_not_undone(
    office: Office, roster: Callable[..., Path]
) -> None:
    office.ok("import", roster([person(1)]))
    office.ok(*ADD, "--born", "2016-06-01")
    refused = office("batch", "undo", "B-2025-001", "--reason", "keliru")
    assert refused.error == "E212"
    assert "anak" in refused.err
    office.ok("worker", "child", "remove", "P-000001", "--child", 1, "--reason", "salah orang")
    assert office.ok("batch", "undo", "B-2025-001", "--reason", "keliru")["removed"] == 1
