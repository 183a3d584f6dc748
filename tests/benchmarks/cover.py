"""A city with cover to measure on: N invented workers, 36 months with gaps, paid bills, cover elsewhere.

python -m tests.benchmarks.cover build FILE.db [WORKERS]     makes the database
python -m tests.benchmarks.cover measure FILE.db [ROUNDS]    `iuran bill` beside one pass over the intervals
python -m tests.benchmarks.cover report FILE.db [ROUNDS]     `report coverage` beside that pass
python -m tests.benchmarks.cover leave FILE.db [ROUNDS]      what leaves the office beside that pass, and
                                                             `worker list -o` beside XlsxWriter's own loop
python -m tests.benchmarks.cover lists FILE.db [ROUNDS]      gaps, overlaps and `status` beside that pass
python -m tests.benchmarks.cover status FILE.db [ROUNDS]     `status` beside a minimal Typer program, on a day
                                                             with a month unpaid, and with every month paid

Months are paid from 2023-01 to 2025-12; who is covered at the end goes on to 2026-12, unpaid. One in a
thousand died in 2025 with months paid too far, one in two thousand joined in 2026-01, one in five thousand
joined too late for a bill that was paid, and one in ten also stands on a list of the province. WORKERS is one
million unless it is said; five million take a quarter of an hour and 1.9 GB. What is kept counted is
counted at the end, as a migration does.
"""

import datetime
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.month import Month
from jamsostek_cli.store.file import counts
from tests.benchmarks import startup
from tests.benchmarks.compare import Goal, compare, report

ROOT = Path(__file__).parents[2]
FIRST, LAST, END = Month(2023, 1), Month(2025, 12), Month(2026, 12)
_CHUNK = 20_000
_RATES = (("jkk", 10_000), ("jkm", 6_800))
_YEAR = ", ".join(
    f"sum(first_month <= '2025-{month:02d}' AND last_month >= '2025-{month:02d}')" for month in range(1, 13)
)
PASSES = {
    "months": f"""
        SELECT kelurahan_code, {_YEAR} FROM paid_span
        JOIN enrolment ON enrolment.id = enrolment_id JOIN worker ON worker.id = worker_id
        WHERE first_month <= '2025-12' AND last_month >= '2025-01' GROUP BY kelurahan_code
        """,
    "bare": """
        SELECT count(*), sum(first_month <= '2025-12' AND last_month >= '2025-12'), sum(basis)
        FROM enrolment JOIN paid_span ON paid_span.enrolment_id = enrolment.id
        """,
}
"""What one pass over the intervals is: the months of a year by kelurahan, and the mere join."""


def periods(chance: random.Random) -> Iterator[tuple[Month, Month]]:
    """Yield a worker's paid periods: none for one in fourteen, else one or more with gaps between."""
    draw = chance.random
    if draw() >= 0.93:
        return
    start = FIRST.plus(int(draw() * 24)) if draw() < 0.6 else FIRST
    while start <= LAST:
        end = min(start.plus(35 if draw() < 0.45 else int(draw() * 20)), LAST)
        yield start, end
        if draw() < 0.5:
            return
        start = end.plus(2 + int(draw() * 8))


