"""A computer without what only POSIX has: written as `sitecustomize`, it comes before the program.

It takes away modules and names that Windows does not have, and behaves like it: a file that is open can be
neither replaced nor removed, no folder can be opened, and renaming replaces nothing. What starts and ends
processes here stays: `subprocess` itself needs it.
"""

from pathlib import Path
from typing import Final

MODULES: Final = frozenset(
    "resource fcntl pwd grp spwd termios tty pty syslog readline curses nis crypt".split()
)
NAMES: Final = {
    "os": frozenset(
        "O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_SYNC chown chroot confstr ctermid"
        " eventfd fchdir fchmod fchown fdatasync fork forkpty getegid geteuid getgid getgroups"
        " getloadavg getpgid getpgrp getpriority getresuid getsid getuid initgroups killpg lchown"
        " lockf major memfd_create mkfifo mknod nice openpty pathconf pipe2 posix_fadvise"
        " posix_fallocate posix_spawn pread preadv pwrite pwritev sched_getaffinity sendfile seteuid"
        " setgid setpgid setpriority setsid setuid statvfs sync sysconf tcgetpgrp ttyname uname wait"
        " wait3 wait4".split()
    ),
    "signal": frozenset(
        "SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2"
        " SIGXCPU SIGXFSZ alarm pause pthread_kill pthread_sigmask setitimer siginterrupt sigpending"
        " sigwait".split()
    ),
    "time": frozenset(
        ["tzset", "clock_gettime", "CLOCK_REALTIME", "CLOCK_MONOTONIC", "pthread_getcpuclockid"]
    ),
}
_NEEDED_BY_SUBPROCESS: Final = frozenset(
    "SIGKILL SIGCHLD pthread_sigmask wait3 wait4 fork posix_spawn".split()
)

_PROGRAM: Final = """
import errno, os, signal, sys, time

import platformdirs  # it has a half of its own for every system, and this one is loaded here

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in MODULES:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)

for module in MODULES:
    sys.modules.pop(module, None)
sys.builtin_module_names = tuple(name for name in sys.builtin_module_names if name not in MODULES)
sys.meta_path.insert(0, Absent())
for module, names in NAMES.items():
    for name in names:
        if module in sys.modules and hasattr(sys.modules[module], name):
            delattr(sys.modules[module], name)

really_open, really_fsync, writable = os.open, os.fsync, set()

def in_use(path):
    here = os.path.realpath(path)
    for handle in os.listdir("/proc/self/fd"):
        try:
            if os.readlink("/proc/self/fd/" + handle) == here:
                raise PermissionError(errno.EACCES, "another process is using it", str(path))
        except FileNotFoundError:
            pass

def opens(path, flags, mode=0o777, **more):
    if not isinstance(path, int) and os.path.isdir(path) and not more:
        raise PermissionError(errno.EACCES, "a folder", str(path))
    handle = really_open(path, flags, mode, **more)
    if flags & (os.O_WRONLY | os.O_RDWR):
        writable.add(handle)
    else:
        writable.discard(handle)
    return handle

def fsync(handle):
    number = handle if isinstance(handle, int) else handle.fileno()
    if number not in writable:
        sys.stderr.write("fsync of what is open for reading alone\\\\n")
        os._exit(97)
    really_fsync(handle)

def guarded(change, targets):
    def changed(*paths, **more):
        for path in paths[:targets]:
            if os.path.lexists(path):
                in_use(path)
        return change(*paths, **more)
    return changed

really_rename = os.rename
def rename(source, place, **more):
    if os.path.lexists(place) and not os.path.samefile(source, place):
        raise FileExistsError(errno.EEXIST, "it exists", str(place))
    really_rename(source, place, **more)

os.open, os.fsync = opens, fsync
os.replace, os.rename = guarded(os.replace, 2), guarded(rename, 2)
os.unlink, os.remove = guarded(os.unlink, 1), guarded(os.remove, 1)
"""

_PROMPT: Final = """
sys.path.insert(0, ROOT)
import jamsostek_cli.operating_system
jamsostek_cli.operating_system.WINDOWS = True
"""


def written(folder: Path, root: Path) -> Path:
    """Write it into a folder that is to stand on `PYTHONPATH`; `root` is where the program stands."""
    folder.mkdir(parents=True)
    names = {module: sorted(all_of - _NEEDED_BY_SUBPROCESS) for module, all_of in NAMES.items()}
    facts = f"MODULES, NAMES, ROOT = {sorted(MODULES)!r}, {names!r}, {str(root)!r}\n"
    (folder / "sitecustomize.py").write_text(facts + _PROGRAM.replace("\\\\n", "\\n") + _PROMPT, "utf-8")
    return folder
