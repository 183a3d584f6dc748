"""The dated denominators: how many workers an area has, who says so, and who else protects them."""

from jamsostek_cli.connection import Connection


def put(
    connection: Connection,
    *,
    year: int,
    area: str,
    segment: str,
    workers: int,
    protected_elsewhere: int,
    source: str,
    recorded_on: str,
    audit_seq: int,
) -> None:
    """Add a figure; an earlier one for the same year, area and segment stays in the file behind it."""
    connection.execute(
        """
        INSERT INTO workforce (year, area_code, segment, workers, protected_elsewhere, source, recorded_on,
          audit_seq)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (year, area, segment, workers, protected_elsewhere, source, recorded_on, audit_seq),
    )


def current(connection: Connection) -> list[tuple[int, str, str, int, int, str, str]]:
    """Return the figures in force: year, area, segment, workers, protected elsewhere, source, date."""
    return connection.execute(
        """
        SELECT year, area_code, segment, workers, protected_elsewhere, source, recorded_on
        FROM v_workforce ORDER BY year, segment, area_code
        """
    ).fetchall()


def find(connection: Connection, year: int, area: str, segment: str) -> tuple[int, int] | None:
    """Return (workers, protected elsewhere) of one figure, or None."""
    row: tuple[int, int] | None = connection.execute(
        """
        SELECT workers, protected_elsewhere FROM v_workforce
        WHERE year = ? AND area_code = ? AND segment = ?
        """,
        (year, area, segment),
    ).fetchone()
    return row
