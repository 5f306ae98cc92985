"""Pictures as pages in a real browser: names are text, nothing is asked for, and colours follow the reader."""

from __future__ import annotations

from importlib.resources import files

import pytest

import primaire
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.sources import NASTY, nasty_source


@pytest.fixture(scope="module")
def picture_page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "nasty.csv").write_text(nasty_source(), encoding="utf-8")
    picture = primaire.draw(
        primaire.results(primaire.load(folder / "nasty.csv").select(round=1)), primaire.Style(theme="auto")
    )
    file = folder / "nasty.html"
    file.write_bytes(picture.write("html"))
    return file


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_asks_for_nothing_and_keeps_nobody_out(browser, picture_page, dark, size):
    browser.open(picture_page, size, dark=dark)
    assert browser.requests() == [picture_page.as_uri()]
    assert browser.logs() == []
    assert browser.run("return document.scrollingElement.scrollWidth") <= size[0]
    browser.run((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = browser.run("return axe.run(document, {resultTypes: ['violations']})")
    assert [one["id"] for one in found["violations"]] == []


def test_names_are_text(browser, picture_page):
    browser.open(picture_page)
    said = browser.run("return document.querySelector('svg').textContent")
    assert any(name in said for name in NASTY)
    assert browser.run("return document.querySelectorAll('script, img, iframe').length") == 0


def test_colours_follow_the_reader(browser, picture_page):
    grounds = []
    for dark in (False, True):
        browser.open(picture_page, dark=dark)
        grounds.append(browser.run("return getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(20, 23, 26)"]


def test_letters_stay_within_the_picture_whatever_font_there_is(browser, picture_page):
    browser.open(picture_page)
    beyond = browser.run("""
        const svg = document.querySelector("svg").getBoundingClientRect();
        return Array.from(document.querySelectorAll("svg text"), text => text.getBoundingClientRect())
            .filter(box => box.left < svg.left - 1 || box.right > svg.right + 1).length;
    """)
    assert beyond == 0
