"""`cover overlaps --from-province`: whose pseudonyms the province gave back, of this city alone."""

import datetime
from collections import Counter
from pathlib import Path
from typing import Final

from jamsostek_cli.domain.pseudonym import PseudonymKey
from jamsostek_cli.errors import JcliError
from jamsostek_cli.messages import text
from jamsostek_cli.reports.cover import from_province
from jamsostek_cli.reports.cover.from_province import SharedMonths
from jamsostek_cli.roster.lists import returned
from jamsostek_cli.store.file import areas
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.tables.table import Report

_NAMED: Final = 5
"""So many other cities are named where a file is none of ours."""


def overlaps(db: Database, file: Path, key: PseudonymKey, *, as_of: datetime.date) -> Report:
    """Return the months that another city paid as well, with our people in place of their pseudonyms.

    Lines of other cities are counted and not looked into. Nothing is written.

    E201, E655 with the line of a damaged file, E656 where no pseudonym is of anybody here, E657 for a file
    that says nothing of this city.
    """
    with db.reading() as connection:
        city = areas.load(connection).code
        ours, others = [], Counter[str]()
        for line in returned.read(file, city):
            if line.city == city:
                ours.append(line)
            else:
                others[line.city] += 1
        if others and not ours:
            raise JcliError("E657", path=file.name, city=city, others=tuple(sorted(others)[:_NAMED]))
        pseudonyms = {line.person for line in ours}
        known = from_province.whose(connection, pseudonyms, key)
        if pseudonyms and not known:
            raise JcliError("E656", path=file.name, count=len(pseudonyms))
        shared = [
            SharedMonths(
                person=known[line.person],
                payer=line.payer,
                other_city=line.other_city,
                other_payer=line.other_payer,
                span=line.span,
                monthly=line.monthly,
            )
            for line in ours
            if line.person in known
        ]
        return from_province.overlaps(
            connection,
            shared,
            period=text("report.all_months"),
            as_of=as_of,
            others=others.total(),
            unknown=len(pseudonyms) - len(known),
        )
