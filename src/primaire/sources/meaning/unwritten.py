"""Headers that are not written: fields described in comments above the table, and layouts known by their shape.

The ministry's text files of 1999 to 2014 begin with comments, one for each field ("-- Champ 6 : Inscrits"); some of
2012, and copies that lost their first line, have nothing at all. A layout without words is only taken where every row
looked at obeys it: numbers where counts stand, voters among the registered, votes among the valid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from primaire.sources.meaning.vocabulary import meaning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMENT = re.compile(r"--|#")
_NUMBERED = re.compile(r"(?:column|col|field|champ|colonne|v|x)_?\d+|", re.IGNORECASE)
"""What programs call the columns of a table that names none."""
_FIELD = re.compile(r"\W*(?:champ|colonne|zone|rubrique)\s*(?:n\s*°?\s*)?(\d{1,2})\s*[:=.–-]\s*(.+?)\W*", re.IGNORECASE)
_TOLD = 3
"""Rows above which a shape is proved rather than happening to fit; fewer must be the whole table."""

_PLACE: Final = "N° tour;Code du département;Code de la commune;Nom de la commune"
_CAST: Final = "N° de bureau de vote;Inscrits;Votants;Exprimés"
_PERSON: Final = "Nom;Prénom;Nuance;Nombre de voix"
_SHARES: Final = (
    "Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs;% Blancs/Ins;% Blancs/Vot;Nuls;% Nuls/Ins;% Nuls/Vot;"
    "Exprimés;% Exp/Ins;% Exp/Vot"
)
_TOGETHER: Final = "Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs et nuls;% BlNuls/Ins;% BlNuls/Vot;Exprimés;% Exp/Ins;% Exp/Vot"
_DEPARTEMENT: Final = "Code du département;Libellé du département"
_CONSTITUENCY: Final = "Code de la circonscription;Libellé de la circonscription"
_COMMUNE: Final = "Code de la commune;Libellé de la commune"
_LONG: Final = (
    f"{_PLACE};{_CAST};N° de dépôt du candidat;{_PERSON}",
    f"{_PLACE};{_CAST};{_PERSON}",
    f"{_PLACE};Code de la circonscription;Code du canton;{_CAST};N° de dépôt du candidat;{_PERSON}",
    (
        "N° tour;Code de la région;Code du département;Code arrondissement;Code de la circonscription;Code du canton;"
        "Code de la commune;Inscrits de référence de la commune;Nom de la commune;N° de bureau de vote;Inscrits;Votants;"
        "Abstentions;Exprimés;Réponse;Nombre de voix"
    ),
)
"""Layouts of a row per candidate: the fields of each."""
_EXCHANGED: Final = (
    "Identifiant;Scrutin;Année;Tour;Code du département;Code de la commune;Code du b.vote{more};Initial;"
    "Inscrits;Abstentions;Émargements;Bulletins;Blancs;Nuls;Exprimés;Nb listes"
)
"""What a city sends to the prefecture: the same for all of a station's votes, then a number and votes for each list."""
_BLOCKS: Final = (
    (_EXCHANGED.format(more=""), "N°Panneau;Voix"),
    (_EXCHANGED.format(more=";Code du canton;Code de la circonscription"), "N°Panneau;Voix"),
    *(
        (f"{place};{counts}", block)
        for place in (
            f"{_DEPARTEMENT};{_CONSTITUENCY};{_COMMUNE};Code du b.vote",
            f"{_DEPARTEMENT};{_COMMUNE};Code du b.vote",
            f"{_DEPARTEMENT};{_CONSTITUENCY};{_COMMUNE}",
            f"{_DEPARTEMENT};{_COMMUNE}",
            f"{_DEPARTEMENT};{_CONSTITUENCY}",
            _DEPARTEMENT,
        )
        for counts in (_SHARES, _TOGETHER)
        for block in (
            "N°Panneau;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp",
            "N°Panneau;Sexe;Nom;Prénom;Nuance;Voix;% Voix/Ins;% Voix/Exp",
            "Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp",
            "Sexe;Nom;Prénom;Nuance;Voix;% Voix/Ins;% Voix/Exp",
            "N°Liste;Libellé Abrégé Liste;Libellé Etendu Liste;Nom Tête de Liste;Voix;% Voix/Ins;% Voix/Exp",
        )
    ),
)
"""Layouts of a row per unit: the fields of the unit, and those of each candidate."""


