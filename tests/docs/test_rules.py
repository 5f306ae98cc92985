"""docs/rules.md describes every key and every rule that ships, and its examples are rules."""

from __future__ import annotations

import re

import pytest

from primaire.rules.parts import BASES, ROUNDINGS, TIES
from primaire.rules.rule import FOR
from primaire.rules.rule_file import CODES, CONTESTS, parse_rule
from primaire.toml_node import read_toml
from tools import docs

PAGE = docs.RULES.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(rules = 1\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TABLES = {
    "At the top": (),
    "`[[round]]`": ("round", 0),
    "`elected`": ("round", 0, "elected"),
    "`qualified`": ("round", 0, "qualified"),
    "`may_merge`": ("round", 0, "may_merge"),
    "`[seats]`": ("seats",),
    "`[[seats.stage]]`": ("seats", "stage", 0),
    "`[expenses]`": ("expenses",),
}
EVERY_TABLE = """
rules = 1
[[round]]
elected = { conditions = ["more than 1/2 of valid"] }
qualified = { condition = "at least 10 % of valid" }
may_merge = { condition = "at least 5 % of valid" }
[[round]]
[[seats.stage]]
method = "dhondt"
[expenses]
condition = "at least 5 % of valid"
"""


@pytest.fixture(scope="module")
def known() -> dict[tuple[str | int, ...], set[str]]:
    """The keys that the reader asks each table for."""
    node = read_toml(EVERY_TABLE, "every")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("primaire.rules.rule_file.read_toml", lambda _text, _name: node)
        parse_rule(EVERY_TABLE, "every")
    return {one.path: set(one.known) for one in node.document.nodes}


def described(start: str) -> set[str]:
    """The keys in the first column of the table that follows a paragraph."""
    paragraph = re.search(rf"^{re.escape(start)}.*?\n\n(?=\|)(.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert paragraph is not None
    rows = paragraph[1].splitlines()[2:]
    return {key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])}


@pytest.mark.parametrize("start", TABLES)
def test_every_key_is_described_and_no_other(start: str, known: dict[tuple[str | int, ...], set[str]]):
    assert described(start) == known[TABLES[start]]


@pytest.mark.parametrize("word", [*BASES, *ROUNDINGS, *map(str, TIES), *map(str, FOR), *CONTESTS, *CODES])
def test_every_word_is_named(word: str):
    assert re.search(rf"`[^`]*{word}[^`]*`", PAGE)


def test_the_examples_are_rules():
    primary, club, country = (parse_rule(text, "example") for text in EXAMPLES)
    assert [len(rule.rounds) for rule in (primary, club, country)] == [2, 1, 1]
    assert [rule.votes_for for rule in (primary, club, country)] == ["people", "lists", "lists"]
    assert club.seats is not None
    assert club.seats.number == 12


def test_a_primary_is_ten_lines():
    assert len([line for line in EXAMPLES[0].splitlines() if line.strip()]) <= 10


def test_the_table_lists_the_rules_that_ship():
    assert docs.with_rules_that_ship(PAGE) == PAGE, "a rule has changed: run `just docs`"
    assert "| `municipales-2014` |" in PAGE
