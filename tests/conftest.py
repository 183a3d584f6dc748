"""What the tests of every room share: a program that runs, an office, rosters made on the spot."""

import atexit
import contextlib
import datetime
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec

import openpyxl
import pytest
from hypothesis import settings as hypothesis

from jamsostek_cli import messages
from jamsostek_cli.cli.frame.main import main
from jamsostek_cli.messages import figures
from jamsostek_cli.roster.files import parent
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail.audit import Act
from tests.support import reader_server

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BY_LIST = ("--payee-reason", "daftar BPJS")
"""A payment that BPJS made itself, and of which the office knows no payee."""
HEADINGS = ("NIK", "NAMA", "TGL LAHIR", "JK", "KELURAHAN", "PEKERJAAN")


hypothesis.register_profile("gate", deadline=None, derandomize=True)
hypothesis.load_profile("gate")


_MEMORY = Path("/dev/shm")
_ROOM = 4 * 1024**3


def pytest_configure() -> None:
    """Keep the files of tests in memory where there is room: each of them waits for the disk otherwise."""
    with contextlib.suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    _compile_once()


def _compile_once() -> None:
    """Keep what is compiled for all processes that tests start, where nothing is kept beside the source."""
    if sys.dont_write_bytecode:
        folder = tempfile.mkdtemp(prefix="jcli-compiled-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_at_once() -> Iterator[None]:
    """Let the process that reads files be loaded once, where processes can be copied."""
    if sys.platform != "linux":
        yield
        return
    with pytest.MonkeyPatch.context() as patch, contextlib.closing(reader_server.Server()) as server:
        patch.setattr(parent, "subprocess", server)
        yield


@pytest.fixture(autouse=True)
def _a_clean_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep every test away from this machine's own settings, and speak Indonesian."""
    for name in [name for name in os.environ if name.startswith("JCLI_")]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home/data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/config"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    messages.use("id")
    figures.use_zone("Asia/Makassar")
    umask = os.umask(0o077)
    yield
    os.umask(umask)
    messages.use("id")


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def data(self) -> Any:
        return self.json["data"]

    @property
    def error(self) -> str | None:
        """The code of the error it ended with."""
        found = re.search(r"\[(E\d{3})\]", self.err)
        return found[1] if found else None


Run = Callable[..., Ran]
Given = ParamSpec("Given")


@pytest.fixture
def jcli(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run jcli in this process, through the same door as the real program."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@dataclass
class Office:
    """An office with a database, and officers who type commands."""

    path: Path
    run_jcli: Run
    today: str = "2025-08-04"

    def __call__(self, *arguments: object, actor: str = "rina", today: str | None = None) -> Ran:
        return self.run_jcli("--db", self.path, "--today", today or self.today, "--actor", actor, *arguments)

    def ok(self, *arguments: object, actor: str = "rina", today: str | None = None) -> Any:
        """Run a command that must go well, and return its JSON data."""
        ran = self(*arguments, "--json", actor=actor, today=today)
        assert ran.code in {0, 3}, ran.err
        return ran.data

    def json_of(self, *arguments: object) -> Any:
        """Run a command that must go well, and return the whole JSON envelope."""
        return self(*arguments, "--json").json

    @property
    def database(self) -> Database:
        return Database(self.path, busy_seconds=0.2)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.database.reading() as connection:
            return connection.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> Any:
        return self.rows(query, *values)[0][0]


@pytest.fixture
def office(tmp_path: Path, jcli: Run) -> Office:
    """An office that has just set up its database."""
    made = Office(tmp_path / "kota.db", jcli)

    def init() -> None:
        assert made("init", today="2023-10-01").code == 0

    built_once("office", made.path, init)
    return made


_BUILT: dict[str, dict[str, bytes]] = {}


def built_once(name: str, path: Path, build: Callable[[], object]) -> None:
    """Put the database that many tests begin with in its place, and the files beside it.

    They are built by the first test, and copied for the others.
    """
    desk = path.parent
    if name not in _BUILT:
        before = _files(desk)
        build()
        _BUILT[name] = dict(_files(desk).items() - before.items())
        return
    for file, content in _BUILT[name].items():
        (desk / file).write_bytes(content)
        (desk / file).chmod(0o600)


def _files(desk: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in desk.iterdir() if file.is_file()}


def once(build: Callable[Given, Office]) -> Callable[Given, Office]:
    """Let a fixture make its office once, on the one it is given; the tests after the first get copies."""

    @functools.wraps(build)
    def copied(*args: Given.args, **kwargs: Given.kwargs) -> Office:
        office = next(given for given in kwargs.values() if isinstance(given, Office))
        built_once(f"{build.__module__} {build.__name__}", office.path, lambda: build(*args, **kwargs))
        return office

    return copied


Person = tuple[object, ...]


def person(number: int, *, born: str = "1985-08-17", sex: str = "L", name: str | None = None) -> Person:
    """Return a row for an invented person: NIK, name, birth date, sex, kelurahan, occupation."""
    day = datetime.date.fromisoformat(born)
    nik = f"647401{day.day + (40 if sex == 'P' else 0):02d}{day:%m%y}{7000 + number:04d}"
    names = ("BASRI", "DARWIS", "FAISAL", "HAMZAH", "IRWAN", "KASIM", "LUKMAN", "PETRUS", "SLAMET", "YUSUF")
    return (
        nik,
        name or f"{names[number % 10]} {chr(65 + number // 10 % 26) * 3}",
        day,
        sex,
        "Guntung",
        "NELAYAN",
    )


@pytest.fixture
def roster(tmp_path: Path) -> Callable[..., Path]:
    """Write a roster workbook of the given rows and return its path."""

    def write(
        rows: Sequence[Sequence[object]], name: str = "roster.xlsx", headings: Sequence[str] = HEADINGS
    ) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(list(headings))
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def covered(office: Office, roster: Callable[..., Path]) -> Office:
    """An office with ten people covered from October 2023 to September 2026."""

    def build() -> None:
        path = roster([person(n, born=f"19{70 + n}-03-0{1 + n % 9}") for n in range(10)])
        office.ok("import", path, today="2023-10-02")
        terms = (
            "--from",
            "2023-10",
            "--months",
            36,
            "--payer",
            "apbd-kota",
            "--decree",
            "SK 1",
            "--registered",
        )
        office.ok("enrol", "--batch", "B-2023-001", *terms, today="2023-10-03")
        office.ok(
            "iuran",
            "pay",
            "2023-10..2026-09",
            "--proof",
            "SP2D-1",
            "--date",
            "2023-10-10",
            today="2023-10-11",
        )

    built_once("covered", office.path, build)
    return office


@pytest.fixture
def year(office: Office, roster: Callable[..., Path]) -> Office:
    """An office with a year to audit."""
    from tests.support import auditor

    built_once("year", office.path, lambda: auditor.live_a_year(office, roster))
    return office


@pytest.fixture
def act() -> Act:
    return Act(
        actor="rina",
        command="jcli test",
        at=datetime.datetime(2025, 8, 4, 1, tzinfo=datetime.UTC),
        today=datetime.date(2025, 8, 4),
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with a golden file; `--update-golden` writes it."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare


COMMAND = (sys.executable, "-m", "jamsostek_cli")


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment in which a process of its own finds the program."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})}


def process(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run jcli as a process of its own."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment(env))
