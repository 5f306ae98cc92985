"""The bar on standard error, while work takes its time."""

from __future__ import annotations

import sys

import pytest

from primaire.cli import diagnostics


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by as much as each piece of work is told to take."""
    now = [100.0]
    monkeypatch.setattr(diagnostics, "monotonic", lambda: now[0])
    return now


def work(monkeypatch, clock, seconds, parts=(0.25, 0.5, 1.0), **asked):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with diagnostics.working("en", **{"quiet": False, **asked}) as progress:
        for part in parts:
            clock[0] += seconds
            if progress:
                progress(part)


def test_long_work_shows_a_bar_and_takes_it_away(monkeypatch, clock, capsys):
    work(monkeypatch, clock, 2)
    said = capsys.readouterr().err
    # After two seconds a quarter is done: 7.5 of 30, and six seconds are left.
    assert "Estimating ████████░░░░░░░░░░░░░░░░░░░░░░ 25 %, 6 s left" in said
    assert "50 %, 4 s left" in said
    assert said.endswith("\r\x1b[2K")


def test_what_is_said_once_all_is_done_has_the_line_to_itself(monkeypatch, clock, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with diagnostics.working("en", quiet=False) as progress:
        assert progress is not None
        for part in (0.5, 1.0):
            clock[0] += 2
            progress(part)
        sys.stderr.write("said\n")
    assert capsys.readouterr().err.endswith("left\r\x1b[2Ksaid\n")


@pytest.mark.parametrize(("seconds", "asked"), [(0.2, {}), (2, {"quiet": True})])
def test_short_work_and_quiet_show_nothing(monkeypatch, clock, capsys, seconds, asked):
    work(monkeypatch, clock, seconds, **asked)
    assert capsys.readouterr().err == ""


def test_nothing_is_shown_where_standard_error_is_no_terminal(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    with diagnostics.working("en", quiet=False) as progress:
        assert progress is None
    assert capsys.readouterr().err == ""
