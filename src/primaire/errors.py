"""Every error that a user can cause: what was seen, what was expected, what to do.

The tree knows neither exit codes nor formatting: ``cli.diagnostics`` maps each class to its code and prints it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from primaire.messages import Message


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a source, and its place.

    ``line`` is the line of the file (1 is the first), ``column`` the name of the column, ``value`` the cell as read.
    """

    message: Message
    file: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        value = "" if self.value is None else f"“{self.value}” "
        return ": ".join(part for part in (place, self.column, f"{value}{self.message}") if part)


class PrimaireError(Exception):
    """A mistake that a message can mend: the base of all errors that primaire raises on purpose.

    Args:
        seen: what was found, and where.
        expected: what would have been right.
        remedy: what to do next.
        problems: every single problem found, in the order of the source.
    """

    def __init__(
        self,
        seen: Message,
        *,
        expected: Message | None = None,
        remedy: Message | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(seen)
        self.seen = seen
        self.expected = expected
        self.remedy = remedy
        self.problems = problems

    def __str__(self) -> str:
        said = " ".join(str(part) for part in (self.seen, self.expected, self.remedy) if part is not None)
        return "\n  ".join([said, *map(str, self.problems)])


class NameUnknownError(PrimaireError):
    """A name that is not one of those that exist: an option's value, a format, a level, a key."""


class ExtraMissingError(PrimaireError):
    """What was asked for needs libraries that come with an extra, which is not installed."""


class OutputError(PrimaireError):
    """An output that cannot be written where it was asked for."""


class SourceError(PrimaireError):
    """A source that cannot be read, or is not in a form that is recognised."""


class NotHeldError(PrimaireError):
    """The sources are readable, but do not hold or do not fit what is asked: a round, a contest, a base."""
