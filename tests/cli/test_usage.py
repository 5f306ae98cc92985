"""The command line itself: help, version, wrong words, interruptions, and bugs that are ours."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import primaire
from primaire.cli.commands import COMMANDS

EXAMPLES = Path(__file__).parents[2] / "docs/examples"


def test_the_version_is_told(run):
    done = run("--version")
    assert (done.code, done.out, done.err) == (0, f"primaire {primaire.__version__}\n", "")


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_lists_every_command(run, words):
    done = run(*words)
    assert (done.code, done.err) == (0, "")
    assert all(f"  {name} " in done.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_help_of_a_command_shows_its_examples(run, name, lang):
    done = run(name, "--help", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert COMMANDS[name].examples
    assert all(example in done.out for example in COMMANDS[name].examples)


@pytest.mark.parametrize("example", [example for entry in COMMANDS.values() for example in entry.examples])
def test_examples_of_the_help_work(run, write, example):
    """An example that names a file of the reader's finds one."""
    primaries = "election,contest,level,unit,round,registered,valid,candidate,label,share,share_base\nPrimaire de la gauche 2017,France,"
    valls = "Yvelines,{n},90000,1000,Manuel Valls,SOC,36.5,valid\nPrimaire de la gauche 2017,France,departement,"
    text = f"{primaries}departement,{valls}Yvelines,{{n}},,,Benoît Hamon,SOC2,63.5,\n"
    for name, n in (("my_section.csv", 1), ("round1.csv", 1), ("round2.csv", 2)):
        write(text.format(n=n), name)
    write("candidate,votes\nOne,60\nOther,40\n", "my_town.csv")
    write("candidate,votes\nOne,60\nOther,40\n", "our_vote.csv")
    write("unit,candidate,votes\nA,One,60\nA,Other,40\n", "evening.csv")
    write("unit,candidate,votes\nA,One,60\nA,Other,40\nB,One,30\nB,Other,40\n", "final.csv")
    write("rules = 1\n[[round]]\nelected = {}\n", "our_rules.toml")
    deputies = "election,round,contest,level,registered,candidate,votes\n"
    rows = "".join(
        f"Législatives 2017,{{n}},78-7,constituency,800,{name},{votes}\n" for name, votes in (("A", 120), ("B", 110))
    )
    write(deputies + rows.format(n=1) + "Législatives 2017,1,78-7,constituency,800,C,105\n", "deputies1.csv")
    write(deputies + rows.format(n=2), "deputies2.csv")
    for n in (1, 2):
        write((EXAMPLES / f"legislatives_2027_bureaux_t{n}.txt").read_bytes(), f"T{n}.txt")
    write((EXAMPLES / "stations_2027.geojson").read_bytes(), "stations.geojson")
    stations = "".join(
        f"Mairie,{n},Town,station,{at},{registered},{voters},{a + b},{name},{votes}\n"
        for n, at, registered, voters, a, b in (
            (1, 1, 90, 60, 40, 15),
            (1, 2, 80, 50, 10, 35),
            (2, 1, 91, 62, 45, 14),
            (2, 2, 80, 55, 20, 33),
        )
        for name, votes in (("A", a), ("B", b))
    )
    write(f"election,round,contest,level,unit,registered,voters,valid,candidate,votes\n{stations}", "both_rounds.csv")
    done = run(*shlex.split(example)[1:])
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("words", "seen", "near"),
    [
        (("reslts",), "reslts", "results"),
        (("xyzzy",), "xyzzy", None),
        (("results", "--rond", "2"), "--rond", "--round"),
        (("results", "--xyzzy"), "--xyzzy", None),
        (("results", "--round"), "--round", None),
        (("results", "--quiet=yes"), "--quiet", None),
        (("template", "conflans"), "conflans", None),
        (("-q", "results"), "-q", None),
    ],
)
def test_wrong_words_are_told_with_what_helps(run, words, seen, near):
    done = run(*words)
    assert (done.code, done.out) == (2, "")
    first, *_, last = done.err.splitlines()
    assert first.startswith("Error: ")
    assert seen in first
    assert "--help" in last
    assert near is None or near in done.err
    assert "Traceback" not in done.err


def test_a_comparison_needs_something_to_compare_with(run):
    done = run("compare")
    assert (done.code, done.out) == (2, "")
    assert "--against" in done.err
    assert "national, yvelines" in done.err


@pytest.mark.parametrize("word", ["--round", "--candidate", "--top"])
def test_an_option_without_its_value_exists_nevertheless(run, word):
    done = run("results", word)
    assert done.code == 2
    assert "no option" not in done.err
    assert "needs a value" in done.err


@pytest.fixture
def broken(monkeypatch):
    """Make the analysis of results raise something."""

    def breaks(mistake: BaseException) -> None:
        def analyse(*_: object, **__: object) -> None:
            raise mistake

        monkeypatch.setattr("primaire.analysis.results.results", analyse)

    return breaks


def test_an_interruption_is_130_without_a_word(run, broken):
    broken(KeyboardInterrupt())
    done = run("results", "conflans")
    assert (done.code, done.out, done.err) == (130, "", "")


@pytest.mark.parametrize(
    "mistake", [ZeroDivisionError("by \x1b[31m{zero}"), RuntimeError(), AssertionError("x"), OSError(5, "odd")]
)
def test_a_bug_is_told_without_a_traceback(run, broken, mistake):
    broken(mistake)
    done = run("results", "conflans")
    assert (done.code, done.out) == (70, "")
    assert type(mistake).__name__ in done.err
    assert "PRIMAIRE_DEBUG=1" in done.err
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err


def test_a_bug_leaves_the_output_alone(run, broken, here):
    (here / "a.csv").write_text("mine")
    broken(RuntimeError("x"))
    assert run("results", "conflans", "-o", "a.csv").code == 70
    assert (here / "a.csv").read_text() == "mine"


def test_whoever_looks_for_a_bug_sees_where_it_is(run, broken):
    broken(ZeroDivisionError("by zero"))
    with pytest.raises(ZeroDivisionError):
        run("results", "conflans", env={"PRIMAIRE_DEBUG": "1"})


def test_the_template_is_a_source(run, here):
    for lang in ("en", "fr"):
        written = run("template", "--lang", lang, "-o", f"{lang}.csv")
        assert (written.code, written.out, written.err) == (0, "", "")
        assert run("template", "--lang", lang).data == (here / f"{lang}.csv").read_bytes()
        read = run("results", f"{lang}.csv")
        assert (read.code, read.err) == (0, "")
        assert "54.88%" in read.out  # 45 of 82
        assert "67.46%" in read.out  # 85 of 126


def test_the_template_is_csv_and_says_so(run, here):
    done = run("template", "-o", "a.xlsx")
    assert (done.code, done.out) == (2, "")
    assert ".csv" in done.err
    assert not (here / "a.xlsx").exists()
