"""The process that reads files, loaded once: for each file a child of it, where `-m` would load it anew.

`python -m tests.support.reader_server NUMBER` answers at the socket of that number. The child is the real
one, in a process of its own with bounds of its own, and runs as `-m` runs it; it is only spared the loading.
What is asked for in any other way is started as it would be.
"""

import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from jamsostek_cli.roster.files import wire

PIPE, DEVNULL = subprocess.PIPE, subprocess.DEVNULL
_ROOT: Final = Path(__file__).parents[2]
_CHILD: Final = [sys.executable, "-P", "-m", wire.CHILD]
_MESSAGE: Final = 1 << 18
_MOST_STREAMS: Final = 256


class Popen:
    """A reading process, as `subprocess.Popen` would start it."""

    def __init__(self, server: "Server", env: dict[str, str]) -> None:
        asked, self._asking = os.pipe()
        self._answering, answered = os.pipe()
        mask = os.umask(0o077)
        os.umask(mask)
        order = {"folder": str(Path.cwd()), "mask": mask, "environment": env}
        self._server = server
        self._number = server.told(order, asked, answered)
        self._status: int | None = None
        os.close(asked)
        os.close(answered)
        self.stdin: BinaryIO = os.fdopen(self._asking, "wb")
        self.stdout: BinaryIO = os.fdopen(self._answering, "rb")

    def kill(self) -> None:
        """End it; whoever has ended stays known by the number until it is waited for."""
        if self._status is None:
            os.kill(self._number, signal.SIGKILL)

    def wait(self) -> int:
        """Return how it ended."""
        if self._status is None:
            self._status = self._server.told({"wait": self._number})
        return self._status


class Server:
    """What stands in the place of the module `subprocess` where files are read."""

    PIPE, DEVNULL = PIPE, DEVNULL

    def __init__(self) -> None:
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._one_at_a_time = threading.Lock()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, str(other.fileno())],
                stdin=DEVNULL, pass_fds=[other.fileno()], cwd=_ROOT,
                env={**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), *sys.path[1:]])},
            )  # fmt: skip

    def Popen(self, command: list[str], *, env: dict[str, str], **streams: Any) -> Any:  # noqa: N802 - its name
        """Start what is asked for."""
        if command == _CHILD and env["PYTHONPATH"].split(os.pathsep)[0] == str(_ROOT):
            return Popen(self, env)
        return subprocess.Popen(command, env=env, **streams)

    def told(self, order: dict[str, Any], *streams: int) -> int:
        """Give an order; return the number that is the answer."""
        with self._one_at_a_time:
            socket.send_fds(self._socket, [json.dumps(order).encode()], streams)
            return int(self._socket.recv(_MESSAGE))

    def close(self) -> None:
        self._socket.close()
        self._process.wait()


def _read_in_a_child(order: dict[str, Any], streams: list[int]) -> int:
    """Begin to read a file; return the number of the process."""
    if (number := os.fork()) != 0:
        return number
    status = 1
    with suppress(BaseException):  # what it says of an error nobody hears
        os.chdir(order["folder"])
        os.umask(order["mask"])
        os.environ.clear()
        os.environ.update(order["environment"])
        for at, stream in enumerate((*streams, os.open(os.devnull, os.O_WRONLY))):
            os.dup2(stream, at)
        os.closerange(3, _MOST_STREAMS)
        gc.unfreeze()
        sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115 - as -m has them
        runpy.run_module(wire.CHILD, run_name="__main__", alter_sys=True)
        sys.stdout.flush()
        status = 0
    os._exit(status)


def main(number: int) -> None:
    """Answer orders until there are no more."""
    from jamsostek_cli.roster.files import content, open_document, tables, web_page  # noqa: F401 - loaded
    from jamsostek_cli.roster.files.excel import binary_excel, old_excel, spreadsheet_xml  # noqa: F401 - here

    gc.freeze()
    with socket.socket(fileno=number) as orders:
        while True:
            said, streams, _, _ = socket.recv_fds(orders, _MESSAGE, 2)
            if not said:
                return
            order = json.loads(said)
            if "wait" in order:
                answer = os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
            else:
                answer = _read_in_a_child(order, streams)
            for stream in streams:
                os.close(stream)
            orders.send(str(answer).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
