"""What holds of all pictures that set two votes side by side: nothing overlaps or is lost, whatever the votes are."""

import pytest

from primaire.analysis.compare import compare
from primaire.analysis.results import results
from primaire.analysis.swing import swing
from primaire.charts import draw
from primaire.charts.panels import LONGEST_TITLE
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from tests.drawn import absent, assert_readable, tree
from tests.made_votes import NASTY, places, rounds, votes

MANY = {f"Candidate number {place} of the list": place * place for place in range(40)}
AWKWARD = {
    "forty": (MANY, {name: 1600 - count for name, count in MANY.items()}),
    "one": ({"Alone": 7}, {"Alone": 9}),
    "nasty": (dict.fromkeys(NASTY, 10), dict(zip(NASTY[1:], (1, 2, 3, 4), strict=True))),
    "new": ({"Old": 7}, {"New": 9}),
}
TABLES = {
    "slopes": lambda *two: results(rounds(*two)),
    "swing": lambda *two: swing(rounds(*two)),
    "compare": lambda *two: compare(*places(*two)),
}


@pytest.fixture(params=TABLES)
def kind(request):
    return request.param


@pytest.mark.parametrize(("width", "theme"), [(280, "light"), (320, "dark"), (600, "light"), (1200, "dark")])
@pytest.mark.parametrize("case", AWKWARD)
def test_everything_can_be_read(kind, case, width, theme, tmp_path):
    picture = draw(TABLES[kind](tmp_path, *AWKWARD[case]), Style(Language("fr"), theme, width=width), kind)
    assert_readable(picture)
    assert absent([name for votes in AWKWARD[case] for name in votes], picture) == []


TURNED = "\u202egnp.exe"
"""A name with a sign that turns the rest of the line around."""


def assert_only_data(picture):
    for written in (picture.svg(), picture.write("html").decode()):
        assert "\u202e" not in written
        assert "<script" not in written
        assert written.count("</style>") <= 1
    assert not [element for element in tree(picture).iter() if element.tag.endswith("script")]


def test_names_are_data(kind, tmp_path):
    people = dict.fromkeys([*NASTY, TURNED], 1)
    assert_only_data(draw(TABLES[kind](tmp_path, people, people), kind=kind))


@pytest.mark.parametrize("width", [280, 1200])
@pytest.mark.parametrize("name", [*NASTY, TURNED])
def test_names_of_places_are_data(name, width, tmp_path):
    """In the title, above the columns or the marks, and in what is said of each row."""
    sides = places(tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55}, names=(name, f"{name} 2"))
    picture = draw(compare(*sides), Style(width=width))
    assert_only_data(picture)
    assert_readable(picture)
    shown = name.replace("\u202e", r"\u202e")  # written out, it turns nothing
    found = f"One has 15.0 points more in {shown} than in {shown} 2"
    assert picture.title == (found if len(found) <= LONGEST_TITLE else "Mairie, round 1")
    assert absent([found], picture) == []
    assert f"{shown} against {shown} 2, in % of valid votes" in picture.description
    assert absent([f"{shown} against {shown} 2"], picture) == []


def test_it_is_drawn_in_every_format(kind, tmp_path):
    table = TABLES[kind](tmp_path, {"One": 60, "Two": 40}, {"One": 45, "Two": 55})
    picture = draw(table, Style(theme="auto"), kind)
    assert picture.write("png").startswith(b"\x89PNG")
    assert picture.write("pdf").startswith(b"%PDF")


def test_too_many_contests(kind, tmp_path):
    rows = [
        {"round": number, "contest": f"Ville {place}", "unit": f"Ville {place}", "candidate": "One", "votes": 5}
        for number in (1, 2)
        for place in range(9)
    ]
    whole = votes(tmp_path, rows)
    first = whole.select(round=1)
    table = {"slopes": lambda: results(whole), "swing": lambda: swing(whole), "compare": lambda: compare(first, first)}
    with pytest.raises(NotHeldError, match="9 tables"):
        draw(table[kind](), kind=kind)
