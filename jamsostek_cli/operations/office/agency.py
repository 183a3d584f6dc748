"""The agencies that send rosters, and what their people do."""

from jamsostek_cli.domain.iuran import Sector
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import agencies
from jamsostek_cli.store.register.agencies import Agency


def listed(db: Database) -> list[Agency]:
    """Return the agencies by name."""
    with db.reading() as connection:
        return agencies.listed(connection)


def put(db: Database, act: Act, name: str, *, sector: Sector | None, occupation: str | None) -> Agency:
    """Say what the people of an agency do whose row, or enrolment, says nothing else; "" forgets it.

    None leaves what is known. Raises E302 for an agency that no roster ever named.
    """
    with db.writing() as connection:
        known = agencies.find(connection, name)
        told = known._replace(
            sector=sector or known.sector,
            occupation=known.occupation if occupation is None else occupation or None,
        )
        audit.record(
            connection,
            act,
            action="agency.set",
            subject=known.name,
            before={"sector": known.sector, "occupation": known.occupation},
            after={"sector": told.sector, "occupation": told.occupation},
        )
        agencies.set_trade(connection, told)
    return told
