"""Faults that are done to commands: which command in which story, and what a folder is like afterwards."""

import hashlib
import io
import json
import lzma
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from jamsostek_cli import manual
from tests.conftest import ROOT, environment, person

DATABASE: Final = re.compile(r"(?<!publik)\.db$")
"""A database of an office; what is published is a file like any other."""
_CHANGES_BY_ITSELF: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^'\"]*|\b[0-9a-f]{16}(?:[0-9a-f]{16}(?:[0-9a-f]{32})?)?\b"
)
"""What differs between two runs of one command: moments, and hashes that rest on them."""
_PACKED: Final = "audit_change"
"""A table whose rows hold such moments compressed; that they tell what the tables hold, `db check` proves."""

_FURTHER: Final = """
```console
$ jcli demo contoh
$ export JCLI_DB=contoh/contoh.db
# 2025-08-04
$ jcli --db lama.db db migrate
$ jcli import baru.csv --agency "Dinas Perikanan"
$ jcli agency set "Dinas Perikanan" --occupation nelayan
$ jcli agency list -o dinas.xlsx
$ jcli batch list -o kiriman.csv
$ jcli batch show B-2025-001 -o kiriman.xlsx
$ jcli review -o tinjau.xlsx
$ jcli find siti -o siti.xlsx
$ jcli worker find siti -o siti.csv
$ jcli worker list -o daftar.xlsx
$ jcli worker show P-000003 --unmask --reason "surat untuk keluarga"
$ jcli worker duplicates -o ganda.xlsx
$ jcli enrol --batch B-2025-007 --from 2025-09 --months 4 --payer "APBD Kota" --decree "SK 9/2025"
$ jcli bpjs submit -o pengajuan.xlsx
$ jcli bpjs list -o pengajuan.csv
$ jcli bpjs show S-2025-001 -o isi.xlsx
$ jcli bpjs withdraw S-2025-001 --reason "tidak jadi dikirim"
$ jcli bpjs claims klaim.csv -o hasil.xlsx
$ jcli cover list -o terlindungi.xlsx
$ jcli cover gaps -o habis.xlsx
$ jcli iuran check 2025-01 sample_data/bpjs-invoice.csv -o tagihan.xlsx
$ jcli iuran list -o iuran.xlsx
$ jcli claim list -o klaim.xlsx
$ jcli claim owed -o hak.xlsx
$ jcli db setting head_above 1000000 --reason "keputusan kepala dinas"
$ jcli --actor budi claim verify K-2025-0005 --override "surat menyusul"
$ jcli --actor tuti claim approve K-2025-0005
$ jcli --actor sari claim pay K-2025-0005 --payee-reason "daftar BPJS" --proof BPJS-77 --date 2025-08-04
$ jcli report claims -o klaim-2025.xlsx
$ jcli audit log --limit 5 -o jejak.xlsx
$ jcli audit pack --year 2025 -o paket.zip
$ jcli privacy breach --on 2199-12-31 -o bocor.xlsx
$ jcli privacy register -o daftar-privasi.xlsx
$ jcli privacy files -o berkas-keluar.xlsx
```
"""
"""What the pages of the manual do not show: lists as files, and commands that need another file first."""

STORIES: Final = (*manual.TOPICS, "README", "further")


def page(story: str) -> str:
    """Return what happens in a story, as a page of the manual tells it."""
    if story == "further":
        return _FURTHER
    path = ROOT / "README.md" if story == "README" else Path(manual.__file__).parent / f"{story}.id.md"
    return path.read_text(encoding="utf-8")


def furnish(story: str, folder: Path) -> None:
    """Lay down what a story needs beside the sample data."""
    if story == "further":
        (folder / "lama.db").write_bytes(
            lzma.decompress((ROOT / "tests/samples/files/schema-1.db.xz").read_bytes())
        )
        rows = [";".join(map(str, person(number)[:5])) for number in (1, 2)]
        (folder / "baru.csv").write_text(
            "\n".join(["NIK;NAMA;TGL LAHIR;JK;KELURAHAN", *rows, ""]), encoding="utf-8"
        )
        (folder / "klaim.csv").write_text(
            "Nomor Klaim;Status;Tanggal Bayar;Jumlah;Nomor Bukti\nK-2025-0005;diproses;;;\n", encoding="utf-8"
        )


