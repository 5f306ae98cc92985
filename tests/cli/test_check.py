"""``primaire check`` on the command line: standard output, standard error and the exit code."""

from __future__ import annotations

import csv
import io
import json

import pytest

RIGHT = "unit,registered,voters,blank,null,valid,candidate,votes\nA,126,85,2,1,82,Ann,45\nA,,,,,,Bob,37\n"
WRONG = RIGHT + "B,10,12,0,0,12,Ann,7\nB,,,,,,Bob,5\n"
SIGNED = (
    "Code de la commune;Bureau;Inscrits;Émargements;Votants;Blancs;Nuls;Exprimés;Petit;Roux\n"
    "22127;1;500;331;332;1;1;330;300;30\n22127;2;90;50;50;0;0;50;40;10\n"
)
COLUMNS = "severity,code,file,line,election,round,contest,level,unit,place,seen,expected,remedy,chance"


def test_what_holds_ends_with_0(run, write):
    done = run("check", write(RIGHT))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Check: a.csv\n\nNo error found in 1 unit.\n")
    assert "No rows" not in done.out


def test_an_error_ends_with_1_and_is_told_once(run, write):
    done = run("check", write(WRONG))
    assert (done.code, done.err) == (1, "")
    assert "1 error in 2 units." in done.out
    assert done.out.count("12 voters, but 10 registered") == 1
    assert ["PRI101", "4", "B"] in [line.split()[:3] for line in done.out.splitlines()]


def test_a_warning_is_no_error(run, write):
    done = run("check", write(SIGNED, "presidentielle-2027-t1.csv"))
    assert (done.code, done.err) == (0, "")
    assert "No error, but 1 warning in 2 units." in done.out
    assert "331 signatures on the roll, but 332 ballots in the box" in done.out


@pytest.mark.parametrize("command", ["results", "turnout"])
def test_other_commands_do_not_warn_of_what_merely_happens(run, write, command):
    assert run(command, write(SIGNED, "presidentielle-2027-t1.csv")).err == ""


def test_what_is_ignored_has_no_part_in_the_exit_code(run, write):
    name = write(WRONG)
    assert run("check", name, "--ignore", "PRI101").code == 0
    assert run("check", name, "--select", "PRI12").code == 0
    assert run("check", name, "--select", "PRI1", "--ignore", "PRI102,PRI103").code == 1


def test_a_code_that_does_not_exist_is_told_before_anything_is_read(run):
    done = run("check", "no such file.csv", "--select", "PRI1O1")
    assert (done.code, done.out) == (2, "")
    assert "There is no code “PRI1O1”." in done.err
    assert "Did you mean “PRI1" in done.err


def test_rows_of_csv_are_english_and_whole(run, write):
    done = run("check", write(WRONG), "--format", "csv", "--lang", "fr")
    assert done.code == 1
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert ",".join(row) == COLUMNS
    assert {name: row[name] for name in ("severity", "code", "file", "line", "unit", "seen", "expected")} == {
        "severity": "error",
        "code": "PRI101",
        "file": "a.csv",
        "line": "4",
        "unit": "B",
        "seen": "12 voters, but 10 registered",
        "expected": "registered ≥ voters",
    }


def test_no_finding_is_a_header_without_rows(run, write):
    assert run("check", write(RIGHT), "--format", "csv").out == f"{COLUMNS}\n"
    assert json.loads(run("check", write(RIGHT), "--format", "json").out)["rows"] == []


@pytest.mark.parametrize(
    "form", ["table", "markdown", "latex", "html", "plain", "csv", "json", "jsonl", "xlsx", "parquet"]
)
def test_every_format_holds_findings_and_none(run, write, form):
    for text, code in ((WRONG, 1), (RIGHT, 0)):
        done = run("check", write(text), "--format", form)
        assert (done.code, done.err) == (code, "")
        assert done.data or form == "jsonl"


