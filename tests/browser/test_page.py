"""The page in a real browser: what it shows, what it does, and what it must never do."""

from __future__ import annotations

import base64
from importlib.resources import files
from itertools import pairwise

import pytest

from tests.browser.conftest import DESKTOP, PHONE, SPOKEN
from tests.browser.sources import NASTY, PLACES, SHOWN

PAGES = list(SPOKEN)
OVERFLOW = "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
PLACES_TABLE = "document.querySelector('table[data-filter]')"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_for_and_nothing_goes_wrong(browser, page, name):
    file = page(name)
    browser.open(file)
    browser.run("return new Promise(done => setTimeout(done, 200))")
    assert browser.requests() == [file.as_uri()]
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
    assert browser.logs() == []


def test_the_policy_lets_nothing_else_run(browser, page):
    browser.open(page("conflans", "en"))
    browser.run("""
        document.body.insertAdjacentHTML("beforeend", '<img src="https://example.org/x.png"><p style="color:red">x</p>');
        const script = document.createElement("script");
        script.textContent = "document.title = 'stolen'";
        document.body.append(script);
        return new Promise(done => setTimeout(done, 200));
    """)
    assert browser.run("return document.title") != "stolen"
    said = " ".join(browser.logs())
    assert all(f"'{kind}" in said or kind in said for kind in ("img-src", "style-src", "script-src"))


# Each language, theme and width with each other once; then every page that has something of its own.
SEEN = [
    ("conflans", "en", False, DESKTOP),
    ("conflans", "fr", True, DESKTOP),
    ("conflans", "en", True, PHONE),
    ("conflans", "fr", False, PHONE),
    ("mapped", "fr", True, PHONE),
    ("nasty", "en", True, DESKTOP),
    ("contests", "fr", False, DESKTOP),
    ("contests", "fr", True, PHONE),
    ("deputies", "fr", False, PHONE),
    ("stations", "en", True, DESKTOP),
    ("stations", "fr", False, PHONE),
]


