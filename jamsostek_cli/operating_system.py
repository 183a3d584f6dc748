"""What one operating system has and another has not: the only place that asks, with what is done instead.

Everything else uses what Linux, macOS and Windows have in common.
"""

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

WINDOWS: Final = os.name == "nt"
OVER_BOUNDS: Final = 99
"""With this status a process ends itself that took more time than it may."""
_ENDS: Final = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""The last is what Windows says when somebody closes the window."""
_NEEDS_NO_QUOTES: Final = re.compile(r"[\w@+=:.,/\\#-]+")
_BEFORE_A_QUOTE: Final = re.compile(r'(\\+)(?="|\Z)')


def ends() -> list[signal.Signals]:
    """Return the signals by which this system asks a program to stop, beside Ctrl-C."""
    return [getattr(signal, name) for name in _ENDS if hasattr(signal, name)]


def account() -> str | None:
    """Return the name of the computer's account that runs the program; None where it has none.

    A container or a cron job may run without one; on Windows there is no `pwd` to look it up in.
    """
    with suppress(KeyError, OSError, ImportError):
        import getpass  # noqa: PLC0415 - most processes ask for no name

        return getpass.getuser()
    return None


def bound(*, memory: int, seconds: int) -> None:
    """Take no more memory (bytes) and processor time from here on than a roster can need.

    Where the system knows no such bounds, memory has none, and a thread of this process watches the time: it
    ends the process with `OVER_BOUNDS`.
    """
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        import threading  # noqa: PLC0415 - where the system bounds a process none is needed

        threading.Thread(target=_watch, args=(seconds,), daemon=True).start()
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _watch(seconds: float) -> None:
    while (left := seconds - time.process_time()) > 0:
        time.sleep(left)
    os._exit(OVER_BOUNDS)


def was_stopped(status: int) -> bool:
    """Tell from how a process ended whether the system, or its own bounds, had to stop it."""
    return status < 0 or status == OVER_BOUNDS


def sync(path: Path) -> None:
    """Bring a file or folder to the disk; OSError where the system does not know how.

    Windows does so for files that are open for writing, and opens no folder.
    """
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_in_use(path: Path) -> None:
    """Raise PermissionError for a file that no other can replace while a program has it open (Windows).

    A file that is given its own name stays what it is, and is refused where another one would be.
    """
    path.rename(path)


def quoted(said: str) -> str:
    """Return a word as it can be typed at the prompt of this system: in quotes where a sign needs them.

    The single quotes of other systems are letters to the Command Prompt.
    """
    if not WINDOWS:
        import shlex  # noqa: PLC0415 - only what is shown to be typed is quoted

        return shlex.quote(said)
    if _NEEDS_NO_QUOTES.fullmatch(said):
        return said
    return '"{}"'.format(_BEFORE_A_QUOTE.sub(r"\1\1", said).replace('"', '\\"'))


def joined(words: Sequence[str]) -> str:
    """Return words as one line that can be typed at the prompt of this system."""
    return " ".join(map(quoted, words))


def unprotected() -> list[str]:
    """Return what this system does not let the program protect.

    `file_mode`: who may read a file follows from its folder; `memory`: a roster may take all there is.
    """
    lacking = ["file_mode"] if WINDOWS else []
    try:
        import resource  # noqa: F401, PLC0415 - not on every system
    except ImportError:
        lacking.append("memory")
    return lacking


_OTHERS: Final = 0o077
_WRITTEN_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


def is_open_to_others(place: Path) -> bool:
    """Tell whether others than its owner may read a file, or put another one in its place.

    They may where any folder that it is reached through, up to the root and through links, can be written by
    a group or by anybody; in one where only the owner of an entry removes it, such as /tmp, an entry of
    somebody else's is as bad. A group of the owner alone, as many systems give everybody one, is nobody else.
    On Windows a file has the rights of its folder.
    """
    if WINDOWS:
        return False
    real = place.resolve().stat()
    own = {os.geteuid(), real.st_uid, 0}
    return (
        bool(real.st_mode & _OTHERS)
        or place.lstat().st_uid not in own
        or any(_may_be_swapped(entry, own) for entry in _reached(place.absolute()))
    )


def _reached(place: Path) -> Iterator[Path]:
    """Yield everything by whose name a file is reached: itself, its folders, and those that links lead to."""
    left, seen = [place], set[Path]()
    while left:
        at = left.pop()
        if at in seen or at == at.parent:
            continue
        seen.add(at)
        yield at
        left.append(at.parent)
        if at.is_symlink():
            left.append(at.parent / at.readlink())


def _may_be_swapped(entry: Path, own: set[int]) -> bool:
    """Tell whether others may put something else in the place of an entry of a folder."""
    folder = entry.parent.stat()
    others = folder.st_mode & _WRITTEN_BY_OTHERS
    if others == stat.S_IWGRP and _is_of_one(folder):
        return False
    return bool(others) and not (folder.st_mode & stat.S_ISVTX and entry.lstat().st_uid in own)


def _is_of_one(folder: os.stat_result) -> bool:
    """Tell whether the group of a folder is of its owner alone: it bears his name and lists nobody."""
    with suppress(KeyError, ImportError):
        import grp  # noqa: PLC0415 - not on every system
        import pwd  # noqa: PLC0415

        group, owner = grp.getgrgid(folder.st_gid), pwd.getpwuid(folder.st_uid).pw_name
        return group.gr_name == owner and set(group.gr_mem) <= {owner}
    return False


_MOUNTS: Final = Path("/proc/self/mountinfo")
_SHARES: Final = re.compile(
    r"nfs.*|cifs|smb.*|9p|afs|ceph|davfs|fuse\.(?:sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs)"
)
"""File systems of other computers, on which locks of SQLite have been seen to fail."""
_REMOTE: Final = 4
"""What Windows calls a drive of another computer."""


def on_a_share(place: Path) -> bool:
    """Tell whether a file stands on another computer, as far as this system says so.

    A computer that has its whole system from elsewhere has no other disk.
    """
    real = place.resolve()
    if WINDOWS:
        import ctypes  # noqa: PLC0415 - on one system only

        windows = getattr(ctypes, "windll", None)
        kind = None if windows is None else windows.kernel32.GetDriveTypeW(f"{real.drive}\\")
        return real.drive.startswith("\\\\") or kind == _REMOTE
    return _SHARES.fullmatch(_file_system(real)) is not None


def _file_system(real: Path) -> str:
    """Return the kind of file system under a path, as Linux tells it; empty for the root's, or unknown."""
    under = [("/", "")]
    with suppress(OSError):
        for line in _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            mounted, _, system = line.partition(" - ")
            point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), mounted.split()[4])
            if point != "/" and real.is_relative_to(point):
                under.append((point, system.split()[0]))
    return max(under, key=lambda one: len(one[0]))[1]


