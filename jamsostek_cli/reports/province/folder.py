"""A folder of drops on this machine: which city handed over what, and whether all of it lies there unchanged.

Only files that a manifest names are ever read as data, and each by its own name.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from jamsostek_cli.domain.drop import FORMAT, MANIFEST, OF_LEVEL, TABLES, DropLevel
from jamsostek_cli.domain.month import Month
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text

_MANIFEST: Final = re.compile(r"(\d\d\.\d\d)_(\d{4}-\d\d-\d\d)\.json", re.ASCII)
_CITY: Final = re.compile(r"city=\d\d\.\d\d", re.ASCII)
_DAY: Final = re.compile(r"as_of=\d{4}-\d\d-\d\d", re.ASCII)
_PART: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.parquet", re.ASCII)
_OURS: Final = "jcli-drop/"
_HIDDEN: Final = (".", "_")
"""With what names begin that no engine looks at."""
_NONE: Final = type(None)
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "format": (str,),
    "city": (str,),
    "name": (str,),
    "as_of": (str,),
    "level": (str,),
    "agreement": (str, _NONE),
    "key": (int, _NONE),
    "audit_head": (str,),
    "totals": (dict,),
    "sha256": (dict,),
}


class Handed(NamedTuple):
    """What one city handed over of one day: `name` is empty where nobody looked into a manifest."""

    city: str
    as_of: str
    level: DropLevel
    name: str = ""
    root: Path = Path()
    files: Mapping[str, Path] = {}
    """Each file by its name in the manifest."""
    hashes: Mapping[str, str] = {}
    totals: Mapping[str, int | None] | None = None
    """What the manifest says that the city counted, and the number of its key; None where nobody looked."""
    key: int | None = None


def found(root: Path) -> list[Handed]:
    """Return what lies in a folder, by what the manifests say of it.

    E661 where it holds no drop, E663 for a manifest that cannot be read, E664 for one of another format, E665
    for files that no manifest knows, or that are no files.
    """
    with _readable(root):
        return _found(root)


@contextmanager
def _readable(path: Path | str) -> Iterator[None]:
    """Refuse what the system does not let us read (E663)."""
    try:
        yield
    except OSError as error:
        kind = "not_permitted" if isinstance(error, PermissionError) else "unreadable"
        raise JcliError("E663", path=path, problem=text(f"manifest_problem.{kind}")) from error


def _found(root: Path) -> list[Handed]:
    place = root.resolve()
    if "=" in str(place) or not (place / MANIFEST).is_dir():
        raise JcliError("E661", path=root)
    handed = [_read(place, file) for file in sorted((place / MANIFEST).iterdir()) if not _unseen(file)]
    if not handed:
        raise JcliError("E661", path=root)
    known = {(one.city, one.as_of) for one in handed}
    for table in TABLES:
        for partition in _partitions(place / table):
            city, day = (part.partition("=")[2] for part in partition.parts[-2:])
            if (city, day) not in known:
                raise JcliError("E665", path=partition.relative_to(place))
    return handed


def _unseen(path: Path) -> bool:
    return path.name.startswith(_HIDDEN)


def _partitions(table: Path) -> Iterator[Path]:
    """Yield the folders of a table that hold a day of a city; E665 for anything else in it."""
    if not table.exists() and not table.is_symlink():
        return
    for city in _below(table, _CITY):
        yield from _below(city, _DAY)


def _below(folder: Path, shape: re.Pattern[str]) -> Iterator[Path]:
    if folder.is_symlink() or not folder.is_dir():
        raise JcliError("E665", path=folder.name)
    for entry in sorted(folder.iterdir()):
        if _unseen(entry):
            continue
        if not shape.fullmatch(entry.name) or entry.is_symlink() or not entry.is_dir():
            raise JcliError("E665", path=f"{folder.name}/{entry.name}")
        yield entry


def _read(root: Path, file: Path) -> Handed:
    """Return what a manifest says, its every word looked at."""
    place = f"{MANIFEST}/{file.name}"
    named = _MANIFEST.fullmatch(file.name)
    if named is None or file.is_symlink() or not file.is_file():
        raise JcliError("E665", path=place)
    said = _said(file.read_bytes(), place)
    day = _day(said["as_of"])
    _demand((said["city"], said["as_of"]) == (named[1], named[2]), place, "city, as_of")
    _demand(day is not None and Month.of(day).last_day == day, place, "as_of")
    _demand(said["level"] in set(DropLevel), place, "level")
    level = DropLevel(said["level"])
    files = {name: root / name for name in said["sha256"]}
    wanted = {f"{table}/city={said['city']}/as_of={said['as_of']}" for table in OF_LEVEL[level]}
    shaped = all(_PART.fullmatch(path.name) for path in files.values())
    _demand(shaped and {name.rpartition("/")[0] for name in files} == wanted, place, "sha256")
    _demand(all(isinstance(each, str) for each in said["sha256"].values()), place, "sha256")
    _demand(all(each is None or type(each) is int for each in said["totals"].values()), place, "totals")
    return Handed(
        said["city"],
        said["as_of"],
        level,
        said["name"],
        root,
        files,
        said["sha256"],
        said["totals"],
        said["key"],
    )


def _day(told: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(told)
    except ValueError:
        return None


def _demand(fact: object, place: str, parts: str) -> None:
    """Refuse a manifest (E663) of which some parts are not as they should be."""
    if not fact:
        raise JcliError("E663", path=place, problem=text("manifest_problem.parts", parts=parts))


def _said(content: bytes, place: str) -> dict[str, Any]:
    """Return what a manifest says, all of it there and of its type; E663, E664 for one of another format."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise JcliError("E663", path=place, problem=text("manifest_problem.unreadable"))
    told = said.get("format")
    if isinstance(told, str) and told.startswith(_OURS) and told != FORMAT:
        raise JcliError("E664", path=place, format=told, known=FORMAT)
    _demand(told == FORMAT, place, "format")
    odd = [
        name
        for name in {**_TYPES, **said}
        if name not in said or type(said[name]) not in _TYPES.get(name, ())
    ]
    _demand(not odd, place, ", ".join(odd))
    return said


def demand_whole(handed: Handed) -> None:
    """Raise unless the files of a city are there as they were handed over, and nothing beside them.

    E665 for a file that is missing or foreign, E666 for one with other bytes.
    """
    with _readable(handed.city):
        _demand_files(handed)


def _demand_files(handed: Handed) -> None:
    for name, path in handed.files.items():
        if path.is_symlink() or not path.is_file():
            raise JcliError("E665", path=name)
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != handed.hashes[name]:
                raise JcliError("E666", path=name, city=handed.city)
    for folder in {path.parent for path in handed.files.values()}:
        for entry in sorted(folder.iterdir()):
            name = entry.relative_to(handed.root).as_posix()
            if name not in handed.files and not _unseen(entry):
                raise JcliError("E665", path=name)
