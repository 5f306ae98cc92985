"""docs/mappings.md describes every key, and its examples are mappings."""

from __future__ import annotations

import csv
import re
from dataclasses import fields

import pytest

from primaire.sources.meaning.mapping import BALLOT_FIGURES, CANDIDATE_FIELDS, Candidates, FromColumn, Layout, Vote
from primaire.sources.meaning.mapping_file import LEVELS, OF_CANDIDATE, PLACES, parse_mapping
from tools.environment import ROOT

PAGE = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(mapping = 1\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TABLES = {
    "At the top": {"mapping"},
    "`[recognise]`": {"headers"},
    "`[table]`": {field.name for field in fields(Layout)},
    "`[units]`": {"level", *PLACES},
    # The format has one key more: candidates with columns of their own are tables beside the others.
    "`[[vote]]`": {*(field.name for field in fields(Vote)), "candidate"},
    "`[vote.ballots]`": set(BALLOT_FIGURES),
    "`[vote.candidates]`": {
        *(field.name for field in fields(Candidates) if field.name not in ("fields", "entries", "presumed")),
        *CANDIDATE_FIELDS,
    },
    "`[[vote.candidate]]`": {"name", *OF_CANDIDATE},
}


def described(start: str) -> set[str]:
    """The keys in the first column of the table that follows a paragraph."""
    paragraph = re.search(rf"^{re.escape(start)}.*?\n\n(?=\|)(.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert paragraph is not None
    rows = paragraph[1].splitlines()[2:]
    return {key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])}


@pytest.mark.parametrize("start", TABLES)
def test_every_key_is_described_and_no_other(start):
    assert described(start) == TABLES[start]


def test_every_level_is_named():
    assert all(f"`{level}`" in PAGE for level in LEVELS)


def test_the_examples_are_mappings():
    assert len(EXAMPLES) == 3
    assert [parse_mapping(text, "example").votes[0].candidates.layout for text in EXAMPLES] == [
        "blocks",
        "rows",
        "columns",
    ]


def test_values_as_shown():
    shown = re.search(r"^```toml\n(round = \{.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown is not None
    round_, contest, level = shown[1].splitlines()
    mapping = parse_mapping(f'mapping = 1\n[units]\nunit = "Gebiet"\n{level}\n[[vote]]\n{round_}\n{contest}', "values")
    assert mapping.level == FromColumn(("Gebietsart",), {"Land": "region", "Wahlkreis": "constituency"})
    assert mapping.votes[0].contest == FromColumn(("office", "district"))
    assert mapping.votes[0].round == FromColumn(("tour",))


def test_the_file_without_header_adds_up_as_it_is_mapped():
    """Columns counted by hand would be off by one sooner or later: the figures they hold must make an election."""
    block = re.search(r"^```csv\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert block is not None
    vote = parse_mapping(EXAMPLES[0], "headerless").votes[0]
    figure = {name: int(column) - 1 for name, column in vote.ballots.items()}
    (number,), (votes,) = vote.candidates.fields["number"], vote.candidates.fields["votes"]
    rows = list(csv.reader(block[1].splitlines(), delimiter=";"))
    assert len(rows) == 2
    for row in rows:
        count = {name: int(row[place]) for name, place in figure.items()}
        assert count["registered"] == count["abstentions"] + int(row[10])  # signatures, column 11
        assert count["voters"] == count["blank"] + count["null"] + count["valid"]
        assert sum(map(int, row[int(votes) - 1 :: vote.candidates.repeat])) == count["valid"]
        assert set(row[int(number) - 1 :: vote.candidates.repeat]) == set(vote.candidates.names)
