"""What a list of changes has made different of people, taken back: all of it, or nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from jamsostek_cli.connection import Connection
from jamsostek_cli.domain.worker import FIELDS, number_of
from jamsostek_cli.errors import JcliError
from jamsostek_cli.roster.cells import names
from jamsostek_cli.roster.people.search import words
from jamsostek_cli.store.file.trail.audit import Act
from jamsostek_cli.store.register import changes, corrections, search
from jamsostek_cli.store.register.batches import Batch
from jamsostek_cli.store.register.changes import Made
from jamsostek_cli.store.register.corrections import Correction

_NAMED = 10


def take_back(
    connection: Connection, act: Act, batch: Batch
) -> tuple[Mapping[int, Sequence[Correction]], int]:
    """Give everybody back what a batch has changed; return the facts that are as before, and how many people.

    Raises E327 where a later act rests on it: nothing is taken back then.
    """
    made = changes.made_by(connection, batch.id)
    later = changes.resting_on(connection, batch.id)
    later = later or [number_of(one) for one in sorted(changes.moved_on(connection, made))[:_NAMED]]
    if later:
        raise JcliError("E327", batch=batch.number, later=", ".join(later))
    facts: defaultdict[int, list[Correction]] = defaultdict(list)
    for one in made:
        if one.field in {"nik", "kpj", *FIELDS}:
            back = Correction(one.field, one.new, one.old, act.today, act.actor, batch.number)
            facts[one.worker_id].append(back)
        if one.field == "nik":
            _give_back(connection, one)
    changes.take_back(connection, made)
    people = {one.worker_id for one in made}
    search.refresh(connection, people, words)
    return facts, len(people)


def _give_back(connection: Connection, one: Made) -> None:
    """Give somebody their former NIK back, with the months of lists that speak of them."""
    name = str(changes.image(connection, one.worker_id)["worker", one.worker_id, "name"])
    spans = corrections.listed_under(connection, str(one.new))
    listed = [span for span, called in spans if names.alike(called, name)]
    corrections.set_nik(connection, one.worker_id, str(one.new), str(one.old), listed)
