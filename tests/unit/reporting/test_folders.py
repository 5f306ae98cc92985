"""Sources without the folders of whoever made the page."""

from dataclasses import replace

import pytest

import primaire
from primaire.messages import msg
from primaire.provenance import Found
from primaire.reporting.folders import shortest, without_folders


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ([], []),
        (["conflans", "-"], ["conflans", "-"]),
        (["/data/a.csv"], ["a.csv"]),
        ([r"D:\votes\a.csv"], ["a.csv"]),
        (["../2017/t1.csv", "../2022/t1.csv"], ["2017/t1.csv", "2022/t1.csv"]),
        (["t1.csv", "/data/t1.csv"], ["t1.csv", "data/t1.csv"]),
        (["/data/a.zip/t1.csv", "/data/t2.csv"], ["t1.csv", "t2.csv"]),
    ],
)
def test_names_are_as_short_as_they_can_be(names, short):
    assert list(shortest(names).values()) == short
    assert list(shortest(names)) == names


def test_no_folder_is_left_anywhere(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text("unit,candidate,votes\nA,One,60\nA,Other,40\n", encoding="utf-8")
    read = primaire.load(source)
    (file,) = read.provenance.files
    inner = msg("see {file}", file=str(source))
    told = replace(
        file,
        remarks=(msg("{files}", files=[str(source), "b"]),),
        found=(Found("PRI101", inner, msg("{seen}", seen=inner), hint=inner),),
    )
    provenance = replace(read.provenance, files=(told,), steps=(msg("{how}", how=inner),))
    short = without_folders(read.with_provenance(provenance))
    assert str(tmp_path) not in repr(short.provenance)
    assert set(short.ballots["file"]) == {"a.csv"}
    assert [str(step) for step in short.provenance.steps] == ["see a.csv"]
    assert str(short.provenance.files[0].remarks[0]) == "a.csv, b"
