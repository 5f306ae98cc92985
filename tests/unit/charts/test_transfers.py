"""Transfers as a flow diagram: widths, intervals, what is too thin to be told, and what happens to many and to few."""

import random
import re
from dataclasses import replace

import pytest

from primaire.charts import draw
from primaire.charts.colours import _parties
from primaire.charts.flow import CLEAR, FAINT
from primaire.charts.inks import OTHERS, PALETTE, PAPER, TEXT
from primaire.charts.style import Style
from primaire.charts.transfers import MOST
from primaire.errors import NotHeldError
from primaire.messages import msg
from primaire.render.language import Language
from tests.drawn import assert_readable, marks, texts
from tests.transferred import people, transferred
from tests.unit.charts.test_inks import contrast

LONG = "Liste d’union de la gauche écologiste citoyenne et solidaire pour une ville à vivre"
ROLL = [("blank", "", None), ("null", "", None), ("abstention", "", None)]


def outline(mark):
    """Of a band: where its left end begins and ends, and where its right end does, in pixels from above."""
    found = re.fullmatch(
        r"M[\d.]+,([\d.]+)(?:H|L)[\d.,]+C[\d.,]+,[\d.]+,([\d.]+)(?:V|L[\d.]+,)([\d.]+)C[\d.,]+,([\d.]+)(?:H|L)[\d.,]+Z",
        mark.get("d", ""),
    )
    assert found is not None, mark.get("d")
    top, end, far, low = map(float, found.groups())
    return (top, low), (end, far)


def heights(picture):
    """Of each bar, by what it says: its upper edge and its height."""
    found = {}
    for said, mark in marks(picture).items():
        bar = re.fullmatch(r"M[\d.]+,([\d.]+)h[\d.]+v([\d.]+)h-[\d.]+Z", mark.get("d", ""))
        if bar is not None:
            found[said] = (float(bar[1]), float(bar[2]))
    return found


def bands(picture):
    return {said: outline(mark) for said, mark in marks(picture).items() if "→" in said}


def words(picture):
    return " ".join(box.text for box in texts(picture))


def test_bars_and_bands_are_as_high_as_they_have_electors():
    # Of 200, 80 and 120 before, 80 and 120 after; 60 of the first stay. 200 electors are 0.7 * 600 = 420 pixels: 2.1 each.
    picture = draw(transferred([[60, 20], [20, 100]], people("One", "Two"), people("One", "Two")))
    found = heights(picture)
    # Both sides have options of the same names and sizes, which say the same of themselves; the gap is between them.
    assert {said: height for said, (_, height) in found.items()} == pytest.approx({"One: 80": 168, "Two: 120": 252})
    thick = {said: end - top for said, ((top, end), _) in bands(picture).items()}
    assert thick == pytest.approx(
        {
            "One → One: 75 (65–85) of 100, 60 electors": 126,
            "One → Two: 25 (15–35) of 100, 20 electors": 42,
            "Two → One: 17 (7–27) of 100, 20 electors": 42,
            "Two → Two: 83 (73–93) of 100, 100 electors": 210,
        },
        abs=0.03,
    )


@pytest.mark.parametrize("seed", range(5))
def test_bands_fill_the_bars_on_both_sides(seed):
    draw_one = random.Random(seed)  # noqa: S311  an election, not a secret
    lines, columns = draw_one.randint(1, 9), draw_one.randint(1, 9)
    cells = [[draw_one.choice((0, draw_one.randrange(1000))) for _ in range(columns)] for _ in range(lines)]
    cells[0][0] += 1
    before, after = [f"Before {n}" for n in range(lines)], [f"After {n}" for n in range(columns)]
    picture = draw(transferred(cells, people(*before), people(*after)))
    ends: dict[str, list[tuple[float, float]]] = {name: [] for name in (*before, *after)}
    for said, sides in bands(picture).items():
        for name, span in zip(said.split(":")[0].split(" → "), sides, strict=True):
            ends[name].append(span)
    for said, (top, height) in heights(picture).items():
        spans = sorted(ends[said.split(":")[0]])
        assert spans[0][0] == pytest.approx(top, abs=0.05)
        assert spans[-1][1] == pytest.approx(top + height, abs=0.05)
        # One band begins where the one before ends.
        assert [start for start, _ in spans[1:]] == pytest.approx([end for _, end in spans[:-1]], abs=0.05)


def test_every_cell_with_electors_is_drawn_and_no_other():
    cells = [[60, 0, 1], [0, 0, 9000]]
    found = bands(draw(transferred(cells, people("One", "Two"), people("A", "B", "C"))))
    assert [said.split(":")[0] for said in found] == ["Two → C", "One → A", "One → C"]  # the largest lie lowest
    assert "B" not in words(draw(transferred(cells, people("One", "Two"), people("A", "B", "C")))).split()


