"""Who is held back from a submission: whom BPJS has refused, till somebody says why, and who perhaps died."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.enrolment import RefusalRule
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.bpjs import refusals
from jamsostek_cli.store.bpjs.refusals import StandingRefusal
from jamsostek_cli.store.bpjs.submissions import Applicant
from jamsostek_cli.store.register import likeness

_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody who is held back; `nik` is masked.

    `refusal` is BPJS's last word, or the number of the worker who died and may be the same person.
    """

    worker: str
    nik: str
    refusal: str
    rule: RefusalRule


class Parted(NamedTuple):
    """Those who go, those who are held back, and the workers who go although BPJS has refused them."""

    applicants: tuple[Applicant, ...]
    held: tuple[Held, ...]
    again: tuple[str, ...]


def part(connection: Connection, applicants: Sequence[Applicant], *, after_refusal: bool) -> Parted:
    """Part applicants into those who go and those held back.

    `after_refusal` lets those go whom BPJS has refused. Nobody goes who may be a person that died while the
    pair is undecided: since the enrolment was proposed the other may have died.

    Raises E346 when nobody is left, E347 when all who are held back may have died.
    """
    standing = refusals.standing(connection)
    perhaps = likeness.perhaps_deceased(connection)
    held = [
        Held(number_of(one.worker_id), masked(one.nik), why, rule)
        for one in applicants
        for rule, why in _reasons(one.worker_id, {} if after_refusal else standing, perhaps)[:1]
    ]
    names = {one.worker for one in held}
    free = tuple(one for one in applicants if number_of(one.worker_id) not in names)
    if not free:
        refused = [one.worker for one in held if one.rule is RefusalRule.REFUSED_BY_BPJS]
        shown = refused or [one.worker for one in held]
        raise JcliError("E346" if refused else "E347", count=len(shown), workers=", ".join(shown[:_NAMED]))
    again = tuple(number_of(one.worker_id) for one in free if one.worker_id in standing)
    return Parted(free, tuple(held), again)


def _reasons(
    worker_id: int, standing: Mapping[int, StandingRefusal], perhaps: Mapping[int, int]
) -> list[tuple[RefusalRule, str]]:
    """Return what holds somebody back, the death of another first: no reason of the office's lifts that."""
    reasons = []
    if worker_id in perhaps:
        reasons.append((RefusalRule.PERHAPS_DECEASED, number_of(perhaps[worker_id])))
    if worker_id in standing:
        reasons.append((RefusalRule.REFUSED_BY_BPJS, standing[worker_id].said))
    return reasons