def comments(head: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are comments, or number the columns, empty rows between them included.

    >>> comments([["-- Champ 1 : Inscrits"], [""], ["-- Champ 2 : Votants"], ["120", "80"]])
    3
    """
    last = 0
    for at, row in enumerate(head):
        numbers = at == 0 and any(row) and all(_NUMBERED.fullmatch(cell) for cell in row)
        if numbers or (row and row[0] and _COMMENT.match(row[0])):
            last = at + 1
        elif any(row):
            break
    return last


def unwritten_header(head: Sequence[Sequence[str]]) -> list[str] | None:
    """Return the header that a table has in its comments, or by its shape; None where neither says it.

    >>> unwritten_header([["-- Champ 1 : Inscrits"], ["-- Champ 2 : Votants"], ["120", "80"]])
    ['Inscrits', 'Votants']
    """
    first = comments(head)
    rows = [row for row in head[first:] if any(row)]
    return _described(head[:first], rows) or _shaped(rows)


def _described(above: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> list[str] | None:
    """Return the fields that comments describe, if rows have as many cells."""
    fields: dict[int, str] = {}
    for row in above:
        found = _FIELD.fullmatch(" ".join(cell for cell in row if cell))
        if found:
            fields[int(found[1])] = found[2]
    if not fields or sorted(fields) != list(range(1, len(fields) + 1)):
        return None
    header = [fields[number] for number in sorted(fields)]
    return header if all(not any(row[len(header) :]) for row in rows) else None


def _shaped(rows: Sequence[Sequence[str]]) -> list[str] | None:
    if len(rows) < _TOLD:
        return None
    filled = [_trimmed(row) for row in rows]
    for form in _LONG:
        header = form.split(";")
        if _obey(filled, header, header):
            return header
    for fixed, block in _BLOCKS:
        places, fields = fixed.split(";"), block.split(";")
        if all(len(row) > len(places) and (len(row) - len(places)) % len(fields) == 0 for row in filled):
            most = max(len(row) for row in filled) - len(places)
            header = [*places, *fields * (most // len(fields))]
            if _obey(filled, header, [*places, *fields]):
                return header
    return None


def _trimmed(row: Sequence[str]) -> list[str]:
    """Return a row without the empty cells behind its last one."""
    last = max((at for at, cell in enumerate(row) if cell), default=-1)
    return list(row[: last + 1])


def _obey(rows: Sequence[Sequence[str]], header: Sequence[str], least: Sequence[str]) -> bool:
    """Tell whether every row holds what a header says."""
    meanings = [found.what if (found := meaning_of(name)) else "ignored" for name in header]
    return all(len(least) <= len(row) <= len(header) and _obeys(row, meanings) for row in rows)


def _obeys(row: Sequence[str], meanings: Sequence[str]) -> bool:
    counts: dict[str, int] = {}
    votes = 0
    for cell, what in zip(row, meanings, strict=False):
        if what in ("registered", "abstentions", "voters", "blank", "null", "blank_null", "valid", "votes"):
            if not cell.isdigit():
                return False
            votes += int(cell) if what == "votes" else 0
            counts[what] = int(cell)
        elif not _may_be(cell, what):
            return False
    counts["votes"] = votes
    spoilt = counts["blank_null"] if "blank_null" in counts else counts.get("blank", 0) + counts.get("null", 0)
    return (
        counts["registered"] >= counts["voters"] >= counts["valid"] + spoilt
        and counts["votes"] <= counts["valid"]
        and counts["voters"] + counts.get("abstentions", counts["registered"] - counts["voters"])
        == counts["registered"]
    )


def _may_be(cell: str, what: str) -> bool:
    if what == "round":
        return cell in ("1", "2", "01", "02")
    if what == "year":
        return re.fullmatch(r"(?:19|20)\d\d", cell) is not None
    if what in ("surname", "commune", "departement", "name"):
        return bool(cell) and not cell[0].isdigit()
    if what == "departement_code":
        return re.fullmatch(r"\d{1,3}|2[ABab]|Z[A-Z]", cell) is not None
    if what == "percentage":
        return re.fullmatch(r"\d{1,3}(?:[.,]\d+)? ?%?|", cell) is not None
    return True
