"""The way in: from files, standard input or a data set that ships to Returns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from primaire.errors import NotHeldError
from primaire.messages import msg
from primaire.naming import spoken
from primaire.sources.opening.content import DATASETS, DEFAULT, open_contents
from primaire.sources.wanted import Question, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from primaire.schema import Returns
    from primaire.sources.opening.content import Content

__all__ = ["DATASETS", "DEFAULT", "Wanted", "load", "publications"]


def load(  # noqa: PLR0913  each is named at the call
    *sources: str | Path,
    mapping: str | None = None,
    sheet: str | None = None,
    wanted: Wanted | None = None,
    by: str | Sequence[str] | None = None,
    printed: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    apart: int = 0,
) -> Returns:
    """Read one or more sources as one data set.

    Args:
        sources: paths, folders, ``-`` for standard input, or names of data sets that ship (``conflans``, ``national``,
            ``yvelines``, ``publications``); without any, the results of Conflans-Sainte-Honorine. gz, bz2, zip and zstd are unpacked.
        mapping: the path of a mapping (``docs/mappings.md``), or the name of a registered one, for what is not
            recognised without.
        sheet: the sheet to read of a workbook.
        wanted: what of the sources is looked at: only that is returned, and of large files little else is read.
        by: what units will be added up by (:data:`primaire.tally.BY`): units may be returned added up that far where
            that loses nothing. None: each unit is returned.
        printed: compare printed percentages with the counts however large a file is.
        progress: called while a text file is read, with its name, the bytes read so far, and all it has.
        apart: of a table of up to so many units, each is returned, whatever ``by`` is. A Parquet file of primaire's own
            is added up all the same.

    Returns:
        the figures as published: nothing is computed but voters from printed abstentions, and nothing is filled in; see
        :class:`primaire.schema.Returns`.

    Raises:
        SourceError: a source cannot be read or is not recognised, or two hold the same unit.
        NameUnknownError: there is no such mapping, or it uses keys that do not exist.
        NotHeldError: the sources do not hold what is wanted.

    >>> load("conflans").ballots["voters"].tolist()
    [1165, 1473, 85]
    """
    contents = [content for source in sources or (DEFAULT,) for content in open_contents(source)]
    return _read(contents, Question(wanted or Wanted(), by, mapping, sheet, printed, progress, apart))


def publications(
    *sources: str | Path,
    mapping: str | None = None,
    sheet: str | None = None,
    wanted: Wanted | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[tuple[str, Returns]]:
    """Read publications of one result, each by itself.

    Args:
        sources: as for :func:`load`, the earliest first. Each is one publication, called by the name it is given, or a
            file whose column ``publication`` tells several apart (``docs/data-format.md``), in the file's order.
        mapping, sheet, wanted, progress: as for :func:`load`, for each of them.

    Raises:
        SourceError, NameUnknownError, NotHeldError: as :func:`load`.

    >>> [name for name, _ in publications("publications")][-1]
    'final, 25 January 2017'
    """
    wanted = wanted or Wanted()
    question = Question(wanted, None, mapping, sheet, progress=progress)
    found = []
    for source in sources:
        contents = list(open_contents(source))
        names = [] if mapping or wanted.publication else _publications_in(contents)
        for name in names:
            returns = _read(contents, replace(question, wanted=replace(wanted, publication=name)))
            # The first step says which publication was read: here all are.
            steps = returns.provenance.steps[1:] if len(names) > 1 else returns.provenance.steps
            found.append((name, returns.with_provenance(replace(returns.provenance, steps=steps))))
        if not names:
            found.append((str(source), _read(contents, question)))
    return found


def _publications_in(contents: Sequence[Content]) -> list[str]:
    if len(contents) != 1 or contents[0].path is not None or not _is_typed(contents[0]):
        return []
    from primaire.sources.own.canonical import publications_in

    return publications_in(contents[0])


def _read(contents: Sequence[Content], question: Question) -> Returns:
    from primaire.assembly import combine

    wanted = question.wanted
    own: list[Returns] = []
    others: list[Content] = []
    for content in contents:
        read = None if question.mapping else _own_format(content, wanted, question.by)
        if read is None:
            others.append(content)
        else:
            own.append(read)
    if wanted.publication and not own:
        raise NotHeldError(
            msg("The sources do not hold several publications of a result."), remedy=msg("Leave --publication out.")
        )
    parts = [*own, *(_foreign(others, question) if others else [])]
    election, number = spoken(wanted.election) if wanted.election else (None, None)
    return combine(parts).select(
        election=election, round=wanted.round or number, contest=wanted.contest, where=wanted.where
    )


def _own_format(content: Content, wanted: Wanted, by: str | Sequence[str] | None) -> Returns | None:
    """Read primaire's own format, as CSV or Parquet; None for any other file."""
    if content.path is not None:
        from primaire.sources.own.store import is_canonical_parquet, read_store

        return read_store(content.path, wanted, by, name=content.name) if is_canonical_parquet(content.path) else None
    if not _is_typed(content):
        return None
    from primaire.sources.own.canonical import read_canonical

    return read_canonical(content, wanted.publication)


def _is_typed(content: Content) -> bool:
    """Tell whether a file is in the format that people type."""
    if content.name in DATASETS:
        return True
    from primaire.sources.own.typed import is_typed

    return is_typed(content)


def _foreign(contents: Sequence[Content], question: Question) -> list[Returns]:
    from primaire.provenance import Provenance
    from primaire.sources.reading.foreign import read_contents
    from primaire.sources.reading.frames import returns_of
    from primaire.sources.reading.joining import joined, without_cities_twice
    from primaire.sources.reading.reducing import reduced

    readings = read_contents(contents, question)
    parts = []
    for group in joined(without_cities_twice(readings)):
        found = reduced(group[0].found, question)
        parts.append(returns_of(found, Provenance(tuple(reading.file for reading in group))))
    return parts
