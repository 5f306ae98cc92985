"""An empty file of the format, with one filled example: something to type over."""

from __future__ import annotations

import csv
import io

from primaire.sources.own.columns import COLUMNS, WORDS

_TYPED = tuple(column for column in COLUMNS if column.per in {"ballot", "candidate"})

_EXAMPLE = {
    "date": "2026-03-15",
    "round": "1",
    "coverage": "whole",
    "electorate": "closed",
    "status": "final",
    "registered": "126",
    "voters": "85",
    "blank": "2",
    "null": "1",
    "valid": "82",
}
_TEXTS = {
    "en": {
        "election": "Election of the board 2026",
        "unit": "Main office",
        "source": "the count sheet",
        "candidates": ("Alice Martin", "Bruno Petit"),
    },
    "fr": {
        "election": "Élection du bureau 2026",
        "unit": "Siège",
        "source": "le procès-verbal",
        "candidates": ("Alice Martin", "Bruno Petit"),
    },
}
_VOTES = ("45", "37")


def template(lang: str = "en") -> bytes:
    """Return the header of the format, and two rows that together are one small election: type over them.

    Args:
        lang: ``en`` for English headers and commas; ``fr`` for French headers and what a French spreadsheet opens
            without a question: semicolons and a byte order mark.
    """
    french = lang == "fr"
    texts = _TEXTS["fr" if french else "en"]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if french else ",", lineterminator="\r\n" if french else "\n")
    writer.writerow([column.french if french else column.name for column in _TYPED])
    for name, votes in zip(texts["candidates"], _VOTES, strict=True):
        filled = {**_EXAMPLE, **texts, "candidate": name, "votes": votes}
        writer.writerow([_cell(column.name, filled.get(column.name, ""), french=french) for column in _TYPED])
    return file.getvalue().encode("utf-8-sig" if french else "utf-8")


def _cell(column: str, value: object, *, french: bool) -> str:
    text = str(value)
    return WORDS[column][text] if french and column in WORDS and text else text
