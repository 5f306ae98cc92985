"""``primaire mapping``: TOML on standard output or in a file, and messages with their exit codes."""

from __future__ import annotations

import pytest

from primaire.sources.meaning.mapping_file import parse_mapping

TOWN = "Bureau;Inscrits;Votants;Exprimés\n0001;100;80;70\n"


@pytest.fixture
def town(here):
    (here / "town.csv").write_text(TOWN, encoding="utf-8")
    return "town.csv"


def test_standard_output_and_a_file_hold_the_same(run, here, town):
    printed, written = run("mapping", town), run("mapping", town, "-o", "town.toml")
    assert (printed.code, printed.err, written.code, written.out, written.err) == (0, "", 0, "", "")
    assert (here / "town.toml").read_bytes() == printed.data
    assert parse_mapping(printed.out, "town").votes[0].ballots["registered"] == "Inscrits"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["missing.csv"], 3, "There is no file “missing.csv”"),
        (["town.csv", "--sheet", "Towns"], 3, "“town.csv” has no sheet “Towns”."),
        (["town.csv", "-o", "town.csv"], 2, "The file is TOML, and “town.csv” promises something else."),
        (["town.csv", "--lang", "xx"], 2, "xx"),
        ([], 2, "FILE"),
    ],
)
def test_what_cannot_be_done_is_said(run, here, town, words, code, said):
    done = run("mapping", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert (here / town).read_text(encoding="utf-8") == TOWN
