"""Columns of characters: what folds, what never does, and what lines up."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from primaire.render.document import Grid
from primaire.render.layout import fit, fold, hung, lines, total


def test_text_folds_at_spaces_and_after_hyphens():
    assert fold("Saint-Denis la Plaine", 10) == ["Saint-", "Denis la", "Plaine"]
    assert fold("--format plain", 9) == ["--format", "plain"]  # but not inside an option


def test_a_number_is_not_broken_at_its_no_break_spaces():
    assert fold("1\u202f473 voters", 8) == ["1\u202f473", "voters"]


def test_a_word_longer_than_the_line_is_cut():
    assert fold("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]
    assert fold("ab cdefgh", 4, "  ") == ["ab", "  cd", "  ef", "  gh"]
    assert fold("abcdefgh", 4, "  ") == ["abcd", "  ef", "  gh"]


def test_words_keep_apart_where_the_spaces_between_do_not_fit():
    assert fold("a  b", 2) == ["a", "b"]
    assert fold("   x", 2) == ["x"]


def test_further_lines_are_indented():
    assert fold("Marie Hélène Lopez", 12, "  ") == ["Marie Hélène", "  Lopez"]


def test_wide_characters_count_as_two():
    assert fold("漢字漢字", 4) == ["漢字", "漢字"]


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Mn", "Me", "Cf"])),
    st.integers(4, 40),
    st.sampled_from(["", "  "]),
)
def test_folding_keeps_every_character_and_the_width(text, width, indent):
    folded = fold(text, width, indent)
    assert all(cell_len(line) <= width for line in folded) or cell_len(text) <= width
    assert "".join(folded).replace(" ", "") == text.replace(" ", "")


def test_fit_takes_from_the_widest_first_and_never_below_what_is_needed():
    # 30 + 20 + 6 and two gaps of 2 are 60. To 50, ten must go: the widest gives them all, 30 to 20.
    assert fit([30, 20, 6], [12, 8, 6], 50) == [20, 20, 6]
    assert fit([30, 20, 6], [28, 8, 6], 50) == [28, 12, 6]
    assert fit([30, 20, 6], [12, 8, 6], 30) == [12, 8, 6]  # exactly what is needed
    assert fit([30, 20, 6], [12, 8, 6], 29) is None
    assert fit([3, 3], [1, 1], 80) == [3, 3]


def test_marks_hang_so_that_digits_line_up():
    grid = Grid(("Name", "Votes"), (False, True), (("a", "404†"), ("b", "12")))
    assert hung(grid).headings == ("Name", "Votes\xa0")
    assert hung(grid).rows == (("a", "404†"), ("b", "12\xa0"))
    unmarked = Grid((), (False, True), (("a†", "404"),))
    assert hung(unmarked) == unmarked


def test_numbers_stand_right_names_left_and_headings_low():
    widths, numeric = [6, 5], (False, True)
    assert total(widths) == 13
    assert list(lines(("Name", "Share of"), widths, numeric, low=True)) == ["        Share", "Name       of"]
    assert list(lines(("Jean Paul", "7%"), widths, numeric)) == ["Jean       7%", "  Paul       "]
