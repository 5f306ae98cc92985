"""Files of others that are spoilt, mixed up or no results at all: what was seen, where, what was expected, what to do."""

from __future__ import annotations

import gzip
from importlib.metadata import EntryPoint

import pytest

from primaire.sources.meaning import registered as module
from primaire.sources.reading.harvest import MOST_PROBLEMS
from tests.spoiling import CELLS, LONG, PLACE, WIDE, refused, workbook


def test_the_files_of_these_tests_are_right_before_they_are_spoilt(run, write):
    for text in (LONG, WIDE):
        done = run("results", write(text), "--by", "contest", "--format", "csv")
        assert (done.code, done.err) == (0, "")
        assert len(done.out.splitlines()) == 3


# Rows that are not what the header says


def test_a_file_cut_in_the_middle_of_a_row(run, write):
    assert refused(run("results", write(LONG[: LONG.rindex("10;10;B")]))) == [
        "“a.csv” cannot be read as it is.",
        "  a.csv:7: the row has 6 cells, and at least 7 are needed",
        CELLS,
    ]


def test_a_file_cut_inside_of_a_candidate(run, write):
    assert refused(run("results", write(WIDE[: WIDE.rindex(";X;4")]))) == [
        "“a.csv” cannot be read as it is.",
        "  a.csv:4: the row ends inside of a candidate's columns: it has 13 cells, and 15 would be needed",
        CELLS,
    ]


def test_a_file_cut_between_two_candidates_is_shown_with_a_warning(run, write):
    """Nothing shows that a candidate is missing but the votes that do not add up."""
    done = run("results", write(WIDE[: WIDE.rindex(";2;B")]), "--format", "csv")
    assert done.code == 0
    assert done.out
    assert done.err.splitlines() == [
        "Warning: 1 contradiction in the figures, which are shown as published:",
        "  a, round 1, 78172_0003: the votes add up to 6, less than the 10 valid votes [PRI113]",
    ]


def test_a_row_cut_before_its_candidates_is_shown_with_a_warning(run, write):
    done = run("results", write(WIDE[: WIDE.rindex(";1;A")]), "--format", "csv")
    assert done.code == 0
    assert done.err.splitlines() == [
        "Warning: 1 contradiction in the figures, which are shown as published:",
        "  a.csv, line 4, 78 · 172 · Conflans · 0003: there are 10 votes, but no candidate [PRI133]",
    ]


def test_a_row_that_lacks_a_candidates_column(run, write):
    """With the cell of one who got nothing left out, all behind get the votes of another, and the sums are right."""
    text = f"{PLACE};A voix;B voix;C voix\n78;172;Conflans;0001;20;10;10;0;6;4\n78;172;Conflans;0002;20;10;10;6;4\n"
    assert refused(run("results", write(text))) == [
        "“a.csv” cannot be read as it is.",
        "  a.csv:3: the row has 9 cells, and at least 10 are needed",
        CELLS,
    ]


def test_a_cell_too_many_in_the_middle(run, write):
    first, *problems, last = refused(run("results", write(LONG.replace("0002;20;10;10;A", "0002;20;10;10;;A"))))
    assert first == "“a.csv” cannot be read as it is."
    assert all(problem.startswith("  a.csv:4: ") for problem in problems)
    assert any("“X” is not a count" in problem for problem in problems)
    assert last == CELLS


def test_a_cell_too_many_at_the_end(run, write):
    text = f"{PLACE};A voix;B voix\n78;172;Conflans;0001;20;10;10;6;4\n78;172;Conflans;0002;20;10;10;6;4;9\n"
    assert refused(run("results", write(text))) == [
        "“a.csv” cannot be read as it is.",
        "  a.csv:3: the row has 10 cells, the header 9",
        CELLS,
    ]


def test_counts_that_are_none_are_listed_with_line_and_column(run, write):
    text = LONG.replace("B;X;4", "B;X;4,5", 1).replace("0003;20", "0003;-20", 1)
    assert refused(run("results", write(text))) == [
        "“a.csv” cannot be read as it is.",
        "  a.csv:3: Voix: “4,5” is not a whole number; write it without decimals, thousands set apart by spaces or not at all",
        "  a.csv:6: Inscrits: “-20” is negative; a count is a whole number, 0 or more",
        CELLS,
    ]


