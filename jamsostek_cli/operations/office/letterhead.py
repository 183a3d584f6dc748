"""The office's letterhead, as its settings say."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.store.file import areas, doubt, settings
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit, marks
from jamsostek_cli.store.file.trail.audit import Mark


def of(connection: Connection) -> Letterhead:
    """Return who sends a letter, by the office's settings; without a place it is signed in the city."""
    area = areas.load(connection)
    said = {name: settings.get(connection, name) for name in settings.TEXTS}
    marks.see_place(connection)
    said["place"] = said["place"] or area.bare_name
    return Letterhead(**said, city=area.name, mark=marked(audit.state(connection)))


def read(db: Database) -> Letterhead:
    """Return who sends what leaves the office."""
    with db.reading() as connection:
        return of(connection)


def marked(mark: Mark | None) -> str:
    """Return the line that binds what leaves to the trail, nothing without a mark.

    It says so where the trail contradicts the file (`doubt`).
    """
    if mark is None:
        return ""
    said = text("report.mark", head=mark.hash[:16], seq=figures.count(mark.seq))
    return said if doubt.look() is None else f"{said} · {text('report.doubted')}"
