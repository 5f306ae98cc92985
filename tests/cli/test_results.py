"""What a user sees of the votes: the Conflans data, and the smallest files."""

from __future__ import annotations

import pytest

DEFAULT_NOTE = "No source named: these are the results of Conflans-Sainte-Honorine that ship with primaire.\n"


def test_without_a_source_conflans_is_shown_and_it_is_said(run):
    done = run("results", "--round", "2")
    assert (done.code, done.err) == (0, DEFAULT_NOTE)
    assert "Benoît Hamon    842      57.95%" in done.out
    assert "Manuel Valls    611      42.05%" in done.out
    assert "1,473" in done.out


def test_a_named_source_is_not_talked_about(run):
    done = run("results", "conflans", "--round", "2")
    assert (done.code, done.err) == (0, "")


def test_quiet_says_nothing(run):
    done = run("results", "--round", "2", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "842" in done.out


def test_a_file_of_two_columns_and_ten_lines_is_enough(run, write):
    votes = {"Ada": 40, "Bea": 25, "Cal": 12, "Dov": 9, "Eli": 6, "Fay": 4, "Gus": 2, "Hal": 1, "Ivy": 1}
    done = run("results", write("candidate,votes\n" + "".join(f"{name},{count}\n" for name, count in votes.items())))
    assert (done.code, done.err) == (0, "")
    rows = [line.split()[:4] for line in done.out.splitlines() if "%" in line and line[:1].isdigit()]
    # They add up to 100, so each share is the number of votes.
    assert [row[1:] for row in rows] == [[name, str(count), f"{count}.00%"] for name, count in votes.items()]
    assert "not computable" in done.out


def test_standard_input_is_a_source(run):
    done = run("results", "-", stdin=b"candidate,votes\nAlice,3\nBruno,1\n")
    assert (done.code, done.err) == (0, "")
    assert "75.00%" in done.out


def test_several_files_are_one_data_set(run, write):
    first = write("election,round,candidate,votes\nBoard,1,Alice,6\nBoard,1,Bruno,4\n", "first.csv")
    second = write("election;tour;candidat;voix\nBoard;2;Alice;3\nBoard;2;Bruno;7\n", "second.csv")
    done = run("results", first, second)
    assert (done.code, done.err) == (0, "")
    assert (
        done.out.index("Board, round 1")
        < done.out.index("60.00%")
        < done.out.index("Board, round 2")
        < done.out.index("70.00%")
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_a_french_spreadsheet_saves_is_simply_read(run, write, encoding):
    text = (
        "Tour;Inscrits;Votants;Blancs;Nuls;Exprimés;Candidat;Voix;Pourcentage;;\r\n"
        "1;1\u00a0000;800;6;4;790;Éléonore;400;50,63 %;;\r\n"
        "1;1\u00a0000;800;6;4;790;Zoé;390;49,37 %;;\r\n"
        ";;;;;;;;;;\r\n"
    )
    done = run("results", write(text.encode(encoding)))
    assert (done.code, done.err) == (0, "")
    assert "Éléonore" in done.out
    assert "50.63%" in done.out
    assert "80.00%" in done.out  # 800 of 1,000


def test_the_rows_asked_for_are_shown_and_what_is_left_out_is_said(run):
    done = run("results", "--round", "1", "--election", "primaire", "--top", "2", "-q")
    assert done.code == 0
    assert "Benoît Hamon" in done.out
    assert "Montebourg" not in done.out
    assert "2 of 7 rows are shown." in done.out


def test_a_candidate_is_found_without_accents(run):
    done = run("results", "--candidate", "benoit", "--format", "csv", "-q")
    assert done.code == 0
    assert [line.split(",")[10] for line in done.out.splitlines()[1:]] == ["Benoît Hamon", "Benoît Hamon"]


def test_units_are_chosen_by_where(run):
    done = run("turnout", "conflans", "national", "--where", "commune=conflans", "--format", "csv")
    assert done.code == 0
    assert "1165" in done.out
    assert "1655919" not in done.out


@pytest.mark.parametrize(
    "command", ["turnout", "swing", "blanks", "indices", "reconstruct", "info", "results", "compare --against national"]
)
def test_every_analysis_answers_without_a_word_of_a_source(run, command):
    done = run(*command.split())
    assert (done.code, done.err) == (0, DEFAULT_NOTE)
    assert "Conflans-Sainte-Honorine" in done.out


def test_two_votes_are_chosen_for_a_swing(run):
    done = run("swing", "conflans", "--before", "election=primaire", "--before", "round=1", "--after", "round=2")
    assert (done.code, done.err) == (0, "")
    assert "+22.88" in done.out  # Hamon: 57.95 - 35.07


def test_info_tells_how_a_file_was_read(run, write):
    done = run("info", write("candidat;voix\nÉva;3\n".encode("cp1252")))
    assert (done.code, done.err) == (0, "")
    for word in ("a.csv", "cp1252", "semicolon", "SHA-256"):
        assert word in done.out
