"""The cover ledger, looked at: one history, who is covered, who is paid for twice, who is about to lapse."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from jamsostek_cli.domain.enrolment import Enrolment
from jamsostek_cli.domain.month import Month, Span
from jamsostek_cli.domain.worker import Worker, number_of
from jamsostek_cli.operations.office import kelurahan as kelurahan_known
from jamsostek_cli.operations.office import law as office_law
from jamsostek_cli.reports.cover import gaps as cover_gaps
from jamsostek_cli.reports.cover import listing as cover_report
from jamsostek_cli.reports.cover import overlaps
from jamsostek_cli.reports.cover.gaps import GapRow
from jamsostek_cli.reports.cover.listing import CoverRow
from jamsostek_cli.rules.cover import protection
from jamsostek_cli.rules.cover.protection import Cover, CoverStatus
from jamsostek_cli.store import enrolments
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.iuran import rates
from jamsostek_cli.store.register import covered_elsewhere, workers
from jamsostek_cli.store.register.covered_elsewhere import Elsewhere
from jamsostek_cli.tables.table import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverHistory:
    """Everything known of a person's cover, merged records included.

    `asked` is the record that was asked for, where it was merged into `worker`; `lapses_on` is the first day
    without any cover, None where there is none.
    """

    worker: Worker
    asked: str
    merged_from: tuple[int, ...]
    enrolments: tuple[Enrolment, ...]
    elsewhere: tuple[Elsewhere, ...]
    cover: Cover
    lapses_on: datetime.date | None
    on: datetime.date

    @property
    def others(self) -> tuple[str, ...]:
        """The payers whose lists name the person in the month of `on`."""
        month = Month.of(self.on)
        return tuple(dict.fromkeys(one.payer for one in self.elsewhere if month in one.span))


def show(db: Database, who: str, on: datetime.date) -> CoverHistory:
    """Return a person's cover by number or NIK; of a merged record, the person's. E401 when there is none."""
    law = office_law.of_office(db)
    with db.reading() as connection:
        asked = workers.find(connection, who)
        worker = (
            asked if asked.merged_into is None else workers.find(connection, number_of(asked.merged_into))
        )
        enrolled = enrolments.of_person(connection, worker.id)
        answer = protection.cover_on(
            on,
            [span for enrolment in enrolled for span in enrolment.paid],
            law,
            died_on=worker.died_on,
        )
        lapses = None
        if answer.status is not CoverStatus.NO and answer.span is not None:
            lapses = protection.lapses_on(answer.span, law)
        return CoverHistory(
            worker=worker,
            asked=asked.number,
            merged_from=tuple(workers.merged_from(connection, worker.id)),
            enrolments=tuple(enrolled),
            elsewhere=tuple(covered_elsewhere.of_person(connection, worker.id)),
            cover=answer,
            lapses_on=lapses,
            on=on,
        )


def listed(
    db: Database,
    on: datetime.date,
    *,
    status: CoverStatus | None = None,
    payer: str | None = None,
    kelurahan: str | None = None,
    after: int = 0,
    limit: int = -1,
) -> Sequence[CoverRow]:
    """Return a page of people with their cover on a day; all of them without a limit.

    E310 for a payer whom nobody knows, E510 for a kelurahan that the city has not, E601 before any law.
    """
    lapse = office_law.of_office(db).count(protection.LAPSE, on)
    with db.reading() as connection:
        return cover_report.cover_list(
            connection,
            on=on,
            lapse_months=lapse,
            status=status,
            payer=covered_elsewhere.known_payer(connection, payer),
            kelurahan=kelurahan_known.code_of(connection, kelurahan),
            after=after,
            limit=limit,
        )


def paid_twice(db: Database, *, span: Span | None, period: str, as_of: datetime.date) -> Report:
    """Return the months that two payers paid, of `span` where it is given."""
    with db.reading() as connection:
        return overlaps.overlaps(
            connection, span=span, period=period, as_of=as_of, billed=partial(rates.billed, connection)
        )


def gaps(db: Database, on: datetime.date, *, within: int) -> Sequence[GapRow]:
    """Return who is about to lose cover within so many months, by the day; E601 before any law."""
    law = office_law.of_office(db)
    with db.reading() as connection:
        return cover_gaps.cover_gaps(
            connection,
            on=on,
            within=within,
            lapse_months=law.count(protection.LAPSE, on),
            lapses_after=lambda month: protection.lapses_on(Span(month, month), law),
        )
