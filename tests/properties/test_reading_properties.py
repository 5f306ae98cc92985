"""Made-up elections, written in the layouts of official files, read back equal; anything else is read or refused."""

from __future__ import annotations

import csv
import gzip
import io
import random
import zipfile
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from primaire.arrays import listed
from primaire.checks import findings
from primaire.errors import PrimaireError
from primaire.sources import load
from primaire.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from primaire.schema import Returns

# An election that nobody held


FIRST_NAMES: Final = ("Zoé", "François", "Éric", "Jean-Noël", "Chloë", "Anaïs", "Marie Thérèse", "Loïc")
SURNAMES: Final = (
    "LÉVÊQUE", "D'ANGÉLI", "DE LA FORÊT", "GRÂCE", 'DIT "LE NOIR"', "SAINT-CÔME", "PRÉ, DIT PRÉ", "AÏT;HAMOU", "Ça", "MÜLLER", "GARÇON", "ÉTÉ",
)  # fmt: skip
NUANCES: Final = ("SOC", "COM", "DVD", "ECO", "EXG", "LREM")
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


elections = st.builds(
    made,
    st.integers(0, 2**32),
    st.sampled_from(["Présidentielle", "Législatives"]),
    st.integers(1, 2),
    st.integers(2, 12),
    st.sampled_from([COUNTED, ("registered", "voters", "valid"), ("registered", "voters", "blank_null", "valid")]),
)

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
        *(returns.votes[name] for name in ("ballot", "candidate", "votes")), strict=True
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
        return f"{name}.gz", gzip.compress(data)
    if packing == "zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, data)
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


slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# What is written is what is read


@slow
@given(
    elections,
    st.sampled_from(list(LAYOUTS)),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "gz", "zip"]),
)
def test_every_layout_reads_back_equal(election, layout, separator, encoding, newline, packing):
    assume(layout != "a column each" or election.kind == "Présidentielle")
    files = {}
    for number, units in enumerate(election.rounds, start=1):
        data = delimited(LAYOUTS[layout](election, units), separator, encoding, newline)
        name, data = packed(data, packing, f"{named(election, number)}.csv")
        files[name] = data
    returns = read(files)
    assert told_of(returns) == expected(election, range(1, len(election.rounds) + 1))
    assert [found for file in returns.provenance.files for found in file.found] == []
    assert findings(returns) == []
    for file in returns.provenance.files:
        assert (file.separator, file.encoding) == (
            separator,
            "utf-8" if encoding in ("utf-8-sig", "utf-16") else encoding,
        )


@slow
@given(elections, st.sampled_from(list(LAYOUTS)))
def test_every_layout_reads_back_equal_from_a_workbook(election, layout):
    assume(layout != "a column each" or election.kind == "Présidentielle")
    data = workbook(LAYOUTS[layout](election, election.rounds[0]))
    assert told_of(read({f"{named(election, 1)}.xlsx": data})) == expected(election, [1])


@slow
@given(elections)
def test_labels_of_candidates_are_read(election):
    returns = read({f"{named(election, 1)}.csv": delimited(row_each(election, election.rounds[0]))})
    labels = dict(zip(returns.candidates["candidate"], returns.candidates["label"], strict=True))
    assert labels == {person.name: person.nuance for unit in election.rounds[0] for person in unit.votes}


@slow
@given(elections, st.randoms(use_true_random=False))
def test_participation_and_candidates_in_two_files_are_one(election, draw):
    units = list(election.rounds[0])
    ballots = [headers(election), *([*place_of(unit), *figures(election, unit)] for unit in units)]
    draw.shuffle(units)
    votes = [[*PLACE, *BLOCK]]
    for unit in units:
        votes += [
            [*place_of(unit), *block(number, unit, *one)] for number, one in enumerate(unit.votes.items(), start=1)
        ]
    files = {
        f"{named(election, 1)} {what}.csv": delimited(rows)
        for what, rows in (("participation", ballots), ("candidats", votes))
    }
    assert told_of(read(files)) == expected(election, [1])


@slow
@given(elections.filter(lambda one: one.kind == "Présidentielle" and len(one.rounds) == 2))
def test_both_rounds_side_by_side_are_two(election):
    """Each round has its own columns, the second without the places."""
    first, second = (column_each(election, units) for units in election.rounds)
    rows = [one + other[len(PLACE) :] for one, other in zip(first, second, strict=True)]
    assert told_of(read({"Présidentielle 2022.csv": delimited(rows)})) == expected(election, [1, 2])