def build(path: Path, workers: int, seed: int = 7) -> None:
    """Make the database with `jcli init`, then fill its tables directly."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(path), "--today", "2023-01-02"]
    subprocess.run([*jcli, "init"], check=True, env=env, capture_output=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    kept = _without_counting(connection)
    for number in (1, 2):
        connection.execute(
            "INSERT INTO batch (id, number, file, sha256, imported_on, actor, rows, purpose)"
            " VALUES (?, ?, 'x.xlsx', ?, '2023-01-02', 'x', ?, ?)",
            (
                number,
                f"B-2023-00{number}",
                str(number) * 64,
                workers,
                ("register", "covered-elsewhere")[number - 1],
            ),
        )
        connection.execute(
            "INSERT INTO batch_sheet VALUES (?, 0, 'Sheet1', '', 1, ?, 0, '[]')", (number, workers)
        )
    _fill(connection, workers, seed)
    _bills(connection)
    counts.count_anew(Connection(connection))
    for trigger in kept:
        connection.execute(trigger)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _without_counting(connection: sqlite3.Connection) -> list[str]:
    """Drop the triggers that keep the counts, row by row, and return what makes them again."""
    kept = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_is_counted'"
    ).fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in kept]


def _fill(connection: sqlite3.Connection, workers: int, seed: int) -> None:
    chance = random.Random(seed)
    places = [code for (code,) in connection.execute("SELECT code FROM kelurahan ORDER BY code")]
    people: list[tuple[object, ...]] = []
    enrolments: list[tuple[object, ...]] = []
    paid: list[tuple[object, ...]] = []
    elsewhere: list[tuple[object, ...]] = []
    number = 0

    def flush() -> None:
        connection.executemany(
            "INSERT INTO worker (id, nik, name, birth_date, sex, kelurahan_code, status, died_on, batch_id,"
            " sheet, row) VALUES (?, ?, ?, '1980-01-01', 'L', ?, ?, ?, 1, 0, ?)",
            people,
        )
        connection.executemany(
            "INSERT INTO enrolment (id, worker_id, segment, programmes, payer, basis, start_month, end_month,"
            " planned_end_month, status) VALUES (?, ?, 'bpu', 'jkk,jkm', 'apbd-kota', 1000000, ?, ?, ?, ?)",
            enrolments,
        )
        connection.executemany("INSERT INTO paid_span VALUES (?, ?, ?)", paid)
        connection.executemany(
            "INSERT INTO elsewhere (nik, name, payer, first_month, last_month, batch_id, sheet, row)"
            " VALUES (?, ?, 'apbd-provinsi', ?, ?, 2, 0, ?)",
            elsewhere,
        )
        for rows in (people, enrolments, paid, elsewhere):
            rows.clear()

    for worker in range(1, workers + 1):
        nik, name = f"{6474010000000000 + worker}", f"PEKERJA {worker}"
        spans = list(periods(chance))
        died = worker % 1000 == 1 and bool(spans) and spans[-1][1] == LAST and spans[-1][0] < Month(2025, 6)
        people.append((
            worker, nik, name, places[worker % len(places)],
            "deceased" if died else "active", "2025-06-10" if died else None, worker,
        ))  # fmt: skip
        for start, last in spans:
            number += 1
            end = END if last == LAST else last
            kept = Month(2025, 6) if died and last == LAST else end
            late = worker % 5000 == 2 and last == LAST and start < Month(2025, 10)
            enrolments.append((
                number, worker, str(start), str(kept), str(end), "active" if kept == end else "ended",
            ))  # fmt: skip
            paid.append((number, str(start.plus(1) if late else start), str(last)))
        if not spans and worker % 140 == 0:
            number += 1
            enrolments.append((number, worker, "2026-01", str(END), str(END), "active"))
        if worker % 10 == 3:
            elsewhere.append((nik, name, "2024-01", "2025-12", worker))
        if len(people) >= _CHUNK:
            flush()
    flush()


def _bills(connection: sqlite3.Connection) -> None:
    """Add a paid bill for each month, for whoever has it paid."""
    for offset in range(LAST.since(FIRST) + 1):
        month = str(FIRST.plus(offset))
        (heads,) = connection.execute(
            "SELECT count(*) FROM paid_span WHERE first_month <= ? AND last_month >= ?", (month, month)
        ).fetchone()
        connection.execute(
            "INSERT INTO bill_payment VALUES (?, ?, ?, 'apbd-kota', ?, 1)",
            (offset + 1, f"SP2D-{month}", f"{month}-10", heads * 16_800),
        )
        connection.execute(
            "INSERT INTO bill (id, month, payer, state, heads, amount, payment_id)"
            " VALUES (?, ?, 'apbd-kota', 'paid', ?, ?, ?)",
            (offset + 1, month, heads, heads * 16_800, offset + 1),
        )
        connection.executemany(
            "INSERT INTO bill_rate (bill_id, basis, programme, amount) VALUES (?, 1000000, ?, ?)",
            [(offset + 1, programme, rate) for programme, rate in _RATES],
        )


def one_pass(path: Path, kind: str) -> None:
    """Run a pass over all intervals, which the goals are set against."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute(PASSES[kind]).fetchall()


def measure(path: Path, rounds: int) -> None:
    """Measure `iuran bill` (read again: it changes nothing after the first time) against one pass."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    module = [sys.executable, "-m", "tests.benchmarks.cover"]
    jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(path), "--today", "2026-01-05", "--json"]
    first = time.perf_counter()
    subprocess.run([*jcli, "iuran", "bill", "2026-01"], check=False, env=env, capture_output=True)
    print(f"first `iuran bill` (stores the bill): {time.perf_counter() - first:.2f} s")
    measured = compare(
        {
            "one pass: months by kelurahan": lambda _: [*module, "pass", str(path), "months"],
            "one pass: the mere join": lambda _: [*module, "pass", str(path), "bare"],
            "jcli iuran bill 2026-01": lambda _: [*jcli, "iuran", "bill", "2026-01"],
        },
        rounds=rounds,
        env=env,
    )
    goal = Goal(processor=1.5, megabytes=250)
    report("the bill of a million", measured, {"jcli iuran bill 2026-01": goal})


def measure_report(path: Path, rounds: int) -> None:
    """Measure coverage of a year, by kelurahan, month by month and both, against one pass."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(path), "--today", "2025-12-31", "--json"]
    coverage = [*jcli, "report", "coverage", "--year", "2025"]
    one_pass_of = [sys.executable, "-m", "tests.benchmarks.cover", "pass", str(path), "months"]
    measured = compare(
        {
            "one pass: months by kelurahan": lambda _: one_pass_of,
            "report coverage": lambda _: coverage,
            "report coverage --by kelurahan": lambda _: [*coverage, "--by", "kelurahan"],
            "report coverage --by month": lambda _: [*coverage, "--by", "month"],
            "… --by kelurahan --by month": lambda _: [*coverage, "--by", "kelurahan", "--by", "month"],
        },
        rounds=rounds,
        env=env,
    )
    goal = Goal(processor=2)
    report("the coverage of a million", measured, {"report coverage --by kelurahan": goal})


