"""Ctrl-C at any moment: kept while the program loads, raised while it works, unheard once it has ended."""

import signal
from types import FrameType

_pressed: list[int] = []


def hold() -> None:
    """Keep Ctrl-C until `release`: nothing is open yet, and no module is left half loaded.

    A job in the background, whose Ctrl-C the shell has switched off, stays so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _keep)


def release() -> None:
    """Let Ctrl-C interrupt from now on (`KeyboardInterrupt`), at once where it was pressed before."""
    if signal.getsignal(signal.SIGINT) is _keep:
        signal.signal(signal.SIGINT, _raise)
        if _pressed:
            raise KeyboardInterrupt


def rest() -> None:
    """Hear Ctrl-C no more: the program has ended, and its last words and its status stand."""
    if signal.getsignal(signal.SIGINT) in (_keep, _raise):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def pressed() -> bool:
    """Tell whether Ctrl-C was pressed, also where a library made another error of it."""
    return bool(_pressed)


def _keep(sign: int, _frame: FrameType | None) -> None:
    _pressed.append(sign)


def _raise(sign: int, _frame: FrameType | None) -> None:
    _pressed.append(sign)
    raise KeyboardInterrupt
