"""The template is a file of the format: what primaire prints, primaire reads."""

from __future__ import annotations

import pytest

from primaire.checks.contradictions import findings
from primaire.sources.opening.content import Content
from primaire.sources.own.canonical import read_canonical
from primaire.sources.own.columns import COLUMNS
from primaire.sources.own.template import template
from primaire.sources.own.text import read_grid


def content(lang: str) -> Content:
    return Content("template.csv", "template", template(lang))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_example_is_a_small_election_that_adds_up(lang):
    returns = read_canonical(content(lang))
    assert len(returns.ballots) == 1
    assert returns.votes["votes"].tolist() == [45, 37]
    assert returns.ballots[["registered", "voters", "blank", "null", "valid"]].to_numpy().tolist()[0] == [
        126,
        85,
        2,
        1,
        82,
    ]
    assert findings(returns) == []


@pytest.mark.parametrize(
    ("lang", "separator", "encoding", "name"), [("en", ",", "utf-8", "name"), ("fr", ";", "utf-8-sig", "french")]
)
def test_it_has_every_column_that_people_fill_in_as_a_spreadsheet_of_the_language_opens_it(
    lang, separator, encoding, name
):
    grid = read_grid(content(lang))
    assert (grid.separator, grid.encoding) == (separator, encoding)
    assert grid.header.cells == [getattr(column, name) for column in COLUMNS if column.per in {"ballot", "candidate"}]


def test_the_french_words_are_french():
    text = template("fr").decode("utf-8-sig")
    assert ";définitif;" in text
    assert ";fermé;" in text
    assert "final" not in text
