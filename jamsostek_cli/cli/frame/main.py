"""The way into the program, and the boundary that no traceback and no personal value crosses."""

import os
import signal
import sys
import traceback
import warnings
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

from jamsostek_cli import committed, messages, operating_system, safe_file
from jamsostek_cli.cli.frame import config, keyboard
from jamsostek_cli.errors import ExitStatus, JcliError

if TYPE_CHECKING:
    from typer._click import Command

_TERMINATED: Final = 128
_AFTER_A_CHANGE: Final = {"E070": "E071", "E072": "E073", "E108": "E132", "E130": "E131"}
"""What is said instead where something is recorded already, and doing it again would do it twice."""


_stopped: list[int] = []
"""The signal by which the system asked to stop, also where a library made another error of it."""


class Terminated(BaseException):
    """The system asked the program to stop; everything rolls back on the way out."""


def main(arguments: list[str]) -> int:
    """Run jcli with these arguments and return its exit status."""
    os.umask(0o077)
    committed.begin()
    _stopped.clear()
    warnings.simplefilter("ignore")
    _prepare_streams()
    messages.use(config.language(arguments))
    previous = {sign: signal.signal(sign, _stop) for sign in operating_system.ends()}
    try:
        return _guarded(arguments)
    except KeyboardInterrupt:
        keyboard.rest()
        return _refused(JcliError("E130"), arguments)
    except Terminated as stopped:
        return _TERMINATED + int(stopped.args[0])
    finally:
        for sign, handler in previous.items():
            signal.signal(sign, handler)


def _prepare_streams() -> None:
    """Speak UTF-8 whatever the environment says, and survive a closed stream."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115 - lives as long as the process
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace" if name == "stdin" else "backslashreplace")


def _stop(sign: int, _frame: FrameType | None) -> None:
    _stopped.append(sign)
    raise Terminated(sign)


_OWN: Final[dict[tuple[str, ...], frozenset[str]]] = {("audit", "log"): frozenset({"--actor"})}
"""Commands that ask by a name with which others say who acts: behind them it is theirs."""


def hoisted(arguments: list[str], root: "Command") -> list[str]:
    """Return the arguments with the options of the root command first, so that they may stand anywhere."""
    flags = {name for option in root.params if getattr(option, "is_flag", False) for name in option.opts}
    options = {name for option in root.params for name in option.opts} - flags
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        own = argument.partition("=")[0] in _OWN.get(tuple(rest[:2]), ())
        if not own and (argument in flags or argument.partition("=")[0] in options):
            front.append(argument)
            if argument in options and waiting:
                front.append(waiting.pop(0))
        else:
            rest.append(argument)
    return [*front, *rest]


@cache
def _root() -> "Command":
    from typer.main import get_command

    from jamsostek_cli.cli.frame.app import app

    return get_command(app)


def _guarded(arguments: list[str]) -> int:
    import typer

    keyboard.release()
    try:
        root = _root()
        result = root(args=hoisted(arguments, root), prog_name="jcli", standalone_mode=False)
        code = result if isinstance(result, int) else ExitStatus.DONE
        if code == ExitStatus.INTERRUPTED:  # Typer has caught the interrupt and says no more
            code = _refused(JcliError("E130"), arguments)
    except JcliError as error:
        code = _refused(error, arguments)
    except typer.TyperException as error:
        code = _misused(error, arguments)
    except Exception as error:  # noqa: BLE001 - the last boundary: whatever it is, no officer sees a traceback
        if keyboard.pressed():
            raise KeyboardInterrupt from None
        if _stopped:
            raise Terminated(_stopped[0]) from None
        full = isinstance(error, OSError) and error.errno in safe_file.DISK
        code = _refused(JcliError("E072") if full else JcliError("E070", note=_crash_note(error)), arguments)
    try:
        sys.stdout.flush()
    except OSError:
        from jamsostek_cli.cli.frame import screen

        screen.forget_output()
        code = code or _refused(JcliError("E072"), arguments)
    return int(code)


def _refused(error: JcliError, arguments: list[str]) -> int:
    from jamsostek_cli.cli.frame import screen

    if committed.so_far() and error.code in _AFTER_A_CHANGE:
        error = JcliError(_AFTER_A_CHANGE[error.code], **error.facts)
    if "--json" in arguments:
        screen.json_error(error)
    screen.complain(error)
    return error.status


def _misused(error: Exception, arguments: list[str]) -> int:
    """Answer a command line that cannot be read: without a command by the help, else by what is wrong."""
    message = str(getattr(error, "message", error))
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(f"{message}\n")
        return ExitStatus.USAGE
    from jamsostek_cli.cli.frame.misuse import problem_of

    where = getattr(getattr(error, "ctx", None), "command_path", "jcli")
    refusal = JcliError("E002", problem=problem_of(error), remedy="usage.help", command=where)
    return _refused(refusal, arguments)


def _crash_note(error: Exception) -> str:
    """Write where the program failed (frames only: no values, no messages) and return the note's name."""
    note = f"jcli-{os.getpid()}-{abs(hash(type(error).__name__)) % 10000:04d}.log"
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    import tempfile

    place = Path(os.environ.get("TMPDIR") or tempfile.gettempdir()) / note
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write("\n".join([type(error).__name__, *frames]) + "\n")
    except OSError:
        return f"{type(error).__name__} {frames[-1] if frames else ''}"
    return str(place)
