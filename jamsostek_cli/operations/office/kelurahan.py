"""The kelurahan that somebody types, in whatever of its spellings."""

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import areas


def code_of(connection: Connection, typed: str | None) -> str | None:
    """Return the code of a kelurahan by code, name or spelling ("Loktuan"), None where none is asked for.

    E510 for one that the city has not; its hint names those alike.
    """
    from jamsostek_cli.roster.cells.kelurahan import Places

    if typed is None:
        return None
    area = areas.load(connection)
    if typed.strip() in {one.code for one in area.kelurahan}:
        return typed.strip()
    found = Places(area).find(typed)
    if found is None:
        names = [one.name for one in area.kelurahan]
        raise JcliError("E510", name=typed, names=", ".join(alike(typed, names, most=len(names))))
    return found.code
