"""A submission: the people whom the office hands to BPJS in one file, and what BPJS says of each."""

from enum import StrEnum


class LineOutcome(StrEnum):
    """What became of somebody in a submission; nobody's answer is in before it."""

    REGISTERED = "registered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SubmissionState(StrEnum):
    """How it stands with somebody in a submission, what needs somebody first."""

    REFUSED = "refused"
    WAITING = "waiting"
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"


class Reply(StrEnum):
    """What a row of BPJS's answer does: every row is counted under one of these.

    `changed` contradicts or completes an earlier answer, `silent` says nothing yet, `repeated` says the same
    as another row, and a `problem` needs a person.
    """

    REGISTERED = "registered"
    REFUSED = "refused"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SILENT = "silent"
    REPEATED = "repeated"
    PROBLEM = "problem"


class AnswerProblem(StrEnum):
    """Why a row of BPJS's answer needs a person, where nothing that befell the worker explains it."""

    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    CONTRADICTORY = "contradictory"
    CARD_SHARED = "kpj-shared"
    PAID_ALREADY = "paid-already"
    ALREADY_ENROLLED = "already-enrolled"
    OLDER = "older"
    WITHDRAWN = "withdrawn"
