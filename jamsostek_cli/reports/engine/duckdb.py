"""DuckDB, in this process: nothing is fetched, and what does not fit into memory goes to a private folder."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from jamsostek_cli.domain.drop import PARTITIONS, TABLES, ColumnType
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.engine.question import DropPlaces, Row, Value, columns, marked, nothing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TYPES: Final[Mapping[ColumnType, str]] = MappingProxyType(
    {
        ColumnType.TEXT: "VARCHAR",
        ColumnType.INTEGER: "INTEGER",
        ColumnType.LONG: "BIGINT",
        ColumnType.DAY: "DATE",
    }
)
"""What DuckDB calls the types of a drop."""
_HELD: Final[Mapping[ColumnType, frozenset[tuple[str, str | None]]]] = MappingProxyType(
    {
        ColumnType.TEXT: frozenset({("BYTE_ARRAY", "UTF8")}),
        ColumnType.INTEGER: frozenset({("INT32", None), ("INT32", "INT_32")}),
        ColumnType.LONG: frozenset({("INT64", None), ("INT64", "INT_64")}),
        ColumnType.DAY: frozenset({("INT32", "DATE")}),
    }
)
"""How a file holds each type, as Parquet calls it."""
_PATTERN: Final = re.compile(r"[*?\[]")


class Duck:
    """A connection with a view of each table of the drops."""

    def __init__(self, connection: "DuckDBPyConnection", places: DropPlaces) -> None:
        """Make the views; E672 where a file is none of Parquet's."""
        self._connection, self._places = connection, places
        for table in TABLES:
            self._view(table, places.files.get(table, ()))

    def _view(self, table: str, files: Sequence[Path]) -> None:
        wanted = ", ".join(
            f"CAST({name} AS {kind}) AS {name}" for name, kind in columns(table, TYPES).items()
        )
        hive = ", ".join(f"'{name}': VARCHAR" for name in PARTITIONS)
        read = (
            f"read_parquet([{', '.join(map(_quoted, files))}], hive_partitioning=true, hive_types={{{hive}}})"
        )
        seen = f"SELECT {', '.join(PARTITIONS)}, {wanted} FROM {read}"
        self._run(f"CREATE VIEW {table} AS {seen if files else nothing(table, TYPES, 'VARCHAR')}", {})

    def rows(self, sql: str, **asked: Value) -> list[Row]:
        """Return the rows of a question; E672, E674."""
        return self._run(*marked(sql, asked, "$"))

    def _run(self, sql: str, asked: Mapping[str, Value]) -> list[Row]:
        import duckdb  # noqa: PLC0415 - whoever asks nothing needs none

        try:
            found: list[Row] = self._connection.execute(sql, asked or None).fetchall()
        except duckdb.OutOfMemoryException:
            raise JcliError("E674") from None
        except duckdb.Error as error:
            raise JcliError("E672", problem=str(error).strip().splitlines()[0]) from None
        return found

    def foreign(self) -> Sequence[str]:
        """Return the files whose columns or types are not those of their table."""
        found = []
        for table, files in self._places.files.items():
            held = ", ".join(map(_quoted, files))
            said = "SELECT file_name, name, type, converted_type, num_children FROM parquet_schema"
            names: dict[str, dict[str, tuple[Any, Any]]] = {str(file): {} for file in files}
            for file, name, kind, converted, children in self._run(f"{said}([{held}])", {}):
                if children is None:
                    names[str(file)][str(name)] = (kind, converted)
            found += [file for file, there in names.items() if not _fits(table, there)]
        return found


def _fits(table: str, there: Mapping[str, tuple[Any, Any]]) -> bool:
    """Tell whether a file has the columns of its table, in their order and of their types."""
    wanted = TABLES[table]
    return list(there) == list(wanted) and all(there[name] in _HELD[kind] for name, kind in wanted.items())


def _quoted(file: Path) -> str:
    """Return a file as DuckDB reads it: a sign of its patterns stands for itself."""
    plain = _PATTERN.sub(lambda found: f"[{found[0]}]", str(file))
    return "'" + plain.replace("'", "''") + "'"


@contextmanager
def opened(places: DropPlaces, *, memory: str) -> Iterator[Duck]:
    """Give the drops as DuckDB reads them, with so much memory (`4g`); E669 without DuckDB, E672."""
    try:
        import duckdb  # noqa: PLC0415 - as above
    except ModuleNotFoundError:
        raise JcliError("E669", engine="DuckDB", extra="province") from None
    with TemporaryDirectory(prefix="jcli-") as spilled:
        connection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "threads": str(os.cpu_count() or 1),
                "memory_limit": f"{memory.upper()}iB",
                "temp_directory": spilled,
            }
        )
        try:
            yield Duck(connection, places)
        finally:
            connection.close()
