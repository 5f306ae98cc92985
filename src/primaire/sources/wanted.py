"""What of a source is looked at, where the source can be asked for it: the arguments of ``Returns.select``, kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Wanted:
    """A selection; see :meth:`primaire.schema.Returns.select` for what each part means.

    ``publication`` names one of those that a file holds of one result.
    """

    election: str | None = None
    round: int | None = None
    contest: str | None = None
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    publication: str | None = None


@dataclass(frozen=True)
class Question:
    """How sources are read: the arguments of :func:`primaire.sources.load`, kept.

    Of a table of up to ``apart`` units, each is returned, whatever ``by`` is.

    ``progress`` is called with a file's name, the bytes of it that are read, and all it has.
    """

    wanted: Wanted = field(default_factory=Wanted)
    by: Sequence[str] | str | None = None
    mapping: str | None = None
    sheet: str | None = None
    printed: bool = False
    progress: Callable[[str, int, int], None] | None = None
    apart: int = 0
