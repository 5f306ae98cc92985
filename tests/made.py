"""Made-up elections, written in the layouts of official files, and what is read of them."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import xlsxwriter

from primaire.arrays import listed
from primaire.sources import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from primaire.schema import Returns

# An election that nobody held


FIRST_NAMES: Final = ("Zoé", "François", "Éric", "Jean-Noël", "Chloë", "Anaïs", "Marie Thérèse", "Loïc")
SURNAMES: Final = (
    "LÉVÊQUE", "D'ANGÉLI", "DE LA FORÊT", "GRÂCE", 'DIT "LE NOIR"', "SAINT-CÔME", "PRÉ, DIT PRÉ", "AÏT;HAMOU", "Ça", "MÜLLER", "GARÇON", "ÉTÉ",
)  # fmt: skip
NUANCES: Final = ("SOC", "COM", "DVD", "ECO", "EXG", "LREM")
MADE: Final = datetime(2022, 4, 24)  # noqa: DTZ001  neither workbooks nor archives know zones
"""When files of them were written: the same rows are the same bytes, whenever tests run."""

COUNTED: Final = ("registered", "voters", "blank", "null", "valid")


@dataclass(frozen=True)
class Person:
    """Somebody who stands."""

    first: str
    surname: str
    nuance: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.surname}"


@dataclass(frozen=True)
class Unit:
    """What one polling station reports."""

    departement: str
    constituency: str
    commune: str
    commune_name: str
    station: str
    counts: dict[str, int]
    votes: dict[Person, int]


@dataclass(frozen=True)
class Made:
    """An election: its kind, and for each round what the stations report."""

    kind: str
    rounds: list[list[Unit]]
    published: tuple[str, ...] = field(default=COUNTED)


def made(seed: int, kind: str, rounds: int, people: int, published: tuple[str, ...] = COUNTED) -> Made:
    """Draw an election. In a presidential one all stand everywhere; else each constituency has candidates of its own."""
    draw = random.Random(seed)  # noqa: S311  an election, not a secret
    everybody = [
        Person(first, surname, draw.choice(NUANCES))
        for surname, first in zip(SURNAMES, draw.sample(FIRST_NAMES * 2, 12), strict=True)
    ]
    draw.shuffle(everybody)
    places = []
    for departement in draw.sample(["01", "2A", "78", "971", "ZA"], draw.randint(1, 2)):
        for part in range(1, draw.randint(1, 2) + 1):
            for number in range(1, draw.randint(1, 2) + 1):
                code = f"{departement[:2]}{part}{number:02}"
                stations = [f"{station:04}" for station in range(1, draw.randint(1, 3) + 1)]
                places += [(departement, f"{part:02}", code, f"Bourg-lès-{code}", station) for station in stations]
    held: list[list[Unit]] = []
    for _ in range(rounds):
        stand: dict[tuple[str, str], list[Person]] = {}
        units = []
        for departement, constituency, commune, name, station in places:
            key = (departement, constituency) if kind == "Législatives" else ("", "")
            if key not in stand:
                stand[key] = draw.sample(everybody, people if not key[0] else draw.randint(2, people))
            votes = {person: draw.choice((0, draw.randrange(1000))) for person in stand[key]}
            valid, blank, null = sum(votes.values()), draw.randrange(9), draw.randrange(9)
            voters = valid + blank + null
            counts = {
                "registered": voters + draw.randrange(500),
                "voters": voters,
                "blank": blank,
                "null": null,
                "valid": valid,
            }
            units.append(Unit(departement, constituency, commune, name, station, counts, votes))
        held.append(units)
    return Made(kind, held, published)


KEY: Final = ("election", "round", "contest", "commune_code", "station_code")
Told = dict[tuple[str, int, str, str, str], tuple[dict[str, int | None], dict[str, int]]]
"""By election, round, contest, commune and station: counts and votes."""


def expected(election: Made, rounds: Sequence[int]) -> Told:
    told: Told = {}
    name = f"{election.kind} 2022"
    for number in rounds:
        for unit in election.rounds[number - 1]:
            contest = f"{unit.departement}-{int(unit.constituency)}" if election.kind == "Législatives" else name
            counts = {
                what: count_of(unit, what) if what in election.published else None for what in (*COUNTED, "blank_null")
            }
            votes = {person.name: votes for person, votes in unit.votes.items()}
            told[name, number, contest, unit.commune, unit.station] = (counts, votes)
    return told


def count_of(unit: Unit, what: str) -> int:
    return unit.counts["blank"] + unit.counts["null"] if what == "blank_null" else unit.counts[what]


def told_of(returns: Returns) -> Told:
    told: Told = {}
    names = returns.candidates["candidate"].tolist()
    votes: dict[int, dict[str, int]] = {}
    for ballot, candidate, count in zip(
        *(listed(returns.votes[name]) for name in ("ballot", "candidate", "votes")), strict=True
    ):
        votes.setdefault(ballot, {})[names[candidate]] = count
    columns = {name: listed(returns.ballots[name]) for name in (*KEY, *COUNTED, "blank_null")}
    for at in range(len(returns.ballots)):
        election, number, contest, commune, station = (columns[name][at] for name in KEY)
        assert (election, number, contest, commune, station) not in told
        counts = {what: columns[what][at] for what in (*COUNTED, "blank_null")}
        told[election, number, contest, commune, station] = (counts, votes.get(at, {}))
    return told


# Layouts

HEADERS: Final = {
    "registered": "Inscrits", "voters": "Votants", "blank": "Blancs", "null": "Nuls", "blank_null": "Blancs et nuls", "valid": "Exprimés",
}  # fmt: skip
PLACE: Final = [
    "Code du département", "Code de la circonscription", "Code de la commune", "Libellé de la commune", "Code du b.vote",
]  # fmt: skip
Rows = list[list[str]]


def percent(part: int, total: int) -> str:
    """A percentage as the ministry prints it: two decimals, a half rounded up."""
    if not total:
        return "0,00"
    hundredths = int(Fraction(part * 10_000, total) + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02}"


def place_of(unit: Unit) -> list[str]:
    return [unit.departement, unit.constituency, unit.commune, unit.commune_name, unit.station]


def figures(election: Made, unit: Unit) -> list[str]:
    """Counts with a percentage of the registered voters behind each but the first."""
    first, *others = election.published
    cells = [str(count_of(unit, first))]
    for what in others:
        cells += [str(count_of(unit, what)), percent(count_of(unit, what), unit.counts["registered"])]
    return cells


def headers(election: Made) -> list[str]:
    first, *others = election.published
    short = {"voters": "Vot", "blank": "Blancs", "null": "Nuls", "blank_null": "BlNuls", "valid": "Exp"}
    return [*PLACE, HEADERS[first], *(cell for what in others for cell in (HEADERS[what], f"% {short[what]}/Ins"))]


BLOCK: Final = ["N°Panneau", "Sexe", "Nom", "Prénom", "Nuance", "Voix", "% Voix/Ins", "% Voix/Exp"]


def block(number: int, unit: Unit, person: Person, votes: int) -> list[str]:
    shares = [percent(votes, unit.counts[base]) for base in ("registered", "valid")]
    return [str(number), "F", person.surname, person.first, person.nuance, str(votes), *shares]


def block_rows(election: Made, units: Sequence[Unit]) -> Rows:
    rows = []
    for unit in units:
        row = [*place_of(unit), *figures(election, unit)]
        for number, (person, votes) in enumerate(unit.votes.items(), start=1):
            row += block(number, unit, person, votes)
        rows.append(row)
    return rows


def first_header_only(election: Made, units: Sequence[Unit]) -> Rows:
    return [[*headers(election), *BLOCK], *block_rows(election, units)]


def padded(election: Made, units: Sequence[Unit]) -> tuple[int, Rows]:
    rows = block_rows(election, units)
    widest = max(map(len, rows))
    return (widest - len(headers(election))) // len(BLOCK), [row + [""] * (widest - len(row)) for row in rows]


def numbered_header(election: Made, units: Sequence[Unit]) -> Rows:
    blocks, rows = padded(election, units)
    return [[*headers(election), *(f"{cell} {number}" for number in range(1, blocks + 1) for cell in BLOCK)], *rows]


def repeated_header(election: Made, units: Sequence[Unit]) -> Rows:
    blocks, rows = padded(election, units)
    return [[*headers(election), *BLOCK * blocks], *rows]


def row_each(election: Made, units: Sequence[Unit]) -> Rows:
    rows = [[*headers(election), *BLOCK]]
    for unit in units:
        for number, (person, votes) in enumerate(unit.votes.items(), start=1):
            rows.append([*place_of(unit), *figures(election, unit), *block(number, unit, person, votes)])
    return rows


def column_each(election: Made, units: Sequence[Unit]) -> Rows:
    people = list(dict.fromkeys(person for unit in units for person in unit.votes))
    rows = [[*headers(election), *(person.name for person in people)]]
    for unit in units:
        votes = [str(unit.votes.get(person, "")) for person in people]
        rows.append([*place_of(unit), *figures(election, unit), *votes])
    return rows


LAYOUTS: Final[dict[str, Callable[[Made, Sequence[Unit]], Rows]]] = {
    "first header only": first_header_only,
    "numbered": numbered_header,
    "repeated": repeated_header,
    "a row each": row_each,
    "a column each": column_each,
}


# Files


def delimited(rows: Rows, separator: str = ";", encoding: str = "utf-8", newline: str = "\n") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=newline).writerows(rows)
    return file.getvalue().encode(encoding)


def workbook(rows: Rows) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Résultats")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.isdigit() and not cell.startswith("0"):
                    sheet.write_number(at, column, int(cell))
                else:
                    sheet.write_string(at, column, cell)
    return file.getvalue()


def packed(data: bytes, packing: str, name: str) -> tuple[str, bytes]:
    if packing == "gz":
        return f"{name}.gz", gzip.compress(data, mtime=0)
    if packing == "zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), data)
        return f"{Path(name).stem}.zip", file.getvalue()
    return name, data


def read(files: dict[str, bytes], **options: object) -> Returns:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in files]
        for path, data in zip(paths, files.values(), strict=True):
            path.write_bytes(data)
        return load(*paths, **options)  # type: ignore[arg-type]  # options of load, by name


def named(election: Made, number: int) -> str:
    return f"{election.kind} 2022 T{number}"
