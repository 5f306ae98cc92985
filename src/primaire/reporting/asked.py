"""What is asked of a page: under which rules, with which shapes, under which title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from primaire.errors import NotHeldError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from primaire.messages import Message
    from primaire.rules.rule import Rule
    from primaire.shapes.outlines import Outlines
    from primaire.table import Table


@dataclass(frozen=True)
class Asked:
    """What is asked of a page.

    Attributes:
        rules, seats, assume_whole: as for :func:`primaire.analysis.outcome.outcome`.
        shapes: the outlines of places, for maps; None without.
        title: instead of the one that the data give.
        command: the command that makes the page.
        made: the day it is made, where it is to be told.
        transfers: whether it is estimated where votes went; None where they are few enough for it.
        progress: called with the part of these estimates that is done, 0 to 1.
        left_out: called with what to say of it where they are left out: of all votes once, for nothing but their size; else
            of each vote that was asked for or begun, with the reason.
    """

    rules: Sequence[Rule] | None = None
    seats: int | None = None
    assume_whole: bool = False
    shapes: Sequence[Outlines] | None = None
    title: str | None = None
    command: str | None = None
    made: date | None = None
    transfers: bool | None = None
    progress: Callable[[float], None] | None = None
    left_out: Callable[[Message], None] | None = None

    def law(self) -> dict[str, Any]:
        """Return what analyses that judge take."""
        return {"rules": self.rules, "seats": self.seats, "assume_whole": self.assume_whole}


def attempted(analyse: Callable[..., Table], *given: object, **options: object) -> Table | None:
    """Return what an analysis answers; None where the data do not hold what it needs: one round has no swing."""
    try:
        return analyse(*given, **options)
    except NotHeldError:
        return None
