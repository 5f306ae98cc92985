"""Notes under a table: where the figures are from, what a sign means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from primaire.sources.opening.scan import texts_of

if TYPE_CHECKING:
    from primaire.sources.opening.raw import Raw

_LOOKED_AT: Final = 1 << 13
"""Bytes at the end of a file in which notes are looked for."""

_NOTE = re.compile(
    r"(?i)(?:sources?|notes?|nb|n\.b\.|remarques?|l[eé]gende|lecture|champ|donn[eé]es|mise? [aà] jour|last updated|"
    r"quelle|fuente|fonte|bron)\b.*|(?:\*|\(|©|https?:).*"
)
"""What a note begins with. Any other line that is too short may be a row that lost its end, and is refused."""


def notes_below(raw: Raw) -> tuple[int, list[str]]:
    """Return where the notes under a table begin (the end of the data, if there are none), and their texts.

    A note is a line with one filled cell that begins as notes do, and nothing but notes and empty lines follows.
    """
    end = len(raw.data)
    first = max(end - _LOOKED_AT, raw.starts[0] if raw.starts else 0)
    tail = bytes(raw.data[first:end])
    mark = bytes([raw.dialect.end])
    notes: list[str] = []
    at, begin = len(tail), end
    while at > 0:
        start = tail.rfind(mark, 0, at - 1) + 1
        if start == 0:  # perhaps not the whole line
            break
        line = tail[start:at].rstrip(b"\r\n" + mark)
        filled = [cell for cell in texts_of(line, raw.dialect, raw.encoding) if cell]
        if filled and (len(filled) > 1 or not _NOTE.fullmatch(filled[0]) or line.count(b'"') % 2):
            break
        if filled:
            notes.insert(0, filled[0])
            begin = first + start
        at = start
    return begin, notes
