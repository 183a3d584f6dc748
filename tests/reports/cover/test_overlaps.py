"""Months paid by two payers: against an oracle that counts month by month, to the rupiah."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jamsostek_cli.domain.month import Month, Span
from tests.conftest import Office, once, person
from tests.support.enrolments import forget

START = Month(2025, 1)
PEOPLE = 4


@pytest.fixture
def register(office: Office, roster: Callable[..., Path]) -> Office:
    office.ok("import", roster([person(n) for n in range(PEOPLE)]))
    listed = ("--as", "covered-elsewhere", "--payer", "pt-badak")
    office.ok("import", roster([person(50)[:2]], "list.xlsx", ("NIK", "NAMA")), *listed)
    return office


_RUN = st.tuples(st.integers(0, 14), st.integers(0, 6)).map(
    lambda pair: Span(START.plus(pair[0]), START.plus(sum(pair)))
)
_TERMS = st.sampled_from(
    [("apbd-kota", 1_000_000, "jkk,jkm"), ("csr", 1_200_000, "jkk,jkm"), ("csr", 1_200_000, "jkk")]
)
_ENROLMENT = st.tuples(st.integers(1, PEOPLE), _TERMS, _RUN, st.none() | _RUN)
_LISTED = st.tuples(st.integers(1, PEOPLE), st.sampled_from(["pt-badak", "apbd-provinsi", "csr"]), _RUN)


def _rate(month: Month, basis: int, programme: str, *, late: bool) -> int:
    """Return an invented rate that differs in every month, so that a wrong month cannot go unseen."""
    return month.index * 10 + basis // 100_000 + (3 if programme == "jkk" else 5) + (1_000 if late else 0)


def _write(
    path: Path, into: int | None, enrolments: Sequence[Any], listed: Sequence[Any]
) -> list[tuple[int, int, str, set[Month], dict[Month, int]]]:
    """Put paid enrolments and lists into the file; return (id, person, payer, months, rupiah by month)."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        """
        BEGIN; DELETE FROM elsewhere; DELETE FROM supplement_span;
        DELETE FROM bill_rate; DELETE FROM bill; DELETE FROM bill_payment;
        UPDATE worker SET status = 'active', merged_into = NULL;
        """
    )
    forget(connection)
    connection.execute(
        "INSERT INTO bill_payment VALUES (1, 'A', '2025-01-01', 'x', 1, 1), (2, 'B', '2025-01-01', 'x', 1, 1)"
    )
    for at in range(24):
        for payer in ("apbd-kota", "csr"):
            for payment, supplement in ((1, 0), (2, 1)):
                (bill,) = connection.execute(
                    """
                    INSERT INTO bill (month, payer, supplement, state, heads, amount, payment_id)
                    VALUES (?, ?, ?, 'paid', 1, 1, ?) RETURNING id
                    """,
                    (str(START.plus(at)), payer, supplement, payment),
                ).fetchone()
                connection.executemany(
                    "INSERT INTO bill_rate VALUES (?, ?, 'other', ?, ?)",
                    [
                        (bill, basis, programme, _rate(START.plus(at), basis, programme, late=supplement > 0))
                        for basis in (1_000_000, 1_200_000)
                        for programme in ("jkk", "jkm")
                    ],
                )
    if into is not None:
        connection.execute("UPDATE worker SET status = 'merged', merged_into = ? WHERE id = 4", (into,))
    told = []
    for number, (worker, (payer, basis, programmes), run, late) in enumerate(enrolments, 1):
        connection.execute(
            """
            INSERT INTO enrolment (id, worker_id, segment, programmes, payer, basis, start_month, end_month,
              planned_end_month, status) VALUES (?, ?, 'bpu', ?, ?, ?, ?, ?, ?, 'ended')
            """,
            (number, worker, programmes, payer, basis, *(f"{1990 + number}-01",) * 3),
        )
        connection.execute("INSERT INTO paid_span VALUES (?, ?, ?)", (number, str(run.first), str(run.last)))
        if late is not None:
            connection.execute(
                "INSERT INTO supplement_span VALUES (2, ?, ?, ?)", (number, str(late.first), str(late.last))
            )
        cost = {
            month: sum(
                _rate(month, basis, programme, late=late is not None and month in late)
                for programme in programmes.split(",")
            )
            for month in run.months()
        }
        told.append((number, into if worker == 4 and into else worker, payer, set(run.months()), cost))
    for worker, payer, run in listed:
        connection.execute(
            """
            INSERT INTO elsewhere (nik, name, payer, first_month, last_month, batch_id, sheet, row)
            SELECT nik, name, ?, ?, ?, 2, 0, 2 FROM worker
            WHERE id = ? AND NOT EXISTS (
              SELECT 1 FROM elsewhere AS e WHERE e.nik = worker.nik AND e.payer = ?1
                AND first_month <= ?3 AND last_month >= ?2
            )
            """,
            (payer, str(run.first), str(run.last), worker),
        )
    connection.execute("COMMIT")
    connection.close()
    return told


@given(
    into=st.none() | st.integers(1, 3),
    enrolments=st.lists(_ENROLMENT, max_size=5),
    listed=st.lists(_LISTED, max_size=5),
    window=st.none() | _RUN,
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_overlaps_agree_with_counting_month_by_month(
    register: Office, into: int | None, enrolments: Sequence[Any], listed: Sequence[Any], window: Span | None
) -> None:
    told = _write(register.path, into, enrolments, listed)
    elsewhere: dict[tuple[int, Month], set[str]] = defaultdict(set)
    for nik_owner, payer, first, last in register.rows(
        "SELECT worker_id, payer, first_month, last_month FROM v_elsewhere"
    ):
        owner = into if nik_owner == 4 and into else nik_owner
        for month in Span(Month.parse(first), Month.parse(last)).months():
            elsewhere[owner, month].add(payer)
    months = amount = 0
    for number, owner, payer, paid, cost in told:
        for month in paid if window is None else paid & set(window.months()):
            twice = any(o == owner and n < number and month in p for n, o, _, p, _ in told)
            if elsewhere[owner, month] - {payer} or twice:
                months, amount = months + 1, amount + cost[month]
    asked = () if window is None else ("--from", window.first, "--to", window.last)
    ran = register("cover", "overlaps", *asked, "--json")
    figures = ran.data["figures"]
    assert (figures["overlap_months"], figures["overlap_amount"]) == (months, amount)
    assert ran.code == (3 if months else 0)
    for key in ("overlaps", "overlap_payers"):
        rows = ran.data["tables"][key]
        assert (sum(r["months"] for r in rows), sum(r["amount"] for r in rows)) == (months, amount)


@pytest.fixture
@once
def doubled(office: Office, roster: Callable[..., Path]) -> Office:
    """Three paid for all of 2025; one of them is on two lists, and one was merged into another."""
    office.ok("import", roster([person(n) for n in range(3)]), "--agency", "Dinas A")
    terms = ("--from", "2025-01", "--payer", "apbd-kota", "--decree", "x", "--registered")
    office.ok("enrol", "--agency", "Dinas A", *terms)
    office.ok("iuran", "pay", "2025-01..2025-12", "--proof", "A", "--date", "2025-01-10")
    for payer, first, last in (("apbd-provinsi", "2025-03", "2025-06"), ("pt-badak", "2025-05", "2025-07")):
        path = roster([person(0)[:2], person(60)[:2], (payer,)], f"{payer}.xlsx", ("NIK", "NAMA"))
        office.ok(
            "import", path, "--as", "covered-elsewhere", "--payer", payer, "--from", first, "--to", last
        )
    office.ok("worker", "merge", "P-000002", "P-000003", "--reason", "satu KTP")
    return office


def test_lists_that_overlap_each_other_count_once(doubled: Office) -> None:
    ran = doubled("cover", "overlaps", "--year", 2025, "--json")
    assert (ran.code, ran.json["schema"], ran.data["period"]) == (3, "jcli.cover-overlaps/1", "2025")
    assert ran.data["figures"] == {
        "overlap_people": 2, "overlap_months": 17, "overlap_amount": 17 * 16_800,
    }  # fmt: skip
    assert ran.data["rows"] == [
        {
            "worker": "P-000001", "nik": "6474••••••••7000", "name": "BASRI AAA", "kelurahan": "Guntung",
            "payer": "apbd-kota", "other_payer": "apbd-provinsi, pt-badak", "known_from": "listed",
            "double_months": "2025-03..2025-07", "months": 5, "amount": 84_000,
        },
        {
            "worker": "P-000002", "nik": "6474••••••••7001", "name": "DARWIS AAA", "kelurahan": "Guntung",
            "payer": "apbd-kota", "other_payer": "apbd-kota", "known_from": "twice-here",
            "double_months": "2025-01..2025-12", "months": 12, "amount": 201_600,
        },
    ]  # fmt: skip
    june = doubled.ok("cover", "overlaps", "--from", "2025-07", "--to", "2025-07")
    assert [row["double_months"] for row in june["rows"]] == ["2025-07"] * 2
    assert doubled.ok("cover", "overlaps", "--from", "2025-08")["figures"]["overlap_months"] == 5
    assert doubled.ok("cover", "overlaps", "--to", "2025-02")["figures"]["overlap_months"] == 2


def test_months_paid_beyond_an_end_and_again_by_another_payer_are_doubled(doubled: Office) -> None:
    doubled.ok("cover", "end", "P-000001", "--month", "2025-08", "--reason", "elsewhere")
    terms = ("--from", "2025-09", "--months", 4, "--payer", "csr", "--decree", "x", "--registered")
    doubled.ok("enrol", "--worker", "P-000001", *terms)
    doubled.ok("iuran", "pay", "2025-09..2025-10", "--payer", "csr", "--proof", "B", "--date", "2025-07-10")
    rows = doubled.ok("cover", "overlaps", "--from", "2025-09")["rows"]
    assert next((row["worker"], row["payer"], row["double_months"]) for row in rows) == (
        "P-000001", "csr", "2025-09..2025-10",
    )  # fmt: skip


def test_overlaps_are_written_to_files(doubled: Office, tmp_path: Path) -> None:
    book, plain, note = (tmp_path / f"ganda.{kind}" for kind in ("xlsx", "csv", "md"))
    arguments = ("cover", "overlaps", "-o", book, "-o", plain, "-o", note)
    ran = doubled(*arguments)
    assert (ran.code, ran.out.count("Ditulis: ")) == (3, 3)
    assert "sama" in doubled(*arguments).out
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Ringkasan", "Orang yang dibayar ganda", "Menurut penanggung", "Catatan"]
    assert plain.read_text().count("\n") == 3
    assert "# Bulan yang dibayar dua penanggung: semua bulan" in note.read_text()
    assert doubled("cover", "overlaps", "-o", tmp_path / "ganda.odt").error == "E503"
    for wrong in (("--year", 2025, "--from", "2025-01"), ("--from", "2025-02", "--to", "2025-01")):
        assert doubled("cover", "overlaps", *wrong).error == "E002"
