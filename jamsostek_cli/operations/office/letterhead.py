"""The office's letterhead, as its settings say."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.reports.letterhead import Letterhead
from jamsostek_cli.store.file import areas, settings


def of(connection: Connection) -> Letterhead:
    """Return who sends a letter, by the office's settings; without a place it is signed in the city."""
    area = areas.load(connection)
    said = {name: settings.get(connection, name) for name in settings.TEXTS}
    return Letterhead(**{**said, "place": said["place"] or area.bare_name}, city=area.name)
