"""A figure as it was known on a day is the same for ever."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jamsostek_cli.cli.frame import session
from jamsostek_cli.store.file.trail import entries, journal, past
from tests.conftest import Office, Run, person
from tests.support.auditor import live_a_year

DAY = "2025-08-10"
REPORTS = (
    ("coverage", "--as-of", "2025-06-30", "--by", "kelurahan"),
    ("claims", "--year", 2025, "--as-of", "2025-06-30"),
    ("monthly", "--month", "2025-06"),
    ("quality", "--year", 2025),
    ("forecast", "--year", 2025),
)


def said(office: Office, known_on: str | None = DAY, today: str | None = None) -> list[dict[str, Any]]:
    """Return what every report says, without what tells on which day's knowledge it rests."""
    asked = () if known_on is None else ("--known-on", known_on)
    made = [office.ok("report", *report, *asked, today=today) for report in REPORTS]
    return [{key: data[key] for key in ("figures", "tables")} for data in made]


@pytest.mark.parametrize(
    "later",
    [
        ("worker", "death", "P-000003", "--died", "2025-06-10", "--reported", "2025-11-07"),
        ("worker", "merge", "P-000004", "P-000005", "--reason", "orang yang sama"),
        ("batch", "undo", "B-2025-002", "--reason", "salah berkas"),
        ("workforce", "set", "--year", 2025, "--area", "64.74", "--workers", 900, "--source", "baru"),
        ("iuran", "budget", "set", 2025, "--payer", "apbd-kota", "--amount", 9_000_000, "--source", "P"),
        ("iuran", "void", "SP2D-3", "--reason", "dibatalkan bank"),
        ("iuran", "pay", "2025-06", "--proof", "SP2D-9", "--date", "2025-11-07"),
        ("claim", "void", "K-2025-0001", "--reason", "salah rekening"),
    ],
    ids=lambda later: " ".join(map(str, later[:2])),
)
def test_what_comes_later_changes_no_figure_of_a_day(
    year: Office, roster: Callable[..., Path], later: tuple[object, ...]
) -> None:
    year.ok("import", roster([person(n) for n in range(30, 33)], "dua.xlsx"), "--agency", "A", today=DAY)
    then = said(year, None, today=DAY)
    year.ok(*later, actor="tuti", today="2025-11-07")
    assert said(year, today="2025-11-08") == then
    assert said(year, None, today=DAY) != then, "it is knowledge of today"


def test_who_is_taken_out_still_counts(year: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    year.today = DAY
    (then, *_) = said(year, None)
    monkeypatch.setattr(
        session, "current_moment", lambda _: datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    )
    year.ok("privacy", "purge", "--reason", "JRA", today="2098-01-01")
    assert said(year, today="2098-01-02")[0] == then


def test_every_table_is_as_it_was_after_an_act(office: Office, roster: Callable[..., Path]) -> None:
    live_a_year(office, roster)

    def whole() -> dict[str, list[str]]:
        with office.database.reading() as db:
            return {name: sorted(map(repr, db.query(f"SELECT * FROM {name}"))) for name in journal.KEYS}

    before = whole()
    with office.database.reading() as db:
        seq = entries.last_seq(db)
    office.ok("iuran", "void", "SP2D-3", "--reason", "dibatalkan bank")
    office.ok("worker", "set", "P-000004", "--name", "BUDI", "--reason", "salah ketik")
    now = whole()
    assert now != before
    with office.database.reading() as db:
        for act, expected in ((seq, before), (entries.last_seq(db), now)):
            found = past.rows(db, act, journal.KEYS)
            assert {name: sorted(map(repr, rows)) for name, rows in found.items()} == expected
        with past.after(db, seq, {"worker"}) as then:
            assert then.execute("SELECT count(*) FROM person_record").fetchone() == (9,)
            assert then.execute("SELECT max(seq), (SELECT seq FROM audit_head) FROM audit").fetchone() == (
                seq,
                seq,
            )


def test_every_table_of_the_file_is_made_anew_for_a_report_or_named_as_read_by_none() -> None:
    assert set(journal.KEYS) == past.FIGURES | past.ROSTERS | past.NO_FIGURE
    assert not (past.FIGURES | past.ROSTERS) & past.NO_FIGURE


def test_the_day_has_to_be_on_record_and_to_have_come(office: Office) -> None:
    ran = office("report", "coverage", "--known-on", "2023-09-30")
    assert (ran.code, ran.error) == (1, "E584")
    assert "1 Oktober 2023" in ran.err
    ran = office("report", "claims", "--known-on", "2025-08-05")
    assert (ran.code, ran.error) == (2, "E590")


def test_a_report_says_on_which_days_knowledge_it_rests(covered: Office, tmp_path: Path) -> None:
    asked: tuple[object, ...] = ("report", "coverage", "--year", 2024, "--as-of", "2024-06-30")
    assert covered.ok(*asked)["known_on"] is None
    covered.ok("worker", "death", "P-000003", "--died", "2024-06-10", "--reported", "2025-08-04")
    asked = (*asked, "--known-on", "2024-07-05")
    data = covered.ok(*asked)
    assert (data["known_on"], data["figures"]["protected"]) == ("2024-07-05", 10)
    covered.ok(*asked, "-o", tmp_path / "c.md", "-o", tmp_path / "c.xlsx")
    note = (tmp_path / "c.md").read_text(encoding="utf-8")
    assert "Keadaan per 30 Juni 2024 · sebagaimana diketahui pada 5 Juli 2024" in note
    mark = covered.one("SELECT hash FROM audit WHERE action = 'iuran.pay'")
    assert mark[:16] in note, "the mark is of the state that the figures speak of"
    assert "hingga kini" not in note


def test_the_clock_decides_unless_the_file_began_under_another_day(
    jcli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jam.db"

    def at(day: str, *arguments: object) -> Any:
        moment = datetime.datetime.fromisoformat(f"{day}T09:00:00+08:00")
        monkeypatch.setattr(session, "current_moment", lambda _: moment)
        return jcli("--db", path, "--actor", "rina", *arguments)

    def target(workers: int) -> tuple[object, ...]:
        named = ("--year", 2025, "--area", "64.74", "--source", "OPD")
        return ("workforce", "set", *named, "--workers", workers)

    def known(day: str) -> Any:
        ran = at("2025-09-01", "--json", "report", "coverage", "--year", 2025, "--known-on", day)
        return ran.error or ran.data["figures"].get("target")

    assert at("2025-01-10", "init").code == 0
    assert at("2025-03-01", *target(100)).code == 0
    assert at("2025-07-10", "--today", "2025-03-02", *target(200)).code == 0
    at("2025-02-01", *target(300))  # a clock that went back makes nothing known earlier
    assert [known(day) for day in ("2025-01-09", "2025-02-15", "2025-03-01", "2025-07-09", "2025-07-10")] == [
        "E584",
        None,
        100,
        100,
        300,
    ]
