"""Files that left the office, as the audit trail tells it: every act that wrote one says it alike."""

import datetime
import json
from collections.abc import Mapping
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.messages import figures

LEFT = "left"
"""Under which key an act's audit row tells of the files it wrote."""
DELETED = "privacy.deleted"
"""The act that notes that a file is no more."""


class Departure(NamedTuple):
    """A file that left: its fingerprint, how many people it names, to whom, why, and until when it is needed.

    `deleted_on` is the day on which somebody noted that it is deleted.
    """

    seq: int
    on: datetime.date
    actor: str
    command: str
    file: str
    sha256: str
    people: int
    to: str
    why: str
    delete_by: datetime.date
    deleted_on: datetime.date | None


def as_told(
    files: Mapping[str, str], *, people: int, to: str, why: str, delete_by: datetime.date
) -> dict[str, object]:
    """Return what an audit row tells of files (name, fingerprint) that leave."""
    return {
        LEFT: {
            "files": dict(files),
            "people": people,
            "to": to,
            "why": why,
            "delete_by": delete_by.isoformat(),
        }
    }


def every(db: Connection) -> list[Departure]:
    """Return every file that left, those first that should be deleted by now and are not."""
    deleted = {
        (seq, file): figures.local_day(at)
        for at, file, after in db.execute(
            "SELECT at, subject, after FROM audit WHERE action = ? ORDER BY seq DESC", (DELETED,)
        )
        for seq in json.loads(after)["departures"]
    }
    found = db.execute(
        f"""
        SELECT seq, at, actor, command, after -> '$.{LEFT}' FROM audit
        WHERE instr(after, '"{LEFT}"') AND json_type(after, '$.{LEFT}') = 'object'
        """
    )
    files = [
        Departure(
            seq=seq,
            on=figures.local_day(at),
            actor=actor,
            command=command,
            file=file,
            sha256=digest,
            people=left["people"],
            to=left["to"],
            why=left["why"],
            delete_by=datetime.date.fromisoformat(left["delete_by"]),
            deleted_on=deleted.get((seq, file)),
        )
        for seq, at, actor, command, told in found
        for left in [json.loads(told)]
        for file, digest in left["files"].items()
    ]
    return sorted(files, key=lambda one: (one.deleted_on is not None, one.delete_by, one.seq))
