"""Where votes went, on the page: estimated where the data can tell it and are few enough, or it is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from primaire.errors import NotHeldError
from tests.made_votes import known_transfers
from tests.paged import page, table_rows

if TYPE_CHECKING:
    from primaire.messages import Message

TITLE = "Where the votes went"
KNOWN = known_transfers()
HEAD, *LINES = KNOWN.splitlines()
FIRST = [line for line in LINES if line.startswith("Mairie,1,")]
SECOND = [line for line in LINES if line.startswith("Mairie,2,")]


@pytest.fixture
def written(tmp_path):
    def write(*lines: str):
        file = tmp_path / "town.csv"
        file.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
        return file

    return write


def renamed(lines: list[str], **changed: str) -> list[str]:
    """Lines with other values in some columns."""
    names = HEAD.split(",")
    return [
        ",".join(changed.get(name, value) for name, value in zip(names, line.split(","), strict=True)) for line in lines
    ]


def test_who_went_where_is_said_with_its_intervals_and_that_it_is_no_count(written):
    found = page(written(*LINES))
    headings = found.of("h2")
    assert headings.index(TITLE) == headings.index("From round to round") + 1
    assert "An estimate from the totals of 15 units, not a count: nobody’s two votes are known." in found.of("p")
    for assumed in ("Estimated, not counted: ", "Errors in one table go together", "are put together as others"):
        assert chapter_of(found.source).count(assumed) == 1
    # Counted by hand: each station's voters all came from one option.
    assert "Of 100 voters of Cyd, as estimated: Ada 60 (60 to 60), abstention 30 (30 to 30), Bea 10 (10 to 10)." in (
        found.text
    )
    rows = [[cell.replace("\xa0", " ") for cell in row if cell] for row in table_rows(found)]
    for row in (
        # Ada, Bea, blank and null, abstention.
        ["Ada", "300", "85 (85)", "5 (5)", "0 (0)", "10 (10)"],
        ["Bea", "300", "0 (0)", "100 (100)", "0 (0)", "0 (0)"],
        ["Cyd", "600", "60 (60)", "10 (10)", "0 (0)", "30 (30)"],
        ["abstention", "300", "20 (20)", "0 (0)", "0 (0)", "80 (80)"],
        # In electors: 6 x 60 and so on; 3 x 85 + 6 x 60 + 3 x 20 = 675.
        ["Cyd", "600", "360", "60", "0", "180"],
        ["all", "675", "375", "0", "450"],
        ["Ada", "300", "85", "5", "0", "10"],  # the bounds, which are exact here
    ):
        assert row in rows


def test_it_can_be_sorted_but_where_the_last_line_is_the_total(written):
    chapter = chapter_of(page(written(*LINES)).source)
    assert [" data-sort" in table for table in re.findall(r"<table[^>]*>", chapter)] == [True, False, True]
    assert '<td class="n" data-value="85">85\xa0(85)</td>' in chapter


def test_the_picture_says_what_it_is(written):
    chapter = chapter_of(page(written(*LINES), pictures=True).source)
    assert chapter.count('role="img"') == 2
    said = (
        "Estimated from the totals of 15 units, not counted: nobody's two votes are known. Intervals drawn with seed 1."
    )
    letters = "".join(re.findall(r"<text[^>]*>([^<]*)<", chapter)).replace(" ", "")
    assert letters.count(said.replace(" ", "")) == 2
    assert len(re.findall("<title id=[^>]*>Of 100 voters of Cyd, as estimated: Ada 60 ", chapter)) == 2
    assert len(re.findall("<desc[^>]*>[^<]*Cyd: Ada 60 [(]60[)], abstention 30 [(]30[)], Bea 10", chapter)) == 2


def test_the_small_are_put_together_and_named(written):
    # Dan and Eve have one vote each of 1,500 registered: less than 2 %.
    few = renamed(FIRST[:1], candidate="Dan", votes="1") + renamed(FIRST[:1], candidate="Eve", votes="1")
    found = page(written(*renamed(FIRST[:1], votes="98"), *FIRST[1:], *few, *SECOND))
    assert "Put together as others: Dan, Eve." in found.of("p")
    assert any("less than 2% of the registered voters" in text for text in found.of("li"))


def test_of_three_rounds_it_is_the_last_two(written):
    found = page(written(*LINES, *renamed(SECOND, round="3", votes="50", voters="100", valid="100")))
    assert found.of("h2").count(TITLE) == 1
    # From round 2 to 3: the 675 of Ada (3 x 85 + 6 x 60 + 3 x 20).
    assert any(row[:2] == ["Ada", "675"] for row in table_rows(found))
    assert "in round 2, how many went where in round 3" in chapter_of(found.source)


CANNOT = {
    "one round": FIRST,
    "one unit": [line for line in LINES if ",S1," in line],
    "no registered voters": renamed(LINES, registered=""),
    "the same votes": [*FIRST, *renamed(FIRST, round="2")],
    "rolls too different": [*FIRST, *renamed(SECOND, registered="180")],
    "a round that names nobody": [*FIRST, *renamed(SECOND[::2], candidate="", votes="")],
}


@pytest.mark.parametrize("why", CANNOT)
def test_what_cannot_be_estimated_is_left_out_and_refused_where_it_is_asked_for(written, why):
    said: list[Message] = []
    file = written(*CANNOT[why])
    assert TITLE not in page(file, left_out=said.append).of("h2")
    assert said == []
    with pytest.raises(NotHeldError) as refused:
        page(file, transfers=True)
    assert "--before" not in str(refused.value)  # a page has no such option


def test_it_is_not_there_where_it_is_not_wanted(written):
    assert TITLE not in page(written(*LINES), transfers=False).of("h2")


def test_too_many_units_are_left_out_and_it_is_said_once(written, monkeypatch):
    file = written(*LINES, *renamed(LINES, contest="Bourg"))  # 15 units in each of two votes
    said: list[Message] = []
    monkeypatch.setattr("primaire.reporting.transfers.MOST", 29)
    assert TITLE not in page(file, left_out=said.append).of("h3")
    assert [str(one) for one in said] == [
        "Where votes went from round to round is left out: estimating it for 30 units takes a while. --transfers does it."
    ]
    assert page(file, left_out=said.append, transfers=True).of("h3").count(TITLE) == 2
    monkeypatch.setattr("primaire.reporting.transfers.MOST", 30)
    assert page(file, left_out=said.append).of("h3").count(TITLE) == 2
    assert len(said) == 1


def test_one_vote_of_several_may_have_it(written):
    found = page(written(*LINES, *renamed(FIRST, contest="Bourg")), transfers=True)
    assert found.of("h3").count(TITLE) == 1


def test_progress_is_told_of_all_votes_together(written):
    parts: list[float] = []
    page(written(*LINES, *renamed(LINES, contest="Bourg")), progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1
    assert 0 < min(parts) < 0.5  # half of the work is that of the first


def test_many_contests_have_none(written):
    lines = [line for at in range(7) for line in renamed(LINES, contest=f"Ville {at}")]
    file = written(*lines)
    assert TITLE not in page(file).text
    with pytest.raises(NotHeldError, match="A page of 7 contests"):
        page(file, transfers=True)


def test_the_same_figures_give_the_same_bytes(written):
    file = written(*LINES)
    assert page(file).source == page(file).source


def test_readers_are_told_no_options(written):
    assert not re.findall("--[a-z]+", page(written(*LINES)).text)


def chapter_of(source: str) -> str:
    """The chapter's HTML."""
    return source.split('id="vote-1-transfers"')[1].split("<h2", maxsplit=1)[0]
