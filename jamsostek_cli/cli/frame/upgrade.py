"""A database of an older jcli: brought up to date by the first command that meets it, and said aloud."""

import sys
from contextlib import suppress

from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.steps import SCHEMA_VERSION


def bring_up_to_date(database: Database, act: Act, *, quiet: bool, dry_run: bool) -> None:
    """Migrate an older file before a command works with it; a dry run, which writes nothing, is E113."""
    if not database.is_older():
        return
    if dry_run:
        raise JcliError("E113", path=database.path, found=database.version_in_header(), known=SCHEMA_VERSION)
    from jamsostek_cli.operations.office import database as office

    if not quiet:
        announce(database)
    migrated = office.migrate(database, act)
    if not quiet and migrated is not None:
        _say(text("say.migrated", path=database.path, new=migrated.new, copy=migrated.copy.name))


def announce(database: Database) -> None:
    """Say on standard error what is about to be done to an older file."""
    _say(text("say.migrating", path=database.path, old=database.version_in_header(), new=SCHEMA_VERSION))


def _say(line: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