def test_a_band_that_may_be_nothing_is_faint():
    # 5 of 100 and 10 points to either side: from 0. 95: from 85.
    picture = draw(transferred([[95, 5]], people("One"), people("One", "Two")))
    shown = {said.split(":")[0]: mark.get("fill-opacity") for said, mark in marks(picture).items() if "→" in said}
    assert shown == {"One → One": str(CLEAR), "One → Two": str(FAINT)}
    assert "Faint: may be next to nothing." in words(picture)
    assert "Faint" not in words(draw(transferred([[50, 50]], people("One"), people("One", "Two"))))


def test_figures_stand_on_bands_or_below_and_tiny_ones_are_counted():
    # Of 10,000 electors: 7,000 and 2,970 take up much room, 28 (0.28 %) and 2 have no figure.
    picture = draw(transferred([[7000, 28], [2, 2970]], people("One", "Two"), people("One", "Two")))
    assert [box.text for box in texts(picture)].count("100 (90–100)") == 2
    assert "2 bands of less than 0.5% of the electors are drawn without their figures." in words(picture)
    # 200 of 10,000 are 8.4 of 420 pixels: too thin for letters of 11, and more than 0.5 %.
    picture = draw(transferred([[6800, 200], [0, 3000]], people("One", "Two"), people("One", "Two")))
    assert "Bands too thin for their figures, of 100 electors of each option: One: Two 3 (0–13)." in words(picture)


def test_on_a_telephone_figures_stand_below():
    table = transferred([[60, 20], [20, 100]], people("One", "Two"), people("One", "Two"))
    said = words(draw(table, Style(width=320)))
    assert "One: One 75 (65–85), Two 25 (15–35)." in said
    assert "Two: Two 83 (73–93), One 17 (7–27)." in said


def test_without_intervals_the_picture_says_so():
    said = words(draw(transferred([[60, 20], [20, 100]], people("One", "Two"), people("One", "Two"), spread=None)))
    assert "There are no intervals: nothing here says how sure these figures are." in said
    assert "(" not in said


def test_the_foot_tells_what_the_figures_are():
    said = words(draw(transferred([[60, 20], [20, 100]], people("One", "Two"), people("One", "Two"))))
    assert "Estimated from the totals of 12 units, not counted" in said
    assert "Intervals drawn with seed 7." in said
    assert "Figures: town.csv" in said


def test_the_same_person_has_one_colour_on_both_sides_and_who_did_not_choose_is_grey():
    before, after = [*people("One", "Two"), ROLL[2]], [*people("Two"), ROLL[2]]
    picture = draw(transferred([[10, 90], [200, 1], [0, 50]], before, after))
    fills = {said: mark.get("fill") for said, mark in marks(picture).items() if "→" not in said}
    # The largest of either side chooses first.
    assert fills["Two: 201"] == fills["Two: 210"] == PALETTE[0].light
    assert fills["One: 100"] == PALETTE[1].light
    assert {colour for said, colour in fills.items() if said.startswith("abstention")} == {OTHERS.light}
    new = draw(transferred([[50, 60], [10, 20], [9, 9]], people("A", "B", "C"), people("A", "D")))
    fills = {said.split(":")[0]: mark.get("fill") for said, mark in marks(new).items() if "→" not in said}
    # Before A 110, B 30, C 18; after D 89, A 69: in turn A, D, B, (A), C.
    assert [fills[name] for name in "ADBC"] == [ink.light for ink in PALETTE[:4]]


def test_labels_lend_their_colours():
    before = [("candidate", "One", "SOC"), ("candidate", "Two", "LR")]
    fills = [mark.get("fill") for mark in marks(draw(transferred([[10, 1], [2, 9]], before, before))).values()]
    assert set(fills) == {"#c2255c", "#1f5fa8"}  # as parties.csv has them


def test_a_candidate_called_blank_is_not_who_voted_blank():
    before = [("candidate", "blank", None), ("blank", "", None)]
    found = heights(draw(transferred([[70, 10], [5, 15]], before, before)))
    assert set(found) == {"blank: 80", "blank: 20", "blank: 75", "blank: 25"}


def test_two_of_one_name_are_two():
    before = people("Jean Martin", "Jean Martin")
    found = heights(draw(transferred([[70, 10], [5, 15]], before, people("A", "B"))))
    assert set(found) == {"Jean Martin: 80", "Jean Martin: 20", "A: 75", "B: 25"}


