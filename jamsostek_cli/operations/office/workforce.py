"""The denominators of coverage."""

from jamsostek_cli.domain.area import WorkforceSegment
from jamsostek_cli.errors import JcliError
from jamsostek_cli.operations.office import kelurahan
from jamsostek_cli.store.file import workforce
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.file.workforce import Denominator


def put(
    db: Database,
    act: Act,
    *,
    year: int,
    area: str,
    segment: WorkforceSegment,
    workers: int,
    protected_elsewhere: int,
    source: str,
) -> Denominator:
    """Set a denominator of the area or a part of it, by code or name.

    E501 for a part that the area has not, E116 for a name of several, E506 for figures that cannot be.
    """
    if workers <= 0 or not 0 <= protected_elsewhere <= workers:
        raise JcliError("E506", workers=workers, elsewhere=protected_elsewhere)
    with db.writing() as connection:
        area = kelurahan.part_code(connection, area)
        before = workforce.find(connection, year, area, segment)
        after = {"workers": workers, "protected_elsewhere": protected_elsewhere}
        seq = audit.record(
            connection,
            act,
            action="workforce.set",
            subject=f"{year} {area} {segment}",
            before=None
            if before is None
            else {"workers": before.workers, "protected_elsewhere": before.protected_elsewhere},
            after={**after, "source": source},
        )
        denominator = Denominator(year, area, segment, **after, source=source, recorded_on=act.today)
        workforce.put(connection, denominator, audit_seq=seq)
        return denominator


def figures(db: Database) -> list[Denominator]:
    """Return the denominators in force."""
    with db.reading() as connection:
        return workforce.current(connection)
