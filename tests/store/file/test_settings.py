"""Settings: switches and numbers within their range, every change on record."""

import pytest

from tests.conftest import Office


def test_a_threshold_is_set_within_its_range_and_audited(office: Office) -> None:
    changed = office.ok("db", "setting", "lookalike_score", "75", "--reason", "too many pairs")
    assert changed == {"name": "lookalike_score", "old": "65", "new": "75"}
    assert office.one("SELECT reason FROM v_audit ORDER BY seq DESC LIMIT 1") == "too many pairs"


@pytest.mark.parametrize("value", ["45", "101", "on", "-70", "7000", "٧٠"])
def test_a_threshold_takes_no_other_value(office: Office, value: str) -> None:
    ran = office("db", "setting", "--reason", "x", "--", "lookalike_score", value)
    assert ran.error == "E004"
    assert "lookalike_score 46..100" in ran.err
