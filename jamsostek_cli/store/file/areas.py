"""The city's kelurahan: from packaged data (or a file of the same shape) into the database, and back."""

import json
from importlib import resources
from pathlib import Path
from typing import Final

from jamsostek_cli import strict
from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.errors import JcliError

_KELURAHAN: Final[strict.Types] = {
    **dict.fromkeys(("code", "name", "kecamatan"), (str,)),
    "spellings": (list,),
}
_AREA: Final[strict.Types] = {"code": (str,), "name": (str,), "kelurahan": (list,)}


def from_package(code: str) -> Area:
    """Return the area with a Kemendagri code such as `64.74`, or one described in a TOML file.

    E110 where there is neither, E602 with the place for a file that is not as it should be.
    """
    packaged = resources.files("jamsostek_cli.store.file").joinpath("areas", f"{code}.toml")
    try:
        content = (packaged if packaged.is_file() else Path(code)).read_bytes()
    except OSError:
        raise JcliError("E110", area=code) from None
    name = Path(code).name
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
