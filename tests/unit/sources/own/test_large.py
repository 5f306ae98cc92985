"""Large files of primaire's own format are read by columns of bytes: the same as small ones, or not at all that way."""

import pytest
from pandas.testing import assert_frame_equal

from primaire.errors import SourceError
from primaire.sources.opening.content import Content, open_content
from primaire.sources.own import canonical
from primaire.sources.own.canonical import read_canonical
from primaire.sources.own.conversion import to_csv
from primaire.sources.own.large import large_table

HEADER = b"election,unit,registered,candidate,votes\n"


def read(content: Content, monkeypatch: pytest.MonkeyPatch, *, large: bool):
    monkeypatch.setattr(canonical, "MAPPED_ABOVE", 0 if large else 1 << 60)
    return read_canonical(content)


@pytest.mark.parametrize("name", ["conflans", "national", "yvelines"])
@pytest.mark.parametrize("converted", [False, True])
def test_a_file_reads_the_same_by_either_road(name, converted, monkeypatch):
    content = open_content(name)
    if converted:
        content = Content("copy.csv", "copy", to_csv(read_canonical(content)))
    slow = read(content, monkeypatch, large=False)
    fast = read(content, monkeypatch, large=True)
    for table in ("contests", "ballots", "votes", "candidates"):
        assert_frame_equal(getattr(slow, table), getattr(fast, table))
    assert slow.provenance == fast.provenance


def test_quotes_accents_and_separators_in_cells_survive(monkeypatch):
    data = (
        HEADER
        + 'Vote,"Saint-Étienne, ""Nord""",10,"D\'Arc, Jeanne",4\nVote,"Saint-Étienne, ""Nord""",10,Noël,6\n'.encode()
    )
    found = read(Content("x.csv", "x", data), monkeypatch, large=True)
    assert found.ballots["unit"].tolist() == ['Saint-Étienne, "Nord"']
    assert found.candidates["candidate"].tolist() == ["D'Arc, Jeanne", "Noël"]
    assert found.votes["votes"].tolist() == [4, 6]


@pytest.mark.parametrize(
    "rows",
    [
        b"Vote,A,10,Ada,4\nVote,A,10,Bob\n",  # a cell short
        b"Vote,A,10,Ada,4\n\nVote,A,10,Bob,6\n",  # an empty line
        b'Vote,A,10,"Ada\nEva",4\n',  # a row of two lines
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_slow_way(rows):
    assert large_table(Content("x.csv", "x", HEADER + rows)) is None


def test_problems_have_the_same_lines_by_either_road(monkeypatch):
    data = HEADER + b"Vote,A,10,Ada,4\nVote,A,10,Bob,many\nVote,A,11,Cid,1\n"
    said = []
    for large in (False, True):
        with pytest.raises(SourceError) as caught:
            read(Content("x.csv", "x", data), monkeypatch, large=large)
        said.append([str(problem) for problem in caught.value.problems])
    assert said[0] == said[1]
    assert [text.split(":")[1] for text in said[0]] == ["3", "4"]
