"""A source that cannot be read: exit code 3, nothing on standard output, and every problem with its place."""

from __future__ import annotations

import os

import pytest

REMEDY = "Correct what is listed; docs/data-format.md and “primaire template” show the format."


def refused(done):
    """The lines of what a refusal says, once it is sure that it is one."""
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("Error: ")
    return done.err.splitlines()


def test_every_bad_cell_is_listed(run, write):
    text = "candidate,votes,registered\nA,x,10\nB,-1,10\nC,1.5,ten\nD,4,10\n,5,10\n"
    first, *problems, last = refused(run("results", write(text)))
    assert first == "Error: “a.csv” cannot be read as it is."
    assert [problem.split(" ")[2] for problem in problems] == [
        "a.csv:2:",
        "a.csv:3:",
        "a.csv:4:",
        "a.csv:4:",
        "a.csv:6:",
    ]
    assert problems[0].startswith("  a.csv:2: votes: “x” is not a count")
    assert problems[1].startswith("  a.csv:3: votes: “-1” is negative")
    assert problems[2].startswith("  a.csv:4: votes: “1.5” is not a whole number")
    assert problems[3].startswith("  a.csv:4: registered: “ten” is not a count")
    assert "candidate" in problems[4]
    assert last == REMEDY


def test_a_misspelt_column_is_named_with_the_closest(run, write):
    _, unknown, missing, last = refused(run("results", write("candidat;vois\nA;3\n")))
    assert unknown == "  a.csv:1: vois: unknown column; did you mean “voix”?"
    assert "“votes”" in missing
    assert last == REMEDY


@pytest.mark.parametrize("text", ["candidate,votes,Votes\nA,1,1\n", "candidate,votes,voix\nA,1,1\n"])
def test_a_column_twice_is_refused(run, write, text):
    assert "stands twice" in refused(run("results", write(text)))[1]


def test_a_candidate_twice_is_refused_with_both_lines(run, write):
    _, problem, _ = refused(run("results", write("candidate,votes\nBenoît Hamon,1\nValls,2\nBENOIT HAMON,3\n")))
    assert problem.startswith("  a.csv:4: candidate: “BENOIT HAMON”")
    assert "line 2" in problem


def test_ballots_that_disagree_are_refused(run, write):
    _, problem, _ = refused(run("results", write("voters,candidate,votes\n10,A,1\n11,B,2\n")))
    assert problem.startswith("  a.csv:3: voters: “11” ")
    assert "“10”" in problem
    assert "line 2" in problem


def test_ballots_that_are_given_once_are_fine(run, write):
    done = run("results", write("voters,candidate,votes\n10,A,6\n,B,4\n"))
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b",,\n", "not recognised"),
        (b"candidate,votes\n", "no row below it"),
        (b"PK\x03\x04....", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "spreadsheet"),
        (b"%PDF-1.4", "PDF"),
        (b"PAR1....", "Parquet"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"candidate\0votes", "a.csv:1: here is a byte of value 0"),
        (b"\x81\x8d\x8f", "not recognised"),
        (b'candidate,votes\nA,1\n"B,2\n', "a.csv:3: "),
        (b"<html><body>404</body></html>", "a web page (HTML)"),
        (b'{"candidate": "A"}', "The first row is: candidate."),
    ],
)
def test_what_is_no_source_is_refused_with_what_it_is(run, write, data, said):
    assert said in "\n".join(refused(run("results", write(data))))


def test_nothing_on_standard_input_is_refused(run):
    assert "empty" in refused(run("results", "-"))[0]


def test_a_missing_file_is_refused_with_the_closest(run, write):
    write("candidate,votes\nA,1\n", "section.csv")
    lines = refused(run("results", "sectoin.csv"))
    assert "“sectoin.csv”" in lines[0]
    assert "conflans, national, yvelines, publications" in lines[1]
    assert lines[2] == "Did you mean “section.csv”?"


def test_a_folder_without_data_is_refused(run):
    assert refused(run("results", "."))[0] == "Error: “.” holds no file of data."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read here")
def test_a_file_without_permission_is_refused(run, write, here):
    write("candidate,votes\nA,1\n")
    (here / "a.csv").chmod(0)
    assert "permission" in refused(run("results", "a.csv"))[0]


def test_a_unit_in_two_files_is_refused(run, write):
    first = write("election,candidate,votes\nE,A,1\n", "a.csv")
    second = write("election,candidate,votes\nE,A,2\n", "b.csv")
    lines = refused(run("results", first, second))
    assert "twice" in lines[0]
    assert lines[1].startswith("  b.csv: ")
    assert "a.csv" in lines[1]


def test_the_source_of_a_comparison_is_read_alike(run, write):
    assert "not recognised" in refused(run("compare", "conflans", "--against", write("a,b\n1,2\n")))[0]


def test_what_a_file_says_does_not_act_on_the_terminal(run, write):
    done = run("results", write("candidate,votes,\x1b[31mred\u202e\nA,\x1b]0;x\x07,1\nB,\x9b1m,2\n"))
    lines = refused(done)
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert r"votes: “\x1b]0;x\x07”" in lines[1]


def test_a_header_does_not_act_on_the_terminal(run, write):
    done = run("results", write("candidate,\x1b[31mvotes\u202e\nA,1\n"))
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err
    assert r"\x1b[31mvotes\u202e" in "\n".join(refused(done))


def test_a_refused_source_leaves_the_output_alone(run, write, here):
    write("mine", "out.csv")
    refused(run("results", write("candidate,votes\nA,x\n"), "-o", "out.csv"))
    assert (here / "out.csv").read_text() == "mine"
    assert {path.name for path in here.iterdir()} == {"a.csv", "out.csv"}
