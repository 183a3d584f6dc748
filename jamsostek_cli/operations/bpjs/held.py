"""Who is held back from a submission: those whom BPJS has refused, until somebody says why they go again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.nik import masked
from jamsostek_cli.domain.worker import number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.store.bpjs import refusals
from jamsostek_cli.store.bpjs.submissions import Applicant

_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody whom BPJS has refused; `nik` is masked, `refusal` is BPJS's last word."""

    worker: str
    nik: str
    refusal: str


class Parted(NamedTuple):
    """Those who go, those who are held back, and the workers who go although BPJS has refused them."""

    applicants: tuple[Applicant, ...]
    held: tuple[Held, ...]
    again: tuple[str, ...]


def part(connection: Connection, applicants: Sequence[Applicant], *, after_refusal: bool) -> Parted:
    """Part applicants into those who go and those held back; `after_refusal` lets everybody go.

    Raises E346 when nobody is left.
    """
    standing = refusals.standing(connection)
    before = [one for one in applicants if one.worker_id in standing]
    again = tuple(number_of(one.worker_id) for one in before)
    if after_refusal:
        return Parted(tuple(applicants), (), again)
    free = tuple(one for one in applicants if one.worker_id not in standing)
    if not free:
        raise JcliError("E346", count=len(before), workers=", ".join(again[:_NAMED]))
    held = (Held(number_of(one.worker_id), masked(one.nik), standing[one.worker_id].said) for one in before)
    return Parted(free, tuple(held), ())
