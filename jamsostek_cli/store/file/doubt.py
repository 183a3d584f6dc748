"""Whether the trail contradicts the file of this run: what is written of it has to say so."""

from contextlib import suppress
from typing import TYPE_CHECKING

from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file.trail import marks

if TYPE_CHECKING:
    from jamsostek_cli.store.file.health import Health


class _Run:
    """What this run has found, if it has looked."""

    looked = False
    found: "Health | None" = None


def forget() -> None:
    """Begin a run: nobody has looked yet."""
    _Run.looked, _Run.found = False, None


def look() -> "Health | None":
    """Look, once a run, what the trail says at a glance against the file that was read; None where nothing.

    The file is opened beside whatever is being done with it, and holds nobody up: one that is not to be had
    at this moment is not doubted.
    """
    path = marks.seen_at()
    if not _Run.looked and path is not None:
        from jamsostek_cli.store.file import health  # noqa: PLC0415 - most commands write nothing
        from jamsostek_cli.store.file.database import Database  # noqa: PLC0415

        _Run.looked = True
        with suppress(JcliError), Database(path, busy_seconds=0).examining() as db:
            glanced = health.glance(db, path)
            _Run.found = glanced if glanced.faults else None
    return _Run.found


def found() -> "Health | None":
    """Return what this run has found against the file; None where nothing, or where it did not look."""
    return _Run.found