def test_the_exit_code_is_the_same_with_a_file_for_the_answer(run, write, here):
    done = run("check", write(WRONG), "-o", "findings.csv")
    assert (done.code, done.out) == (1, "")
    assert (here / "findings.csv").read_text(encoding="utf-8").splitlines()[1].startswith("error,PRI101,a.csv,4,")


def test_in_french_numbers_and_figures_are_french(run, write):
    done = run("check", write(WRONG.replace("B,10,12", "B,1000,1200")), "--lang", "fr", "--select", "PRI101")
    assert done.code == 1
    assert "1\u202f200 votants" in done.out


def test_of_several_files_each_finding_names_its_own(run, write):
    done = run(
        "check", write(RIGHT), write("election,unit,registered,voters,candidate,votes\nz,C,10,12,Ann,7\n", "b.csv")
    )
    assert done.code == 1
    assert "Check: a.csv, b.csv" in done.out
    assert [line.split()[:3] for line in done.out.splitlines() if line.startswith("PRI101  ")] == [
        ["PRI101", "b.csv", "2"]
    ]


def test_only_the_votes_asked_for_are_checked(run, write):
    name = write("round,registered,voters,candidate,votes\n1,10,12,A,1\n2,10,9,A,1\n")
    assert run("check", name, "--round", "1").code == 1
    assert run("check", name, "--round", "2").code == 0


def test_rows_can_be_sorted_by_sentences_and_cut(run, write):
    name = write("unit,registered,voters,candidate,votes\nx,10,12,A,1\ny,10,11,A,1\n")
    done = run("check", name, "--sort", "seen", "--top", "1", "--format", "csv")
    assert done.code == 1
    assert [row["unit"] for row in csv.DictReader(io.StringIO(done.out))] == ["y"]


def test_a_source_that_cannot_be_read_is_no_finding(run):
    done = run("check", "missing.csv")
    assert (done.code, done.out) == (3, "")


def test_files_of_two_folders_are_told_without_them_unless_they_have_one_name(run, here):
    text = "election,unit,registered,voters,candidate,votes\n{0},C,10,12,Ann,7\n"
    for folder, name, election in (("x", "a.csv", "one"), ("y", "a.csv", "two"), ("y", "b.csv", "two")):
        (here / folder).mkdir(exist_ok=True)
        (here / folder / name).write_text(text.format(election), encoding="utf-8")

    def files(*names):
        return [line.split()[1] for line in run("check", *names).out.splitlines() if line.startswith("PRI101  ")]

    assert files("x/a.csv", "y/b.csv") == ["a.csv", "b.csv"]
    assert files("x/a.csv", "y/a.csv") == ["x/a.csv", "y/a.csv"]


def test_a_column_that_does_not_exist_is_answered_with_all_there_are(run, write):
    """A person may sort by what only formats for machines show."""
    done = run("check", write(WRONG), "--sort", "columns")
    assert done.code == 2
    assert "The columns are: " + COLUMNS.replace(",", ", ") in done.err
    assert run("check", write(WRONG), "--sort", "contest").code == 1


def test_nothing_left_to_look_for_is_told_before_anything_is_read(run):
    done = run("check", "no such file.csv", "--ignore", "PRI")
    assert (done.code, done.out) == (2, "")
    assert "No code is left to look for" in done.err


def test_of_many_of_one_kind_the_first_are_told_and_the_rest_counted(run, write):
    """70 percentages that their counts do not give: check tells every one, info 60 and the other commands 20."""
    head = "Code du département;Code de la commune;Inscrits;Votants;Exprimés;Nom;Voix;% Voix/Exp\n"
    name = write(head + "".join(f"01;{number:03d};100;60;50;A;50;99,00\n" for number in range(1, 71)))
    told = {command: run(command, name).err for command in ("results", "info")}
    assert [err.count("but 99.00% is printed") for err in told.values()] == [20, 60]
    assert "and 50 more printed percentages" in told["results"]
    assert "and 10 more of this kind, which “primaire check” lists" in told["info"]
    assert run("check", name, "--format", "csv").out.count("error,PRI132") == 70
