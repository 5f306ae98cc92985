"""The columns of the file format that a person types: names in English and French, and what each holds.

This registry feeds the reader, its messages, the template and ``docs/data-format.md``. No pandas here: shell completion
and ``primaire template`` use it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from primaire.matching import fold

CellKind = Literal["text", "count", "number", "round", "share", "date", "word", "columns"]
"""What a cell holds. A ``count`` is a figure of the result, a ``number`` any other whole number."""

VERSION: Final = 1
"""The version of the format that is written; files that do not say theirs are of version 1."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "level": {
        "nation": "pays",
        "region": "région",
        "departement": "département",
        "constituency": "circonscription",
        "canton": "canton",
        "commune": "commune",
        "station": "bureau",
    },
    "coverage": {"whole": "tout", "part": "partie", "unknown": "inconnue"},
    "electorate": {"open": "ouvert", "closed": "fermé", "unknown": "inconnu"},
    "status": {"final": "définitif", "provisional": "provisoire", "frozen": "gelé", "annulled": "annulé"},
    "share_base": {"valid": "exprimés", "voters": "votants", "registered": "inscrits"},
    "elected": {"yes": "oui", "no": "non"},
}
"""The words that some columns are limited to, each with its French spelling."""


@dataclass(frozen=True)
class FormatColumn:
    """One column of the format.

    ``per`` says what it describes: the ballots of a unit, one candidate in it, one of several publications of the result,
    or the file as a program wrote it (which people leave out).
    """

    name: str
    french: str
    kind: CellKind
    per: Literal["file", "publication", "ballot", "candidate"]
    meaning: str


COLUMNS: Final = (
    FormatColumn(
        "format_version",
        "version_format",
        "number",
        "file",
        f"the version of this format, {VERSION}; where it is given, nothing is filled in by default but what every unit has",
    ),
    FormatColumn(
        "publication",
        "publication",
        "text",
        "publication",
        "which publication of the result the row is of, where the file holds several: when it was published, say",
    ),
    FormatColumn("election", "élection", "text", "ballot", "the election; by default, the file's name"),
    FormatColumn("date", "date", "date", "ballot", "the day of the vote, as YYYY-MM-DD"),
    FormatColumn("round", "tour", "round", "ballot", "1, 2, ...; by default, 1"),
    FormatColumn("contest", "scrutin", "text", "ballot", "what the candidates compete for; by default, the election"),
    FormatColumn(
        "coverage",
        "couverture",
        "word",
        "ballot",
        "whether the units of the file are the whole contest or a part of it",
    ),
    FormatColumn(
        "electorate",
        "électorat",
        "word",
        "ballot",
        "open: anybody may come, there is no roll; closed: only those on a roll",
    ),
    FormatColumn(
        "unit",
        "unité",
        "text",
        "ballot",
        "where the votes were counted; by default, the finest place, else the contest",
    ),
    FormatColumn(
        "level", "niveau", "word", "ballot", "what kind of place the unit is; by default, the finest place given"
    ),
    FormatColumn("region_code", "code_région", "text", "ballot", "the region's code"),
    FormatColumn("region", "région", "text", "ballot", "the region's name"),
    FormatColumn(
        "departement_code", "code_département", "text", "ballot", "the departement's code, zeros and letters kept"
    ),
    FormatColumn("departement", "département", "text", "ballot", "the departement's name"),
    FormatColumn("constituency_code", "code_circonscription", "text", "ballot", "the constituency's code"),
    FormatColumn("constituency", "circonscription", "text", "ballot", "the constituency's name"),
    FormatColumn("canton_code", "code_canton", "text", "ballot", "the canton's code"),
    FormatColumn("canton", "canton", "text", "ballot", "the canton's name"),
    FormatColumn("commune_code", "code_commune", "text", "ballot", "the commune's code"),
    FormatColumn("commune", "commune", "text", "ballot", "the commune's name"),
    FormatColumn("station_code", "code_bureau", "text", "ballot", "the polling station's code"),
    FormatColumn("station", "bureau", "text", "ballot", "the polling station's name"),
    FormatColumn("status", "statut", "word", "ballot", "how firm the result is"),
    FormatColumn("status_note", "motif", "text", "ballot", "why it is frozen, annulled or provisional"),
    FormatColumn("units", "nombre_unités", "number", "file", "how many units were added up to this one; by default, 1"),
    FormatColumn(
        "unit_source",
        "source_unité",
        "text",
        "file",
        "where the counts of ballots were read; by default, the sources of the unit's rows",
    ),
    FormatColumn(
        "unit_note", "remarque_unité", "text", "file", "a remark on the unit; by default, the notes of the unit's rows"
    ),
    FormatColumn(
        "unit_row",
        "ligne_unité",
        "number",
        "file",
        "1, 2, 3, ...: the row's number in its unit; where it is 1, each count of ballots stands once",
    ),
    FormatColumn("registered", "inscrits", "count", "ballot", "voters on the roll"),
    FormatColumn("voters", "votants", "count", "ballot", "ballots cast"),
    FormatColumn("blank", "blancs", "count", "ballot", "blank votes"),
    FormatColumn("null", "nuls", "count", "ballot", "null (spoilt) votes"),
    FormatColumn(
        "blank_null", "blancs_nuls", "count", "ballot", "blank and null together, where they are published so"
    ),
    FormatColumn("valid", "exprimés", "count", "ballot", "valid votes"),
    FormatColumn("candidate", "candidat", "text", "candidate", "the candidate's name (or the list's, or the answer's)"),
    FormatColumn("label", "étiquette", "text", "candidate", "party or label"),
    FormatColumn("list", "liste", "text", "candidate", "the name of the candidate's list"),
    FormatColumn("number", "numéro", "text", "candidate", "the number of the panel or ballot paper"),
    FormatColumn("votes", "voix", "count", "candidate", "votes for the candidate"),
    FormatColumn(
        "share", "pourcentage", "share", "candidate", "the percentage, where one is published: 35.68, 35,68 or 35,68 %"
    ),
    FormatColumn(
        "share_decimals",
        "décimales",
        "number",
        "file",
        "how many decimals the percentage was published with; by default, those of the longest in the unit",
    ),
    FormatColumn("share_base", "base", "word", "candidate", "what the percentage is a share of; by default, not said"),
    FormatColumn("seats", "sièges", "number", "candidate", "seats won"),
    FormatColumn("elected", "élu", "word", "candidate", "whether the source says that the candidate is elected"),
    FormatColumn(
        "approximate",
        "approximatif",
        "columns",
        "candidate",
        "names of this row's columns that are approximations; “yes” means all",
    ),
    FormatColumn("source", "source", "text", "candidate", "where the figures of the row were read"),
    FormatColumn("note", "remarque", "text", "candidate", "anything else worth knowing"),
)
"""Every column, in the order in which they are written; the template has those that people fill in."""

