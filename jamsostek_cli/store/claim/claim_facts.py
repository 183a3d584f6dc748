"""What the register and the bills say about the person of a claim."""

import datetime
from typing import NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.claim import DEATH_KINDS, ClaimKind
from jamsostek_cli.domain.iuran import Programme
from jamsostek_cli.domain.month import Month, Span, runs


class PaidOn(NamedTuple):
    """Months of a person that were paid on a day."""

    span: Span
    paid_on: datetime.date


def paid_on(
    db: Connection, worker_id: int, programme: Programme, until: Month, *, after: datetime.date | None = None
) -> list[PaidOn]:
    """Return when a person's months of a programme up to one were paid, by bill or supplement.

    A month that was paid in two places counts from the earlier day. With `after` only what was paid later
    than that day is returned.
    """
    rows = db.execute(
        """
        SELECT month, min(paid_on) FROM (
          SELECT bill.month, coalesce(
              (SELECT late.paid_on FROM supplement_span JOIN bill_payment AS late ON late.id = payment_id
               WHERE enrolment_id = enrolment.id
                 AND bill.month BETWEEN supplement_span.first_month AND supplement_span.last_month),
              bill_payment.paid_on) AS paid_on
          FROM person_record
          JOIN enrolment ON enrolment.worker_id = record_id
          JOIN paid_span ON paid_span.enrolment_id = enrolment.id
          JOIN bill ON bill.payer = enrolment.payer AND bill.supplement = 0
            AND bill.month BETWEEN paid_span.first_month AND min(paid_span.last_month, :until)
          JOIN bill_payment ON bill_payment.id = bill.payment_id
          WHERE person_id = :worker AND instr(',' || programmes || ',', ',' || :programme || ',') > 0
        )
        GROUP BY month HAVING min(paid_on) > :after
        """,
        {
            "worker": worker_id,
            "programme": programme.value,
            "until": str(until),
            "after": "" if after is None else after.isoformat(),
        },
    )
    days: dict[str, list[Month]] = {}
    for month, day in rows:
        days.setdefault(day, []).append(Month.parse(month))
    return sorted(
        PaidOn(span, datetime.date.fromisoformat(day))
        for day, months in days.items()
        for span in runs(months)
    )


def registered(db: Connection, worker_id: int) -> dict[int, datetime.date]:
    """Return by enrolment of a person the day of BPJS's answer that registered it, if it was asked."""
    rows = db.execute(
        """
        SELECT enrolment_id, min(answered_on) FROM person_record
        JOIN submission_line AS line ON line.worker_id = record_id AND outcome = 'registered'
        WHERE person_id = ? GROUP BY enrolment_id
        """,
        (worker_id,),
    )
    return {enrolment: datetime.date.fromisoformat(day) for enrolment, day in rows}


class RefusedByBpjs(NamedTuple):
    """The months of an enrolment that BPJS refused, and its words."""

    span: Span
    reason: str | None


def refused(db: Connection, worker_id: int) -> list[RefusedByBpjs]:
    """Return the enrolments of a person that BPJS refused, oldest first."""
    rows = db.execute(
        """
        SELECT start_month, planned_end_month, reason FROM person_record
        JOIN submission_line AS line ON line.worker_id = record_id AND outcome = 'refused'
        JOIN enrolment ON enrolment.id = line.enrolment_id AND enrolment.status = 'refused'
        WHERE person_id = ? ORDER BY submission_id
        """,
        (worker_id,),
    )
    return [RefusedByBpjs(Span.parse(first, last), reason) for first, last, reason in rows]


def open_pairs(db: Connection, worker_id: int) -> list[int]:
    """Return the workers with whom a pair of a worker waits for a decision, dead ones too."""
    rows = db.execute(
        """
        SELECT other.id FROM worker AS one
        JOIN likeness ON one.nik IN (low, high) AND decision IS NULL
        JOIN worker AS other ON other.nik IN (low, high) AND other.id <> one.id
        WHERE one.id = ? AND other.status <> 'merged' ORDER BY other.id
        """,
        (worker_id,),
    )
    return [other for (other,) in rows]


class LiveClaim(NamedTuple):
    """What keeps another claim of a person from being made."""

    number: str
    kind: ClaimKind
    event_date: str
    school_year: int | None

    def excludes(self, other: "LiveClaim") -> bool:
        """Tell whether both ask for the same, which is paid once."""
        if {self.kind, other.kind} <= DEATH_KINDS or self.kind is other.kind is ClaimKind.SANTUNAN:
            return True
        if self.kind is other.kind is ClaimKind.SCHOLARSHIP:
            return self.school_year == other.school_year
        return self[1:] == other[1:]


def live(db: Connection, worker_id: int) -> list[LiveClaim]:
    """Return a worker's claims that are neither rejected nor withdrawn."""
    rows = db.execute(
        """
        SELECT number, kind, event_date, school_year FROM claim
        WHERE worker_id = ? AND state NOT IN ('rejected', 'withdrawn') ORDER BY id
        """,
        (worker_id,),
    )
    return [LiveClaim(number, ClaimKind(kind), day, year) for number, kind, day, year in rows]
