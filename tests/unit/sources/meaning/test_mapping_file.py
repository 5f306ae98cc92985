"""Mappings as files: every key means what the format says, and what is wrong is refused, all of it, with its line."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primaire.errors import NameUnknownError, PrimaireError, SourceError
from primaire.sources.meaning.mapping import Candidates, Entry, FromColumn, Layout, Mapping, Printed, Vote
from primaire.sources.meaning.mapping_file import parse_mapping


def refused(text):
    with pytest.raises(PrimaireError) as caught:
        parse_mapping(text, "my.toml")
    return caught.value


def said(error):
    return [(problem.line, problem.column, str(problem.message)) for problem in error.problems]


WHOLE = """
mapping = 1

[recognise]
headers = ["Gebietsart", "Stimme"]

[table]
header = 10
only = [{ column = "Wahlart", is = ["BT"] }]

[units]
level = { column = "Gebietsart", values = { Land = "region", Wahlkreis = "constituency" } }
unit = "Gebietsname"
commune_code = 5

[[vote]]
election = "Bundestagswahl {year}, Erststimmen"
round = 1
date = 2025-02-23
contest = { columns = ["Wahlart", "Stimme"], values = { "BT 1" = "Erststimmen" } }
only = [{ column = "Stimme", is = ["1", ""] }]

[vote.ballots]
registered = "Wahlberechtigte"

[vote.percentages]
"abstentions/registered" = "% Abs/Ins"

[vote.candidates]
layout = "rows"
name = ["Vorname", "Name"]
votes = "Anzahl"
number = "Nr"

[vote.candidates.figures]
"Ungültige" = "blank_null"

[vote.candidates.names]
003 = "Anna Alt"

[[vote]]
election = { column = "office" }

[[vote.candidate]]
name = "Emmanuel MACRON"
number = 3
votes = "MACRON"
"""


def test_every_key_means_what_the_format_says():
    first = Vote(
        election="Bundestagswahl {year}, Erststimmen",
        round="1",
        date="2025-02-23",
        contest=FromColumn(("Wahlart", "Stimme"), {"BT 1": "Erststimmen"}),
        ballots={"registered": "Wahlberechtigte"},
        percentages=(Printed("% Abs/Ins", "abstentions", "registered"),),
        candidates=Candidates(
            "rows",
            {"name": ("Vorname", "Name"), "votes": ("Anzahl",), "number": ("Nr",)},
            figures={"Ungültige": "blank_null"},
            names={"003": "Anna Alt"},
        ),
        only={"Stimme": ("1", "")},
    )
    second = Vote(
        election=FromColumn(("office",)),
        candidates=Candidates("columns", entries=(Entry("Emmanuel MACRON", {"votes": "MACRON"}, number="3"),)),
    )
    assert parse_mapping(WHOLE, "kerg2") == Mapping(
        (first, second),
        {"unit": "Gebietsname", "commune_code": 5},
        FromColumn(("Gebietsart",), {"Land": "region", "Wahlkreis": "constituency"}),
        Layout(header=10, only={"Wahlart": ("BT",)}),
        ("Gebietsart", "Stimme"),
        "kerg2",
    )


def test_no_toml_says_the_line():
    error = refused("mapping = 1\n[[vote]\n")
    assert isinstance(error, SourceError)
    assert [problem.line for problem in error.problems] == [2]


def test_toml_that_stops_in_the_middle():
    assert isinstance(refused('mapping = 1\nname = """'), SourceError)
    assert isinstance(refused("a = " + "[" * 100_000), SourceError)


def test_a_later_version_says_only_that():
    error = refused("mapping = 2\nnew = 1")
    assert isinstance(error, SourceError)
    assert "version 2" in str(error)
    assert error.problems == ()


def test_everything_that_is_wrong_is_said_at_once_with_its_line():
    error = refused(
        """mapping = 1
[unit]
commune = "Commune"
[units]
comune = "Commune"
level = "bureau"
[[vote]]
round = "first"
[vote.ballots]
voters = 0
registred = "Inscrits"
[[vote]]
[vote.candidates]
layout = "blocks"
votes = "Voix"
[vote.candidates.figures]
Undervotes = "blanc"
"""
    )
    assert isinstance(error, NameUnknownError)
    assert said(error) == [
        (2, "unit", "unknown key; did you mean “units”?"),
        (5, "units.comune", "unknown key; did you mean “commune”?"),
        (6, "units.level", "is not one of: nation, region, departement, constituency, canton, commune, station"),
        (8, "vote.round", "is not a round; write 1, 2, ..."),
        (10, "vote.ballots.voters", "write a column's header in quotation marks, or its number (1 is the first)"),
        (11, "vote.ballots.registred", "unknown key; did you mean “registered”?"),
        (
            13,
            "vote.candidates",
            "nothing tells the candidates apart; give a column for one of: name, label, list, number",
        ),
        (15, "vote.candidates.votes", "write {n} where the header has the block's number, or give “repeat”"),
        (17, "vote.candidates.figures.Undervotes", "is not known here; did you mean “blank”?"),
    ]


VOTE_ROWS = """mapping = 1
[[vote]]
[vote.candidates]
layout = "rows"
name = "Nom"
votes = "Voix"
"""


