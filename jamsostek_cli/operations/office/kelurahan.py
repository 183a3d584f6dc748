"""The kelurahan and desa of the area: the one that somebody types, all of them, how they are written."""

import re
from dataclasses import replace
from typing import Final

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.alike import alike
from jamsostek_cli.domain.area import Area, Kelurahan
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

_MOST: Final = 20
"""So many names stand in a hint where none is alike."""
_KECAMATAN: Final = re.compile(r"^(?:kecamatan|kec)\b[. ]*", re.IGNORECASE)


def code_of(connection: Connection, typed: str | None) -> str | None:
    """Return the code of a kelurahan by code, name or spelling ("Loktuan"), None where none is asked for.

    E510 for one that the area has not; its hint names those alike. E116 for a name that several bear, which
    the kecamatan tells apart ("Wonokerto, Kec. Turi").
    """
    return None if typed is None else meant(areas.load(connection), typed).code


def part_code(connection: Connection, typed: str) -> str:
    """Return the code of the whole area, a kecamatan or a kelurahan by code or name.

    A kecamatan that bears the name of a kelurahan is said with "Kec."; E501 for a part that the area has not,
    E116 for a name that several kelurahan bear.
    """
    area = areas.load(connection)
    said = " ".join(typed.split())
    if said.casefold() in {area.code, area.name.casefold(), area.bare_name.casefold()}:
        return area.code
    kecamatan = _of_kecamatan(area, _KECAMATAN.sub("", said))
    if kecamatan and (_KECAMATAN.match(said) or said == kecamatan[0].kecamatan_code):
        return kecamatan[0].kecamatan_code
    try:
        return meant(area, said).code
    except JcliError as error:
        if error.code != "E510":
            raise
    if not kecamatan:
        raise JcliError("E501", area=typed, city=area.code)
    return kecamatan[0].kecamatan_code


def _of_kecamatan(area: Area, typed: str) -> list[Kelurahan]:
    """Return what lies in a kecamatan by code or name; nothing for one that the area has not."""
    from jamsostek_cli.roster.cells.kelurahan import Places

    asked = {typed.strip(), Places(area).kecamatan_code(typed)}
    return [one for one in area.kelurahan if one.kecamatan_code in asked]


def listed(db: Database, *, kecamatan: str | None = None) -> list[Kelurahan]:
    """Return the kelurahan and desa of the area, or of one kecamatan by code or name, by code.

    E511 for a kecamatan that the area has not; its hint names those alike.
    """
    with db.reading() as connection:
        area = areas.load(connection)
    if kecamatan is None:
        return list(area.kelurahan)
    found = _of_kecamatan(area, kecamatan)
    if not found:
        names = dict.fromkeys(one.kecamatan for one in area.kelurahan)
        raise JcliError("E511", name=kecamatan, names=", ".join(alike(kecamatan, names, most=_MOST)))
    return found


def spell(db: Database, act: Act, *, typed: str, spelling: str, remove: bool = False) -> Kelurahan:
    """Let a spelling mean a kelurahan from the next roster on, or no more; return it with its spellings.

    Raises E510 and E116 as `code_of`, E512 where the spelling may mean another one already, E513 where one
    that is to be removed is not there.
    """
    from jamsostek_cli.roster.cells.kelurahan import Places

    with db.writing() as connection:
        area = areas.load(connection)
        one = meant(area, typed)
        if remove:
            kept = tuple(known for known in one.spellings if known.casefold() != spelling.casefold())
            if kept == one.spellings:
                raise JcliError("E513", spelling=spelling, name=one.name, names=", ".join(one.spellings))
        else:
            other = Places(area).other_than(one, spelling)
            if other is not None:
                raise JcliError("E512", spelling=spelling, name=other.name, code_there=other.code)
            known = {name.casefold() for name in (one.name, *one.spellings)}
            kept = one.spellings if spelling.casefold() in known else (*one.spellings, spelling)
        if kept != one.spellings:
            areas.put_spellings(connection, one.code, kept)
            audit.record(
                connection,
                act,
                action="area.spelling",
                subject=one.code,
                before={"spellings": one.spellings},
                after={"spellings": kept},
            )
    return replace(one, spellings=kept)


def meant(area: Area, typed: str) -> Kelurahan:
    """Return the kelurahan of an area that a name or code means; E510 and E116 as `code_of`."""
    from jamsostek_cli.roster.cells.kelurahan import Places

    places = Places(area)
    if found := places.find(typed):
        return found
    said = places.located(typed)
    if found := places.find(said.kelurahan, said.kecamatan):
        return found
    if places.candidates(said.kelurahan):
        several = places.place(said.kelurahan, said.kecamatan).hint
        raise JcliError("E116", area=typed, areas=several, remedy="E116.kelurahan")
    names = [one.name for one in area.kelurahan]
    raise JcliError("E510", name=typed, names=", ".join(alike(typed, names, most=_MOST)))