NOT_CANDIDATES: Final = frozenset(
    fold(name)
    for name in (
        *(
            "total",
            "totals",
            "totaux",
            "ensemble",
            "sum",
            "somme",
            "turnout",
            "participation",
            "abstention",
            "abstentions",
        ),
        *("blank", "blanks", "blank votes", "blanc", "blancs", "votes blancs", "bulletins blancs"),
        *("null", "nulls", "null votes", "spoilt", "invalid", "nul", "nuls", "votes nuls", "bulletins nuls"),
        *("blank and null", "blancs et nuls", "blanc et nul", "registered", "inscrits", "voters", "votants"),
        *("valid", "valid votes", "exprimés", "suffrages exprimés"),
    )
)
"""Names, folded, that stand in a column of candidates for a count of ballots: nobody is called so."""

BY_NAME: Final = {column.name: column for column in COLUMNS}
PER_BALLOT: Final = tuple(
    column.name
    for column in COLUMNS
    if column.per == "ballot" or column.name in ("format_version", "units", "unit_source", "unit_note")
)
"""The columns that say the same on all rows of a unit."""

COUNTS_OF_BALLOTS: Final = tuple(column.name for column in COLUMNS if column.kind == "count" and column.per == "ballot")
FIGURES: Final = tuple(column.name for column in COLUMNS if column.kind in ("count", "share"))


@cache
def _by_spelling() -> dict[str, FormatColumn]:
    return {fold(spelling): column for column in COLUMNS for spelling in (column.french, column.name)}


def column_called(header: str) -> FormatColumn | None:
    """Return the column that a header names, in either language, whatever its case and accents; None if there is none.

    >>> column_called("Exprimés").name, column_called("nothing")
    ('valid', None)
    >>> column_called("% exprimés") is None
    True
    """
    # “% exprimés” is a percentage of valid votes, not their number.
    return None if "%" in header else _by_spelling().get(fold(header))


def word_meant(column: str, cell: str) -> str | None:
    """Return the word of a limited column that a cell spells, in either language; None if there is none.

    >>> word_meant("status", "Gelé")
    'frozen'
    """
    spelled = fold(cell)
    return next((word for word, french in WORDS[column].items() if spelled in (fold(word), fold(french))), None)