class Commands:
    """The commands of the program by name, and what a line of a story calls."""

    def __init__(self) -> None:
        from typer.main import get_command

        from jamsostek_cli.cli.frame.app import app
        from tests.support.command_reference import commands

        self.tree = dict(commands(get_command(app)))

    def name_of(self, arguments: Sequence[str]) -> str | None:
        """Return which command is typed; None for one that has no name of its own."""
        rest = list(arguments)
        while rest and rest[0].startswith("--"):
            rest = rest[2:]
        names = (" ".join(rest[:length]) for length in (3, 2, 1))
        return next((name for name in names if name in self.tree), None)

    def with_output(self) -> set[str]:
        """Return the commands that write a file where one asks for it."""
        return {name for name, command in self.tree.items() if any("-o" in p.opts for p in command.params)}


class Told(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str
    moments: list[str]

    @property
    def error(self) -> str | None:
        found = re.search(r"\[(E\d{3})\]", self.err)
        return found[1] if found else None


class Server:
    """The program, loaded once, and run in a child for each order."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.fault_server"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env=environment({"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}),
        )  # fmt: skip

    def at_once(self, *orders: dict[str, Any]) -> list[Told]:
        """Run orders at the same time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(orders)}\n")
        self._process.stdin.flush()
        return [Told(**told) for told in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def server() -> Iterator[Server]:
    """Give a server, and end it."""
    one = Server()
    try:
        yield one
    finally:
        one.close()


State = dict[str, str]


def state_of(folder: Path) -> State:
    """Return what every file of a folder says: a database by its rows, others by their bytes.

    What a person has looked at last is kept under the home folder, and no part of the state; nor are the
    marks of the trail, which may lag behind it.
    """
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and "home" not in path.parts and path.suffix != ".tanda"
    )
    return {path.relative_to(folder).as_posix(): _content(path) for path in sorted(files)}


_SAID: Final[dict[tuple[str, bytes], str]] = {}
"""What was found in files already, by their bytes: most faults leave every file as it was."""


def _content(path: Path) -> str:
    content = path.read_bytes()
    known = (path.suffix, hashlib.sha256(content).digest())
    if path.with_name(f"{path.name}-journal").exists():  # what the file holds is not what it says
        return _read(path, content)
    if known not in _SAID:
        _SAID[known] = _read(path, content)
    return _SAID[known]


def _read(path: Path, content: bytes) -> str:
    try:
        if DATABASE.search(path.name) and content:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
                said = "\n".join(_rows(connection))
        elif zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                said = "".join(book.read(name).decode("utf-8", "replace") for name in sorted(book.namelist()))
        else:
            said = content.decode("latin-1")
    except sqlite3.Error as error:
        return repr(error)
    return hashlib.sha256(_CHANGES_BY_ITSELF.sub("…", said).encode()).hexdigest()


def _rows(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what a database consists of, and every row of its tables."""
    parts = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    yield from map(repr, parts)
    for name in (name for kind, name, _ in parts if kind == "table" and name != _PACKED):
        yield name
        yield from map(repr, connection.execute(f'SELECT * FROM "{name}"'))


def bytes_of(path: Path) -> bytes:
    """Return one hash of a file and of all that lies beside it under its name: a journal, the marks."""
    beside = sorted(path.parent.glob(f"{path.name}*"))
    return hashlib.sha256(repr([(one.name, one.read_bytes()) for one in beside]).encode()).digest()


def databases(state: State) -> State:
    """Return the databases of a state."""
    return {name: said for name, said in state.items() if DATABASE.search(name)}


def is_left_by_a_kill(name: str) -> bool:
    """Tell what a killed command may leave: a file not yet in its place, and what takes changes back."""
    return name.endswith((".part", ".part-journal", "-journal"))
