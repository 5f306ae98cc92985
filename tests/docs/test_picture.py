"""README's picture of a terminal shows what the command prints today, whatever the version of rich that drew it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tools.environment import ROOT

pytest.importorskip("termios", reason="the picture is taken in a pseudo-terminal, which only Unix has")

from tools import picture


def words(svg: str) -> list[str]:
    return " ".join(unescape(part) for part in re.findall(r"<text[^>]*>(.*?)</text>", svg)).split()


def test_picture_is_up_to_date():
    assert words(picture.PICTURE.read_text(encoding="utf-8")) == words(picture.drawn(picture.COMMAND)), (
        "run `just pictures`"
    )


def test_picture_shows_who_won():
    """Round 2 at Conflans: Hamon 842 votes, Valls 611, as the local section published them."""
    shown = words(picture.PICTURE.read_text(encoding="utf-8"))
    assert {"Hamon", "842", "Valls", "611"} <= set(shown)


def test_readme_shows_the_picture():
    assert f"({picture.PICTURE.relative_to(ROOT).as_posix()})" in (ROOT / "README.md").read_text(encoding="utf-8")
