"""Enrolments that the office ends before their time."""

from sqlite3 import Connection

from jamsostek_cli.domain.enrolment import Enrolment, EnrolmentStatus
from jamsostek_cli.domain.month import Month


def end(connection: Connection, enrolment: Enrolment, month: Month, reason: str) -> None:
    """Make `month` the last one of an active enrolment; months that are paid after it stay paid."""
    _settle(connection, enrolment, EnrolmentStatus.ENDED, month, reason)


def never_began(connection: Connection, enrolment: Enrolment, reason: str, *, on: str) -> None:
    """Refuse an enrolment of which nothing came; where it waits for BPJS's answer, that line is withdrawn."""
    _settle(connection, enrolment, EnrolmentStatus.REFUSED, enrolment.end, reason)
    connection.execute(
        """
        UPDATE submission_line SET outcome = 'withdrawn', reason = ?, answered_on = ?
        WHERE enrolment_id = ? AND outcome IS NULL
        """,
        (reason, on, enrolment.id),
    )


def _settle(
    connection: Connection, enrolment: Enrolment, status: EnrolmentStatus, month: Month, reason: str
) -> None:
    connection.execute(
        "UPDATE enrolment SET status = ?, end_month = ?, end_reason = ? WHERE id = ?",
        (status.value, str(month), reason, enrolment.id),
    )
