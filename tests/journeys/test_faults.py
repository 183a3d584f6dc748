"""Every command that writes meets every fault: afterwards there is the old state or the new one, whole.

The commands are those of the manual's own stories, each with the files and the database it has there.
`Trial.judged` says what a fault may leave; how often each was tried stands in the manual.
"""

import contextlib
import functools
import os
import re
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from jamsostek_cli import manual
from jamsostek_cli.messages import LANGUAGES
from jamsostek_cli.operations.office import database as office
from jamsostek_cli.store.file.database import Database
from tests.conftest import ROOT, Run, built_once
from tests.support import faults
from tests.support.examples import Example, examples, prepare, run
from tests.support.faults import STORIES, Commands, Server, State, Told, databases, state_of

READING: Final = frozenset(
    [
        "status", "worker child list", "cover show", "iuran budget list", "claim show", "claim explain",
        "claim family", "claim heir list", "report list", "area list", "workforce list", "provisions check",
        "officer list", "audit show", "audit verify", "db calendar", "db path", "db check", "help",
    ]
)  # fmt: skip
"""Commands that change nothing and write no file."""
LOOKING: Final = frozenset({"worker child list", "claim show", "claim family"})
"""Commands among them that note in the trail that somebody has looked, where that can be noted."""
BY_THEMSELVES: Final = frozenset({"db backup", "db restore", "privacy purge"})
"""Commands that make or replace whole files, or wait for years; their faults stand beside them."""
NEEDS_NO_DATABASE: Final = frozenset({"privacy register"})
"""Commands that speak of the law alone."""
IN_FURTHER: Final = frozenset(
    [
        "batch list", "batch show", "review", "find", "worker find", "worker list", "worker show",
        "worker duplicates", "bpjs withdraw", "bpjs claims", "bpjs list", "bpjs show", "cover list",
        "cover gaps", "iuran check", "iuran list", "claim list", "claim owed", "claim verify",
        "claim approve", "claim pay", "report claims", "agency set", "agency list", "db migrate",
        "audit log", "audit pack", "privacy breach", "privacy register", "privacy files",
    ]
)  # fmt: skip
"""Commands that write, of which the pages of the manual show no line that does."""
SEVERAL: Final = {"demo": ("kill", "full disk", "Ctrl-C")}
"""Commands that run other ones, each whole by itself, and the faults that they meet as a whole."""
ALIKE: Final = ("kill", "size limit", "full disk", "read-only disk", "at once")
"""The faults that are done to each command that writes only what it shows, which one room writes for all:
the others are done to one of them, `report coverage`."""
LISTS: Final = frozenset(
    [
        "batch list", "batch show", "find", "worker find", "worker list", "worker duplicates", "bpjs list",
        "bpjs show", "cover list", "cover gaps", "cover overlaps", "iuran list", "claim list", "claim owed",
        "claim ageing", "agency list", "audit log", "privacy files", "privacy breach", "report claims",
        "report quality", "report forecast", "report workforce", "report iuran", "report cover",
        "report public-list", "province coverage", "province overlaps", "province claims",
        "province totals",
    ]
)  # fmt: skip
"""Commands that write only what they show."""
MOST_LIMITS: Final = 7
"""About so many sizes are tried of a command that writes many files."""
DEMO: Final = ["demo", "contoh"]
"""What many stories begin with."""
PARTS: Final = {"claim": 3, "further": 3}
"""Into so many tests a long story is divided, each of which puts some of its commands to the test."""
FULL: Final = frozenset({"E072", "E106", "E108", "E114", "E132"})


def story_of(command: str) -> str | None:
    """Return the story in which a command that writes is put to the test."""
    return "further" if command in IN_FURTHER else manual.topic_of(command)


def test_every_command_that_writes_has_its_story() -> None:
    commands = Commands()
    assert set(commands.tree) >= READING | BY_THEMSELVES | LISTS
    assert not READING & (commands.with_output() | IN_FURTHER)
    for command in set(commands.tree) - READING - BY_THEMSELVES:
        told = examples(faults.page(story_of(command) or ""))
        assert command in map(commands.name_of, (one.arguments for one in told)), command


