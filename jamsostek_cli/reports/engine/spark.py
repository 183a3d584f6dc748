"""Apache Spark: on a cluster, on this machine, or behind a Spark Connect server.

Only SQL is sent, so that its workers need no Python. What Spark and Java say goes to a log, which is kept and
named where something fails.
"""

import os
import re
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

from jamsostek_cli.domain.drop import PARTITIONS, TABLES, ColumnType
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.reports.engine.question import (
    ALL_DAYS,
    DropPlaces,
    Master,
    Row,
    Value,
    columns,
    folder_of,
    marked,
    nothing,
)

if TYPE_CHECKING:
    from io import FileIO

_TYPES: Final[Mapping[ColumnType, str]] = MappingProxyType(
    {
        ColumnType.TEXT: "STRING",
        ColumnType.INTEGER: "INT",
        ColumnType.LONG: "BIGINT",
        ColumnType.DAY: "DATE",
    }
)
_SETTINGS: Final = MappingProxyType(
    {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.sql.caseSensitive": "true",
    }
)
"""Without them an overflow passes in silence, and the city 32.10 is the number 32.1."""
_OF_A_DRIVER: Final = MappingProxyType(
    {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.catalogImplementation": "in-memory",
    }
)
_HERE: Final = MappingProxyType({"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"})
_ADDRESS: Final = re.compile(r"(spark|sc)://([^/;]+)")
_PORTS: Final = MappingProxyType({"spark": 7077, "sc": 15002})
_PATTERN: Final = re.compile(r"[*?\[\]{}\\]")
_NO_PATH: Final = "[PATH_NOT_FOUND]"
_LOOK: Final = 5
"""So many seconds an address has to answer; Spark itself waits for minutes."""
WORKER: Final = 60
"""So many seconds a master has to give a worker."""


class Spark:
    """A session, with a view of each table of the drops once they are looked at."""

    def __init__(self, session: Any, log: Path) -> None:  # noqa: ANN401 - of either pyspark
        """Keep the session, and the log that a refusal names."""
        self._session, self._log = session, log
        self._folders: Mapping[str, Sequence[str]] = {}

    def told_at(self, roots: Sequence[str], sql: str) -> list[tuple[str, list[Row]]]:
        """Return each address with the rows of a question over what was told there of all days; E673.

        Where there is no table of what was told there is no drop, and no row.
        """
        return [(root, self._told(folder_of(root, "totals"), sql)) for root in roots]

    def _told(self, folder: str, sql: str) -> list[Row]:
        with _failing(self._log):
            try:
                self._read("totals", folder).createOrReplaceTempView(ALL_DAYS)
            except Exception as error:
                if _NO_PATH not in str(error):
                    raise
                return []
        return self.rows(sql)

    def looking_at(self, places: DropPlaces) -> Self:
        """Return itself with the views of a day; E673 where that fails, E675."""
        self._folders = {table: _folders(places, table) for table in TABLES}
        for table, held in self._folders.items():
            with _failing(self._log):
                self._frame(table, held, places.as_of).createOrReplaceTempView(table)
        return self

    def _frame(self, table: str, held: Sequence[str], as_of: str) -> Any:  # noqa: ANN401 - as above
        """Return the rows of a day: of files that were looked at, or at an address."""
        if not held:
            return self._session.sql(nothing(table, _TYPES, "STRING"))
        whole = self._read(table, held[0])
        for folder in held[1:]:
            whole = whole.unionByName(self._read(table, folder))
        return whole.where(whole["as_of"] == as_of)

    def _read(self, table: str, folder: str) -> Any:  # noqa: ANN401 - as above
        wanted = {**columns(table, _TYPES), **dict.fromkeys(PARTITIONS, "STRING")}
        schema = ", ".join(f"{name} {kind}" for name, kind in wanted.items())
        return self._session.read.schema(schema).parquet(folder)

    def rows(self, sql: str, **asked: Value) -> list[Row]:
        """Return the rows of a question; E673."""
        question, values = marked(sql, asked, ":")
        with _failing(self._log):
            return [tuple(row) for row in self._session.sql(question, args=values).collect()]

    def foreign(self) -> Sequence[str]:
        """Return the tables that hold other columns; a column of another type shows when it is read."""
        strangers = []
        for table, wanted in TABLES.items():
            for folder in self._folders.get(table, ()):
                with _failing(self._log):
                    held = self._session.read.option("mergeSchema", "true").parquet(folder)
                    names = set(held.columns) - set(PARTITIONS)
                strangers += [] if names == set(wanted) else [folder]
        return strangers


def _folders(places: DropPlaces, table: str) -> Sequence[str]:
    """Return the folders that hold a table, of all days; those of this machine come first."""
    here = dict.fromkeys(_address(file.parent.parent.parent) for file in places.files.get(table, ()))
    return [*here, *places.folders.get(table, ())]