def test_the_shortest_mapping():
    candidates = Candidates("rows", {"name": ("Nom",), "votes": ("Voix",)})
    assert parse_mapping(VOTE_ROWS, "short") == Mapping((Vote(candidates=candidates),), name="short")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "begin the file with: mapping = 1"),
        ('mapping = "one"', "write a whole number, 1 or more"),
        ("mapping = 0", "write a whole number, 1 or more"),
        ("mapping = 1", "a table reports at least one vote: [[vote]]"),
        ("mapping = 1\nvote = []", "is a list of tables"),
        ("mapping = 1\n[vote]\nround = 1", "each begins with two brackets: [[vote]]"),
        (VOTE_ROWS + "repeat = 2", "only blocks repeat"),
        (VOTE_ROWS + "lines_added = 1", "write true or false"),
        (VOTE_ROWS.replace('"rows"', '"blocks"') + "repeat = 2\nlines_added = true", "only rows are added"),
        (VOTE_ROWS.replace('"rows"', '"blocks"') + 'repeat = 2\nlabel = "Nuance {n}"', "take out one"),
        (VOTE_ROWS.replace('"rows"', '"blocks"') + "repeat = 0", "write a whole number, 1 or more"),
        (VOTE_ROWS.replace('"rows"', '"blocks"') + 'repeat = 2\nfigures = { A = "null" }', "only rows can be counts"),
        (VOTE_ROWS.replace("layout", "# layout"), "layout: is missing"),
        (VOTE_ROWS.replace("rows", "columns"), "is not one of: rows, blocks"),
        (VOTE_ROWS.replace("votes", "seats"), "no column counts their votes"),
        (VOTE_ROWS.replace('"Voix"', "[]"), "write a list of columns"),
        (VOTE_ROWS.replace('"Voix"', '["Voix", true]'), "write a list of columns"),
        (VOTE_ROWS.replace('"Voix"', "true"), "write a column's header in quotation marks"),
        (VOTE_ROWS.replace('"Voix"', '" "'), "write a column's header in quotation marks"),
        (VOTE_ROWS + 'names = { "1" = "Anna" }', "there is no column “number”"),
        (VOTE_ROWS + '[[vote.candidate]]\nname = "A"\nvotes = "A"', "stand in [[vote.candidate]] alone"),
        ('mapping = 1\n[[vote]]\n[[vote.candidate]]\nvotes = "A"', "vote.candidate.name: is missing"),
        ('mapping = 1\n[[vote]]\n[[vote.candidate]]\nname = "A"', "no column counts their votes"),
        ('mapping = 1\n[[vote]]\nelection = "Board {year}"', "{year} stands for the year of the date"),
        ("mapping = 1\n[[vote]]\ndate = 29/01/2017", "is not valid TOML"),
        ('mapping = 1\n[[vote]]\ndate = "29/01/2017"', "write it as YYYY-MM-DD"),
        ("mapping = 1\n[[vote]]\ndate = 2017-01-29T08:00:00", "write a text in quotation marks"),
        ("mapping = 1\n[[vote]]\nelection = {}", "write one column, or several columns"),
        ('mapping = 1\n[[vote]]\nelection = { column = "a", columns = ["a"] }', "write one column, or several columns"),
        ('mapping = 1\n[[vote]]\nround = { column = "a", values = { T1 = "one" } }', "is not a round"),
        ('mapping = 1\n[[vote]]\ncontest = "ward"', "is not one of: auto, all, nation"),
        ('mapping = 1\n[[vote]]\ncontest = "canton"', "no column says which canton a row is of"),
        ('mapping = 1\n[[vote]]\n[units]\nlevel = "station"', "no column says which station a row is of"),
        ('mapping = 1\n[[vote]]\nballots = "Inscrits"', "write a table"),
        ('mapping = 1\n[[vote]]\n[vote.percentages]\n"voters" = "%"', "unknown key"),
        ("mapping = 1\n[[vote]]\nonly = [{ column = 1 }]", "write a column and its words"),
        ("mapping = 1\n[[vote]]\nonly = [{ column = 1, is = [2] }]", "write a list of texts"),
        ('mapping = 1\n[[vote]]\nonly = [{ column = 1, is = ["a"] }, { column = 1, is = ["b"] }]', "stands twice"),
        ('mapping = 1\n[[vote]]\n[table]\nencoding = "utf-88"', "is no encoding"),
        ('mapping = 1\n[[vote]]\n[table]\nencoding = "base64"', "is no encoding"),
        ('mapping = 1\n[[vote]]\n[table]\nseparator = ";;"', "write one character"),
        ("mapping = 1\n[[vote]]\n[table]\nheader = -1", "write a whole number, 0 or more"),
        ('mapping = 1\n[[vote]]\n[recognise]\nheaders = "a"', "write a list of texts"),
    ],
)
def test_what_does_not_fit_is_refused(text, reason):
    assert reason in str(refused(text))


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with pytest.raises(PrimaireError):
        parse_mapping(text, "noise")


NODE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["column", "columns", "values", "is", "name", "votes", "layout", "x"]), inner)
    ),
    max_leaves=6,
)


def toml(item):
    """Any value as TOML, by another way than the project's writer."""
    if isinstance(item, dict):
        return "{" + ",".join(f"{key} = {toml(value)}" for key, value in item.items() if value is not None) + "}"
    if isinstance(item, list):
        return "[" + ",".join(toml(value) for value in item if value is not None) + "]"
    if isinstance(item, str):
        return '"' + "".join(f"\\U{ord(letter):08X}" for letter in item) + '"'
    return str(item).lower()


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in fields(Vote)] + ["candidate"]),
        NODE.filter(lambda item: item is not None),
    ),
    st.dictionaries(st.sampled_from(["level", "unit", "commune"]), NODE.filter(lambda item: item is not None)),
)
def test_values_of_any_kind_are_read_or_refused(vote, units):
    """Whatever stands where, there is a mapping or a message, never a traceback."""
    text = f"mapping = 1\nunits = {toml(units)}\n[[vote]]\n" + "\n".join(
        f"{key} = {toml(item)}" for key, item in vote.items()
    )
    try:
        found = parse_mapping(text, "noise")
    except PrimaireError as error:
        assert error.problems  # noqa: PT017  what is refused says why
    else:
        assert len(found.votes) == 1