@slow
@given(elections, st.randoms(use_true_random=False))
def test_the_order_of_columns_and_rows_does_not_matter(election, draw):
    header, *rows = row_each(election, election.rounds[0])
    order = list(range(len(header)))
    draw.shuffle(order)
    draw.shuffle(rows)
    data = delimited([[row[at] for at in order] for row in [header, *rows]])
    assert told_of(read({f"{named(election, 1)}.csv": data})) == expected(election, [1])


# Added up early is added up late


def sums(returns: Returns, by: str | tuple[str, ...]) -> list[tuple[list[str], list[list[object]]]]:
    """All tables of a tally, as lists in an order of their own."""
    added = tally(returns, by)
    people = added.candidates
    ballots = added.ballots.drop(columns=["note", "source", "status_note"])
    votes = added.votes.assign(
        who=people["candidate"].take(added.votes["candidate"].to_numpy()).to_numpy(),
        where=added.votes["ballot"],
    ).drop(columns=["note", "source", "ballot", "candidate"])
    return [
        (
            list(frame.columns),
            sorted(map(list, zip(*(listed(frame[name]) for name in frame.columns), strict=True)), key=repr),
        )
        for frame in (added.contests, ballots, votes, people)
    ]


BY: Final = (
    "contest",
    "departement",
    "constituency",
    "commune",
    "station",
    "unit",
    "nuance",
    ("nuance", "departement"),
)


@slow
@given(elections, st.sampled_from(BY), st.sampled_from(["first header only", "a row each", "numbered"]), st.data())
def test_what_is_added_up_while_reading_is_what_is_added_up_afterwards(election, by, layout, data):
    """Also where a count is missing, or is not what the others make."""
    rows = LAYOUTS[layout](election, election.rounds[0])
    if layout != "a row each" and data.draw(st.booleans(), "broken"):
        row = data.draw(st.integers(1, len(rows) - 1))
        column = data.draw(
            st.sampled_from([at for at, cell in enumerate(rows[0]) if cell in (*HEADERS.values(), "Voix", "Voix 1")])
        )
        rows[row][column] = data.draw(st.sampled_from(["", "0", "99999", "NC"]))
    file = {f"{named(election, 1)}.csv": delimited(rows)}
    assert sums(read(file, by=by), by) == sums(read(file), by)


# Anything else is read or refused


def read_or_refuse(files: dict[str, bytes]) -> Returns | None:
    try:
        returns = read(files)
    except PrimaireError as error:
        if not str(error):
            raise
        return None
    assert (returns.votes["votes"].dropna() >= 0).all()
    return returns


BEGINNINGS: Final = (
    b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\x1f\x8b", b"BZh9", b"\x28\xb5\x2f\xfd", b"<?xml ", b"<", b"{", b"[",
    b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"sep=;\n", b"Code du d\xe9partement;Inscrits;Votants;Nom;Voix\n", b"%PDF-1.7\n",
)  # fmt: skip


@slow
@given(
    st.sampled_from(BEGINNINGS),
    st.binary(max_size=300),
    st.sampled_from(["a.csv", "a.xlsx", "a.xml", "a.zip", "a", "a.parquet"]),
)
def test_any_bytes_are_read_or_refused(start, data, name):
    assume(start + data)
    read_or_refuse({name: start + data})


@slow
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "",
                    "1",
                    "Inscrits",
                    "Voix",
                    "Nom",
                    "Votants",
                    "Exprimés",
                    "é",
                    '"',
                    "1 234",
                    "12,5",
                    "Total",
                    "-1",
                    "NC",
                    "Code de la commune",
                    "01001",
                    "T2",
                    "% Voix/Exp",
                ]
            )
            | st.text(max_size=4),
            max_size=8,
        ),
        max_size=8,
    ),
    st.sampled_from(";,\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "cp1252", "utf-16"]),
)
def test_any_table_of_words_is_read_or_refused(rows, separator, newline, encoding):
    data = newline.join(separator.join(row) for row in rows).encode(encoding, "replace")
    assume(data)
    read_or_refuse({"a.csv": data})


