"""Standard error: everything primaire says about its work, and the exit code of each kind of error."""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

from primaire.cli.language import of_environment
from primaire.errors import (
    ExtraMissingError,
    NameUnknownError,
    NotHeldError,
    OutputError,
    PrimaireError,
    Problem,
    SourceError,
)
from primaire.messages import Message, msg, msgn
from primaire.suggestion import meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import typer

    from primaire.checks.finding import Finding

EXIT_CODES: Final[dict[type[PrimaireError], int]] = {
    NameUnknownError: 2,
    ExtraMissingError: 2,
    OutputError: 2,
    SourceError: 3,
    NotHeldError: 4,
}
"""What the shell sees for each kind of error that a user can mend."""

SHOWN_FROM: Final = 16 << 20
"""Bytes of a file from which on its reading is shown: below, it takes no second."""

PATIENCE: Final = 1.0
"""Seconds of work after which its progress is shown."""

_FRAME, _BAR, _SOME = 0.1, 30, 0.05
_START_OF_LINE: Final = "\r\x1b[2K"

ERRORS_FOUND: Final = 1
"""What the shell sees where ``primaire check`` finds an error in the figures."""

USAGE: Final = 2
BUG: Final = 70
INTERRUPTED: Final = 130


def error(mistake: PrimaireError, lang: str) -> int:
    """Print what was seen, what was expected, what to do, and every single problem. Return the exit code."""
    first, *more = [part for part in (mistake.seen, mistake.expected, mistake.remedy) if part is not None]
    _say([msg("Error: {message}", message=first), *(_indented(problem) for problem in mistake.problems), *more], lang)
    return next(code for kind, code in EXIT_CODES.items() if isinstance(mistake, kind))


def usage(mistake: typer.TyperException, lang: str) -> int:
    """Print a mistake in the words of a command line. Return the exit code."""
    command = getattr(getattr(mistake, "ctx", None), "command_path", "primaire")
    option = getattr(mistake, "option_name", None)
    if option and hasattr(mistake, "possibilities"):  # only an option that does not exist has others that are near
        message = msg("There is no option {option}.", option=option)
    elif option and "requires" in mistake.format_message():
        message = msg("The option {option} needs a value.", option=option)
    else:
        message = msg("{message}", message=mistake.format_message())
    near = getattr(mistake, "possibilities", None) or []
    # typer has found the nearest among the command's options. It compares the dashes too: so “--tpo” is near to “--top”.
    remedies = [meant(near[0])] if near and option else []
    _say(
        [
            msg("Error: {message}", message=message),
            *remedies,
            msg("“{command} --help” shows what there is.", command=command),
        ],
        lang,
    )
    return USAGE


def bug(mistake: Exception, lang: str) -> int:
    """Print that this is primaire's fault. Return the exit code."""
    message = msg(
        "Error: primaire has a bug here: {kind}: {text}. Your files are untouched.",
        kind=type(mistake).__name__,
        text=str(mistake),
    )
    _say(
        [message, msg("Please report it, with the command; PRIMAIRE_DEBUG=1 in the environment shows the traceback.")],
        lang,
    )
    return BUG


@contextmanager
def progress(lang: str, *, quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Give something to call while files are read: it keeps a line on standard error, gone in the end.

    Nothing is given, and nothing shown, where standard error is no terminal, and for files that are read at once.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    shown = False

    def show(name: str, done: int, size: int) -> None:
        nonlocal shown
        if size < SHOWN_FROM:
            return
        from primaire.render.language import Language

        shown = True
        said = msg("Reading {name}: {percent:count} %", name=name, percent=100 * done // size)
        sys.stderr.write(f"{_START_OF_LINE}{said.render(Language(lang))}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if shown:
            sys.stderr.write(_START_OF_LINE)
            sys.stderr.flush()


@contextmanager
def working(lang: str, *, quiet: bool) -> Iterator[Callable[[float], None] | None]:
    """Give something to call with the part that is done, 0 to 1: it keeps a bar on standard error, gone in the end.

    Nothing is given where standard error is no terminal, and nothing shown of what takes less than a second.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    started = shown = monotonic()

    def show(part: float) -> None:
        nonlocal shown
        now = monotonic()
        if part >= 1:
            clear()
        elif now - started >= PATIENCE and now - shown >= _FRAME:
            shown = now
            _draw(part, now - started, lang)

    def clear() -> None:
        """Leave the line to whatever is said next."""
        nonlocal shown
        if shown > started:
            shown = started
            sys.stderr.write(_START_OF_LINE)
            sys.stderr.flush()

    try:
        yield show
    finally:
        clear()


def _draw(part: float, spent: float, lang: str) -> None:
    from primaire.render.language import Language
    from primaire.render.safe import encode

    done = min(max(part, 0.0), 1.0)
    bar = "█" * round(_BAR * done) + "░" * (_BAR - round(_BAR * done))
    said = msg("Estimating {bar} {percent:count} %", bar=bar, percent=int(100 * done))
    if done > _SOME:
        left = round(spent * (1 - done) / done)
        said = msg("{said}, {seconds:count} s left", said=said, seconds=left)
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(encode(f"{_START_OF_LINE}{said.render(Language(lang))}", encoding).decode(encoding))
    sys.stderr.flush()


def note(message: Message, lang: str) -> None:
    """Print a remark on what is done."""
    _say([message], lang)


def lacking(mistake: ExtraMissingError, lang: str) -> None:
    """Print what is left out for want of libraries, and what to type to have it."""
    remedy = [] if mistake.remedy is None else [mistake.remedy]
    _say([msg("No pictures: {reason}", reason=mistake.seen), *remedy], lang)


def warn(found: Sequence[Finding], lang: str) -> None:
    """List figures that contradict each other; they are shown as published."""
    if not found:
        return
    head = msgn(
        "Warning: {n} contradiction in the figures, which are shown as published:",
        "Warning: {n:count} contradictions in the figures, which are shown as published:",
        len(found),
    )
    listed = [
        msg("  {place}: {message} [{code}]", place=finding.place, message=finding.message, code=finding.code)
        for finding in found
    ]
    _say([head, *listed], lang)


def _indented(problem: Problem) -> Message:
    places = [problem.file or ""]
    if problem.line is not None:
        places.append(str(problem.line))
    where = ":".join(place for place in places if place)
    if problem.value is not None and problem.column is None:
        return msg("  {where}: “{value}” {message}", where=where, value=problem.value, message=problem.message)
    if problem.value is not None:
        return msg(
            "  {where}: {column}: “{value}” {message}",
            where=where,
            column=problem.column,
            value=problem.value,
            message=problem.message,
        )
    if problem.column is not None:
        return msg("  {where}: {column}: {message}", where=where, column=problem.column, message=problem.message)
    return (
        msg("  {where}: {message}", where=where, message=problem.message)
        if where
        else msg("  {message}", message=problem.message)
    )


def _say(messages: Sequence[Message], lang: str) -> None:
    from primaire.render.language import Language
    from primaire.render.safe import encode, printable

    language = Language(lang)
    text = "".join(f"{printable(message.render(language))}\n" for message in messages)
    encoding = sys.stderr.encoding or "utf-8"
    with suppress(OSError):  # nobody listens: the exit code still tells
        sys.stderr.write(encode(text, encoding).decode(encoding))
        sys.stderr.flush()


def language_of_errors(asked: str | None, environment: dict[str, str]) -> str:
    """Return the language for messages: the one asked for if primaire speaks it, else the environment's."""
    return asked if asked in ("en", "fr") else of_environment(environment)
