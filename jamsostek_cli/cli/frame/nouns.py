"""The nouns of the command line: each module is loaded only when its noun is used."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import typer
from typer.main import get_command

from jamsostek_cli.cli.frame.group import OnceCommand, built
from jamsostek_cli.cli.frame.page import PageGroup
from jamsostek_cli.messages import language, text

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

NOUNS: Final = MappingProxyType(
    {
        "init": "office.database.init",
        "demo": "demo.command.demo",
        "status": "office.status.status",
        "import": "roster.importing.import_",
        "template": "roster.template.template",
        "batch": "roster.batch.app",
        "review": "review.review",
        "find": "find.find",
        "worker": "worker.command.app",
        "enrol": "enrol.command.enrol",
        "bpjs": "bpjs.command.app",
        "cover": "cover.command.app",
        "iuran": "iuran.command.app",
        "claim": "claim.command.app",
        "verify": "claim.settling.verify",
        "pay": "claim.settling.pay",
        "report": "report.app",
        "close": "close.close",
        "export": "export.app",
        "province": "province.command.app",
        "area": "office.area.app",
        "agency": "office.agency.app",
        "workforce": "office.workforce.app",
        "provisions": "office.provisions.app",
        "officer": "office.officer.app",
        "privacy": "privacy.command.app",
        "audit": "office.audit.app",
        "db": "office.database.app",
        "help": "office.help.help_",
    }
)
"""What answers to each noun: a module of the command line, and in it a group of commands or one command."""

_HELP: Final = MappingProxyType({"verify": "help.verify_alias", "pay": "help.pay_alias"})


_PANELS: Final = MappingProxyType(
    {
        "panel.start": ("init", "demo", "status", "help"),
        "panel.people": ("import", "template", "batch", "review", "find", "worker"),
        "panel.cover": ("enrol", "bpjs", "cover"),
        "panel.iuran": ("iuran",),
        "panel.claim": ("claim", "verify", "pay"),
        "panel.report": ("report", "close", "export", "province", "workforce"),
        "panel.office": ("area", "agency", "provisions", "officer", "privacy", "audit", "db"),
    }
)
"""What an officer wants to do, and the nouns with which it is done."""


class Nouns(PageGroup):
    """All nouns, of which a run loads only its own: a start was mostly spent on the others."""

    def list_commands(self, ctx: "Context") -> list[str]:
        """Return the nouns in the order of the month."""
        del ctx
        return list(NOUNS)

    def panels(self, ctx: "Context") -> list[tuple[str, Sequence[str]]]:
        """Return the nouns by what they are for."""
        del ctx
        return [(text(heading), names) for heading, names in _PANELS.items()]

    def said_of(self, ctx: "Context", name: str) -> str:
        """Return what a noun is for, without loading it."""
        del ctx
        return _said_of(name).partition(f" {text('page.example')}")[0]

    def format_epilog(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Close with where to read on."""
        del ctx
        formatter.write_paragraph()
        formatter.write_text(text("help.more"))

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """Return a noun's command or group."""
        del ctx
        return _built(cmd_name, language()) if cmd_name in NOUNS else None


@cache
def _built(noun: str, _language: str) -> "Command":
    """Return what answers to a noun, built once."""
    module, _, attribute = NOUNS[noun].rpartition(".")
    found = getattr(import_module(f"jamsostek_cli.cli.{module}"), attribute)
    if isinstance(found, typer.Typer):
        return built(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(noun, help=_said_of(noun), cls=OnceCommand)(found)
    return get_command(alone)


def _said_of(noun: str) -> str:
    return text(_HELP.get(noun, f"help.{noun}"))
