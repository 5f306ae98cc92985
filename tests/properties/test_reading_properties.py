"""Made-up elections, written in the layouts of official files, read back equal; anything else is read or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from primaire.arrays import listed
from primaire.checks.contradictions import findings
from primaire.errors import PrimaireError
from primaire.tally import tally
from tests.made import (
    BLOCK,
    COUNTED,
    HEADERS,
    LAYOUTS,
    PLACE,
    Told,
    block,
    column_each,
    delimited,
    expected,
    figures,
    headers,
    made,
    named,
    packed,
    place_of,
    read,
    row_each,
    told_of,
    workbook,
)

if TYPE_CHECKING:
    from primaire.schema import Returns

elections = st.builds(
    made,
    st.integers(0, 2**32),
    st.sampled_from(["Présidentielle", "Législatives"]),
    st.integers(1, 2),
    st.integers(2, 12),
    st.sampled_from([COUNTED, ("registered", "voters", "valid"), ("registered", "voters", "blank_null", "valid")]),
)

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
    """All tables of a tally, as lists in an order of their own; but for where in a file a unit stood before it was added up."""
    added = tally(returns, by)
    people = added.candidates
    ballots = added.ballots.drop(columns=["note", "source", "status_note", "file", "line"])
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
            if None in votes.values():  # said not to be published
                continue
            # Who is cut off without a vote is missed by nobody.
            assert {name: count for name, count in right[unit][1].items() if count} == {
                name: count for name, count in votes.items() if count
            }