def test_many_problems_are_counted_rather_than_listed(run, write):
    rows = "".join(f"78;172;Conflans;{station:04};20;10;1x;A;X;6\n" for station in range(300))
    first, *problems, last = refused(run("results", write(f"{PLACE};Nom;Prénom;Voix\n{rows}")))
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1] == f"  a.csv: … and {300 - MOST_PROBLEMS} more of this kind"
    assert (first, last) == ("“a.csv” cannot be read as it is.", CELLS)


def test_a_unit_that_stands_twice(run, write):
    text = WIDE + WIDE.splitlines()[2] + "\n"
    assert refused(run("results", write(text))) == [
        "Units stand more than once in “a.csv”, and would be counted twice.",
        "  a.csv:5: the unit stands twice, first on line 3: 78 · 172 · Conflans · 0002",
        "Leave all but one of the rows out; or name in a mapping the column that tells them apart.",
    ]


def test_rows_of_a_unit_that_disagree(run, write):
    first, problem, last = refused(run("results", write(LONG.replace("0002;20;10;10;B", "0002;20;11;10;B"))))
    assert first == "Rows of one unit in “a.csv” disagree."
    assert problem.startswith("  a.csv:5: ")
    assert all(said in problem for said in ("“11”", "voters", "differs from 10", "line 4"))
    assert "None" not in problem
    assert last == "Perhaps a column that tells units apart is missing or not recognised: name it in a mapping."


def test_a_printed_percentage_that_is_wrong_is_a_warning(run, write):
    text = "Code de la commune;Inscrits;Votants;% Vot/Ins;Exprimés;Nom;Voix;% Voix/Exp\n01001;100;50;50,00;50;A;20;40,00\n01001;100;50;50,00;50;B;30;61,00\n"
    done = run("results", write(text), "--format", "csv")
    assert done.code == 0
    assert done.err.splitlines() == [
        "Warning: 1 contradiction in the figures, which are shown as published:",
        "  a.csv, line 2, 01001: B: 30 of 50 are 60.00%, but 61.00% is printed [PRI132]",
    ]
    assert run("results", "a.csv", "--quiet", "--format", "csv").err == ""


# Files without a table


@pytest.mark.parametrize("text", [WIDE.splitlines()[0] + "\n", LONG.splitlines()[0] + "\n\n;;\n"])
def test_a_header_without_rows(run, write, text):
    assert refused(run("results", write(text))) == [
        "“a.csv” has a header, but no row below it.",
        "A source has a header and at least one row.",
    ]


# Without the time of day: it would be part of the test's name, which is the same in every process that runs tests.
@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", gzip.compress(b"", mtime=0)])
def test_an_empty_file(run, write, data):
    assert refused(run("results", write(data))) == [
        "“a.csv” is empty.",
        "A source has a header and at least one row.",
        "“primaire template” prints a file to start from.",
    ]


def test_the_null_device_is_empty(run):
    assert refused(run("results", "/dev/null"))[0] == "“/dev/null” is empty."


def test_a_folder_without_data(run, here):
    (here / "documents").mkdir()
    (here / "documents" / "readme.pdf").write_bytes(b"%PDF-1.4")
    assert refused(run("results", "documents")) == [
        "“documents” holds no file of data.",
        "It holds: readme.pdf.",
        "Name a file of results, or a folder or an archive of such files.",
    ]


@pytest.mark.parametrize(
    "header", ["% Abs/Ins;% Vot/Ins;% Exp/Vot\n", "Commune;% Abs/Ins;% Vot/Ins\nConflans;20,00;80,00\n"]
)
def test_a_table_of_percentages_alone(run, write, header):
    first, seen, remedy = refused(run("results", write(header)))
    assert first == "“a.csv” is not recognised: its columns do not say where the votes are."
    assert "% Abs/Ins, % Vot/Ins" in seen
    assert remedy == "“primaire mapping a.csv” writes what is understood; correct it, and read with --mapping FILE."


def test_a_file_of_another_country_that_nobody_described(run, write):
    assert refused(run("results", write("Ward,Electorate,Papers,Smith (LAB)\nNorth,100,60,35\n", "wards.csv"))) == [
        "“wards.csv” is not recognised: its columns do not say where the votes are.",
        "The first row is: Ward, Electorate, Papers, Smith (LAB).",
        "“primaire mapping wards.csv” writes what is understood; correct it, and read with --mapping FILE.",
    ]


