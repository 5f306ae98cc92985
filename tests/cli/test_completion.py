"""What Tab offers, through the environment in which bash, zsh and fish ask for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from primaire.cli.commands import COMMANDS
from primaire.cli.main import main
from primaire.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

READ = {
    "bash": lambda out: [line for line in out.splitlines() if line],
    "zsh": lambda out: re.findall(r'^(?:_arguments .*?\(\()?"(.*?)"(?::|\)|$)', out, re.MULTILINE),
    "fish": lambda out: [line.split("\t")[0] for line in out.splitlines() if line],
}
"""How each shell reads what it is answered."""


@pytest.fixture(params=READ)
def offered(request, capfd, monkeypatch) -> Callable[[str], list[str]]:
    """Return what a shell is offered at the end of a line typed so far."""

    def ask(line: str) -> list[str]:
        words = line.split(" ")
        monkeypatch.setenv("_PRIMAIRE_COMPLETE", f"complete_{request.param}")
        monkeypatch.setenv("COMP_WORDS", "\n".join(words))
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main([])
        out, err = capfd.readouterr()
        assert (end.value.code, err) == (0, "")
        return READ[request.param](out)

    return ask


def test_commands_are_offered(offered):
    assert offered("primaire ") == list(COMMANDS)
    assert offered("primaire re") == ["results", "reconstruct", "report"]


def test_data_sets_and_files_are_offered(offered, write, here):
    write("", "section.csv")
    write("", ".hidden")
    (here / "tables").mkdir()
    assert offered("primaire results ") == [
        "conflans",
        "national",
        "yvelines",
        "publications",
        "section.csv",
        "tables/",
    ]
    assert offered("primaire results conflans na") == ["national"]
    assert offered("primaire compare --against y") == ["yvelines"]


def test_files_in_a_folder_are_offered_with_it(offered, here):
    (here / "tables").mkdir()
    (here / "tables" / "a.csv").touch()
    assert [word.replace("\\", "/") for word in offered("primaire results tables/")] == ["tables/a.csv"]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("results --format ", list(FORMATS)),
        ("results --format js", ["json", "jsonl"]),
        ("results --lang ", ["en", "fr"]),
        ("results --base v", ["valid", "voters"]),
        ("results --by c", ["contest", "constituency", "canton", "commune"]),
        ("results --round ", ["1", "2"]),  # Conflans, since no source is named
        ("results conflans --round 2 --candidate ", None),
        ("results --candidate Be", ["Benoît_Hamon"]),
        ("results national --election ", ["Primaire_de_la_gauche_2017"]),
        ("results --contest 7", ["7e_circonscription_des_Yvelines"]),
    ],
)
def test_values_of_options_are_offered(offered, line, values):
    found = offered(f"primaire {line}")
    if values is None:
        assert {"Benoît_Hamon", "Manuel_Valls"} <= set(found)
    else:
        assert found == values


def test_rounds_are_those_of_the_source_named(offered, write):
    name = write("tour;candidat;voix\n3;A;1\n4;A;1\n")
    assert offered(f"primaire results {name} --round ") == ["3", "4"]
    assert offered(f"primaire results {name} conflans --round ") == ["3", "4", "1", "2"]


@pytest.mark.parametrize("text", ["candidate,votes\nA,x\n", "", "a,b\n1,2\n", b"\0\0"])
def test_a_source_that_cannot_be_read_offers_nothing(offered, write, text):
    assert offered(f"primaire results {write(text)} --candidate ") == []


def test_standard_input_is_left_to_the_command(offered):
    assert offered("primaire results - --round ") == []


def test_options_are_offered(offered):
    assert {"--round", "--candidate", "--format", "--output", "--quiet"} <= set(offered("primaire results --"))
