"""The denominators of coverage."""

from dataclasses import dataclass
from enum import StrEnum

from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.file import areas, audit, workforce
from jamsostek_cli.store.file.audit import Act
from jamsostek_cli.store.file.database import Database


class WorkforceSegment(StrEnum):
    """Whom a denominator counts: the vulnerable workers of the target list, or all workers."""

    VULNERABLE = "rentan"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkforceFigure:
    """How many workers of a segment an area had in a year."""

    year: int
    area: str
    segment: WorkforceSegment
    workers: int
    protected_elsewhere: int
    source: str
    recorded_on: str


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
) -> None:
    """Set a denominator; E501 for an area that is not of this city, E506 for figures that cannot be."""
    if workers <= 0 or not 0 <= protected_elsewhere <= workers:
        raise JcliError("E506", workers=workers, elsewhere=protected_elsewhere)
    with db.writing() as connection:
        known = areas.load(connection)
        codes = {known.code, *(k.code for k in known.kelurahan), *(k.kecamatan_code for k in known.kelurahan)}
        if area not in codes:
            raise JcliError("E501", area=area, city=known.code)
        before = workforce.find(connection, year, area, segment)
        after = {
            "workers": workers,
            "protected_elsewhere": protected_elsewhere,
            "source": source,
        }
        seq = audit.record(
            connection,
            act,
            action="workforce.set",
            subject=f"{year} {area} {segment}",
            before=None
            if before is None
            else dict(zip(("workers", "protected_elsewhere"), before, strict=True)),
            after=after,
        )
        workforce.put(
            connection,
            year=year,
            area=area,
            segment=segment,
            workers=workers,
            protected_elsewhere=protected_elsewhere,
            source=source,
            recorded_on=act.today.isoformat(),
            audit_seq=seq,
        )


def figures(db: Database) -> list[WorkforceFigure]:
    """Return the denominators in force."""
    with db.reading() as connection:
        return [
            WorkforceFigure(
                year=year,
                area=area,
                segment=WorkforceSegment(segment),
                workers=workers,
                protected_elsewhere=elsewhere,
                source=source,
                recorded_on=recorded_on,
            )
            for year, area, segment, workers, elsewhere, source, recorded_on in workforce.current(connection)
        ]
