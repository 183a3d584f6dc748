"""A table of a drop as a Parquet file, written by DuckDB: equal columns give equal bytes."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from jamsostek_cli import safe_file
from jamsostek_cli.domain.drop import DropTable
from jamsostek_cli.errors import JcliError
from jamsostek_cli.reports.drop.columns import Column, TextColumn
from jamsostek_cli.reports.engine.duckdb import TYPES

if TYPE_CHECKING:
    import pandas as pd

SETTINGS: Final = MappingProxyType(
    {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": "",
        "threads": "1",
    }
)
"""Nothing is fetched, rows go to no file but the table's, and one thread keeps them in order."""
_COPY: Final = """
    COPY (SELECT {said} FROM held) TO '{place}'
    (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, USE_TMP_FILE false)
"""
"""The part file is written itself: of another one beside it nobody would know, were the command killed."""


def engine() -> Any:  # noqa: ANN401 - a module that need not be there
    """Return DuckDB; E651 where it is not installed."""
    try:
        import duckdb  # noqa: PLC0415 - whoever hands nothing over needs none
    except ImportError:
        raise JcliError("E651") from None
    return duckdb


def write(table: DropTable, columns: Mapping[str, Column], place: Path) -> None:
    """Write the columns of a table into a file; E651, E658, `OSError` where disk or folder forbid it."""
    duckdb = engine()
    place.touch(mode=0o600)  # what forbids to write here is said as of any other file
    held, said = _frame(table, columns)
    try:
        with duckdb.connect(config=dict(SETTINGS)) as session:
            session.register("held", held)
            session.execute(_COPY.format(said=said, place=str(place).replace("'", "''")))
    except duckdb.OutOfMemoryException:
        raise JcliError("E658") from None
    except duckdb.IOException as error:
        raise _as_of_the_system(str(error)) from error


def _as_of_the_system(said: str) -> OSError:
    """Return what DuckDB says of a file as the system said it: the number follows from the words."""
    found = [number for number in safe_file.DISK if os.strerror(number) in said]
    return OSError(*found, said)


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
        said.append(f"CAST({alias} AS {TYPES[kind]}) AS {name}")
    return pd.DataFrame(held, copy=False), ", ".join(said)
