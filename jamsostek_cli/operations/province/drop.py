"""`export parquet`: what the city hands over to its province, as files that any engine reads."""

import datetime
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from jamsostek_cli import safe_file
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.drop import COUNTS, FORMAT, MANIFEST, OF_LEVEL, TABLES, DropLevel
from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.nik import hidden
from jamsostek_cli.domain.pseudonym import PseudonymKey
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations import departure
from jamsostek_cli.operations.departure import FileKind
from jamsostek_cli.operations.province import drop_key
from jamsostek_cli.reports.drop import beside, counts, parquet, persons, register
from jamsostek_cli.reports.drop.columns import Column, length, turned
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.iuran import rates

_CODE: Final = re.compile(r"\d\d\.\d\d")
_PART: Final = "part-0.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A drop: the files that changed, whether that is noted, the rows of each table.

    `key` is the number of the key; `withheld` are the rows of each table in which something is withheld.
    """

    city: str
    as_of: datetime.date
    level: DropLevel
    key: int | None
    written: list[Path]
    noted: bool
    rows: dict[str, int]
    withheld: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drop:
    """What is handed over, before it is written."""

    city: str
    name: str
    as_of: datetime.date
    level: DropLevel
    agreement: str | None
    key: int | None
    head: str
    people: int
    tables: Mapping[str, Mapping[str, Column]]
    totals: Mapping[str, int]

    def place(self, table: str) -> str:
        """Return where in the drop the file of a table stands."""
        return f"{table}/city={self.city}/as_of={self.as_of}/{_PART}"

    @property
    def manifest(self) -> str:
        """Where in the drop the manifest stands."""
        return f"{MANIFEST}/{self.city}_{self.as_of}.json"

    def told(self, hashes: Mapping[str, str]) -> str:
        """Return the manifest, given the hashes of the files."""
        said = {
            "format": FORMAT,
            "city": self.city,
            "name": self.name,
            "as_of": self.as_of.isoformat(),
            "level": self.level.value,
            "agreement": self.agreement,
            "key": self.key,
            "audit_head": self.head,
            "totals": self.totals,
            "sha256": hashes,
        }
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def hand_over(
    db: Database,
    act: Act,
    folder: Path,
    *,
    as_of: datetime.date,
    agreement: str | None = None,
    key: PseudonymKey | None = None,
    force: bool = False,
) -> HandedOver:
    """Write the drop of a day into a folder: counts alone, or persons under an agreement and a key.

    Figures are those of the day as they are known now. Nothing is written where nothing has changed.

    E645 for a day that ends no month, E646 for one to come, E651 without DuckDB, E652 for a city without a
    code, E653 where nobody was registered by then, E654 where the other level of that day lies there, E658
    where memory does not do, E502, E106, E108, E120.
    """
    _demand_end_of_month(as_of, act.today)
    parquet.engine()
    level = DropLevel.COUNTS if key is None else DropLevel.PERSONS
    with db.reading() as connection:
        made = _gathered(connection, as_of, level, agreement, key)
    safe_file.demand_folder(folder)
    _refuse_other_level(folder, made)
    noted: list[bool] = []
    with _folders(folder, [*map(made.place, made.tables), made.manifest]):
        written = _write(folder, made, lambda digest: noted.append(_note(db, act, made, digest)), force=force)
    return HandedOver(
        city=made.city,
        as_of=as_of,
        level=level,
        key=made.key,
        written=written,
        noted=all(noted),
        rows={table: length(columns) for table, columns in made.tables.items()},
        withheld={table: _withheld(made.tables[table]) for table in COUNTS if table in made.tables},
    )


def _demand_end_of_month(as_of: datetime.date, today: datetime.date) -> None:
    latest = Month.of(today + datetime.timedelta(days=1)).plus(-1).last_day
    end = min(Month.of(as_of).last_day, latest)
    if as_of > today:
        raise JcliError("E646", day=as_of, today=today, end=str(end))
    if as_of != Month.of(as_of).last_day:
        raise JcliError("E645", day=as_of, end=str(end))


def _gathered(
    connection: Connection,
    as_of: datetime.date,
    level: DropLevel,
    agreement: str | None,
    key: PseudonymKey | None,
) -> _Drop:
    """Read everything that is handed over, in one state of the file."""
    area = areas.load(connection)
    if _CODE.fullmatch(area.code) is None:
        raise JcliError("E652", area=area.name)
    billed = partial(rates.billed, connection)
    people, spans = register.read(connection, as_of, billed, key)
    if not people.living.any():
        raise JcliError("E653", day=as_of)
    tables: dict[str, Mapping[str, Column]] = {
        "areas": beside.areas(connection),
        "workforce": beside.workforce(connection, level, area.code),
    }
    if key is None:
        kelurahan = [one.code for one in area.kelurahan]
        tables["counts"] = counts.counts(people, area.code, kelurahan)
        tables["ageing"] = counts.ageing(connection, as_of)
    else:
        tables |= persons.tables(connection, as_of, people, spans, key, area.code)
    head = audit.state(connection)
    totals = {
        "level": list(DropLevel).index(level),
        **({} if key is None else {"key": drop_key.number(key)}),
        **beside.totals(connection, as_of, level, billed),
        **{f"rows.{table}": length(columns) for table, columns in tables.items()},
    }
    totals["rows.totals"] = len(totals) + 1
    tables["totals"] = turned(TABLES["totals"], sorted(totals.items()))
    assert tables.keys() == OF_LEVEL[level].keys()  # noqa: S101 - the layout is kept
    return _Drop(
        city=area.code,
        name=area.name,
        as_of=as_of,
        level=level,
        agreement=agreement and hidden(agreement),
        key=None if key is None else drop_key.number(key),
        head="" if head is None else head.hash,
        people=len(people.living),
        tables=tables,
        totals=totals,
    )


def _withheld(columns: Mapping[str, Column]) -> int:
    """Return in how many rows something is withheld: then the last column is blank."""
    *_, last = columns.values()
    return sum(value is None for value in last)


def _refuse_other_level(folder: Path, made: _Drop) -> None:
    """Raise E654 where files of the day are there that a drop of this level does not have."""
    foreign = [table for table in TABLES if table not in made.tables]
    there = [folder / made.place(table) for table in foreign]
    if any(place.exists() for place in there):
        raise JcliError(
            "E654", day=made.as_of, folders=", ".join(str(place.parent) for place in there if place.exists())
        )


@contextmanager
def _folders(folder: Path, places: Iterable[str]) -> Iterator[None]:
    """Make the folders of a drop; those that were made for nothing are gone after the block."""
    made: list[Path] = []
    try:
        for place in places:
            for at in reversed([folder / place, *(folder / place).parents][1:]):
                there = at.is_dir()
                at.mkdir(exist_ok=True)  # another export may have made it in this moment
                if not there:
                    made.append(at)
        yield
    except OSError as error:
        raise safe_file.refusal(error, at) from error
    finally:
        for at in reversed(made):
            with suppress(OSError):  # it holds something
                at.rmdir()


def _write(folder: Path, made: _Drop, note: Callable[[str], None], *, force: bool) -> list[Path]:
    """Write the files, the manifest last; `note` is given its hash before any of them gets its place."""
    hashes: dict[str, str] = {}
    manifest = folder / made.manifest

    def put(table: str, part: Path) -> None:
        parquet.write(TABLES[table], made.tables[table], part)
        hashes[made.place(table)] = safe_file.sealed(part)

    def tell(part: Path) -> None:
        said = made.told(hashes).encode()
        if manifest.is_file() and manifest.read_bytes() != said and not force:
            raise JcliError("E502", path=manifest.name)
        part.write_bytes(said)
        hashes[MANIFEST] = hashlib.sha256(said).hexdigest()

    fills: dict[Path, Callable[[Path], None]] = {
        folder / made.place(table): partial(put, table) for table in sorted(made.tables)
    }
    return safe_file.write_all({**fills, manifest: tell}, force=force, first=lambda _: note(hashes[MANIFEST]))


def _note(db: Database, act: Act, made: _Drop, digest: str) -> bool:
    """Note that a drop leaves, by the hash of its manifest, which holds those of its files.

    One that holds nobody leaves all the same where that cannot be noted: False.
    """
    subject, files = f"{made.city} {made.as_of}", {Path(made.manifest).name: digest}
    if made.level is DropLevel.COUNTS:
        return departure.note_public(db, act, subject, files)
    with db.writing() as connection:
        audit.record(
            connection,
            act,
            action="privacy.drop",
            subject=subject,
            after={
                "agreement": made.agreement,
                "shared_key": made.key,
                **departure.told(connection, act, FileKind.DROP, files, people=made.people),
            },
        )
    return True
