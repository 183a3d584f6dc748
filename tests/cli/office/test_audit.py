"""`jcli audit log` as it is shown."""

from tests.conftest import Office


def test_a_number_that_somebody_typed_into_a_reason_is_masked(covered: Office) -> None:
    covered.ok("iuran", "void", "SP2D-1", "--reason", "salah orang: 6474015203907002")
    [last] = covered.ok("audit", "log", "--limit", 1)
    assert last["reason"] == "salah orang: 6474••••••••7002"
    assert covered.one("SELECT reason FROM v_audit ORDER BY seq DESC") == "salah orang: 6474015203907002"
