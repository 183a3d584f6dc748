"""What coverage can be broken down by and restricted to, and what people call its values."""

import datetime
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.iuran import Payer
from jamsostek_cli.domain.month import Month
from jamsostek_cli.reports.coverage.told import SEAM

MONTH: Final = "month"
PAYER: Final = "payer"
AGE: Final = "age"
OCCUPATION: Final = "occupation"
_STEPS: Final = (18, 25, 35, 45, 55, 65)
AGES: Final = tuple(
    f"{low}-{high - 1}" if high else f"{low}+"
    for low, high in zip((0, *_STEPS), (*_STEPS, None), strict=True)
)
"""The age groups, in completed years."""

_COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kelurahan": "coalesce(worker.kelurahan_code, '')",
        "kecamatan": "coalesce(worker.kelurahan_code, '')",
        "agency": "coalesce(worker.agency_id, '')",
        OCCUPATION: "json_quote(worker.occupation)",
        "sex": "worker.sex",
        AGE: f"""
            CASE WHEN CAST(:year AS INTEGER) - CAST(substr(birth_date, 1, 4) AS INTEGER) IN {_STEPS}
              THEN birth_date ELSE substr(birth_date, 1, 4) END
        """,
        PAYER: "''",
        MONTH: "''",
    }
)
"""How SQL says it of a worker, as far as it does, in a text without line breaks, empty where it is not known.

Whoever has a birthday that matters has it whole; what people typed is told as JSON.
"""
DIMENSIONS: Final = tuple(_COLUMNS)
"""The dimensions, in the order in which they are offered."""
AREAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kelurahan": "SELECT code, name, code FROM kelurahan ORDER BY code",
        "kecamatan": "SELECT code, kecamatan, kecamatan_code FROM kelurahan ORDER BY code",
    }
)
"""The name and the area code of each kelurahan, for the dimensions whose values have targets."""
_NAMES: Final = MappingProxyType({**AREAS, "agency": "SELECT id, name, NULL FROM agency"})


class Value(NamedTuple):
    """A value of a dimension, None for people of whom it is not known; `area` is the code of an area."""

    name: str | Payer | Month | None = None
    area: str | None = None

    @property
    def code(self) -> str | None:
        """What programs call it."""
        return self.area or (None if self.name is None else str(self.name))

    @property
    def order(self) -> tuple[bool, str]:
        """Where it stands among the others: what is not known comes last."""
        return self.name is None, self.code or ""


class Names:
    """The values of dimensions by what the database holds for them."""

    def __init__(self, connection: Connection, dimensions: tuple[str, ...]) -> None:
        """Read the names of areas and agencies, where they are asked for."""
        self.told = f" || '{SEAM}' || ".join(_COLUMNS[dimension] for dimension in dimensions)
        self._named = {
            dimension: {
                str(key): Value(name, area) for key, name, area in connection.execute(_NAMES[dimension])
            }
            for dimension in dimensions
            if dimension in _NAMES
        }

    def value(self, dimension: str, held: str, day: datetime.date, payer: Payer | None) -> Value:
        """Return the value of a dimension on a day for somebody of whom the database holds this."""
        if dimension == MONTH:
            return Value(Month.of(day))
        if dimension == PAYER:
            return Value(payer)
        if dimension == AGE:
            return Value(_age(held, day))
        if dimension == OCCUPATION:
            return Value(json.loads(held))
        return self._named[dimension].get(held, Value()) if dimension in self._named else Value(held)

    def areas(self, dimension: str) -> list[Value]:
        """Return every area of a dimension that has areas."""
        return [*dict.fromkeys(self._named[dimension].values())] if dimension in AREAS else []


def _age(born: str, day: datetime.date) -> str:
    """Return the age group on a day of who was born on a day, or in a year whose birthday decides nothing."""
    years = day.year - int(born[:4]) - (born[5:] > day.isoformat()[5:])
    return AGES[sum(step <= years for step in _STEPS)]
