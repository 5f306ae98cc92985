"""A country's results by polling station in the ministry's raw layout, with made-up counts: anybody can run the benchmarks.

As in the real file of 2017: 69,242 stations in 35,719 communes, 11 candidates in round 1 and two in round 2, a header that
names only the first of them, cp1252, semicolons, decimal commas, CRLF.

    python -m benchmarks.country FOLDER [--times 10]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

STATIONS, COMMUNES, DEPARTEMENTS = 69_242, 35_719, 107
_HEADER = (
    "Code du département;Libellé du département;Code de la circonscription;Libellé de la circonscription;"
    "Code de la commune;Libellé de la commune;Code du b.vote;Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs;"
    "% Blancs/Ins;% Blancs/Vot;Nuls;% Nuls/Ins;% Nuls/Vot;Exprimés;% Exp/Ins;% Exp/Vot;N°Panneau;Sexe;Nom;Prénom;Voix;"
    "% Voix/Ins;% Voix/Exp"
)
_FIRST = [
    "M;DUVAL-NOIRET;Gabriel", "F;LE GOFF;Solène", "M;MARCHAND;Étienne", "M;HAVARD;Bruno", "F;ARNAUD;Agathe",
    "M;PONCET;Hugo", "M;CHEVRIER;Jérôme", "M;LACASSE;Jean", "M;MÉTIVIER;Jean-Loïc", "M;ASTRUC;Firmin", "M;FOLLIOT;François",
]  # fmt: skip
# Communes of these departements are numbered as the arrondissements of Marseille, Lyon and Paris are.
_LETTERS = {13: "2A", 69: "2B", 75: "ZA"}
_WEIGHTS = np.array([4.7, 21.3, 24.0, 6.4, 0.6, 1.1, 0.2, 1.2, 19.6, 0.9, 20.0])


def write_country(folder: Path, times: int = 1, seed: int = 2017) -> tuple[Path, Path]:
    """Write both rounds into a folder, ``times`` as many stations as the country has. Return their paths."""
    drawn = np.random.default_rng(seed)
    commune = np.sort(np.concatenate([np.arange(COMMUNES), drawn.integers(0, COMMUNES, STATIONS - COMMUNES)]))
    registered = drawn.integers(40, 1330, STATIONS)
    paths = []
    for number, people in ((1, _FIRST), (2, [_FIRST[2], _FIRST[1]])):
        path = folder / f"presidentielle_2017_bureaux_T{number}.txt"
        weights = _WEIGHTS if number == 1 else np.array([66.1, 33.9])
        _write(path, _columns(commune, registered, people, weights, drawn), times)
        paths.append(path)
    return paths[0], paths[1]


def _columns(commune: Any, registered: Any, people: list[str], weights: Any, drawn: np.random.Generator) -> list[Any]:
    voters = drawn.binomial(registered, 0.777)
    blank = drawn.binomial(voters, 0.018)
    null = drawn.binomial(voters - blank, 0.008)
    valid = voters - blank - null
    votes = drawn.multinomial(valid, weights / weights.sum())
    station = np.arange(len(commune)) - np.searchsorted(commune, commune, side="left") + 1
    place = commune * DEPARTEMENTS // COMMUNES
    first = -(-np.arange(DEPARTEMENTS) * COMMUNES // DEPARTEMENTS)  # of each departement, the first of its communes
    in_place = commune - first[place] + 1
    seat = commune % 9 + 1
    columns: list[Any] = [
        [_LETTERS.get(one + 1, f"{one + 1:02d}") for one in place.tolist()],
        [f"Département n° {one + 1}" for one in place.tolist()],
        [f"{one:02d}" for one in seat.tolist()],
        [f"{one}ème circonscription" for one in seat.tolist()],
        [f"{one:03d}" for one in in_place.tolist()],
        [f"Commune-de-l'Évêque {one}" for one in commune.tolist()],
        [f"{one:04d}" for one in station.tolist()],
        registered, registered - voters, _percent(registered - voters, registered),
        voters, _percent(voters, registered),
        blank, _percent(blank, registered), _percent(blank, voters),
        null, _percent(null, registered), _percent(null, voters),
        valid, _percent(valid, registered), _percent(valid, voters),
    ]  # fmt: skip
    for panel, person in enumerate(people):
        cast = votes[:, panel]
        columns += [[f"{panel + 1};{person}"] * len(cast), cast, _percent(cast, registered), _percent(cast, valid)]
    return columns


def _percent(part: Any, whole: Any) -> list[str]:
    share = np.divide(100 * part, whole, out=np.zeros(len(part)), where=whole > 0)
    return [f"{one:.2f}".replace(".", ",") for one in share.tolist()]


def _write(path: Path, columns: list[Any], times: int) -> None:
    texts = [column if isinstance(column, list) else map(str, column.tolist()) for column in columns]
    rows = list(zip(*texts, strict=True))
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(f"{_HEADER}\r\n")
        for copy in range(times):
            # Another copy of the country has communes of its own.
            again = "" if copy == 0 else f"-{copy}"
            file.writelines(f"{';'.join((*row[:4], row[4] + again, *row[5:]))}\r\n" for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.country", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=1)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    print(*write_country(arguments.folder, arguments.times), sep="\n")


if __name__ == "__main__":
    main()
