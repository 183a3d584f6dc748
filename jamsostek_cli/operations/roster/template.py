"""The empty roster that the office hands to departments."""

from pathlib import Path

from jamsostek_cli import safe_file
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database


def write(db: Database, path: Path, *, force: bool = False) -> bool:
    """Write the template for this city's kelurahan; return whether the file changed. E502, E503."""
    from jamsostek_cli.errors import JcliError
    from jamsostek_cli.roster.handed_out import template

    if path.suffix.lower() != ".xlsx":
        raise JcliError("E503", path=path.name, formats="xlsx")
    with db.reading() as connection:
        area = areas.load(connection)
    return safe_file.write(path, lambda part: template.write(part, area), force=force)
