"""Every report the office can ask for: a new one is a module and a line here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

REPORTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "coverage": ("xlsx", "csv", "md", "json"),
        "claims": ("xlsx", "csv", "md", "json"),
        "monthly": ("xlsx", "md"),
        "quality": ("xlsx", "csv", "md", "json"),
        "forecast": ("xlsx", "csv", "md", "json"),
    }
)
"""The reports, each with the file formats it can be written in."""

LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    dict.fromkeys(("reconcile", "overlaps", "bill", "invoice"), ("xlsx", "csv", "md", "json"))
)
"""What other commands write with `-o`, each with its file formats."""

_SCHEMAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "quality": "report-quality",
        "reconcile": "bpjs-reconcile",
        "overlaps": "cover-overlaps",
        "bill": "iuran-bill",
        "invoice": "iuran-check",
    }
)


def schema(name: str) -> str:
    """Return what a report's JSON envelope is called: its own name where nothing else stands."""
    return _SCHEMAS.get(name, name)