def _address(folder: Path) -> str:
    """Return a folder of this machine as Spark reads it; E675 for signs that it takes for a pattern."""
    if _PATTERN.search(str(folder)):
        raise JcliError("E675", path=folder)
    return f"file://{folder.as_posix()}"  # no sign of it is written in another way, as it is in a URI


@contextmanager
def opened(places: DropPlaces, master: Master) -> Iterator[Spark]:
    """Give the drops as Spark reads them; raises as `started` and `Spark.looking_at`."""
    with started(master) as engine:
        yield engine.looking_at(places)


@contextmanager
def started(master: Master) -> Iterator[Spark]:
    """Give a session that has looked at nothing yet: what is said in it goes to one log.

    E669, E670 for what is not installed; E676, E677, E678 where nobody answers; E673 where Spark fails.
    """
    _demand_answer(master.url or "")
    with tempfile.TemporaryDirectory(prefix="jcli-") as private, _log() as (file, log), _said_to(file):
        _demand_installed(master)
        with _failing(log, "E678"):
            session = _session(master, private)
        try:
            if (master.url or "").startswith("spark://"):
                _await_worker(session, master.url or "", log)
            yield Spark(session, log)
        finally:
            session.stop()


@contextmanager
def _log() -> Iterator[tuple["FileIO", Path]]:
    """Give a private file for what Spark says, which stays where a refusal names it."""
    descriptor, name = tempfile.mkstemp(prefix="jcli-spark-", suffix=".log")
    log, named = Path(name), False
    try:
        with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123 - of a descriptor
            yield file, log
    except JcliError as error:
        named = "log" in error.facts
        raise
    finally:
        if not named:
            log.unlink()


def _demand_installed(master: Master) -> None:
    extra = "spark-connect" if master.is_remote else "spark"
    try:
        if master.is_remote:
            from pyspark.sql.connect.session import SparkSession  # noqa: F401, PLC0415 - whether it is there
        else:
            version("pyspark")  # pyspark-client fills the same package, and starts no Spark
    except (ImportError, PackageNotFoundError):
        raise JcliError("E669", engine="Apache Spark", extra=extra) from None
    if not (master.is_remote or shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise JcliError("E670")


def _demand_answer(url: str) -> None:
    """Ask whether anybody is there, which Spark itself does for minutes; E676 where none of several is."""
    found = _ADDRESS.match(url)
    if found is None:
        return
    refusals = []
    for place in found[2].split(","):
        host, _, port = place.partition("]:") if place.startswith("[") else place.partition(":")
        try:
            at = host.strip("[]"), int(port or _PORTS[found[1]])
            socket.create_connection(at, timeout=_LOOK).close()
        except (OSError, ValueError) as error:
            refusals.append(_silence(error))
        else:
            return
    raise JcliError("E676", address=found[2], problem=", ".join(dict.fromkeys(refusals)))


def _silence(error: OSError | ValueError) -> str:
    """Return why nobody answers: a port of other signs and a name that no network can have are no OSError."""
    if isinstance(error, ConnectionRefusedError):
        return text("silence.refused")
    if isinstance(error, TimeoutError):
        return text("silence.late", seconds=_LOOK)
    return text("silence.unknown" if isinstance(error, socket.gaierror | ValueError) else "silence.far")


def _session(master: Master, private: str) -> Any:  # noqa: ANN401 - of either pyspark
    from pyspark.sql import SparkSession  # noqa: PLC0415 - slow, and an extra

    settings = dict(_SETTINGS)
    builder = SparkSession.builder.appName("jcli")
    if master.is_remote:
        builder = builder.remote(master.url)
    else:
        settings |= {**_OF_A_DRIVER, "spark.driver.memory": master.memory}
        settings |= {"spark.sql.warehouse.dir": f"{private}/none", "spark.local.dir": private}
        if master.url:
            builder = builder.master(master.url)
            settings |= _HERE if master.url.startswith("local") or "//127.0.0.1:" in master.url else {}
    for key, value in {**settings, **master.settings}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _await_worker(session: Any, url: str, log: Path) -> None:  # noqa: ANN401 - as above
    """Wait for a first worker, without which Spark would wait for ever; E677."""
    cluster = session.sparkContext._jsc.sc()  # noqa: SLF001 - the only way to ask
    until = time.monotonic() + WORKER
    while cluster.getExecutorMemoryStatus().size() <= 1:  # the first is the driver
        if time.monotonic() > until:
            raise JcliError("E677", address=url, seconds=WORKER, log=log)
        time.sleep(0.25)


@contextmanager
def _said_to(file: "FileIO") -> Iterator[None]:
    """Let standard error go to a file; Java, started meanwhile, keeps it."""
    kept = os.dup(2)
    os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _failing(log: Path, code: str = "E673") -> Iterator[None]:
    """Let whatever Spark raises be refused with the place of its log."""
    try:
        yield
    except JcliError:
        raise
    except Exception as error:
        said = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise JcliError(code, problem=said[:200], log=log) from error
