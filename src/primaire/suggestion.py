"""What to ask whoever wrote a name that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.matching import closest
from primaire.messages import Message, msg

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, names: Iterable[str]) -> Message | None:
    """Return the question whether the nearest of ``names`` was meant by a ``word``; None where none is near.

    >>> str(did_you_mean("reslts", ["results", "swing"]))
    'Did you mean “results”?'
    """
    near = closest(word, names)
    return meant(near) if near else None


def meant(near: str) -> Message:
    """Return the question whether the name ``near``, which was found to be near, was meant."""
    return msg("Did you mean “{near}”?", near=near)
