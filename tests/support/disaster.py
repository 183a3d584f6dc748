"""What befalls a command: a disk without room, and a kill at a chosen moment."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.conftest import environment

_KILLED = """
import importlib, os, sys
module = importlib.import_module({module!r})
real = getattr(module, {name!r})
def stopped(*arguments, **options):
    if {after}:
        real(*arguments, **options)
    os.kill(os.getpid(), 9)
setattr(module, {name!r}, stopped)
from jamsostek_cli.cli.frame.main import main
sys.exit(main({arguments!r}))
"""


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """Let this process make no file larger than `size` bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def killed_at(moment: str, *arguments: object, after: bool = False) -> None:
    """Run jcli in a process that is killed when it calls `module:function`, or right after that."""
    module, name = moment.split(":")
    script = _KILLED.format(
        module=module, name=name, after=after, arguments=[str(argument) for argument in arguments]
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, env=environment())
    assert ran.returncode == -9, ran.stderr
