"""The tables of one source, whatever kind of file it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from primaire.errors import NotHeldError
from primaire.messages import msg

if TYPE_CHECKING:
    from primaire.sources.meaning.mapping import Layout
    from primaire.sources.opening.content import Content
    from primaire.sources.opening.raw import Raw
    from primaire.sources.wanted import Wanted

_MOST_ROWS: Final = 3_000_000
"""Rows of a Parquet table of several elections above which one of these must be chosen: it is read into memory."""


def tables_of(content: Content, layout: Layout | None, wanted: Wanted) -> list[Raw]:
    """Return the tables of a source: the sheets of a workbook, one of any other file.

    Args:
        content: the source. layout: what a mapping says of how it is written.
        wanted: what of it is looked at: of a Parquet file of several elections, only the rows of one are read.

    Raises:
        SourceError: the file is damaged, or not of a kind that is known.
        NotHeldError: a Parquet file holds too many elections to read them all.
    """
    from primaire.sources.opening.raw import raw_of_sheet, raw_of_text

    if not isinstance(content.data, bytes):  # only delimited text is mapped into memory
        return [raw_of_text(content, layout.encoding if layout else None, layout.separator if layout else None)]
    from primaire.sources.opening.feed import is_xml, read_feed
    from primaire.sources.opening.parquet import is_parquet
    from primaire.sources.opening.spreadsheet import is_spreadsheet, read_sheets
    from primaire.sources.opening.strangers import refuse_stranger
    from primaire.sources.opening.tree import is_json, read_json

    begins = bytes(content.data[:512])
    if is_parquet(begins):
        return [_of_parquet(content, wanted)]
    if is_spreadsheet(content.data):
        return [raw_of_sheet(sheet) for sheet in read_sheets(content)]
    refuse_stranger(content)
    if is_xml(begins):
        return [raw_of_sheet(read_feed(content))]
    if is_json(begins):
        return [raw_of_sheet(read_json(content, layout.records if layout else None))]
    return [raw_of_text(content, layout.encoding if layout else None, layout.separator if layout else None)]


def _of_parquet(content: Content, wanted: Wanted) -> Raw:
    from primaire.naming import spoken
    from primaire.sources.meaning.vocabulary import meaning_of
    from primaire.sources.opening.parquet import columns_of, read_parquet, rows_of, values_of
    from primaire.sources.opening.raw import raw_of_sheet

    columns = columns_of(content)
    identifier = next((name for name in columns if (found := meaning_of(name)) and found.what == "election_id"), None)
    if identifier is None:
        return raw_of_sheet(read_parquet(content))
    held = {word: spoken(word)[0] for word in values_of(content, identifier)}
    from primaire.matching import pick

    words = list(held)
    if wanted.election is not None:
        meant = set(pick(wanted.election, [*held.values(), *held]))
        words = [word for word, name in held.items() if name in meant or word in meant] or words[:1]
    if len(words) > 1 and rows_of(content) > _MOST_ROWS and wanted.election is None:
        raise NotHeldError(
            msg("“{name}” holds {n:count} votes, too many to show at once.", name=content.name, n=len(held)),
            expected=msg("They are: {names}.", names=list(held)),
            remedy=msg("Choose one with --election."),
        )
    return raw_of_sheet(read_parquet(content, where={identifier: words}))
