"""Results as ranked bars: lengths, labels, colours, and what happens to many, to few, and to what is missing."""

import re

import pytest

from primaire.analysis.info import info
from primaire.analysis.results import results
from primaire.charts import draw
from primaire.charts.inks import ACCENT, OTHERS
from primaire.charts.style import Style
from primaire.errors import NotHeldError
from primaire.render.language import Language
from primaire.sources import load
from tests.drawn import assert_readable, marks, rules, texts

LONG = "Liste d’union de la gauche écologiste citoyenne et solidaire pour une ville à vivre"


@pytest.fixture
def table(tmp_path):
    def read(rows, header="candidate,votes", **options):
        path = tmp_path / "town.csv"
        lines = ['"' + row.replace('"', '""').replace(",", '","') + '"' for row in (header, *rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return results(load(path), **options)

    return read


def lengths(picture):
    """How long each bar is, by what it says."""
    found = {}
    for said, mark in marks(picture).items():
        across = re.fullmatch(r"M[-\d.]+,[-\d.]+h(-?[\d.]+)v[-\d.]+h[-\d.]+Z", mark.get("d", ""))
        assert across is not None, mark.get("d")
        found[said] = float(across[1])
    return found


def test_bars_are_as_long_as_shares_are_large(table):
    # 60, 30 and 10 of 100 valid votes.
    found = lengths(draw(table(["One,60", "Two,30", "Three,10"])))
    assert list(found) == ["One: 60.0% (60)", "Two: 30.0% (30)", "Three: 10.0% (10)"]
    one, two, three = found.values()
    assert two == pytest.approx(one / 2, abs=0.1)
    assert three == pytest.approx(one / 6, abs=0.1)


def test_panels_share_one_scale():
    found = lengths(draw(results(load("conflans"))))
    # psconflans.fr: Hamon 57.95 % in round 2; Valls 35.68 % in round 1.
    assert found["Manuel Valls: 35.7%† (411†)"] / found["Benoît Hamon: 57.9% (842)"] == pytest.approx(
        (411 / 1152) / (842 / 1453), rel=1e-3
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [280, 320, 600, 1200])
@pytest.mark.parametrize("code", ["en", "fr"])
def test_what_the_section_would_print_can_be_read(code, width, theme):
    assert_readable(draw(results(load("conflans")), Style(Language(code), theme, width=width)))


@pytest.mark.parametrize("width", [320, 600])
@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["One,60"], id="one"),
        pytest.param([f"Candidate number {n},{n * n}" for n in range(1, 41)], id="forty"),
        pytest.param([f"{LONG} {n},{n}" for n in range(1, 5)], id="long names"),
        pytest.param(["X" * 80 + ",5", "Y,3"], id="one long word"),
        pytest.param(["One,0", "Two,0"], id="no votes"),
        pytest.param(["<script>alert(1)</script>,5", "</style>]]>,3", '"onload="x,2'], id="markup"),
    ],
)
def test_few_and_many_and_long_names_can_be_read(table, rows, width):
    assert_readable(draw(table(rows), Style(width=width)))


def test_no_name_is_cut(table):
    said = "".join(box.text for box in texts(draw(table([f"{LONG},60", "Two,30"])))).replace(" ", "")
    assert LONG.replace(" ", "") in said


def test_a_share_of_no_votes_is_not_called_unpublished(table):
    # 0 of 0 valid votes: both counts are published, and no share follows from them.
    said = [box.text for box in texts(draw(table(["One,0", "Two,0"])))]
    assert said.count("not computable") == 2
    assert "not published" not in said


def test_no_line_runs_through_names_above_their_bars(table):
    picture = draw(table(["One,60", "Two,30"]), Style(width=280))
    names = [box for box in texts(picture) if box.text in {"One", "Two"}]
    upright = [(top, bottom) for left, top, right, bottom in rules(picture) if left == right]
    assert len(names) == len(upright) == 2
    assert not any(top < box.bottom and box.top < bottom for top, bottom in upright for box in names)


def test_what_is_not_known_has_no_bar_and_says_so(table):
    picture = draw(table(["One,60", "Two,"], "candidate,votes"))
    assert [box.text for box in texts(picture)].count("not published") >= 1
    assert all(not said.startswith("Two") for said in lengths(picture))


def test_the_text_alternative_has_every_figure():
    picture = draw(results(load("conflans").select(round=2)), Style(Language("fr")))
    assert "Benoît Hamon\xa0: 57,9\xa0% (842)" in picture.description.replace("\u202f", "\xa0")
    assert picture.title.startswith("Benoît Hamon arrive en tête")


def test_the_base_the_source_and_the_day_are_said():
    said = " ".join(box.text for box in texts(draw(results(load("conflans").select(round=2), base="voters"))))
    assert "% of voters" in said
    assert "Source: http://psconflans.fr" in said
    assert "29 January 2017" in said


def test_folders_of_who_draws_are_nobodys_business(table, tmp_path):
    said = " ".join(box.text for box in texts(draw(table(["One,60"]))))
    assert "Figures: town.csv" in said
    assert tmp_path.name not in said


def test_parties_have_their_colours_and_others_are_grey(table):
    rows = ["One,60,SOC", "Two,30,LR", "Three,10,"]
    drawn = marks(draw(table(rows, "candidate,votes,label")))
    fills = {said.split(":")[0]: mark.get("fill") for said, mark in drawn.items()}
    assert fills["Three"] == OTHERS.light
    assert len(set(fills.values())) == 3


def test_without_parties_all_bars_have_one_colour(table):
    assert {mark.get("fill") for mark in marks(draw(table(["One,60", "Two,30"]))).values()} == {ACCENT.light}


def test_too_many_contests_are_refused_with_what_to_do(table):
    rows = [f"Town {n},One,{n}" for n in range(1, 10)]
    with pytest.raises(NotHeldError, match="There are 9 tables here, too many for one picture") as error:
        draw(table(rows, "contest,candidate,votes"))
    assert "--contest" in str(error.value)


def test_a_table_without_a_picture_is_refused():
    with pytest.raises(NotHeldError, match="no such picture"):
        draw(info(load("conflans")))
