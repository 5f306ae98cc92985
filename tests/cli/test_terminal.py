"""On a terminal: colour where it is wanted, no line wider than the screen, and bytes that are not text refused."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import pytest

from primaire.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Callable

pty = pytest.importorskip("pty", reason="terminals of POSIX")
pytest.importorskip("termios", reason="terminals of POSIX")

ESCAPE = "\x1b["


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run a command in this process, its standard output being a terminal; return its code and what is on it."""

    def run_there(*words: str, encoding: str = "utf-8", **env: str) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        with monkeypatch.context() as patched, os.fdopen(theirs, "w", encoding=encoding) as stream:
            for name, value in {"TERM": "xterm", "COLUMNS": "100", "LANGUAGE": "", **env}.items():
                patched.setenv(name, value)
            patched.setattr(sys, "stdout", stream)
            code, shown = main(words), b""
            stream.flush()
            os.set_blocking(ours, False)
            while chunk := _read(ours):
                shown += chunk
        os.close(ours)
        return code, shown.decode(encoding).replace("\r\n", "\n")

    return run_there


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except BlockingIOError:
        return b""


def plain(text: str) -> list[str]:
    return re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()


ROUND_2 = ("results", "conflans", "--round", "2")


def test_a_terminal_gets_colour(screen):
    code, shown = screen(*ROUND_2)
    assert code == 0
    assert ESCAPE in shown
    assert "Benoît Hamon    842      57.95%" in "\n".join(plain(shown))


@pytest.mark.parametrize(
    ("words", "env"),
    [((), {"NO_COLOR": "1"}), (("--no-color",), {}), ((), {"TERM": "dumb"})],
    ids=["variable", "option", "dumb"],
)
def test_no_colour_is_no_escape_code_at_all(screen, words, env):
    code, shown = screen(*ROUND_2, *words, **env)
    assert code == 0
    assert "\x1b" not in shown
    assert "842" in shown


def test_colour_changes_nothing_but_colour(screen):
    assert plain(screen(*ROUND_2)[1]) == screen(*ROUND_2, "--no-color")[1].splitlines()


def test_an_empty_no_color_is_none(screen):
    """https://no-color.org: the variable counts when it is not an empty string."""
    assert ESCAPE in screen(*ROUND_2, NO_COLOR="")[1]


@pytest.mark.parametrize("columns", [40, 60, 100])
@pytest.mark.parametrize(
    "command", ["results", "turnout", "swing", "blanks", "indices", "reconstruct", "info", "check"]
)
def test_no_line_is_wider_than_the_terminal(screen, columns, command):
    code, shown = screen(command, "conflans", COLUMNS=str(columns))
    assert code == 0
    assert max(map(len, plain(shown))) <= columns


def test_columns_that_do_not_fit_are_told(screen):
    code, shown = screen("swing", "conflans", COLUMNS="40")
    assert code == 0
    text = " ".join(plain(shown))
    assert re.search(r"columns? do(es)? not fit in 40 characters: [^.]*votes", text)
    assert "--format plain" in text


def test_with_room_for_all_nothing_is_told(screen):
    assert "do not fit" not in screen("swing", "conflans", COLUMNS="160")[1]


TWO_ROUNDS = "round,candidate,votes\n1,Ada,400\n1,Bob,600\n2,Ada,500\n2,Bob,500\n"


@pytest.mark.parametrize(("columns", "there"), [(60, False), (80, True), (120, True)])
def test_who_gained_and_who_lost_stands_on_two_sides_of_a_line(screen, write, columns, there):
    code, shown = screen("swing", write(TWO_ROUNDS), "--no-color", COLUMNS=str(columns))
    assert code == 0
    assert "+10.00" in shown
    ends = {line.split()[0]: line for line in shown.splitlines() if line.startswith(("Ada  ", "Bob  "))}
    if not there:
        assert "█" not in shown
        return
    # Ada gained what Bob lost: ten points, as long one way as the other, the line between them in one place.
    gained, lost = (ends[name].split("│") for name in ("Ada", "Bob"))
    assert len(gained[0]) == len(lost[0])
    assert set(gained[1]) == {"█"}
    assert lost == [lost[0].rstrip("█") + gained[1], ""]