def test_a_part_of_the_cells_is_drawn_on_the_scale_of_all():
    whole = transferred([[60, 20], [20, 100]], people("One", "Two"), people("One", "Two"))
    frame = whole.frame.iloc[:2]
    (section,) = whole.sections
    part = draw(replace(whole, frame=frame, sections=(replace(section, stop=2),)))
    # 200 voted for One or Two after, 80 of whom for One before: 420 pixels for 200.
    assert sorted(end - top for (top, end), _ in bands(part).values()) == pytest.approx([42, 126], abs=0.03)
    assert_readable(part)


def test_votes_of_two_elections_are_named_above_their_columns():
    table = transferred([[60, 20]], people("One"), people("A", "B"), elections=("Mairie 2026", "Mairie 2032"))
    shown = [box.text for box in texts(draw(table))]
    assert {"Mairie 2026, round 1", "Mairie 2032, round 2"} <= set(shown)
    assert {"Round 1", "Round 2"} <= {
        box.text for box in texts(draw(transferred([[6, 2]], people("One"), people("A", "B"))))
    }


def test_the_text_alternative_has_the_figures():
    table = transferred([[60, 20], [20, 100]], people("One", "Two"), [*people("One"), ROLL[2]], lead=msg("See."))
    picture = draw(table, Style(Language("fr")))
    assert picture.title == "See"
    assert "Two\xa0: abstention 83 (73–93), One 17 (7–27)." in picture.description


MANY = [[random.Random(n * 100 + m).randrange(200) for m in range(12)] for n in range(40)]  # noqa: S311  an election, not a secret


@pytest.mark.parametrize(("width", "theme"), [(280, "light"), (320, "auto"), (600, "light"), (1200, "auto")])
@pytest.mark.parametrize(
    ("cells", "before", "after"),
    [
        pytest.param([[100]], people("One"), people("One"), id="one"),
        pytest.param(MANY, people(*(f"Candidate number {n}" for n in range(40))), people(*"ABCDEFGHIJKL"), id="forty"),
        pytest.param([[50, 3], [2, 9]], people(f"{LONG} 1", f"{LONG} 2"), people(f"{LONG} 3", "B"), id="long names"),
        pytest.param([[50, 3]], people("X" * 80), people("Y" * 80, "B"), id="one long word"),
        pytest.param(
            [[50, 3], [0, 0]], people("<script>alert(1)</script>", "</style>]]>"), people('"', "&"), id="markup"
        ),
        pytest.param([[40_000_000, 1], [1, 1]], people("One", "Two"), people("One", "Two"), id="specks"),
        pytest.param([[0, 0]], people("One"), people("A", "B"), id="nobody"),
    ],
)
def test_few_and_many_and_long_names_can_be_read(cells, before, after, width, theme):
    assert_readable(draw(transferred(cells, before, after), Style(theme=theme, width=width)))


def test_no_name_is_cut():
    for width in (320, 600):
        picture = draw(transferred([[50, 3]], people(LONG), people("A", "B")), Style(width=width))
        assert LONG.replace(" ", "") in words(picture).replace(" ", "")


@pytest.mark.parametrize("width", [280, 320])
def test_on_a_telephone_a_name_in_capitals_stays_in_one_piece(width):
    table = transferred([[60, 20], [20, 100]], people("Jean-Charles LARSONNEUR", "B"), people("A", "B"))
    assert {"Jean-Charles", "LARSONNEUR"} <= {box.text for box in texts(draw(table, Style(width=width)))}


def test_letters_on_bands_can_be_read():
    # 4.5 to 1 (WCAG 2.2, 1.4.3).
    for ink in (*PALETTE, *(party.ink for table in _parties() for party in table.values()), OTHERS):
        under = ink.towards(PAPER, 1 - CLEAR)
        assert contrast(TEXT.light, under.light) >= 4.5, ink
        assert contrast(TEXT.dark, under.dark) >= 4.5, ink


def test_places_are_panels_and_too_many_are_refused():
    table = transferred([[60, 20]], people("One"), people("A", "B"), copies=2)
    assert len(bands(draw(table))) == 2
    assert [box.text for box in texts(draw(table))].count("Round 1") == 2
    with pytest.raises(NotHeldError, match="too many for one picture"):
        draw(transferred([[60, 20]], people("One"), people("A", "B"), copies=MOST + 1))


@pytest.mark.parametrize(
    ("name", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE"), ("json", b"{")]
)
def test_every_format_is_written(name, start):
    assert draw(transferred([[60, 20]], people("One"), people("A", "B"))).write(name).startswith(start)
