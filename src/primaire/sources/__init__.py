"""The way in: from files, standard input or a data set that ships to Returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from primaire.sources.canonical import read_canonical
from primaire.sources.content import DATASETS, DEFAULT, open_content

if TYPE_CHECKING:
    from pathlib import Path

    from primaire.schema import Returns

__all__ = ["DATASETS", "DEFAULT", "load"]


def load(*sources: str | Path) -> Returns:
    """Read one or more sources as one data set.

    Args:
        sources: paths, ``-`` for standard input, or names of data sets that ship (``conflans``, ``national``,
            ``yvelines``); without any, the results of Conflans-Sainte-Honorine.

    Returns:
        the figures as published: nothing is computed and nothing is filled in; see :class:`primaire.schema.Returns`.

    Raises:
        SourceError: a source cannot be read or is not recognised, or two hold the same unit.

    >>> load("conflans").ballots["voters"].tolist()
    [1165, 1473, 85]
    """
    from primaire.assembly import combine

    return combine([read_canonical(open_content(source)) for source in sources or (DEFAULT,)])
