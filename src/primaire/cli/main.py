"""The entry point: builds the command line, runs it, and turns every error into a message and an exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from primaire.cli import diagnostics
from primaire.cli.app import build, check_command
from primaire.cli.language import asked_for, speak
from primaire.errors import PrimaireError

if TYPE_CHECKING:
    from collections.abc import Sequence


def run() -> NoReturn:
    """Run the command line of this process, and end the process with its exit code."""
    code = main()
    # To take half a million objects apart, one by one, takes a tenth of the time: the system does it at once.
    atexit._run_exitfuncs()  # noqa: SLF001  what others have registered is still done
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever listened has gone
            stream.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line. Return its exit code: see ``docs/cli.md``."""
    _start_light()
    words = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    _open_streams()
    lang = diagnostics.language_of_errors(asked_for(words), dict(os.environ))
    speak(lang)
    try:
        return _run(words, lang)
    except PrimaireError as mistake:
        return diagnostics.error(mistake, lang)
    except typer.TyperException as mistake:
        return diagnostics.usage(mistake, lang)
    except BrokenPipeError:
        return _hung_up()
    except (KeyboardInterrupt, typer.Abort):
        return diagnostics.INTERRUPTED
    except Exception as mistake:
        if os.environ.get("PRIMAIRE_DEBUG"):
            raise
        return diagnostics.bug(mistake, lang)


def _start_light() -> None:
    """Spare each command what costs a tenth of its time or more, and serves none of them."""
    # Half a million objects are made at the start, all to stay: nobody looks for garbage among them.
    gc.set_threshold(200_000, 20, 100)
    # NumPy starts a thread per core for linear algebra, which then waits for work with all its might.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _run(words: list[str], lang: str) -> int:
    completing = "_PRIMAIRE_COMPLETE" in os.environ
    if not completing:
        check_command(words)
    try:
        code = build(lang, [] if completing else words).main(words, prog_name="primaire", standalone_mode=False)
    except SystemExit as end:
        # typer turns a broken pipe into an exit of its own.
        raise end.__context__ if isinstance(end.__context__, BrokenPipeError) else end from None
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _hung_up() -> int:
    """The reader of our output has seen enough, as ``head`` does: that is no error."""
    # What is still in the buffer would raise again when the interpreter flushes it at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _open_streams() -> None:
    """Make the standard streams usable wherever primaire was started: closed ones, and consoles without UTF-8."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the shell (>&-), or a window without a console
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  open until the end
    for stream in (sys.stdout, sys.stderr):
        if (stream.encoding or "").lower() not in ("utf-8", "utf8") and isinstance(stream, TextIOWrapper):
            from primaire.render.safe import SUBSTITUTE

            stream.reconfigure(errors=SUBSTITUTE)
