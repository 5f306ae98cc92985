"""The pictures that README and docs/ show say what their commands draw today, whatever the library that drew them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tools.environment import ROOT
from tools.pictures import COMMANDS, OF_BREST, PICTURES, drawn


def words(svg: bytes) -> list[str]:
    return [unescape(part) for part in re.findall(r"<text[^>]*>(.*?)</text>", svg.decode())]


@pytest.mark.parametrize("name", COMMANDS)
def test_pictures_of_what_ships_are_up_to_date(name):
    assert words((PICTURES / name).read_bytes()) == words(drawn(COMMANDS[name], ROOT)), "run `just pictures`"


@pytest.mark.parametrize("name", OF_BREST)
def test_pictures_of_brest_are_up_to_date(name, published_data):
    assert words((PICTURES / name).read_bytes()) == words(drawn(OF_BREST[name], published_data)), "run `just pictures`"


def test_every_picture_is_shown_and_described():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {
        name
        for page in pages
        for name in re.findall(r"!\[[^\]]+\]\((?:docs/)?pictures/([^)]+)\)", page.read_text("utf-8"))
    }
    assert shown == {*COMMANDS, *OF_BREST} == {path.name for path in PICTURES.iterdir()}


def test_pictures_need_nothing_from_elsewhere():
    for path in PICTURES.iterdir():
        svg = path.read_text(encoding="utf-8")
        assert "<script" not in svg
        assert not re.search(r"(?:href|src|url\()\s*=?\s*[\"']?https?:", svg)