# Words that are none, and files that do not belong together


def test_a_sheet_that_does_not_exist(run, write):
    book = write(workbook(**{"Tour 1": LONG, "Tour 2": LONG}), "a.xlsx")
    assert refused(run("results", book, "--sheet", "Tours 1")) == [
        "“a.xlsx” has no sheet “Tours 1”.",
        "The sheets are: Tour 1, Tour 2.",
        "Did you mean “Tour 1”?",
    ]
    assert refused(run("results", write(LONG), "--sheet", "Tour 1"))[1] == "The file has no sheets."


def test_a_mapping_with_keys_that_do_not_exist(run, write):
    mapping = write('mapping = 1\nencodig = "utf-8"\n[[vote]]\n[vote.ballots]\nregistred = "Inscrits"\n', "m.toml")
    first, *problems, last = refused(run("results", write(LONG), "--mapping", mapping), 2)
    assert first == "The mapping “m.toml” cannot be used as it is."
    assert problems[0].startswith("  m.toml:2: encodig: unknown key; ")
    assert problems[1] == "  m.toml:5: vote.ballots.registred: unknown key; did you mean “registered”?"
    assert last == "Correct what is listed; docs/mappings.md describes every key."


def test_a_mapping_for_columns_that_are_not_there(run, write):
    mapping = write('mapping = 1\n[[vote]]\n[vote.ballots]\nregistered = "Electeurs"\n', "m.toml")
    lines = refused(run("results", write(LONG), "--mapping", mapping))
    assert lines[0] == "“a.csv” does not have the columns that the mapping “m.toml” names."
    assert "Electeurs" in lines[1]


def test_a_mapping_that_nobody_brings(run, write):
    lines = refused(run("results", write(LONG), "--mapping", "openelection"), 2)
    assert "“openelection”" in lines[0]
    assert "Did you mean “openelections”?" in lines


CLAIM = 'mapping = 1\n[recognise]\nheaders = ["Ward", "Papers"]\n[units]\nstation = "Ward"\n[[vote]]\n[vote.ballots]\nvoters = "Papers"\n'


def test_a_file_that_two_mappings_claim(run, write, monkeypatch):
    brought = [EntryPoint(name, f"{__name__}:CLAIM", module.GROUP) for name in ("one", "other")]
    monkeypatch.setattr(module, "entry_points", lambda **_: brought)
    for cached in (module._found, module._read):
        getattr(cached, "cache_clear", lambda: None)()
    done = run("results", write("Ward,Papers\nNorth,60\n"))
    for cached in (module._found, module._read):
        getattr(cached, "cache_clear", lambda: None)()
    assert refused(done) == ["Several mappings claim “a.csv”: one, other.", "Say which with --mapping NAME."]


def test_files_of_two_elections_are_shown_one_after_the_other(run, write):
    first, second = write(WIDE, "Présidentielle 2017 T1.csv"), write(WIDE, "Présidentielle 2022 T1.csv")
    done = run("results", first, second, "--by", "contest", "--format", "csv")
    assert (done.code, done.err) == (0, "")
    header, *rows = done.out.splitlines()
    votes = header.split(",").index("votes")
    assert [(row.split(",")[0], row.split(",")[votes]) for row in rows] == [
        ("Présidentielle 2017", "18"),
        ("Présidentielle 2017", "12"),
        ("Présidentielle 2022", "18"),
        ("Présidentielle 2022", "12"),
    ]


def test_the_same_file_twice_is_refused(run, write):
    lines = refused(run("results", write(WIDE, "a.csv"), write(WIDE, "a.csv")))
    assert "twice" in lines[0]
    assert "a.csv" in lines[1]


@pytest.mark.parametrize(
    "words", [["--round", "2"], ["--election", "Législatives 2022"], ["--where", "departement_code=01"]]
)
def test_what_the_file_does_not_hold(run, write, words):
    assert refused(run("results", write(WIDE, "Présidentielle 2017 T1.csv"), *words), 4)


def test_what_a_file_says_does_not_act_on_the_terminal(run, write):
    done = run(
        "results", write(LONG.replace("Conflans", "\x1b[31mConflans\u202e").replace(";10;10;A", ";10;1\x1b0;A", 1))
    )
    assert "\\x1b" in "\n".join(refused(done))
    assert "\x1b" not in done.err
