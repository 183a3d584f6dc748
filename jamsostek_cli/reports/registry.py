"""Every report the office can ask for: a new one of a year is a module and a line in `YEARLY`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_TABLES: Final = ("xlsx", "csv", "tsv", "md", "json")
_PAGES: Final = ("html", "pdf", "docx")
_PICTURES: Final = ("png", "svg")
EVERYWHERE: Final = (*_TABLES, *_PAGES, *_PICTURES)
"""The formats of a report that has a chart: tables, pages, pictures."""

YEARLY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "workforce": "jamsostek_cli.reports.workforce",
        "iuran": "jamsostek_cli.reports.iuran",
        "cover": "jamsostek_cli.reports.cover.year",
    }
)
"""Reports of a year that ask for nothing else: the module of each, whose `report` takes a `Year`."""

REPORTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "coverage": EVERYWHERE,
        "claims": EVERYWHERE,
        "monthly": (*EVERYWHERE, "txt"),
        "quality": EVERYWHERE,
        "forecast": EVERYWHERE,
        **dict.fromkeys(YEARLY, EVERYWHERE),
    }
)
"""The reports, each with the file formats it can be written in."""

PROVINCE: Final = tuple(f"province_{question}" for question in ("coverage", "overlaps", "claims", "totals"))
"""What a province asks over its cities; these name nobody, and need no database."""

_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "workers": "worker list",
        "duplicates": "worker duplicates",
        "covered": "cover list",
        "gaps": "cover gaps",
        "claim_list": "claim list",
        "ageing": "claim ageing",
        "families_owed": "claim owed",
        "sample": "claim sample",
        "batches": "batch list",
        "batch": "batch show",
        "findings": "batch show findings",
        "iuran_list": "iuran list",
        "submissions": "bpjs list",
        "submission": "bpjs show",
        "answer": "bpjs answer",
        "bpjs_claims": "bpjs claims",
        "enrolled": "enrol",
        "review": "review",
        "reconcile": "bpjs reconcile",
        "adopted_cards": "bpjs reconcile adopted",
        "overlaps": "cover overlaps",
        "overlaps_province": "cover overlaps from-province",
        "bill": "iuran bill",
        "invoice": "iuran check",
        "find": "find",
        "person": "privacy report",
        "breach": "privacy breach",
        "departures": "privacy files",
        "processing": "privacy register",
        "change_rows": "import changes",
        "death_match": "worker death match",
        "agencies": "agency list",
        "audit": "audit log",
        "workforce_lines": "workforce set file",
        "public_list": "report public-list",
        **{name: name.replace("_", " ") for name in PROVINCE},
    }
)


LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(_COMMANDS, (*_TABLES, *_PAGES)),
        **dict.fromkeys(("person", "breach"), ("pdf", "docx", *_TABLES)),
        **dict.fromkeys(PROVINCE, EVERYWHERE),
    }
)
"""What other commands write with `-o`, each with its file formats."""


def command(name: str) -> str:
    """Return the command that gives a report or list; its JSON is called by it, on screen and in a file."""
    return f"jcli {_COMMANDS.get(name, f'report {name}')}"
