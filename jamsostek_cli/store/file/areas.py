"""The city's kelurahan: from packaged data (or a file of the same shape) into the database, and back."""

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.errors import JcliError


def from_package(code: str) -> Area:
    """Return the area with a Kemendagri code such as `64.74`, or one described in a TOML file; E110 else."""
    packaged = resources.files("jamsostek_cli.store.file").joinpath("areas", f"{code}.toml")
    try:
        place = packaged if packaged.is_file() else Path(code)
        return _area_from(tomllib.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        raise JcliError("E110", area=code) from None


def _area_from(table: dict[str, Any]) -> Area:
    return Area(
        code=str(table["code"]),
        name=str(table["name"]),
        kelurahan=tuple(
            Kelurahan(
                code=str(row["code"]),
                name=str(row["name"]),
                kecamatan=str(row["kecamatan"]),
                spellings=tuple(map(str, row.get("spellings", ()))),
            )
            for row in table["kelurahan"]
        ),
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