def loop(path: Path, target: Path) -> None:
    """Write the rows of `worker list` with XlsxWriter's own loop, no more than a row in memory."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    book = xlsxwriter.Workbook(str(target), {"constant_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "d mmmm yyyy"})
    rows = connection.execute(
        "SELECT 'P-' || id, substr(nik, 1, 4) || '••••••••••••', name, birth_date, sex, kelurahan,"
        " occupation, status FROM v_worker ORDER BY id"
    )
    for at, (number, nik, name, born, *rest) in enumerate(rows):
        for column, value in enumerate((number, nik, name, datetime.date.fromisoformat(born), *rest)):
            sheet.write(at, column, value, day if column == 3 else None)
    book.close()


def measure_leaving(path: Path, rounds: int) -> None:
    """Measure what everybody may see against one pass, and a whole list against a loop."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(path), "--today", "2025-12-31", "--no-input"]
    module = [sys.executable, "-m", "tests.benchmarks.cover"]
    notice = [*jcli, "report", "public-list", "--kelurahan", "Guntung"]
    measured = compare(
        {
            "one pass: months by kelurahan": lambda _: [*module, "pass", str(path), "months"],
            "export datasette": lambda folder: [*jcli, "export", "datasette", "-o", str(folder / "publik")],
            "report public-list": lambda folder: [*notice, "-o", str(folder / "g.xlsx")],
        },
        rounds=rounds,
        env=env,
    )
    report("what everybody may see of a million", measured)
    measured = compare(
        {
            "XlsxWriter's own loop": lambda folder: [*module, "loop", str(path), str(folder / "w.xlsx")],
            "worker list -o": lambda folder: [*jcli, "worker", "list", "-o", str(folder / "w.xlsx")],
        },
        rounds=rounds,
        env=env,
    )
    report("a million rows in a workbook", measured)


def measure_lists(path: Path, rounds: int) -> None:
    """Measure lists of hundreds of thousands of people, and the office at a glance, against one pass."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(path), "--today", "2026-01-05"]
    one_pass_of = [sys.executable, "-m", "tests.benchmarks.cover", "pass", str(path), "months"]
    measured = compare(
        {
            "one pass: months by kelurahan": lambda _: one_pass_of,
            "cover gaps, a month unpaid": lambda _: [*jcli, "cover", "gaps"],
            "cover gaps --json": lambda _: [*jcli, "--json", "cover", "gaps"],
            "cover overlaps": lambda _: [*jcli, "cover", "overlaps"],
            "status": lambda _: [*jcli, "status"],
        },
        rounds=rounds,
        env=env,
    )
    goals = {
        "cover gaps, a month unpaid": Goal(seconds=3, megabytes=200),
        "cover overlaps": Goal(processor=1.5, megabytes=250),
        "status": Goal(seconds=0.5),
    }
    report("lists of a million", measured, goals)


def measure_status(path: Path, rounds: int) -> None:
    """Measure the office at a glance against a minimal Typer program, which is its start-up."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    jcli = [sys.executable, "-m", "jamsostek_cli", "--db", str(path)]
    with tempfile.TemporaryDirectory() as made:
        minimal = Path(made) / "minimal.py"
        minimal.write_text(startup.MINIMAL)
        measured = compare(
            {
                "minimal hello": lambda _: [sys.executable, str(minimal), "hello"],
                "status, a month unpaid": lambda _: [*jcli, "--today", "2026-01-05", "status"],
                "status, every month paid": lambda _: [*jcli, "--today", "2025-10-20", "status"],
            },
            rounds=rounds,
            env=env,
        )
    most = Goal(seconds=1)
    report("the office at a glance", measured, dict.fromkeys(list(measured)[1:], most))


def main() -> None:
    """Build or measure."""
    what, path, *rest = sys.argv[1:]
    if what == "build":
        build(Path(path), int(rest[0]) if rest else 1_000_000)
    elif what == "pass":
        one_pass(Path(path), rest[0])
    elif what == "loop":
        loop(Path(path), Path(rest[0]))
    elif what == "leave":
        measure_leaving(Path(path), int(rest[0]) if rest else 3)
    elif what == "lists":
        measure_lists(Path(path), int(rest[0]) if rest else 3)
    elif what == "status":
        measure_status(Path(path), int(rest[0]) if rest else 5)
    elif what == "report":
        measure_report(Path(path), int(rest[0]) if rest else 3)
    else:
        measure(Path(path), int(rest[0]) if rest else 5)


if __name__ == "__main__":
    main()
