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
    }
)


LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(_COMMANDS, ("xlsx", "csv", "md", "json")),
        **dict.fromkeys(("person", "breach"), ("pdf", "xlsx", "csv", "md", "json")),
    }
)
"""What other commands write with `-o`, each with its file formats."""


def command(name: str) -> str:
    """Return the command that gives a report or list; its JSON is called by it, on screen and in a file."""
    return f"jcli {_COMMANDS.get(name, f'report {name}')}"
