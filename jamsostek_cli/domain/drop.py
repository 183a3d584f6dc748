"""A drop: what a city hands over to its province, laid out so that every engine reads it alike.

A drop is a folder of Hive-partitioned Parquet files, tables first, so that the drops of many cities merge by
copying folders together, and a manifest beside them::

    DROP/people/city=64.74/as_of=2025-12-31/part-0.parquet
    DROP/_manifest/64.74_2025-12-31.json

`city` and `as_of` (the last day of a month) stand in the path only and are text: an engine that guesses
makes the number 32.1 of the city 32.10. There are texts, whole numbers and days, no moment and no fraction;
whatever needs a calendar is reckoned before it leaves.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final

FORMAT: Final = "jcli-drop/1"
PARTITIONS: Final = ("city", "as_of")
MANIFEST: Final = "_manifest"
"""The folder of the manifests; engines do not look into folders that begin with a line."""
MANIFEST_FIELDS: Final = (
    "format",
    "city",
    "name",
    "as_of",
    "level",
    "agreement",
    "key",
    "audit_head",
    "totals",
    "sha256",
)
"""What a manifest says; the agreement and the number of the key only of persons, else null."""


class DropLevel(StrEnum):
    """How much a city hands over: counts of people alone, or pseudonyms of persons under an agreement."""

    COUNTS = "counts"
    PERSONS = "persons"


class ColumnType(Enum):
    """What a column holds; the same in every engine."""

    TEXT = "text"
    INTEGER = "INT32"
    LONG = "INT64"
    DAY = "date"


_T, _I, _L, _D = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.LONG, ColumnType.DAY
DropTable = Mapping[str, ColumnType]

COMMON: Final[Mapping[str, DropTable]] = MappingProxyType(
    {
        "areas": {"kelurahan_code": _T, "kelurahan": _T, "kecamatan_code": _T, "kecamatan": _T},
        "workforce": {
            "year": _I,
            "area_code": _T,
            "segment": _T,
            "workers": _L,
            "protected_elsewhere": _L,
            "source": _T,
        },
        "totals": {"measure": _T, "value": _L},
    }
)
"""What is handed over at either level. `totals` is what the city itself says, to be compared."""

PERSONS: Final[Mapping[str, DropTable]] = MappingProxyType(
    {
        "people": {
            "person": _T,
            "kelurahan_code": _T,
            "sex": _T,
            "age_band": _T,
            "status": _T,
            "died_month": _T,
            "enrolled": _I,
            "payer": _T,
        },
        "paid": {
            "person": _T,
            "payer": _T,
            "programmes": _T,
            "first_month": _T,
            "last_month": _T,
            "monthly": _L,
        },
        "elsewhere": {"person": _T, "payer": _T, "first_month": _T, "last_month": _T},
        "claims": {
            "claim": _T,
            "person": _T,
            "kind": _T,
            "event_month": _T,
            "reported_on": _D,
            "state": _T,
            "verified_on": _D,
            "paid_on": _D,
            "waited_days": _I,
            "amount": _L,
        },
    }
)
"""One row a person, a paid span, a span that another payer covers, a claim. `person` is a keyed hash, and so
is `claim`, of the city and the number of the claim.

`enrolled` is 1 for who is enrolled on the day, `payer` who paid its month, of several the first by name, else
who enrolled the person, null for nobody; months are `YYYY-MM` and inclusive; a paid span is cut where
its rate changes, and `monthly` is the rupiah that were billed for each of its months. `waited_days` goes from
the report to the payment, the rejection or the withdrawal, or to the day of the drop.
"""

COUNTS: Final[Mapping[str, DropTable]] = MappingProxyType(
    {
        "counts": {
            "dimension": _T,
            "code": _T,
            "registered": _L,
            "enrolled": _L,
            "protected": _L,
        },
        "ageing": {
            "state": _T,
            "claims": _L,
            "amount": _L,
            "week": _L,
            "month": _L,
            "quarter": _L,
            "longer": _L,
        },
    }
)
"""People by one dimension at a time (`city`, `kelurahan`, `sex`, `age`, `payer`) and claims by state.

A cell that is withheld is null: one of fewer than five people, and what would give it away. Claims are
told apart by the days they have waited, or had: up to 7, 30, 90, and more.
"""

TABLES: Final[Mapping[str, DropTable]] = MappingProxyType({**COMMON, **PERSONS, **COUNTS})
"""Every table that a drop can hold."""
OF_LEVEL: Final[Mapping[DropLevel, Mapping[str, DropTable]]] = MappingProxyType(
    {
        DropLevel.COUNTS: MappingProxyType({**COMMON, **COUNTS}),
        DropLevel.PERSONS: MappingProxyType({**COMMON, **PERSONS}),
    }
)
"""The tables of each level."""
