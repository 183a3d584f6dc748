"""An area with its kelurahan: out of the gazetteer or a file into the database, and back."""

import json
from pathlib import Path
from typing import Final

from jamsostek_cli import strict
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.errors import JcliError

_AREAS: Final = Path(__file__).with_name("areas")
_KELURAHAN: Final[strict.Types] = {
    **dict.fromkeys(("code", "name", "kecamatan"), (str,)),
    "spellings": (list,),
}
_AREA: Final[strict.Types] = {"code": (str,), "name": (str,), "kelurahan": (list,)}


def chosen(typed: str) -> Area:
    """Return the area with a code (`64.72`, `6472`) or a name, or one described in a TOML file.

    E110 where there is none, E116 where a kota and a kabupaten bear the name, E602 with the place for a file
    that is not as it should be.
    """
    path = Path(typed)
    if path.suffix.lower() == ".toml" or len(path.parts) > 1:
        return _described(path, typed)
    if _packaged(typed.strip()).is_file():
        return from_package(typed.strip())
    from jamsostek_cli.store.file import gazetteer  # noqa: PLC0415 - it loads all villages of the country

    place = gazetteer.find(typed)
    return from_package(place.code) if _packaged(place.code).is_file() else gazetteer.area(place)


def from_package(code: str) -> Area:
    """Return an area whose spellings are known here, by its code."""
    return _described(_packaged(code), code)


def _packaged(code: str) -> Path:
    """Return the file with the spellings of an area, which need not exist."""
    return _AREAS / f"{code}.toml"


def _described(path: Path, typed: str) -> Area:
    """Return the area that a file describes; E110 where nothing is to be read, E602 with the place."""
    try:
        content = path.read_bytes()
    except OSError:
        raise JcliError("E110", area=typed, remedy="E110.file") from None
    name = path.name
    area = strict.table(strict.toml(strict.decoded(content, name), name), _AREA, name, required=_AREA)
    kelurahan = [_kelurahan(row, f"{name}: kelurahan {at}") for at, row in enumerate(area["kelurahan"], 1)]
    return Area(code=area["code"], name=area["name"], kelurahan=tuple(kelurahan))


def _kelurahan(entry: object, place: str) -> Kelurahan:
    row = strict.table(entry, _KELURAHAN, place, required=("code", "name", "kecamatan"))
    return Kelurahan(
        code=row["code"],
        name=row["name"],
        kecamatan=row["kecamatan"],
        spellings=tuple(map(str, row.get("spellings", ()))),
    )


def save(db: Connection, area: Area) -> None:
    """Store the area and its kelurahan in a new database."""
    db.table("area").insert({"code": area.code, "name": area.name})
    db.executemany(
        """
        INSERT INTO kelurahan (code, name, kecamatan_code, kecamatan, spellings)
        VALUES (?, ?, ?, ?, ?)
        """,
        [
            (k.code, k.name, k.kecamatan_code, k.kecamatan, json.dumps(k.spellings, ensure_ascii=False))
            for k in area.kelurahan
        ],
    )


def put_spellings(db: Connection, code: str, spellings: tuple[str, ...]) -> None:
    """Store how a kelurahan is written besides its name."""
    db.table("kelurahan").update(code, {"spellings": json.dumps(spellings, ensure_ascii=False)})


def load(db: Connection) -> Area:
    """Return the area this database was made for."""
    (area,) = db.table("area").rows
    return Area(
        code=area["code"],
        name=area["name"],
        kelurahan=tuple(
            Kelurahan(
                code=row["code"],
                name=row["name"],
                kecamatan=row["kecamatan"],
                spellings=tuple(json.loads(row["spellings"])),
            )
            for row in db.table("kelurahan").rows_where(order_by="code")
        ),
    )
