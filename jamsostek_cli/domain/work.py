"""The day's work: what waits in the office, until when, for whom, and which command does it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Task(StrEnum):
    """A kind of work; of what waits without a date, the more urgent kind comes first."""

    IMPORT = "import"
    CLAIM_MISSING = "claim-missing"
    BILL = "bill"
    BUDGET = "budget"
    CLAIM_OVERDUE = "claim-overdue"
    CLAIM_LAPSES = "claim-lapses"
    NOTICE_LATE = "notice-late"
    CLAIM_FOLLOW_UP = "claim-follow-up"
    CLAIM_PAY = "claim-pay"
    CLAIM_REST = "claim-rest"
    CLAIM_DECIDE = "claim-decide"
    CLAIM_VERIFY = "claim-verify"
    CLAIM_PAPERS = "claim-papers"
    CLAIM_LONG = "claim-long"
    CLAIM_NEXT = "claim-next"
    SECOND_LOOK = "second-look"
    REFUSED = "refused"
    ANSWER = "answer"
    SUBMIT = "submit"
    ENROL = "enrol"
    REVIEW = "review"
    FIX = "fix"
    NOT_OWED = "not-owed"
    BEFORE_REGISTRATION = "before-registration"
    RENEW = "renew"
    COVER_ENDS = "cover-ends"
    CLOSE_MONTH = "close-month"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """Somebody whom a piece of work is about, by the number of the worker or claim and by name."""

    number: str
    name: str

    @property
    def initials(self) -> str:
        """The name as it may leave the office: the first letter of each word.

        >>> Someone(number="P-000001", name="SITI AMINAH").initials
        'S••• A•••••'
        """
        return " ".join(word[0] + "•" * (len(word) - 1) for word in self.name.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """Something that waits: `count` people, claims, rows or imports.

    `due` is the last day to do it, where there is one, `since` the day from which the oldest waits. `about`
    says of which month, import or submission, `people` are those meant as far as they are few enough to
    name. `amount` are the rupiah of it, where they are known: due in any case, or paid wrongly; `penalty`
    those that BPJS owes for being late. `facts` fill the command, the message `next.do_TASK`.
    """

    task: Task
    count: int
    due: datetime.date | None = None
    since: datetime.date | None = None
    about: str = ""
    people: tuple[Someone, ...] = ()
    amount: int | None = None
    penalty: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
