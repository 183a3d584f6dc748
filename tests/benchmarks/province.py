"""What a province's four questions cost on DuckDB, and what the file of one city costs beside it.

    python -m tests.benchmarks.province [WORKERS] [FOLDER]

WORKERS is a million where nobody says otherwise; they live in ten cities, with 1.86 paid spans each, and four
in a thousand are known in two cities. The drops are made by DuckDB itself, in the layout of a drop, and kept
in FOLDER where one is named.
"""

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from jamsostek_cli.domain.drop import FORMAT, OF_LEVEL, TABLES, DropLevel
from tests.benchmarks.import_roster import ROOT
from tests.support.drops import AS_OF, SQL

CITIES = ("64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11", "64.71", "64.72", "64.74")
KEY = 7
GOALS = {1_000_000: "5 s and 400 MB", 10_000_000: "35 s"}
PEOPLE = """
    SELECT md5(CAST(n AS VARCHAR)) AS person,
      '{city}.01.' || CAST(1001 + n % 12 AS VARCHAR) AS kelurahan_code,
      CASE n % 5 WHEN 0 THEN 'P' WHEN 1 THEN 'P' ELSE 'L' END AS sex,
      ['18-24', '25-34', '35-44', '45-54', '55-64'][1 + n % 5] AS age_band,
      CASE WHEN n % 400 = 13 THEN 'moved' WHEN n % 300 = 7 THEN 'deceased' ELSE 'active' END AS status,
      CASE WHEN n % 300 = 7 THEN '2025-0' || CAST(1 + n % 9 AS VARCHAR) END AS died_month,
      CASE WHEN n % 14 < 10 AND n % 300 <> 7 THEN 1 ELSE 0 END AS enrolled,
      CASE WHEN n % 14 < 10 AND n % 300 <> 7 THEN {payer} END AS payer
    FROM numbers ORDER BY 1
"""
PAID = """
    SELECT md5(CAST(n AS VARCHAR)) AS person, {payer} AS payer, 'jkk,jkm' AS programmes, first_month,
      last_month, CASE WHEN first_month < '2024-07' THEN 16800 ELSE 11800 END AS monthly
    FROM (SELECT n, '2023-0' || CAST(1 + n % 9 AS VARCHAR) AS first_month, '2024-06' AS last_month
        FROM numbers WHERE n % 14 < 13
      UNION ALL SELECT n, '2024-08', CASE WHEN n % 14 < 10 THEN '2025-12' ELSE '2025-06' END
        FROM numbers WHERE n % 14 < 13)
    ORDER BY 1, 4
"""
CLAIMS = """
    SELECT 'K-' || CAST(n AS VARCHAR) AS claim, md5(CAST(n AS VARCHAR)) AS person, 'jkm' AS kind,
      '2025-06' AS event_month, DATE '2025-07-01' AS reported_on,
      ['reported', 'verified', 'paid'][1 + n % 3] AS state, NULL AS verified_on, NULL AS paid_on,
      n % 120 AS waited_days, 42000000 AS amount
    FROM numbers WHERE n % 300 = 7 ORDER BY 1
"""
AREAS = "SELECT '{city}.01.' || CAST(1001 + range AS VARCHAR), 'Kel', '{city}.01', 'Kec' FROM range(12)"
PAYER = "CASE WHEN n % 10 < 6 THEN 'apbd-kota' WHEN n % 10 < 9 THEN 'apbd-provinsi' ELSE 'csr' END"
PROTECTED = """
    SELECT count(DISTINCT people.person) FROM people JOIN paid ON paid.person = people.person
    WHERE (died_month IS NULL OR died_month > '2025-12')
      AND first_month <= '2025-12' AND last_month >= '2025-12'
"""


def made(root: Path, workers: int) -> None:
    """Write the drops of ten cities."""
    each = workers // len(CITIES)
    for at, city in enumerate(CITIES):
        _city(root, city, at * each, at * each + each, each * 4 // 1000)


def _city(root: Path, city: str, first: int, end: int, guests: int) -> None:
    with duckdb.connect() as connection:
        guest = f"UNION ALL SELECT range FROM range({max(0, first - guests)}, {first})"
        connection.execute(f"CREATE TABLE numbers AS SELECT range AS n FROM range({first}, {end}) {guest}")
        facts = {"city": city, "payer": PAYER}
        queries = {
            "people": PEOPLE.format(**facts),
            "paid": PAID.format(**facts),
            "claims": CLAIMS,
            "areas": AREAS.format(**facts),
            "workforce": f"SELECT 2025, '{city}', 'rentan', {end - first}, 0, 'contoh'",
        }
        for table, query in queries.items():
            columns = ", ".join(f"{name} {SQL[kind]}" for name, kind in TABLES[table].items())
            connection.execute(f"CREATE TABLE {table} ({columns})")
            connection.execute(f"INSERT INTO {table} {query}")
        connection.execute(
            "CREATE TABLE elsewhere (person VARCHAR, payer VARCHAR, first_month VARCHAR, last_month VARCHAR)"
        )
        totals = {
            f"rows.{table}": connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            for table in (*queries, "elsewhere")
        }
        totals |= {"level": 1, "key": KEY, "protected": connection.execute(PROTECTED).fetchall()[0][0]}
        connection.execute("CREATE TABLE totals (measure VARCHAR, value BIGINT)")
        connection.executemany("INSERT INTO totals VALUES (?, ?)", list(totals.items()))
        hashes = {}
        for table in OF_LEVEL[DropLevel.PERSONS]:
            path = root / table / f"city={city}" / f"as_of={AS_OF}" / "part-0.parquet"
            path.parent.mkdir(parents=True)
            connection.execute(f"COPY {table} TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
            with path.open("rb") as file:
                hashes[path.relative_to(root).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    said: dict[str, object] = {"format": FORMAT, "city": city, "name": f"Kota {city}", "as_of": AS_OF}
    said |= {"level": "persons", "agreement": "contoh", "key": KEY, "audit_head": ""}
    said |= {"totals": totals, "sha256": hashes}
    (root / "_manifest").mkdir(exist_ok=True)
    (root / "_manifest" / f"{city}_{AS_OF}.json").write_text(json.dumps(said))


def asked(root: Path, *question: str) -> tuple[float, float, float]:
    """Ask a question as a process of its own; return wall and processor seconds, and megabytes."""
    command = [sys.executable, "-m", "jamsostek_cli", "--quiet", "province", *question, "--over", str(root)]
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    running = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise RuntimeError(question)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, cpu, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(sys.argv[2] if len(sys.argv) > 2 else scratch) / f"drop-{workers}"
        if not root.exists():
            made(root, workers)
        size = sum(path.stat().st_size for path in root.rglob("*.parquet")) / 1_000_000
        print(f"{workers:,} workers in {len(CITIES)} cities, {size:.0f} MB; goal: {GOALS.get(workers, '-')}")
        print(f"{'question':28} {'wall s':>8} {'cpu s':>8} {'MB':>7}")
        whole = [0.0, 0.0, 0.0]
        for question in (("coverage",), ("overlaps", "--year", "2025"), ("claims",), ("totals",)):
            wall, cpu, megabytes = asked(root, *question)
            whole = [whole[0] + wall, whole[1] + cpu, max(whole[2], megabytes)]
            print(f"{' '.join(question):28} {wall:8.1f} {cpu:8.1f} {megabytes:7.0f}", flush=True)
        print(f"{'all four':28} {whole[0]:8.1f} {whole[1]:8.1f} {whole[2]:7.0f}")


if __name__ == "__main__":
    main()
