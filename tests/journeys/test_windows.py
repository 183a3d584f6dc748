"""The office's laptop runs Windows: a month of its work without anything that only POSIX has."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BY_LIST, ROOT, person
from tests.support import without_posix

Laptop = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Data Kota (2025)"
    made.mkdir()
    return made


@pytest.fixture
def laptop(tmp_path: Path, folder: Path) -> Laptop:
    """Run the program as a process of its own on such a computer, in a folder with blanks."""
    site = without_posix.written(tmp_path / "tanpa posix", ROOT)
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in {"USER", "LOGNAME", "LNAME", "USERNAME"}
        },
        "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]),
        "PYTHONIOENCODING": "cp1252",
    }

    def run(*arguments: object, today: str = "2025-08-04", actor: str = "rina") -> Any:
        said = ("--db", folder / "kota kita.db", "--today", today, "--actor", actor, *arguments)
        return subprocess.run(
            [sys.executable, "-m", "jamsostek_cli", *map(str, said)],
            capture_output=True,
            check=False,
            cwd=folder,
            env=environment,
            timeout=120,
        )

    return run


def done(ran: "subprocess.CompletedProcess[bytes]", *, code: int = 0) -> str:
    """Return what a command said that ended as it should, in a text that can be read."""
    assert ran.returncode == code, ran.stderr.decode()
    assert b"Traceback" not in ran.stderr
    return ran.stdout.decode()


def answer(ran: "subprocess.CompletedProcess[bytes]") -> Any:
    return json.loads(done(ran))["data"]


@pytest.mark.long
def test_the_work_of_a_month(laptop: Laptop, folder: Path, roster: Callable[..., Path]) -> None:
    people = [
        person(n, born=f"19{70 + n}-03-0{1 + n % 9}", name=f"SITI ĀNISAH {chr(65 + n) * 2}") for n in range(3)
    ]
    roster(people).rename(folder / "nelayan (1).xlsx")

    done(laptop("init"))
    assert answer(laptop("db", "check", "--json"))["unprotected"] == ["file_mode", "memory"]
    planned = laptop("import", "--dry-run", "nelayan (1).xlsx", "--agency", "Dinas Perikanan")
    done(planned)
    assert b'--apply "nelayan (1).xlsx.plan.json"' in planned.stderr
    done(laptop("import", "--apply", "nelayan (1).xlsx.plan.json"))
    assert "ĀNISAH" in done(laptop("worker", "list"))
    done(laptop("find", "anisah"))
    terms = ("--from", "2025-08", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 1", "--registered")
    done(laptop("enrol", "--batch", "B-2025-001", *terms))
    done(laptop("iuran", "bill", "2025-08"))
    done(laptop("iuran", "pay", "2025-08", "--proof", "SP2D-1", "--date", "2025-08-04"))
    died = ("--date", "2025-08-10", "--reported", "2025-08-12")
    claim = answer(laptop("claim", "add", "P-000001", "--kind", "jkm", *died, "--json", today="2025-08-12"))
    number = claim["number"]
    done(laptop("claim", "document", number, "--all", today="2025-08-12"))
    done(laptop("claim", "verify", number, today="2025-08-13", actor="budi"))
    paid = laptop(
        "claim",
        "pay",
        number,
        *BY_LIST,
        "--proof",
        "B-1",
        "--date",
        "2025-08-14",
        today="2025-08-14",
        actor="sari",
    )
    done(paid)

    report = ("report", "coverage", "--year", "2025", "-o", "cakupan 2025.xlsx", "--force")
    for _ in range(2):  # the second replaces what the first has written
        done(laptop(*report, today="2025-08-31"))
    assert (folder / "cakupan 2025.xlsx").read_bytes().startswith(b"PK")
    assert not list(folder.glob(".*.part"))
    assert "file_mode" not in done(laptop("db", "check"))


@pytest.mark.long
def test_a_refusal_and_a_submission(laptop: Laptop, folder: Path, roster: Callable[..., Path]) -> None:
    roster([person(1), ("12345", *person(2)[1:])]).rename(folder / "daftar rt 4.xlsx")
    done(laptop("init"))
    done(laptop("import", "daftar rt 4.xlsx"), code=3)
    done(laptop("batch", "fix-file", "B-2025-001", "-o", "perbaiki ini.xlsx"))
    terms = ("--from", "2025-08", "--months", 12, "--payer", "apbd-kota", "--decree", "SK 1")
    done(laptop("enrol", "--batch", "B-2025-001", *terms))
    done(laptop("bpjs", "submit", "-o", "pengajuan 1.xlsx"))
    assert (folder / "pengajuan 1.xlsx").exists()
    refused = laptop("import", "tidak ada (2).xlsx")
    assert (refused.returncode, b"[E201]" in refused.stderr) == (66, True)
