"""What is kept counted of the register is what a second count comes to, whatever happens to the rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamsostek_cli.connection import Connection
from jamsostek_cli.operations.office import second_count
from jamsostek_cli.reports.status.counts import COUNTS
from jamsostek_cli.store.file import counts
from jamsostek_cli.store.file.steps import STEPS
from tests.conftest import Office

_MONTHS = [f"2025-{month:02d}" for month in range(1, 7)]
_DAY = "2025-03-09"

_PLACES = """
    INSERT INTO batch (id, number, file, sha256, imported_on, actor, rows) VALUES
      (1, 'B-1', 'x', printf('%064d', 1), '2025-01-01', 'x', 1),
      (2, 'B-2', 'x', printf('%064d', 2), '2025-01-01', 'x', 1)
"""
_worker, _month = st.integers(1, 4), st.sampled_from(_MONTHS)
_id = st.integers(1, 6)
_STATEMENTS = st.one_of(
    st.tuples(
        st.just(
            "INSERT INTO worker (id, nik, name, birth_date, sex, batch_id, sheet, row)"
            " VALUES (?1, printf('%016d', ?1), 'X', '1990-01-01', 'L', ?2, 0, ?1)"
        ),
        _worker,
        st.integers(1, 2),
    ),
    st.tuples(
        st.sampled_from(
            [
                f"UPDATE worker SET status = 'deceased', died_on = '{_DAY}' WHERE id = ?",
                "UPDATE worker SET status = 'active', died_on = NULL, merged_into = NULL WHERE id = ?",
                "UPDATE worker SET status = 'moved', died_on = NULL, merged_into = NULL WHERE id = ?",
                "DELETE FROM worker WHERE id = ?",
                "UPDATE worker SET batch_id = 3 - batch_id WHERE id = ?",
            ]
        ),
        _worker,
    ),
    st.tuples(
        st.just("UPDATE worker SET status = 'merged', merged_into = ?2, died_on = NULL WHERE id = ?1"),
        _worker,
        _worker,
    ),
    st.tuples(
        st.just(
            "INSERT INTO enrolment (worker_id, segment, programmes, payer, basis, start_month, end_month,"
            " planned_end_month, status) SELECT ?1, 'bpu', 'jkk,jkm', ?2, 1, min(?3, ?4), max(?3, ?4),"
            " max(?3, ?4), ?5"
        ),
        _worker,
        st.sampled_from(["apbd-kota", "mandiri"]),
        _month,
        _month,
        st.sampled_from(["active", "active", "proposed", "refused"]),
    ),
    st.tuples(
        st.sampled_from(
            [
                "UPDATE enrolment SET status = 'active' WHERE id = ? AND status = 'proposed'",
                (
                    "UPDATE enrolment SET status = 'ended', end_reason = 'moved',"
                    " end_month = max(start_month, '2025-03')"
                    " WHERE id = ? AND end_month > '2025-03' AND status = 'active'"
                ),
                (
                    "UPDATE enrolment SET status = 'active', end_month = planned_end_month, end_reason = NULL"
                    " WHERE id = ? AND status = 'ended'"
                ),
                "UPDATE enrolment SET status = 'refused' WHERE id = ?",
                "DELETE FROM enrolment WHERE id = ?",
                "UPDATE enrolment SET worker_id = 1 + worker_id % 4 WHERE id = ?",
                "UPDATE enrolment SET payer = 'csr' WHERE id = ?",
                (
                    "INSERT INTO paid_span SELECT id, start_month, end_month FROM enrolment"
                    " WHERE id = ? AND status = 'active' AND id NOT IN (SELECT enrolment_id FROM paid_span)"
                ),
                (
                    "INSERT INTO paid_span SELECT id, start_month, start_month FROM enrolment"
                    " WHERE id = ? AND status = 'active' AND id NOT IN (SELECT enrolment_id FROM paid_span)"
                ),
                "UPDATE paid_span SET first_month = last_month WHERE enrolment_id = ?",
                "UPDATE paid_span SET last_month = first_month WHERE enrolment_id = ?",
                "DELETE FROM paid_span WHERE enrolment_id = ?",
            ]
        ),
        _id,
    ),
)


@contextmanager
def register() -> Iterator[Connection]:
    """Give an empty register of the newest schema."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in STEPS:
            for statement in step.statements():
                connection.execute(statement)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(_PLACES)
        yield Connection(connection)


@settings(max_examples=60, deadline=None)
@given(st.lists(_STATEMENTS, min_size=10, max_size=60))
def test_whatever_is_done_to_the_rows_the_counts_follow(statements: list[tuple[object, ...]]) -> None:
    with register() as db:
        for statement, *values in statements:
            with suppress(sqlite3.IntegrityError):
                db.execute(str(statement), values)
            assert second_count.differing(db) == (), statement
        counts.count_anew(db)
        assert second_count.differing(db) == ()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE batch_count SET heads = heads + 1", "batch_count"),
        ("UPDATE enrolment_count SET start_month = '2020-01'", "enrolment_count, open_months"),
        ("DELETE FROM enrolled_batch", "enrolled_batch"),
        ("INSERT INTO enrolled_twice VALUES (1)", "enrolled_twice"),
        ("DELETE FROM paid_count", "paid_count, protected, open_months"),
        ("DELETE FROM enrolment_count", "enrolment_count"),
    ],
)
def test_a_count_that_differs_is_named_and_counted_anew(covered: Office, statement: str, named: str) -> None:
    with closing(sqlite3.connect(covered.path, isolation_level=None)) as connection:
        connection.execute(statement)
    ran = covered("db", "check")
    assert (ran.code, named in ran.out, "jcli db migrate" in ran.out) == (1, True, True)
    refused = covered("close", "2025-06")
    assert (refused.error, named in refused.err) == ("E596", True)
    anew = covered.ok("db", "migrate")
    assert anew["recounted"] == named.split(", ")
    assert covered("db", "check").code == 0
    assert "Dihitung ulang" not in covered("db", "migrate").out
    assert covered.one("SELECT count(*) FROM v_audit WHERE action = 'db.recount'") == 1


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE paid_span SET first_month = '2020-01' WHERE enrolment_id = 1", "paid_span"),
        ("INSERT INTO paid_span SELECT enrolment_id, '2025-02', last_month FROM paid_span", "paid_span"),
    ],
)
def test_what_no_count_can_mend_is_said(covered: Office, statement: str, named: str) -> None:
    """Months that were paid past the program, outside an enrolment or twice, are no fault of a count."""
    with closing(sqlite3.connect(covered.path, isolation_level=None)) as connection:
        connection.execute(statement)
        connection.execute("INSERT INTO enrolled_twice VALUES (4)")
    ran = covered("db", "migrate")
    assert (ran.error, named in ran.err, "enrolled_twice" in ran.err) == ("E597", True, False)
    assert covered.one("SELECT subject FROM v_audit WHERE action = 'db.recount'") == "enrolled_twice"
    assert covered("db", "migrate").error == "E597"
    assert covered.one("SELECT count(*) FROM v_audit WHERE action = 'db.recount'") == 1


def test_the_rows_that_wait_are_found_by_their_index() -> None:
    with register() as db:
        plan = [str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {COUNTS['doubtful_rows']}")]
        assert any("roster_row_open" in step for step in plan), plan
