"""A file that says which options are put together."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.flows.merging import Grouped
from primaire.grouping import read_groups


@pytest.fixture
def write(tmp_path):
    def write_file(text):
        path = tmp_path / "groups.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.mark.parametrize(
    "text",
    [
        "option,group,side\nHAMON,left,\nblank,nobody,after\n",
        "groupe;option;côté\nleft;HAMON;\nnobody;blank;après\n",
        "name\tgroup\tvote\nHAMON\tleft\nblank\tnobody\tafter\n",
    ],
)
def test_columns_are_told_by_their_names(write, text):
    path = write(text)
    assert read_groups(path) == [
        Grouped("HAMON", "left", None, str(path), 2),
        Grouped("blank", "nobody", "after", str(path), 3),
    ]


def test_a_first_line_that_names_no_columns_is_not_passed_over(write):
    with pytest.raises(SourceError) as found:
        read_groups(write("HAMON,left\nVALLS,right\n"))
    assert "It holds: HAMON, left." in str(found.value)


def test_a_line_without_a_group_is_told_with_its_place(write):
    with pytest.raises(SourceError) as found:
        read_groups(write("option,group\nHAMON,left\nVALLS,\n"))
    assert [problem.line for problem in found.value.problems] == [3]


def test_an_empty_file_says_nothing(write):
    with pytest.raises(SourceError, match="does not say which options are put together"):
        read_groups(write("option,group\n"))
