"""Who is drawn in which colour."""

import pytest

from primaire.charts.colours import Colours, bench, read_colours
from primaire.charts.inks import OTHERS, PALETTE, Ink
from primaire.errors import SourceError


@pytest.fixture
def file(tmp_path):
    def written(text):
        path = tmp_path / "colours.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_party_is_known_by_its_code_or_its_name_in_any_spelling():
    known = Colours().known
    assert known("Anybody", "SOC") == known("Parti socialiste") == known("PARTI SOCIALISTE") is not None
    assert known("Anybody") is None


@pytest.mark.parametrize("name", ["Ensemble", "Renaissance", "Horizons", "Divers", "RE", "UD", "Reconquête"])
def test_a_list_called_like_a_code_or_a_word_of_a_party_is_not_of_it(name):
    assert Colours().known(name) is None
    assert bench(name) is None


def test_the_lists_of_the_majority_of_2008_are_of_the_right():
    assert Colours().known("X", "LMAJ") == Colours().known("X", "UMP")


@pytest.mark.parametrize("label", ["DIV", "LDIV", "REG", "AUT", "NC"])
def test_who_is_of_no_side_has_no_bench(label):
    assert Colours().known("X", label) is not None
    assert bench("X", label) is None


def test_a_label_says_more_than_a_name():
    assert Colours().known("Benoît Hamon", "LR") == Colours().known("Les Républicains")


def test_colours_of_ones_own_come_first(file):
    colours = read_colours(file("name,color,dark\nBenoit HAMON,#123456,#abcdef\nLR,#fff\n"))
    assert colours.known("Benoît Hamon", "SOC") == Ink("#123456", "#abcdef")
    assert colours.known("François Fillon", "LR") == Ink("#ffffff", "#ffffff")


def test_others_get_the_palette_in_order_and_then_grey():
    names = [f"Person {n}" for n in range(len(PALETTE) + 2)]
    given = Colours().of([(name, None) for name in names])
    assert list(given.values()) == [*PALETTE, OTHERS, OTHERS]


def test_a_colour_of_the_palette_that_somebody_has_is_left_to_them():
    given = Colours({"ann": PALETTE[0]}).of([("Bea", None), ("Ann", None)])
    assert given == {"Bea": PALETTE[1], "Ann": PALETTE[0]}


def test_pictures_with_labels_show_parties_or_nothing():
    people = [("A", "SOC"), ("B", "LR"), ("C", None)]
    assert Colours().well_known(people)["C"] == OTHERS
    assert Colours().well_known([("A", "SOC"), ("C", None)]) == {}


@pytest.mark.parametrize(
    ("text", "seen", "lines"),
    [
        ("Hamon,#c2255c\n", "name and color", []),
        ("name,color\nHamon,pink\nValls,#0000\n,#fff\n", "Hamon,#c2255c", [2, 3, 4]),
        ("name,color\n", "Hamon,#c2255c", []),
    ],
)
def test_a_file_that_says_no_colours_is_refused_with_every_line(file, text, seen, lines):
    with pytest.raises(SourceError) as error:
        read_colours(file(text))
    assert seen in str(error.value)
    assert [problem.line for problem in error.value.problems] == lines


def test_one_colour_of_the_users_own_picks_one_name_out():
    own = Ink("#c2255c", "#f783ac")
    people = [("Benoît Hamon", None), ("B", None), ("C", None)]
    assert Colours({"benoit hamon": own}).well_known(people) == {"Benoît Hamon": own, "B": OTHERS, "C": OTHERS}
    assert Colours({"somebody else": own}).well_known(people) == {}
