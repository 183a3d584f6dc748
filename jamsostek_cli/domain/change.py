"""What a list says has become different of a person: a death, an exit, other facts."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jamsostek_cli.domain.claim import Cause
from jamsostek_cli.domain.enrolment import EndReason


class ChangeKind(StrEnum):
    """What becomes of a person; the words are stable."""

    DEATH = "death"
    EXIT = "exit"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What one row says of a person; `kind` None where it says nothing new of their fate or facts.

    `on` is the day of the death or exit, None where the row has none. `facts` are values as typed, by the
    field of a roster (`phone`, `kelurahan`, `nik`, `kpj` …). `unclear` is the code of the finding that keeps
    the row from being carried out.
    """

    kind: ChangeKind | None = None
    on: datetime.date | None = None
    cause: Cause = Cause.ILLNESS
    reason: EndReason = EndReason.OTHER
    facts: Mapping[str, str] = field(default_factory=dict)
    unclear: str | None = None
