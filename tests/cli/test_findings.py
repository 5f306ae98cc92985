"""Figures that contradict each other: shown as published, exit code 0, and told on standard error."""

from __future__ import annotations

import pytest

CASES = {
    "more valid votes than voters": ("voters,valid,candidate,votes\n100,120,A,70\n,,B,50\n", ["120", "100"]),
    "more votes than valid votes": ("valid,candidate,votes\n100,A,70\n,B,50\n", ["120", "100"]),
    "more voters than registered": ("registered,voters,candidate,votes\n100,101,A,1\n", ["101", "100"]),
    "ballots that do not add up": (
        "voters,blank,null,valid,candidate,votes\n100,3,2,94,A,94\n",
        ["94", "5", "99", "100"],
    ),
    "votes that do not add up": ("valid,candidate,votes\n100,A,60\n,B,39\n", ["99", "100"]),
    "shares beyond 100": ("candidate,share\nA,60.0\nB,50.0\n", ["110.00%"]),
    "shares short of 100": ("candidate,share\nA,60.0\nB,30.0\n", ["90.00%"]),
    "a share against its votes": ("valid,candidate,votes,share\n100,A,60,65.0\n,B,40,35.0\n", ["60.00%", "65.00%"]),
    "blank and null apart and together": ("blank,null,blank_null,candidate,votes\n3,2,6,A,1\n", ["3", "2", "6"]),
}
RIGHT = {
    "sums": "registered,voters,blank,null,valid,candidate,votes\n126,85,2,1,82,A,45\n,,,,,B,37\n",
    # 1/3, 1/3 and 1/3: each is rounded down.
    "rounding": "candidate,share\nA,33.3\nB,33.3\nC,33.3\n",
    "approximate counts": "voters,valid,candidate,votes,approximate\n49000,48300,A,28500,yes\n,,B,19816,yes\n",
    "unknown votes of one candidate": "valid,candidate,votes\n100,A,60\n,B,\n",
    "shares of voters": "voters,candidate,share,share_base\n1000,A,60.0,voters\n,B,38.0,voters\n",
}


@pytest.mark.parametrize(("text", "figures"), CASES.values(), ids=CASES)
def test_a_contradiction_is_told_and_the_figures_shown(run, write, text, figures):
    done = run("results", write(text))
    assert done.code == 0
    assert done.out.startswith("a, round 1")
    head, *listed = done.err.splitlines()
    assert head.startswith("Warning: ")
    assert len(listed) >= 1
    assert any(all(figure in line for figure in figures) for line in listed)
    assert all(line.startswith("  ") for line in listed)


def test_the_figures_are_shown_as_published(run, write):
    done = run("results", write("registered,voters,valid,candidate,votes\n100,120,110,A,60\n,,,B,50\n"))
    assert done.code == 0
    shown = {
        line.split()[0]: line.split()[1]
        for line in done.out.splitlines()
        if line.startswith(("Registered", "Voters", "Valid"))
    }
    assert shown == {"Registered": "100", "Voters": "120", "Valid": "110"}


def test_contradictions_are_counted(run, write):
    text = "unit,registered,voters,candidate,votes\nx,10,12,A,1\ny,10,9,A,1\nz,10,13,A,1\n"
    head, *listed = run("results", write(text)).err.splitlines()
    assert head.startswith("Warning: 2 contradictions ")
    assert len(listed) == 2
    assert "x" in listed[0]
    assert "z" in listed[1]


def test_one_contradiction_is_one(run, write):
    done = run("results", write("registered,voters,candidate,votes\n10,12,A,1\n"))
    assert done.err.startswith("Warning: 1 contradiction ")


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_figures_that_can_all_be_right_are_not_talked_about(run, write, text):
    done = run("results", write(text))
    assert (done.code, done.err) == (0, "")


def test_only_what_is_looked_at_is_told(run, write):
    name = write("round,registered,voters,candidate,votes\n1,10,12,A,1\n2,10,9,A,1\n")
    assert run("results", name, "--round", "1").err.startswith("Warning: 1 ")
    assert run("results", name, "--round", "2").err == ""


@pytest.mark.parametrize("command", ["results", "turnout", "blanks", "info"])
@pytest.mark.parametrize("option", ["--quiet", "-q"])
def test_quiet_silences_the_warning(run, write, command, option):
    done = run(command, write("registered,voters,candidate,votes\n10,12,A,1\n"), option)
    assert (done.code, done.err) == (0, "")
    assert done.out


def test_the_warning_is_in_the_language(run, write):
    done = run("results", write("registered,voters,candidate,votes\n1000,1200,A,1\n"), "--lang", "fr")
    assert done.code == 0
    assert "1\u202f200" in done.err


@pytest.mark.parametrize("name", ["conflans", "national", "yvelines"])
def test_what_the_shipped_data_contradict_is_known(run, name):
    """The departement's paper prints 12,245 votes as 30.63 %, of 39,591: they are 30.93 %. All else fits."""
    done = run("results", name)
    assert done.code == 0
    assert done.err.count("\n  ") == (1 if name == "yvelines" else 0)
    if name == "yvelines":
        assert "30.93%" in done.err
        assert "30.63%" in done.err


@pytest.mark.parametrize("form", ["plain", "markdown", "html", "latex", "json"])
def test_a_contradiction_stands_in_the_table_too(run, write, form):
    """Whoever is sent the table did not see standard error."""
    name = write("candidate,votes,valid\nA,50,80\nB,40,80\n")
    done = run("results", name, "--quiet", "--format", form)
    assert (done.code, done.err) == (0, "")
    assert "PRI112" in done.out
