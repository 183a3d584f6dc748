"""The submissions, and the people of one, looked at."""

from jamsostek_cli.domain.submission import SubmissionState
from jamsostek_cli.store.bpjs import submissions
from jamsostek_cli.store.bpjs.submissions import Submission, SubmissionLine
from jamsostek_cli.store.file.database import Database


def listed(db: Database) -> list[Submission]:
    """Return every submission, newest first."""
    with db.reading() as connection:
        return submissions.listed(connection)


def show(
    db: Database, number: str, outcome: SubmissionState | None = None
) -> tuple[Submission, list[SubmissionLine]]:
    """Return a submission with its people, or those of one outcome, the refused first; E332 for none."""
    with db.reading() as connection:
        made = submissions.find(connection, number)
        lines = submissions.lines(connection, made.id)
    order = list(SubmissionState)
    chosen = [line for line in lines if outcome is None or line.outcome is outcome]
    return made, sorted(chosen, key=lambda line: (order.index(line.outcome), line.line))
