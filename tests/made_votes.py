"""Made-up votes of a few lines, for pictures: what the rows do not say is the same for all."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from primaire.schema import Returns

LONG = "Liste d’union de la gauche écologiste citoyenne et solidaire pour une ville à vivre"
NASTY = ("<script>alert(1)</script>", "Élodie Œuvrard-N’Guyen", 'Jean "Jojo" </style> & Fils', "[red]bold[/red]", LONG)


def votes(folder: Path, rows: Iterable[Mapping[str, object]]) -> Returns:
    """Read votes, one row per candidate, in the columns of the typed format."""
    usual = {"election": "Mairie", "contest": "Ville", "unit": "Ville", "coverage": "whole"}
    filled = [{**usual, **row} for row in rows]
    names = list(dict.fromkeys(name for row in filled for name in row))
    path = folder / "ville.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(filled)
    return load(path)


def rounds(folder: Path, *counted: Mapping[str, int | None]) -> Returns:
    """Read the rounds of one contest, each the votes of those who stand in it; None where they are not published."""
    rows = [
        {"round": number, "candidate": name, "votes": "" if count is None else count, "valid": valid}
        for number, people in enumerate(counted, 1)
        for valid in [sum(count or 0 for count in people.values())]
        for name, count in people.items()
    ]
    return votes(folder, rows)


def places(
    folder: Path,
    here: Mapping[str, int | None],
    there: Mapping[str, int | None],
    names: tuple[str, str] = ("Ici", "Là"),
) -> tuple[Returns, Returns]:
    """Read one vote in two places, each from a file of its own; None where votes are not published."""
    read: list[Returns] = []
    for name, counted in zip(names, (here, there), strict=True):
        own = folder / str(len(read))
        own.mkdir()
        valid = sum(count or 0 for count in counted.values())
        people = [(person, "" if count is None else count) for person, count in counted.items()]
        read.append(votes(own, [{"unit": name, "candidate": one, "votes": n, "valid": valid} for one, n in people]))
    return read[0], read[1]
