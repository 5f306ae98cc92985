"""A mapping brought to a table: columns found, comments skipped, all that is missing listed at once."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources.meaning.mapping import Candidates, Layout, Mapping, Vote
from primaire.sources.opening.content import Content
from primaire.sources.opening.raw import raw_of_text
from primaire.sources.reading.plan import plan


def planned(text, mapping):
    return plan(mapping, raw_of_text(Content("a.csv", "a", text.encode())), "a.csv", "a")


def test_columns_by_name_whatever_the_case_and_by_number():
    found = planned("Commune;INSCRITS;x\nP;1;2\n", Mapping((Vote(ballots={"registered": "inscrits"}),), {"commune": 1}))
    assert found.places == {"commune": 0}
    assert found.votes[0].ballots == {"registered": 1}
    assert found.unread == ("x",)
    assert (found.skip, found.width) == (1, 3)


def test_every_missing_column_is_listed():
    mapping = Mapping((Vote(ballots={"registered": "Inscrits", "voters": "Votans"}),), {"commune": "Ville"})
    with pytest.raises(SourceError) as raised:
        planned("Commune;Votants\nP;1\n", mapping)
    assert {problem.column for problem in raised.value.problems} == {"Ville", "Inscrits", "Votans"}


def test_without_a_header_comments_above_are_skipped():
    mapping = Mapping((Vote(ballots={"registered": 2}),), {"commune": 1}, layout=Layout(header=0))
    found = planned("-- Champ 1 : Commune\n-- Champ 2 : Inscrits\nP;1\nQ;2\n", mapping)
    assert found.skip == 2


def test_repeated_blocks_begin_with_their_first_column_and_have_no_last():
    fields = {"name": ("Nom",), "votes": ("Voix",)}
    mapping = Mapping((Vote(candidates=Candidates("blocks", fields, repeat=2)),), {"commune": "Commune"})
    found = planned("Commune;Nom;Voix\nP;A;1;B;2\n", mapping)
    (vote,) = found.votes
    assert (vote.start, vote.repeat, found.width) == (1, 2, None)
    assert vote.blocks[0].moved(2).fields == {"name": (3,), "votes": (4,)}


def test_numbered_blocks_are_those_that_the_header_has():
    mapping = Mapping((Vote(candidates=Candidates("blocks", {"name": ("Nom {n}",), "votes": ("Voix {n}",)})),), {})
    found = planned("Nom 1;Voix 1;Nom 2;Voix 2\nA;1;B;2\n", mapping)
    assert [dict(block.fields) for block in found.votes[0].blocks] == [
        {"name": (0,), "votes": (1,)},
        {"name": (2,), "votes": (3,)},
    ]


def test_a_header_on_a_line_that_is_not_there():
    with pytest.raises(SourceError, match="line 9"):
        planned(
            "Commune;Inscrits\nP;1\n", Mapping((Vote(ballots={"registered": "Inscrits"}),), layout=Layout(header=9))
        )