@pytest.mark.parametrize(("name", "language", "dark", "size"), SEEN)
def test_axe_finds_nothing(browser, page, name, language, dark, size):
    browser.open(page(name, language), size, dark=dark)
    browser.run((files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = browser.run("return axe.run(document, {resultTypes: ['violations']})")
    told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
    assert told == []


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_phone_scrolls_in_one_direction(browser, page, name, width):
    browser.open(page(name), (width, 640))
    assert browser.run(OVERFLOW) <= 0


def column(browser, number):
    """The texts of a column of the table of places, as they stand."""
    return browser.run(f"return Array.from({PLACES_TABLE}.tBodies[0].rows, row => row.cells[{number}].textContent)")


def click(browser, heading):
    """Click on the heading of a column, by its text, and return the column's number and how it is now sorted."""
    return browser.run(
        f"""
        const cells = Array.from({PLACES_TABLE}.tHead.rows[0].cells);
        const cell = cells.find(each => each.textContent === arguments[0]);
        cell.querySelector("button").click();
        return [cell.cellIndex, cell.getAttribute("aria-sort"), cells.filter(each => each.ariaSort).length];
        """,
        heading,
    )


def test_names_are_sorted_as_the_language_does(browser, page):
    browser.open(page("places", "fr"))
    number, order, sorted_by = click(browser, "commune")
    assert (order, sorted_by) == ("ascending", 1)
    # Written by hand: neither case nor accents matter, and 9 comes before 10.
    ordered = ["abbeville", "Étampes", "Eu", "Évry 9", "Évry 10", "Ham", "Œuilly", "Saint Dizier", "Saint-Denis"]
    shown = column(browser, number)
    assert [name for name in shown if not name.startswith(("Ville", "Saint"))] == [*ordered[:7], "Zuydcoote"]
    assert [name for name in shown if name.startswith("Ville")] == [f"Ville {at}" for at in range(1, 12)]
    assert click(browser, "commune")[1] == "descending"
    assert column(browser, number) == shown[::-1]


def test_numbers_are_sorted_by_value_and_what_is_missing_is_last(browser, page):
    browser.open(page("places", "en"))
    number, order, _ = click(browser, "registered")
    assert order == "descending"
    known = sorted((registered for _, registered, _ in PLACES if registered is not None), reverse=True)
    assert column(browser, number) == [*(f"{value:,}" for value in known), "–"]
    assert click(browser, "registered")[1] == "ascending"
    assert column(browser, number) == [*(f"{value:,}" for value in known[::-1]), "–"]
    number, *_ = click(browser, "Ada")
    assert column(browser, number) == [f"{share:.2f}%" for share in sorted((one for *_, one in PLACES), reverse=True)]


def shown(browser):
    return browser.run(
        f"return Array.from({PLACES_TABLE}.tBodies[0].rows).filter(row => row.checkVisibility()).map(row => row.cells[0].textContent)"
    )


def test_rows_are_filtered_whatever_case_and_accents(browser, page):
    browser.open(page("places", "fr"))
    field = browser.driver.find_element("css selector", "input[type=search]")
    label = browser.driver.find_element("css selector", f"label[for={field.get_attribute('id')}]")
    assert label.text
    field.send_keys("EVRY")
    assert sorted(shown(browser)) == ["Évry 10", "Évry 9"]
    status = browser.driver.find_element("css selector", "[role=status]")
    assert "2" in status.text
    assert str(len(PLACES)) in status.text
    for wanted, names in (("saint d", ["Saint-Denis", "Saint Dizier"]), ("oeu", ["Œuilly"]), ("xyzzy", [])):
        field.clear()
        field.send_keys(wanted)
        assert shown(browser) == names
    field.clear()
    field.send_keys(" ")
    assert len(shown(browser)) == len(PLACES)
    assert status.text == ""


def test_who_went_where_is_sorted_by_share_and_a_total_stays_below(browser, page):
    browser.open(page("stations", "en"))
    tables = "Array.from(document.getElementById('vote-1-transfers').closest('section').querySelectorAll('table'))"
    # Shares, electors with their sum, and bounds.
    assert browser.run(f"return {tables}.map(one => one.querySelector('button') !== null)") == [True, False, True]
    # The third column is of the first candidate, after the option and its electors.
    browser.run(f"{tables}[0].tHead.rows[0].cells[2].querySelector('button').click()")
    texts = browser.run(f"return Array.from({tables}[0].tBodies[0].rows, row => row.cells[2].textContent)")
    found = [int(text.split("\xa0")[0]) for text in texts]
    assert found == sorted(found, reverse=True)
    assert found != sorted(found)


def test_the_keyboard_does_it_all(browser, page):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser.open(page("places", "en"))

    def press(*keys):
        ActionChains(browser.driver).send_keys(*keys).perform()

    def focus():
        return browser.run("return document.activeElement.textContent || document.activeElement.type")

    press(Keys.TAB)
    assert focus() == "Skip to the results"
    press(Keys.ENTER)
    assert browser.run("return document.activeElement.id") == "main"
    reached: list[str] = []
    while "search" not in reached and len(reached) < 100:
        press(Keys.TAB)
        reached.append(focus())
    press("ham", Keys.TAB)
    while focus() != "registered":
        press(Keys.TAB)
    assert shown(browser) == ["Ham"]
    heading = "return document.activeElement.closest('th').getAttribute('aria-sort')"
    press(Keys.ENTER)
    assert browser.run(heading) == "descending"
    press(Keys.SPACE)
    assert browser.run(heading) == "ascending"


def test_what_is_wider_than_the_window_scrolls_with_the_keyboard(browser, page):
    browser.open(page("places", "en"), PHONE)
    regions = browser.run(
        "return Array.from(document.querySelectorAll('.scroll'), one => [one.scrollWidth > one.clientWidth, one.tabIndex])"
    )
    assert any(wide for wide, _ in regions)
    assert all((index == 0) == wide for wide, index in regions)


def test_without_scripts_everything_is_shown_and_nothing_pretends_to_sort(browser, page):
    browser.open(page("places", "en"), script=False)
    assert browser.driver.find_elements("css selector", "button, input") == []
    rows = browser.driver.find_elements("css selector", "table[data-filter] tbody tr")
    assert len(rows) == len(PLACES)
    regions = browser.driver.find_elements("css selector", ".scroll[tabindex='0']")
    assert len(regions) == len(browser.driver.find_elements("css selector", ".scroll"))


@pytest.mark.parametrize("name", PAGES)
def test_paper_has_everything_and_no_buttons(browser, page, name):
    browser.open(page(name))
    browser.media("print")
    hidden = "return Array.from(document.querySelectorAll(arguments[0])).filter(one => !one.checkVisibility({contentVisibilityAuto: true})).map(one => one.outerHTML.slice(0, 100))"
    assert browser.run(hidden, "main table, main p, main li, main dd, .broad") == []
    assert all(browser.run("return Array.from(document.querySelectorAll('main table'), one => one.offsetHeight > 0)"))
    assert len(browser.run(hidden, "nav, .sieve input")) == len(
        browser.driver.find_elements("css selector", "nav, .sieve input")
    )
    assert browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = base64.b64decode(browser.command("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF")


def test_nasty_names_are_text(browser, page):
    browser.open(page("nasty", "en"))
    text = browser.run("return document.body.innerText")
    for name in [*NASTY, "<h1>Vote</h1>", "</title><script>alert(2)</script>", "<a href=x>"]:
        assert SHOWN.get(name, name) in text
    assert browser.run("return document.scripts.length") == 1
    assert browser.run("return document.querySelectorAll('main img, main u, main b, main iframe').length") == 0
    assert browser.run("return document.title") == "<h1>Vote</h1>"
    assert (
        browser.run(
            "return Array.from(document.querySelectorAll('*')).some(one => one.getAttributeNames().some(name => name.startsWith('on') || name === 'style'))"
        )
        is False
    )
    ids = browser.run("return Array.from(document.querySelectorAll('[id]'), one => one.id)")
    assert len(ids) == len(set(ids))


def test_every_link_leads_somewhere(browser, page):
    browser.open(page("stations", "en"))
    assert (
        browser.run(
            "return Array.from(document.querySelectorAll('a')).filter(one => !document.getElementById(one.hash.slice(1)))"
        )
        == []
    )


def test_headings_are_in_order(browser, page):
    for name in PAGES:
        browser.open(page(name))
        levels = [
            int(tag[1])
            for tag in browser.run("return Array.from(document.querySelectorAll('h1,h2,h3,h4,h5'), one => one.tagName)")
        ]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