def test_points_between_two_places_stand_on_two_sides_too(screen):
    code, shown = screen("compare", "conflans", "--against", "national", "--round", "1", "--no-color", COLUMNS="80")
    assert code == 0
    rows = {line.split("  ")[1]: line for line in shown.splitlines() if line[:1].isdigit() and "│" in line}
    # At Conflans Valls had 35.68%, 31.90% in the country; Montebourg 16.06% and 17.75%.
    assert rows["Manuel Valls"].split("│")[1].strip("█▌") == ""
    assert rows["Manuel Valls"].endswith(("█", "▌"))
    assert rows["Arnaud Montebourg"].endswith("█│")


@pytest.fixture
def stations(write):
    """Twelve stations in the ministry's layout: A has 10% in nine and 90% in three, B the others."""
    header = "Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;Blancs;Nuls;Exprimés;Nom;Voix"
    rows = [f"01;001;{n:04d};200;100;0;0;100;A;{90 if n > 9 else 10};B;{10 if n > 9 else 90}" for n in range(1, 13)]
    return write("\n".join([header, *rows, ""]), "Présidentielle 2022 T1.csv")


@pytest.mark.parametrize(("columns", "there"), [(60, False), (80, True), (120, True)])
def test_how_evenly_votes_lie_over_stations(screen, stations, columns, there):
    code, shown = screen("results", stations, "--no-color", COLUMNS=str(columns))
    assert code == 0
    # From 0 to 90%, in ten classes: 10% is in the second, 90% in the last; 3 of 9 are two and two thirds of eight eighths.
    assert [sign in shown for sign in ("█       ▃", "▃       █", "10 classes from 0 to 90%")] == [there] * 3
    assert "30.00%" in shown  # of A: 9 times 10 and 3 times 90, of 1,200


def test_a_file_of_the_table_has_them_and_no_other_format_does(run, stations):
    assert "█       ▃" in run("results", stations).out
    for name in ("markdown", "plain", "html", "latex", "csv", "json"):
        done = run("results", stations, "--format", name)
        assert done.code == 0
        assert not set("▁▂▃▄▅▆▇█") & set(done.out), name
        assert "classes" not in done.out


@pytest.mark.parametrize("name", ["xlsx", "parquet"])
def test_bytes_that_are_not_text_are_refused(screen, capfd, name):
    code, shown = screen(*ROUND_2, "--format", name)
    assert (code, shown) == (2, "")
    assert "-o" in capfd.readouterr().err


@pytest.mark.parametrize("name", ["csv", "json", "markdown", "plain"])
def test_other_formats_are_printed_as_they_are(screen, run, name):
    code, shown = screen(*ROUND_2, "--format", name)
    assert (code, shown) == (0, run(*ROUND_2, "--format", name).out)


@pytest.mark.parametrize(
    "command",
    [
        ROUND_2,
        (*ROUND_2, "--lang", "fr"),
        (*ROUND_2, "--format", "markdown"),
        ("template", "--lang", "fr"),
        ("--help",),
    ],
)
def test_a_console_without_our_letters_gets_the_nearest(screen, command):
    code, shown = screen(*command, encoding="ascii")
    assert code == 0
    assert shown.isascii()
    assert len(shown) > 100


def test_a_nasty_name_does_not_act_on_the_terminal(screen, write):
    name = write("candidate,votes\n\x1b[31mred\x07,3\n[bold]x[/bold],2\n")
    code, shown = screen("results", name, "--no-color")
    assert code == 0
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert r"\x1b[31mred\x07" in shown
    assert "[bold]x[/bold]" in shown