_BLOCKS = Path("/sys/dev/block")
_CRYPT: Final = "CRYPT-"
_ASKED: Final = 10
"""So many seconds a tool of the system may take to answer."""


def disk_encrypted(place: Path) -> bool | None:
    """Tell whether the disk under a place is encrypted, as far as that can be told without being root.

    None where it cannot be told: a disk of the network or of a container, a system that tells only its root.
    """
    if WINDOWS:
        return _said(
            ["manage-bde", "-status", place.resolve().drive], on="Protection On", off="Protection Off"
        )
    if sys.platform == "darwin":
        return _said(["fdesetup", "status"], on="FileVault is On", off="FileVault is Off")
    with suppress(OSError):
        device = place.stat().st_dev
        block = _BLOCKS / f"{os.major(device)}:{os.minor(device)}"
        return _encrypted(block.resolve()) if block.exists() else None
    return None


def _encrypted(block: Path) -> bool:
    """Tell whether a block device, or every one that it is made of, is an encrypted one."""
    uuid = block / "dm" / "uuid"
    if uuid.exists() and uuid.read_text(encoding="utf-8").startswith(_CRYPT):
        return True
    below = sorted((block / "slaves").iterdir()) if (block / "slaves").is_dir() else []
    return bool(below) and all(_encrypted(one.resolve()) for one in below)


def _said(command: list[str], *, on: str, off: str) -> bool | None:
    """Return what a tool of the system says; None where it is not there or says nothing of the kind."""
    import shutil  # noqa: PLC0415 - one command alone asks
    import subprocess  # noqa: PLC0415

    tool = shutil.which(command[0])
    if tool is None:
        return None
    try:
        ran = subprocess.run(  # noqa: S603 - the system's own tool, without a word of anybody's
            [tool, *command[1:]], capture_output=True, text=True, check=False, timeout=_ASKED
        )
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return True if on in ran.stdout else False if off in ran.stdout else None
