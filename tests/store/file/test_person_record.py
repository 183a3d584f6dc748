"""The view that says which records are of which person: by its index, in both directions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Office, once, person


@pytest.fixture
@once
def merged(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n) for n in range(3)]))
    office.ok("worker", "merge", "P-000001", "P-000003", "--reason", "satu orang")
    return office


def test_a_merged_record_is_the_other_persons(merged: Office) -> None:
    assert merged.rows("SELECT person_id, record_id FROM person_record ORDER BY record_id") == [
        (1, 1), (2, 2), (1, 3),
    ]  # fmt: skip
    assert merged.one("SELECT count(*) FROM person_record JOIN worker USING (nik)") == 3


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("SELECT record_id FROM person_record WHERE person_id = 1", "worker_by_person"),
        ("SELECT person_id FROM person_record WHERE nik = ''", "sqlite_autoindex_worker_1"),
        ("SELECT person_id FROM person_record WHERE record_id = 3", "INTEGER PRIMARY KEY"),
        (
            "SELECT 1 FROM enrolment JOIN person_record ON record_id = worker_id WHERE person_id = 1",
            "worker_by_person",
        ),
    ],
)
def test_it_is_asked_by_an_index(merged: Office, question: str, index: str) -> None:
    plan = [detail for *_, detail in merged.rows(f"EXPLAIN QUERY PLAN {question}")]
    assert any(index in detail for detail in plan), plan
    assert not [detail for detail in plan if "MATERIALIZE" in detail or detail.startswith("SCAN")]
