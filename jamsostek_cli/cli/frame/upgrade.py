"""A database of an older jcli: brought up to date by the first command that meets it, and said aloud."""

import sys
from contextlib import suppress

from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.store.file.copies import is_copy
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.steps import SCHEMA_VERSION
from jamsostek_cli.store.file.trail.audit import Act


def bring_up_to_date(database: Database, act: Act, *, quiet: bool, as_it_is: bool) -> None:
    """Migrate an older file before a command works with it.

    A command that takes the file as it is (a dry run, or a plan bound to it) is E113, and so is one that
    looks at the copy from before a migration: that stays what it is unless somebody asks for `db migrate`.
    """
    if not database.is_older():
        return
    if as_it_is or is_copy(database.path):
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