@dataclass
class Trial:
    """One command in its story: what it changes, and what faults leave of that."""

    server: Server
    name: str
    example: Example
    before: Path
    work: Path
    environment: dict[str, str]
    tried: Counter[str] = field(default_factory=Counter)
    old: State = field(default_factory=dict)
    between: State = field(default_factory=dict)
    """After the act itself, of a command that also hands out a list: the list is another act."""
    new: State = field(default_factory=dict)
    found_healthy: set[bytes] = field(default_factory=set)
    """Databases with what lies beside them: most faults leave every byte as it was."""
    limits: Sequence[int] = ()
    """Sizes at which the writing of this command can be made to end: early, in the middle, at the end.

    The system kills it at every other of them, and says at those between that there is no more room.
    """

    def begin(self) -> Path:
        """Lay the folder out anew, as it is before the command."""
        for path in self.work.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.before, self.work, dirs_exist_ok=True)
        return self.work

    def order(self, fault: dict[str, Any], **further: Any) -> dict[str, Any]:
        typed = ["--today", self.example.day, "--lang", "id", *self.example.arguments]
        plain = {
            "folder": str(self.work),
            "environment": self.environment,
            "arguments": typed,
            "fault": fault,
        }
        return {**plain, **further}

    def run(self, fault: dict[str, Any], **further: Any) -> Told:
        return self.server.at_once(self.order(fault, **further))[0]

    def known(self) -> bool:
        """Run the command without a fault; tell whether it changes anything."""
        self.old = state_of(self.begin())
        self.run({}, arguments=[*self.order({})["arguments"][:4], *without_list(self.example.arguments)])
        self.between = state_of(self.work)
        self.begin()
        self.reference = self.run({})
        assert self.reference.code in {0, 3}, self.reference
        self.new = state_of(self.work)
        written = [self.work / name for name in self.new if self.old.get(name) != self.new[name]]
        sizes = {path.stat().st_size for path in written}
        limits = sorted({1, *(size * part // 10 for size in sizes for part in (3, 6, 9))})
        self.limits = limits[:: max(1, len(limits) // MOST_LIMITS)]
        return self.old != self.new

    def failed(self, fault: Callable[["Trial"], None]) -> str | None:
        """Do a fault to the command; return what did not hold."""
        try:
            fault(self)
        except AssertionError as error:
            return f"{self.name}, {fault.__name__}: {error}"
        return None

    def judged(self, kind: str, told: Told, *, done: bool | None = None) -> None:
        """Say that a fault left the old state or the new one.

        A command that says it is done has done it, and one that refuses has changed nothing; with `done`
        it is known beforehand. Only a killed command leaves files that are not in their place yet, and a
        record without its file.
        """
        self.tried[kind] += 1
        where = (self.name, kind, told.code, told.err)
        killed = told.code < 0
        assert told.error not in {"E070", "E071"}, where
        assert told.code != 99, where
        left = {path for path in self.work.rglob("*") if faults.is_left_by_a_kill(path.name)}
        self.healthy(where)
        if self.name in SEVERAL:
            return
        after = state_of(self.work)
        if killed:
            assert all(not path.stat().st_mode & 0o077 for path in left if path.exists()), where
            after = {name: said for name, said in after.items() if not faults.is_left_by_a_kill(name)}
            self.either(after, where)
            if databases(after) == databases(self.old) != databases(self.new):
                assert after == self.old, (where, "a file without its record")
            return
        done = told.code == self.reference.code if done is None else done
        if told.error in {"E132", "E131", "E337"}:  # it says that it is recorded, or that a list is missing
            act, whole = databases(self.between), databases(self.new)
            assert databases(after) in ([whole] if act == databases(self.old) else [act, whole]), where
            self.either(after, where)
            return
        assert after == (self.new if done else self.old), (where, differing(after, self.old, self.new))

    def either(self, after: State, where: object) -> None:
        """Say that every file is as before the command, after its act, or after all of it."""
        for name in {*self.old, *self.new, *after}:
            known = {state.get(name) for state in (self.old, self.between, self.new)}
            assert after.get(name) in known, (where, name)

    def healthy(self, where: object) -> None:
        """Say that every database passes its checks; a reader takes back what a killed command left."""
        for path in (path for path in self.work.rglob("*.db") if faults.DATABASE.search(path.name)):
            if (all_of_it := faults.bytes_of(path)) in self.found_healthy:
                continue
            place = Database(path)
            if not place.is_older():
                assert office.check(place).faults == [], where
            self.found_healthy.add(all_of_it)


def without_list(arguments: Sequence[str]) -> list[str]:
    """Return what is typed for a command that hands out no list."""
    at = arguments.index("-o") if "-o" in arguments else len(arguments)
    return [*arguments[:at], *arguments[at + 2 :]]


def differing(after: State, old: State, new: State) -> dict[str, tuple[bool, bool]]:
    """Return which files are not as both states have them, and whether they are as each has them."""
    names = {*after, *old, *new}
    return {
        name: (after.get(name) == old.get(name), after.get(name) == new.get(name))
        for name in names
        if not after.get(name) == old.get(name) == new.get(name)
    }


def telling(moments: Sequence[str]) -> list[int]:
    """Return the moments at which a fault tells most: at the writes, at each commit, and at the files.

    Before the first write there is no journal yet, before the last one there is; between them nothing
    changes on the disk.
    """
    writes = [
        at
        for at, said in enumerate(moments)
        if said.startswith(("INSERT", "UPDATE", "DELETE", "CREATE")) and not said.startswith("CREATE TEMP")
    ]
    commits = [at for at, said in enumerate(moments) if said == "COMMIT"]
    files = [at for at, said in enumerate(moments) if said.startswith(("os.", "open "))]
    chosen = [
        *writes[:1],
        *writes[-1:],
        *commits[-2:],
        *files[:2],
        *files[-3:],
    ]
    return sorted({*chosen, *(at + 1 for at in commits[-1:])} & set(range(len(moments))))


def kill(trial: Trial) -> None:
    for at in telling(trial.reference.moments):
        trial.begin()
        told = trial.run({"kind": "kill", "at": at})
        assert told.code == -signal.SIGKILL
        trial.judged("kill", told)


def kill_in_a_write(trial: Trial) -> None:
    for limit in trial.limits[1::2]:
        trial.begin()
        told = trial.run({"kind": "kill", "limit": limit})
        assert told.code in {-signal.SIGXFSZ, trial.reference.code}
        trial.judged("kill in a write", told)


def size_limit(trial: Trial) -> None:
    for limit in trial.limits[::2]:
        trial.begin()
        told = trial.run({"kind": "limit", "limit": limit})
        assert told.code == trial.reference.code or told.error in FULL, told
        trial.judged("size limit", told)


@contextlib.contextmanager
def disk(trial: Trial) -> Iterator[Path]:
    """Lay the folder out on a disk of its own, which root alone can make small and read-only."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "jcli", trial.work], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("only root can make a small disk")
    try:
        yield trial.begin()
    finally:
        subprocess.run(["umount", trial.work], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)


def full_disk(trial: Trial) -> None:
    for pages in (0, 8) if trial.name in LISTS else (0, 2, 8, 24):
        with disk(trial) as place:
            room = os.statvfs(place)
            remount(place, f"size={(room.f_blocks - room.f_bfree) * room.f_frsize + pages * 4096}")
            told = trial.run({})
            assert told.code == trial.reference.code or told.error in FULL, told
            trial.judged("full disk", told)


def read_only_disk(trial: Trial) -> None:
    with disk(trial) as place:
        remount(place, "ro")
        told = trial.run({})
        assert told.error in {"E106", "E114"}, told
        trial.judged("read-only disk", told)


def read_only_file(trial: Trial) -> None:
    work = trial.begin()
    written = [work / name for name in trial.old if trial.old[name] != trial.new.get(name)]
    for path in (*written, work):
        path.chmod(0o555 if path.is_dir() else 0o444)
    told = trial.run({"kind": "rights"})
    work.chmod(0o700)
    for path in written:
        path.chmod(0o600)
    trial.judged("read-only file", told)


def ctrl_c(trial: Trial) -> None:
    moments = telling(trial.reference.moments)
    for at in {moments[0], *moments[-3:]}:
        trial.begin()
        told = trial.run({"kind": "interrupt", "at": at})
        assert told.code in {130, trial.reference.code}, told
        trial.judged("Ctrl-C", told, done=None if told.code != 130 else told.error == "E131")


def closed_pipe(trial: Trial) -> None:
    trial.begin()
    told = trial.run({"kind": "closed pipe"})
    assert told.code == trial.reference.code
    trial.judged("closed pipe", told)


def full_output(trial: Trial) -> None:
    trial.begin()
    told = trial.run({"kind": "full output"})
    assert told.error in {"E072", "E073"} if trial.reference.out else told.code == trial.reference.code
    trial.judged("full output", told, done=True)


def locked(trial: Trial) -> None:
    work = trial.begin()
    with contextlib.ExitStack() as held:
        for name in databases(trial.old):
            connection = held.enter_context(contextlib.closing(sqlite3.connect(work / name)))
            connection.execute("BEGIN EXCLUSIVE")
        told = trial.run({}, environment={**trial.environment, "JCLI_BUSY_SECONDS": "0.05"})
    assert told.code == trial.reference.code or told.error == "E105", told
    if trial.name not in NEEDS_NO_DATABASE:  # it answers all the same, without the name of the city
        trial.judged("locked", told)


def vanished(trial: Trial) -> None:
    work = trial.begin()
    for name in databases(trial.old):
        (work / name).unlink()
    left = state_of(work)
    told = trial.run({})
    assert told.code == trial.reference.code or told.error == "E101", told
    trial.tried["vanished"] += 1
    assert told.error is None or state_of(work) == left


def at_once(trial: Trial) -> None:
    """Run the command twice and a report, all at the same time."""
    trial.begin()
    order = trial.order({})
    report = {**order, "arguments": ["report", "coverage", "--year", "2025", "--today", trial.example.day]}
    told = trial.server.at_once(order, order, report)
    assert all(one.error not in {"E070", "E071"} and one.code != 99 for one in told), told
    assert trial.reference.code in {one.code for one in told[:2]}, told
    trial.healthy(told)
    trial.tried["at once"] += 1
    assert not [name for name in state_of(trial.work) if faults.is_left_by_a_kill(name)]


def cron(trial: Trial) -> None:
    """Run without a home, a terminal and a language, in one of two far time zones, with streams of cp1252."""
    kept = {name: value for name, value in trial.environment.items() if name not in {"HOME", "TMPDIR"}}
    kept["XDG_STATE_HOME"] = f"{trial.environment['HOME']}/.local/state"  # where "#1" is looked up
    zone = ("Pacific/Kiritimati", "Etc/GMT+12")[len(trial.name) % 2]
    trial.begin()
    told = trial.run({}, environment={**kept, "TZ": zone}, encoding="cp1252")
    assert told.code == trial.reference.code, told
    trial.judged("cron", told)


FAULTS: Final[dict[str, Callable[[Trial], None]]] = {
    "kill": kill,
    "kill in a write": kill_in_a_write,
    "size limit": size_limit,
    "full disk": full_disk,
    "read-only disk": read_only_disk,
    "read-only file": read_only_file,
    "Ctrl-C": ctrl_c,
    "closed pipe": closed_pipe,
    "full output": full_output,
    "locked": locked,
    "vanished": vanished,
    "at once": at_once,
    "cron": cron,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_says_of_every_fault_how_often_it_was_tried(language: str) -> None:
    rows = re.findall(
        r"^\| [^|`]*(?:`[^`]*`)?[^|`]* \| (\d+) \| (\d+) \|$", manual.page("file", language), re.MULTILINE
    )
    assert len(rows) == len(FAULTS)
    assert all(tried == held != "0" for tried, held in rows)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with faults.server() as one:
        yield one


@pytest.mark.long
@pytest.mark.parametrize(
    ("story", "part"), [(story, part) for story in STORIES for part in range(PARTS.get(story, 1))]
)
def test_no_fault_leaves_half_of_anything(
    story: str, part: int, jcli: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, before, page = tmp_path / "story", tmp_path / "before", faults.page(story)
    folder.mkdir()
    prepare(page, folder, monkeypatch)
    faults.furnish(story, folder)
    kept = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "PATH", "TMPDIR", "JCLI_ACTOR", "JCLI_DB")
    environment = {**{name: os.environ[name] for name in kept}, "PYTHONPATH": str(ROOT)}
    commands = Commands()
    told = sorted(name for name in set(commands.tree) - READING - BY_THEMSELVES if story_of(name) == story)
    waiting = set(told[part :: PARTS.get(story, 1)])
    wanted = os.environ.get("FAULTS_OF")
    tried: Counter[str] = Counter()
    failed: list[str] = []
    for example in examples(page):
        name = commands.name_of(example.arguments)
        if name in waiting and (not wanted or name == wanted):
            shutil.rmtree(before, ignore_errors=True)
            shutil.copytree(folder, before)
            trial = Trial(server, name, example, before, folder, environment, tried)
            if trial.known():
                waiting.remove(name)
                kinds = ALIKE if name in LISTS else SEVERAL.get(name, FAULTS)
                failed += [said for kind in kinds if (said := trial.failed(FAULTS[kind]))]
            trial.begin()
        if example.arguments == DEMO:
            (folder / DEMO[1]).mkdir(exist_ok=True)
            made = functools.partial(run, example, "id", jcli)
            built_once(f"demo {example.day}", folder / DEMO[1] / "contoh.db", made)
        elif commands.name_of(example.arguments) in READING - LOOKING:
            old = state_of(folder)
            assert run(example, "id", jcli).code in {0, 3}
            assert state_of(folder) == old, example
        else:
            assert run(example, "id", jcli).code in {0, 3}, example
    assert not failed, "\n".join(failed)
    assert not waiting or wanted, "no line of the story changes anything"
    print(story, part, dict(tried))  # noqa: T201 - the figures of the manual's table
