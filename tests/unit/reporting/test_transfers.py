"""Where votes went, on the page: estimated where the data can tell it and are few enough, or it is asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from primaire.cli.app import build
from primaire.errors import NotHeldError
from primaire.messages import msg
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
    assert "Of 100 electors of Cyd, as estimated: Ada 60 (60 to 60), abstention 30 (30 to 30), Bea 10 (10 to 10)." in (
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
    assert len(re.findall("<title id=[^>]*>Of 100 electors of Cyd, as estimated: Ada 60 ", chapter)) == 2
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


ONE_ROUND = "There is one round only: nothing to set it against."
NOT_ALL_COUNTS = "No unit has all the counts that an estimate needs, in both votes. Not published: "


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param(FIRST, ONE_ROUND, id="one round"),
        pytest.param(
            [line for line in LINES if ",S1," in line],
            "There is a single unit (S1), and its totals alone say nothing of who went where.",
            id="one unit",
        ),
        pytest.param(
            renamed(LINES, registered=""),
            f"{NOT_ALL_COUNTS}before: registered voters, after: registered voters.",
            id="no registered voters",
        ),
        pytest.param(
            [*FIRST, *renamed(FIRST, round="2")],
            "The two votes are the same: each unit has the same counts in both.",
            id="the same votes",
        ),
        pytest.param(
            [*FIRST, *renamed(SECOND, registered="180")],
            # 15 x 100 become 15 x 180: 15 x 80 more, which are 1,200 of 2,700.
            "The rolls of the units differ too much for votes of the same people: 1,500 registered before, 2,700 after, and 1,200 more or fewer unit by unit (44.4%). Between two votes of the same places, rolls change by a few per cent.",
            id="rolls too different",
        ),
        pytest.param(
            [*FIRST, *renamed(SECOND[::2], candidate="", votes="")],
            f"{NOT_ALL_COUNTS}after: the votes of every candidate.",
            id="a round that names nobody",
        ),
    ],
)
def test_what_cannot_be_estimated_is_left_out_and_refused_where_it_is_asked_for(written, lines, reason):
    said: list[Message] = []
    file = written(*lines)
    assert TITLE not in page(file, left_out=said.append).of("h2")
    with pytest.raises(NotHeldError) as caught:
        page(file, transfers=True, left_out=said.append)
    assert said == []
    assert str(caught.value) == f"{reason} {caught.value.remedy}"
    named = set(re.findall("--[a-z-]+", str(caught.value)))
    assert "--transfers" in named
    assert named <= {name for option in build("en", ["report"]).commands["report"].params for name in option.opts}


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


def test_where_one_vote_of_several_has_it_the_others_are_told_if_it_is_asked_for(written):
    file = written(*LINES, *renamed(FIRST, contest="Bourg"))
    said: list[Message] = []
    assert page(file, left_out=said.append).of("h3").count(TITLE) == 1
    assert said == []
    assert page(file, left_out=said.append, transfers=True).of("h3").count(TITLE) == 1
    assert [str(one) for one in said] == [
        f"Where votes went from round to round is left out for “Mairie: Bourg: 15 units”. {ONE_ROUND}"
    ]


def test_all_that_is_known_of_why_a_vote_is_left_out_is_told(written):
    said: list[Message] = []
    page(written(*LINES, *renamed(LINES, contest="Bourg", registered="")), left_out=said.append, transfers=True)
    assert [str(one) for one in said] == [
        f"Where votes went from round to round is left out for “Mairie: Bourg: 15 units”. {NOT_ALL_COUNTS}before: registered voters, after: registered voters."
    ]


def test_where_the_memory_does_not_suffice_it_is_told_or_refused(written, monkeypatch):
    file = written(*LINES)
    said: list[Message] = []
    monkeypatch.setattr("primaire.flows.estimates.available_memory", lambda: 0)
    assert TITLE not in page(file, left_out=said.append).of("h2")
    (one,) = map(str, said)
    assert one.startswith(
        "Where votes went from round to round is left out for “Mairie: Ville: 15 units”. This would take 16 MB of memory, and 0 MB are free"
    )
    assert "--" not in one
    with pytest.raises(NotHeldError, match="This would take 16 MB of memory") as caught:
        page(file, left_out=said.append, transfers=True)
    assert "--merge-below" not in str(caught.value)
    assert len(said) == 1


def test_a_vote_that_does_not_fit_into_memory_is_told_and_the_others_are_there(written, monkeypatch):
    def refuse_bourg(flows, _=None):
        if any(flow.captions[1].contest == "Bourg" for flow in flows):
            raise NotHeldError(msg("Too large."))

    monkeypatch.setattr("primaire.analysis.transfers.check_memory", refuse_bourg)
    file = written(*LINES, *renamed(LINES, contest="Bourg"))
    for asked in (None, True):
        said: list[Message] = []
        assert page(file, left_out=said.append, transfers=asked).of("h3").count(TITLE) == 1
        assert [str(one) for one in said] == [
            "Where votes went from round to round is left out for “Mairie: Bourg: 15 units”. Too large."
        ]


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
    here = page(file, pictures=True).source
    assert page(file, pictures=True).source == here
    program = "import sys, primaire; sys.stdout.buffer.write(primaire.report(primaire.load(sys.argv[1])))"
    # What sets and dictionaries hold is hashed otherwise there.
    seed = "1" if os.environ.get("PYTHONHASHSEED") == "2" else "2"
    done = subprocess.run(
        [sys.executable, "-c", program, file],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == here


def test_readers_are_told_what_counts_cannot_tell_and_no_options(written):
    found = page(written(*LINES))
    (assumed,) = (text for text in found.of("li") if text.startswith("Assumed: electors of one option before"))
    assert assumed.endswith("as much as where the truth is known. Counts cannot tell.")
    assert not re.findall("--[a-z]+", found.text)


def test_those_who_chose_an_option_are_electors_everywhere(written):
    chapter = chapter_of(page(written(*LINES), pictures=True).source)
    assert "lectors of" in chapter
    assert re.findall("(?<!registered )voters", chapter) == []


def chapter_of(source: str) -> str:
    """The chapter's HTML."""
    return source.split('id="vote-1-transfers"')[1].split("<h2", maxsplit=1)[0]
