"""The office's letterhead, as its settings say."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.messages import figures, text
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.store.file import areas, settings
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Mark


def of(connection: Connection) -> Letterhead:
    """Return who sends a letter, by the office's settings; without a place it is signed in the city."""
    area = areas.load(connection)
    said = {name: settings.get(connection, name) for name in settings.TEXTS}
    said["place"] = said["place"] or area.bare_name
    return Letterhead(**said, city=area.name, mark=marked(audit.state(connection)))


def read(db: Database) -> Letterhead:
    """Return who sends what leaves the office."""
    with db.reading() as connection:
        return of(connection)


def marked(mark: Mark | None) -> str:
    """Return the line that binds what leaves to the trail, nothing without a mark."""
    if mark is None:
        return ""
    return text("report.mark", head=mark.hash[:16], seq=figures.count(mark.seq))
