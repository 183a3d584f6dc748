"""Second looks: verified claims drawn by risk and seed, and what somebody finds who did not handle them."""

from dataclasses import dataclass

from jamsostek_cli.domain.month import Month
from jamsostek_cli.domain.second_look import LookFound
from jamsostek_cli.errors import JcliError
from jamsostek_cli.rules.claim import sample as rule
from jamsostek_cli.store.claim import claim_history, claims, second_looks
from jamsostek_cli.store.claim.second_looks import SecondLook
from jamsostek_cli.store.file import four_eyes
from jamsostek_cli.store.file.database import Database
from jamsostek_cli.store.file.trail import audit
from jamsostek_cli.store.file.trail.audit import Act

USUAL = 10
"""So many claims are drawn where nobody says how many."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What is drawn of a month with a seed: of so many `verified` claims, `new` of them just now."""

    looks: tuple[SecondLook, ...]
    verified: int
    new: int


def sample(db: Database, act: Act, month: Month, seed: int, count: int | None = None) -> Sample:
    """Draw verified claims of a month for a second look, the riskiest first.

    What was drawn with the seed before stands as it was drawn; a larger `count` draws further. Raises E496
    where no claim was verified in the month.
    """
    with db.writing() as connection:
        known = second_looks.candidates(connection, month, claim_history.overridden(connection))
        before = {look.number for look in second_looks.drawn(connection, month, seed)}
        if not known and not before:
            raise JcliError("E496", month=month)
        more = (USUAL if count is None and not before else count or 0) - len(before)
        rest = {one.number: one for one in known if one.number not in before}
        risks = {number: one.risks for number, one in rest.items()}
        chosen = [rest[number] for number in rule.drawn(risks, month, seed, max(more, 0))]
        if chosen:
            second_looks.add(connection, chosen, month=month, seed=seed, by=act.actor, on=act.today)
            audit.record(
                connection,
                act,
                action="claim.sample",
                subject=" ".join(one.number for one in chosen),
                after={
                    "month": month,
                    "seed": seed,
                    "verified": len(known),
                    "risks": {one.number: one.risks for one in chosen},
                },
            )
        looks = second_looks.drawn(connection, month, seed)
    return Sample(tuple(looks), len(known), len(chosen))


def look(db: Database, act: Act, number: str, *, found: LookFound, words: str) -> SecondLook:
    """Record what was found of a claim that was drawn, for every draw that waits for it.

    Raises E402, E497 (who reported or verified it, where a second person is asked for), E498 (it was not
    drawn), E499 (it was looked at already).
    """
    with db.writing() as connection:
        claim = claims.find(connection, number)
        looks = second_looks.of_claim(connection, claim)
        waiting = [one for one in looks if one.found is None]
        if not looks:
            raise JcliError("E498", claim=claim.number)
        if not waiting:
            last = looks[-1]
            raise JcliError("E499", claim=claim.number, actor=last.looked_by, date=last.looked_on)
        first = (*claims.reporters(connection, claim), claim.verified_by)
        if four_eyes.asked_for(connection) and any(map(act.is_by, first)):
            raise JcliError("E497", claim=claim.number, actor=act.actor)
        second_looks.looked(connection, claim, waiting, found=found, words=words, by=act.actor, on=act.today)
        audit.record(
            connection,
            act,
            action="claim.look",
            subject=claim.number,
            reason=words,
            after={"found": found, "draws": [f"{one.month} {one.seed}" for one in waiting]},
        )
        return second_looks.of_claim(connection, claim)[-1]
