"""A process that holds the program loaded, and runs it in a child for each order: one fault, at one moment.

`python -m tests.support.fault_server` reads orders as lines of JSON and answers each with a line. The child
is the real program in a real process, which can be killed, limited and left without rights; it is only
spared the half second in which modules load. A moment is a statement that SQLite is given, or a file of the
working folder that is opened to write, renamed, linked or removed.
"""

import ctypes
import gc
import importlib
import io
import json
import os
import pkgutil
import resource
import signal
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

_FILES: Final = {"os.rename", "os.link", "os.remove", "os.chmod", "os.mkdir"}
_CAPABILITY_VERSION: Final = 0x20080522


_WARMING: Final = (
    "status",
    "find budi",
    "worker show P-000001",
    "claim explain K-2025-0001",
    "iuran bill 2025-09",
    "report coverage --year 2025 --by kelurahan",
    "report forecast --year 2025",
    "db workday 2028-02-25 tidak --reason x",
)
"""Commands after which most of what is kept in memory is kept."""


def _load() -> None:
    """Load everything that a command may load."""
    import jamsostek_cli

    for module in pkgutil.walk_packages(jamsostek_cli.__path__, "jamsostek_cli."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("docx", "openpyxl", "xlsxwriter", "typst", "rapidfuzz", "holidays", "duckdb"):
        importlib.import_module(name)
    from jamsostek_cli.cli.frame.main import main

    said = sys.stdout, sys.stderr
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        sys.stdout = sys.stderr = nowhere  # what is kept in memory is kept from here on
        if (child := os.fork()) == 0:  # pages are drawn by threads, which end with it
            main(["demo", f"{folder}/demo"])
            os._exit(0)
        os.waitpid(child, 0)
        for command in _WARMING:
            main(["--db", f"{folder}/demo/contoh.db", "--today", "2025-08-05", *command.split()])
    sys.stdout, sys.stderr = said
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        raise RuntimeError("a program with threads cannot be run in a child")


class _Moments:
    """Counts the moments of a run, and strikes at one of them."""

    def __init__(self, fault: dict[str, Any]) -> None:
        self.names: list[str] = []
        self._kind, self._at = fault.get("kind"), fault.get("at")
        self._folder = Path.cwd()
        self._waits = False
        sys.addaudithook(self._heard)
        connect, stated, done = sqlite3.connect, self._stated, self._done

        class Watched(sqlite3.Connection):
            def execute(self, *arguments: Any) -> sqlite3.Cursor:
                cursor = super().execute(*arguments)
                done()
                return cursor

        def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*arguments, **options, factory=Watched)
            connection.set_trace_callback(stated)
            return connection

        sqlite3.connect = connected  # type: ignore[assignment] # the same, and watched

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        written = event == "open" and isinstance(arguments[0], str) and (arguments[2] or 0) & os.O_ACCMODE
        if event in _FILES or written:
            place = Path(os.fsdecode(arguments[0])).absolute()
            if place.is_relative_to(self._folder) and self._passed(f"{event} {place.name}"):
                os.kill(os.getpid(), signal.SIGINT)

    def _stated(self, statement: str) -> None:
        """Count a statement that begins; what is raised in here is dropped by SQLite."""
        self._waits = self._passed(" ".join(statement.split()[:3])) or self._waits

    def _done(self) -> None:
        if self._waits:
            self._waits = False
            os.kill(os.getpid(), signal.SIGINT)

    def _passed(self, name: str) -> bool:
        """Count a moment; be killed at the one that is meant, or tell that Ctrl-C is pressed at it."""
        self.names.append(name)
        meant = len(self.names) - 1 == self._at
        if meant and self._kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return meant and self._kind == "interrupt"


def _without_rights() -> None:
    """Lay down the rights of root, for whom no file is read-only."""
    library = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    if library.capset(header, (ctypes.c_uint32 * 6)()):
        raise OSError(ctypes.get_errno(), "capset")


def _run(order: dict[str, Any], out: int, err: int, told: int) -> None:
    """Be the program, and never come back."""
    fault = order["fault"]
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    os.environ["PYTHONDONTWRITEBYTECODE"] = (
        "1"  # Python takes half a file for a whole one, where a disk is full
    )
    sys.dont_write_bytecode = True
    time.tzset()
    tempfile.tempdir = None
    null = os.open(os.devnull, os.O_RDONLY)
    for stream, number in ((null, 0), (out, 1), (err, 2)):
        os.dup2(stream, number)
    encoding = order.get("encoding", "utf-8")
    sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding=encoding)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), encoding=encoding)
        for number in (1, 2)
    )
    from jamsostek_cli.cli.frame import keyboard
    from jamsostek_cli.cli.frame.main import main

    if "limit" in fault:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault["limit"], fault["limit"]))
        if fault["kind"] == "kill":  # the system kills in the middle of what is written
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    if fault.get("kind") == "rights":
        _without_rights()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    keyboard.hold()
    moments = _Moments(fault)
    status = main(order["arguments"])
    keyboard.rest()
    if "limit" not in fault:
        with os.fdopen(told, "w") as kept:
            json.dump(moments.names, kept)
    os._exit(status)


class _Child:
    """The program in a process of its own: its output, its complaints, and the moments it went through."""

    def __init__(self, order: dict[str, Any]) -> None:
        (self._out, out), (self._err, err) = os.pipe(), os.pipe()
        self._moments = os.memfd_create("moments")
        kind = order["fault"].get("kind")
        if kind == "closed pipe":
            os.close(self._out)
            self._out = os.open(os.devnull, os.O_RDONLY)
        elif kind == "full output":
            os.close(out)
            out = os.open("/dev/full", os.O_WRONLY)
        self._number = os.fork()
        if self._number == 0:
            try:
                _run(order, out, err, self._moments)
            except BaseException as error:  # noqa: BLE001 - a child never comes back
                os.write(2, repr(error).encode())
            finally:
                os._exit(99)
        os.close(out)
        os.close(err)

    def ended(self) -> dict[str, Any]:
        """Return how it ended."""
        out, err = _read(self._out), _read(self._err)
        _, status = os.waitpid(self._number, 0)
        os.lseek(self._moments, 0, os.SEEK_SET)
        moments = json.loads(_read(self._moments) or "[]")
        return {"code": os.waitstatus_to_exitcode(status), "out": out, "err": err, "moments": moments}


def _read(stream: int) -> str:
    with os.fdopen(stream, "rb") as whole:
        return whole.read().decode("utf-8", "replace")


def main() -> None:
    """Answer orders until there are no more; those of one line run at once."""
    _load()
    gc.freeze()
    for line in sys.stdin:
        children = [_Child(order) for order in json.loads(line)]
        print(json.dumps([child.ended() for child in children]), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