@slow
@given(elections, st.sampled_from(list(LAYOUTS)), st.binary(min_size=1, max_size=3), st.data())
def test_flipped_bytes_are_read_or_refused(election, layout, spoilt, data):
    whole = delimited(LAYOUTS[layout](election, election.rounds[0]))
    at = data.draw(st.integers(0, len(whole) - 1))
    read_or_refuse({f"{named(election, 1)}.csv": whole[:at] + spoilt + whole[at + len(spoilt) :]})


@slow
@given(elections, st.sampled_from(list(LAYOUTS)), st.data())
def test_a_workbook_or_archive_that_is_damaged_is_read_or_refused(election, layout, data):
    rows = LAYOUTS[layout](election, election.rounds[0])
    name, whole = data.draw(
        st.sampled_from(
            [
                ("a.xlsx", workbook(rows)),
                packed(delimited(rows), "zip", "a.csv"),
                packed(delimited(rows), "gz", "a.csv"),
            ]
        )
    )
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    read_or_refuse({name: whole[:at] or b"PK" if cut else whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]})


def refused_told_or_right(files: dict[str, bytes], right: Told) -> None:
    """A spoilt file is refused, or says that its figures contradict each other, or was not spoilt at all."""
    returns = read_or_refuse(files)
    if returns is not None and not findings(returns) and not _tells_namesakes_apart(returns):
        assert told_of(returns) == right


def _tells_namesakes_apart(returns: Returns) -> bool:
    return any("told apart by a number" in str(remark) for remark in returns.provenance.files[0].remarks)


@slow
@given(elections, st.sampled_from(list(LAYOUTS)), st.data())
def test_a_separator_too_many_in_a_row_is_never_silent(election, layout, data):
    assume(layout != "a column each" or election.kind == "Présidentielle")
    lines = delimited(LAYOUTS[layout](election, election.rounds[0]), "\t").split(b"\n")
    row = data.draw(st.integers(1, len(lines) - 2))
    cells = lines[row].split(b"\t")
    cells.insert(data.draw(st.integers(0, len(cells))), data.draw(st.sampled_from([b"", b"7", b"x"])))
    lines[row] = b"\t".join(cells)
    refused_told_or_right({f"{named(election, 1)}.csv": b"\n".join(lines)}, expected(election, [1]))


@slow
@given(elections, st.sampled_from(list(LAYOUTS)), st.data())
def test_a_cell_too_few_in_a_row_is_never_silent(election, layout, data):
    assume(layout != "a column each" or election.kind == "Présidentielle")
    lines = delimited(LAYOUTS[layout](election, election.rounds[0]), "\t").split(b"\n")
    row = data.draw(st.integers(1, len(lines) - 2))
    cells = lines[row].split(b"\t")
    del cells[data.draw(st.integers(0, len(cells) - 1))]
    lines[row] = b"\t".join(cells)
    refused_told_or_right({f"{named(election, 1)}.csv": b"\n".join(lines)}, expected(election, [1]))


@slow
@given(elections, st.sampled_from(list(LAYOUTS)), st.data())
def test_a_row_twice_is_never_silent(election, layout, data):
    assume(layout != "a column each" or election.kind == "Présidentielle")
    rows = LAYOUTS[layout](election, election.rounds[0])
    rows.insert(data.draw(st.integers(1, len(rows))), rows[data.draw(st.integers(1, len(rows) - 1))])
    refused_told_or_right({f"{named(election, 1)}.csv": delimited(rows)}, expected(election, [1]))


@slow
@given(elections, st.sampled_from(list(LAYOUTS)), st.data())
def test_a_file_cut_short_is_never_silent(election, layout, data):
    """Whole rows may be missing: nothing in a file says how many there should be."""
    assume(layout != "a column each" or election.kind == "Présidentielle")
    whole = delimited(LAYOUTS[layout](election, election.rounds[0]))
    start = whole.index(b"\n") + 2
    cut = whole[: data.draw(st.integers(start, len(whole) - 1))]
    returns = read_or_refuse({f"{named(election, 1)}.csv": cut})
    if returns is not None and not findings(returns):
        right = expected(election, [1])
        for unit, (counts, votes) in told_of(returns).items():
            assert right[unit][0] == counts
            # Who is cut off without a vote is missed by nobody.
            assert {name: count for name, count in right[unit][1].items() if count} == {
                name: count for name, count in votes.items() if count
            }
