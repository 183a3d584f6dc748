"""How long it takes to find people by words of theirs, among a million.

    python -m tests.benchmarks.find build FILE.db [WORKERS]     makes the database
    python -m tests.benchmarks.find measure FILE.db [ROUNDS]    processor time, the best of so many rounds

Beside it stands one pass over the register with LIKE for the first word: what a search without an index is.
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path

from jamsostek_cli.connection import Connection
from jamsostek_cli.operations import find
from jamsostek_cli.roster.people.search import words
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.register import search
from tests.benchmarks.compare import Goal

ROOT = Path(__file__).parents[2]
_MOST = 0.05
"""So many seconds a question may take."""
COMMON = (
    "MUHAMMAD SITI NUR AHMAD ABDUL SRI AGUS DEWI BUDI EKA HASANAH RAHMAN HIDAYAT FITRI YANTI SAPUTRA WATI "
    "RAMADHAN AISYAH KURNIAWAN LESTARI SUPRIADI HANDAYANI FAISAL JUMADI SLAMET YUSUF HAMZAH DARWIS"
).split()
QUESTIONS = (
    "siti", "sitti nurhasanah", "muhamad guntung rt 12", "nur hasanah tanjung laut", "agus saputr",
    "supriyadi lok tuan", "dewi lestri berbas", "081234", "6474",
    "darwis rt 7 dinas perikanan", "hamzah yusup",
)  # fmt: skip


def names(chance: random.Random) -> Iterator[str]:
    """Yield names of one to three words: a few words are in every street, tens of thousands in few."""
    syllables = [a + b for a in "BDFGHJKLMNPRSTWY" for b in "A I U E O AN IN UR AR IS AH".split()]
    rare = ["".join(chance.choices(syllables, k=chance.choice((2, 3, 3)))) for _ in range(40_000)]
    pool = [*COMMON, *rare]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(pool))))
    while True:
        yield " ".join(chance.choices(pool, cum_weights=weights, k=chance.choice((1, 2, 2, 3))))


def build(path: Path, workers: int, seed: int = 11) -> None:
    """Make the database with `jcli init`, then fill the register directly and index it."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "jamsostek_cli", "--db", str(path), "init"], check=True, env=env,
        capture_output=True,
    )  # fmt: skip
    chance = random.Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO batch (id, number, file, sha256, imported_on, actor, rows)"
            " VALUES (1, 'B-2023-001', 'x.xlsx', ?, '2023-01-02', 'x', ?)",
            ("1" * 64, workers),
        )
        connection.execute("INSERT INTO batch_sheet VALUES (1, 0, 'Sheet1', '', 1, ?, 0, '[]')", (workers,))
        connection.execute("INSERT INTO agency (id, name) VALUES (1, 'Dinas Perikanan'), (2, 'Dinas Sosial')")
        codes = [code for (code,) in connection.execute("SELECT code FROM kelurahan")]
        connection.executemany(
            "INSERT INTO worker (id, nik, name, birth_date, sex, mother_name, family_card, phone, rt, rw,"
            " kelurahan_code, agency_id, batch_id, sheet, row) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,1,0,?)",
            _people(chance, codes, workers),
        )
        started = time.process_time()
        search.bring_up(Connection(connection), words)
        print(f"indexed {workers} people in {time.process_time() - started:.2f} s of processor time")
        connection.execute("COMMIT")


def _people(chance: random.Random, codes: list[str], workers: int) -> Iterator[tuple[object, ...]]:
    name = names(chance)
    for number in range(1, workers + 1):
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1960, 2004)
        yield (
            number, f"647401{day:02d}{month:02d}{number - 1:06d}", next(name),
            f"{year}-{month:02d}-{day:02d}", "LP"[number % 2],
            next(name), f"6474010101{number:06d}", f"+628{chance.randint(10**9, 10**10 - 1)}",
            f"{chance.randint(1, 60):03d}", "001", chance.choice(codes), chance.choice((1, 2, 2)), number + 1,
        )  # fmt: skip


def measure(path: Path, rounds: int) -> None:
    """Print the milliseconds of each question, the file opened anew each time."""
    database = Database(path)
    with database.reading() as connection:
        started = time.process_time()
        connection.execute("SELECT count(*) FROM worker WHERE name LIKE '%SITI%'").fetchone()
        print(f"{(time.process_time() - started) * 1000:8.1f} ms  one pass with LIKE")
    for question in QUESTIONS:
        best, total = 1e9, 0
        for _ in range(rounds):
            started = time.process_time()
            total = find.find(database, question, limit=20).total
            best = min(best, time.process_time() - started)
        told = Goal(seconds=_MOST).told(0, 0, best, 0)
        print(f"{best * 1000:8.1f} ms  {question} ({total})  {told}", flush=True)


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "build":
        build(place, int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000)
    else:
        measure(place, int(sys.argv[3]) if len(sys.argv) > 3 else 5)
