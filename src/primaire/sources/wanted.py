"""What of a source is looked at, where the source can be asked for it: the arguments of ``Returns.select``, kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Wanted:
    """A selection; see :meth:`primaire.schema.Returns.select` for what each part means."""

    election: str | None = None
    round: int | None = None
    contest: str | None = None
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
