"""A table of a drop as a Parquet file, written by DuckDB: equal columns give equal bytes."""

import errno
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from jamsostek_cli.domain.drop import ColumnType, DropTable
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.drop.columns import Column, TextColumn

if TYPE_CHECKING:
    import pandas as pd

_SQL: Final[Mapping[ColumnType, str]] = MappingProxyType(
    {
        ColumnType.TEXT: "VARCHAR",
        ColumnType.INTEGER: "INTEGER",
        ColumnType.LONG: "BIGINT",
        ColumnType.DAY: "DATE",
    }
)
_OFFLINE: Final = MappingProxyType(
    {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
)
"""Nothing is fetched, and one thread keeps the rows in order."""
_COPY: Final = """
    COPY (SELECT {said} FROM held) TO '{place}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
"""


def engine() -> Any:  # noqa: ANN401 - a module that need not be there
    """Return DuckDB; E651 where it is not installed."""
    try:
        import duckdb  # noqa: PLC0415 - whoever hands nothing over needs none
    except ImportError:
        raise JcliError("E651") from None
    return duckdb


def write(table: DropTable, columns: Mapping[str, Column], place: Path) -> None:
    """Write the columns of a table into a file; E651 without DuckDB, `OSError` where the disk is full."""
    duckdb = engine()
    place.touch(mode=0o600)  # what forbids to write here is said as of any other file
    held, said = _frame(table, columns)
    try:
        with duckdb.connect(config=dict(_OFFLINE)) as session:
            session.register("held", held)
            session.execute(_COPY.format(said=said, place=str(place).replace("'", "''")))
    except duckdb.IOException as error:
        raise OSError(errno.EIO, str(error), str(place)) from error


def _frame(table: DropTable, columns: Mapping[str, Column]) -> tuple["pd.DataFrame", str]:
    """Return the columns as a frame, and what is selected of it."""
    import pandas as pd  # noqa: PLC0415 - slow to load

    held: dict[str, Any] = {}
    said = []
    for at, (name, kind) in enumerate(table.items()):
        column, alias = columns[name], f"c{at}"
        if isinstance(column, TextColumn):
            texts = pd.Index(column.texts or ("",), dtype=object)
            held[alias] = pd.Categorical.from_codes(column.codes, texts)
        elif not isinstance(column, np.ndarray):
            held[alias] = pd.Series(column, dtype=object)
        elif column.ndim == 1:
            held[alias] = column
        else:  # pseudonyms
            held[f"{alias}h"], held[f"{alias}l"] = column.T
            alias = f"printf('%016x%016x', {alias}h, {alias}l)"
        said.append(f"CAST({alias} AS {_SQL[kind]}) AS {name}")
    return pd.DataFrame(held, copy=False), ", ".join(said)
