"""A roster's file, opened in a process of its own and read as a stream of sheets and rows."""

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import jamsostek_cli
from jamsostek_cli import operating_system
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.files import wire
from jamsostek_cli.roster.files.guard import USUAL
from jamsostek_cli.roster.files.opening import Opening
from jamsostek_cli.roster.files.sheet import MergedCells, Row, Sheet, SheetFrame

_BOUNDS: Final = f"{USUAL.memory // 1_000_000} MB, {USUAL.seconds} s"
_PACKAGE_ROOT: Final = str(Path(jamsostek_cli.__file__).parents[1])
_SECONDS: Final = 600.0
_LARGE_SECONDS: Final = 7200.0
"""So long may a file take, with all that is done with its rows; its own work is bounded far more narrowly."""


class Workbook:
    """A roster's file while it is open: what it is and what it holds, as far as somebody asks.

    Asking raises E201 to E210 and E218 where the file cannot be read.
    """

    def __init__(self, path: Path, opening: Opening, frames: "_Frames") -> None:
        self.path = path
        self.opening = opening
        self._frames = frames

    @cached_property
    def _opened(self) -> tuple[str, bool, Iterator[Sheet]]:
        _, kind, since_1904 = self._frames.take()
        return kind, since_1904, self._frames.sheets()

    @property
    def kind(self) -> str:
        """The kind of file, as its content says."""
        return self._opened[0]

    @property
    def since_1904(self) -> bool:
        """Whether its dates count from 1904."""
        return self._opened[1]

    @property
    def sheets(self) -> Iterator[Sheet]:
        """Its sheets, each to be walked before the next."""
        return self._opened[2]

    @cached_property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return _sha256(self.path)


@contextmanager
def open_workbook(path: Path, opening: Opening | None = None) -> Iterator[Workbook]:
    """Begin to read a roster in a process of its own; the caller goes on until it asks for something."""
    wanted = opening or Opening()
    request = {
        "path": str(path.resolve()),
        "password": wanted.password,
        "sheets": wanted.sheets,
        "large": wanted.large,
    }
    with _reader(request, seconds=_LARGE_SECONDS if wanted.large else _SECONDS) as (stream, stopped):
        yield Workbook(path, wanted, _Frames(path, stream, stopped))


def _sha256(path: Path) -> str:
    """Return the hash of the file's bytes; E201 when it is gone or may not be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise JcliError("E201", path=path.name) from None


@contextmanager
def _reader(
    request: Mapping[str, object], *, seconds: float
) -> Iterator[tuple[BinaryIO, Callable[[], bool]]]:
    """Start the reading process, and stop it at the end or when its time is up.

    Gives what it says, and a way to learn whether it had to be stopped.
    """
    running = subprocess.Popen(  # noqa: S603 - this program's own interpreter and module
        [sys.executable, "-P", "-m", wire.CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([_PACKAGE_ROOT, *sys.path[1:]])},
    )
    asked, answer = cast("BinaryIO", running.stdin), cast("BinaryIO", running.stdout)
    late = threading.Event()

    def stop() -> None:
        late.set()  # how a process ended does not tell on every system that it was killed
        running.kill()

    watch = threading.Timer(seconds, stop)
    watch.daemon = True
    watch.start()
    try:
        with suppress(OSError):  # a pipe that nobody reads any more has no error of its own on every system
            wire.send(asked, dict(request))
            asked.close()
        yield answer, lambda: operating_system.was_stopped(running.wait()) or late.is_set()
    finally:
        watch.cancel()
        running.kill()
        answer.close()
        running.wait()


class _Frames:
    """What the reading process says, message by message."""

    def __init__(self, path: Path, stream: BinaryIO, stopped: Callable[[], bool]) -> None:
        self._path = path
        self._stopped = stopped
        self._stream = stream
        self._next: tuple[Any, ...] = ()

    def take(self) -> tuple[Any, ...]:
        """Return the next message.

        What the process could not do is raised here: E209 when it stops half-way, E210 when the system had
        to stop it because it wanted too much memory or time.
        """
        try:
            message: tuple[Any, ...] = wire.receive(self._stream)
        except (EOFError, ValueError, OSError):
            if self._stopped():
                raise JcliError("E210", path=self._path.name, limit=_BOUNDS) from None
            raise JcliError("E209", path=self._path.name) from None
        if message[0] == wire.ERROR:
            raise JcliError(message[1], **{**message[2], "path": self._path.name})
        return message

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets; rows that nobody wanted are passed over before the next one."""
        self._next = self.take()
        while self._next[0] == wire.SHEET:
            _, name, barred, hidden, merged, count = self._next
            layout = SheetFrame(
                hidden_columns=frozenset(hidden),
                merged=tuple(MergedCells(*one) for one in merged),
                row_count=count,
            )
            rows = self._rows()
            yield Sheet(name, rows, barred, layout)
            for _row in rows:
                pass

    def _rows(self) -> Iterator[Row]:
        while (message := self.take())[0] == wire.ROWS:
            yield from message[1]
        self._next = message
