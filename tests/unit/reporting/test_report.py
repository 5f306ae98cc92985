"""The page as HTML: what it says of each source, and what may run in it."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date

import pytest

import primaire
from tests.paged import Page, page, rows_of, table_rows
from tools.environment import ROOT

EXAMPLES = ROOT / "docs/examples"


@pytest.fixture(scope="module")
def conflans():
    return page("conflans", pictures=True)


def test_each_picture_is_drawn_for_wide_windows_and_for_narrow_ones(conflans):
    # Results of two rounds and of one vote, and swing.
    assert conflans.tags.count("svg") == 2 * 4
    images = [value for name, value in conflans.attributes if name == "aria-labelledby" and "picture" in (value or "")]
    assert len(images) == 2 * 4


@pytest.fixture
def written(tmp_path):
    def write(text: str, name: str = "a.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_the_outcome_stands_first_in_one_sentence(conflans):
    header = conflans.of("header")
    assert header[0] == "Election results: Conflans-Sainte-Honorine"
    # 842 - 611 = 231; 231 / 1,453 = 15.898 %.
    first = header.index("Benoît Hamon comes first, ahead of Manuel Valls by 231 votes (15.90 points of valid votes).")
    assert header[first - 1] == "Primaire de la gauche 2017, round 2, 29 January 2017"
    assert header[first + 1] == "Conflans-Sainte-Honorine is only a part of France."
    frozen = header.index("Frozen: this count is not a result.")
    assert "Vernouillet" in header[frozen + 1]


def test_what_cannot_be_told_makes_no_empty_box(conflans):
    boxes = conflans.of("dd")
    assert not any("not published" in text or "not computable" in text for text in boxes)
    assert "Registered: not published, Turnout (% of registered): not computable." in conflans.of("p")
    assert {"1,473", "1,453", "126", "67.46%"} <= set(boxes)


def test_chapters_follow_each_other_the_last_round_first(conflans):
    assert conflans.of("h2") == [
        "Primaire de la gauche 2017: Conflans-Sainte-Honorine (part of France)",
        "Désignation législative 2017 (vote interne): Section de Conflans-Sainte-Honorine (part of 7e circonscription des Yvelines)",
        "Checks",
        "Where the figures come from",
    ]
    assert conflans.of("h3")[:9] == [
        "Results of round 2, 29 January 2017",
        "Results of round 1, 22 January 2017",
        "Voters",
        "From round to round",
        "Who is elected",
        "How near it was",
        "Results",
        "Who is elected",
        "How near it was",
    ]


def test_figures_are_those_of_the_analyses(conflans):
    cells = conflans.of("td")
    assert {"842", "611", "57.95%", "411†", "+22.88†", "+308"} <= set(cells)
    assert "+8.253†" in cells  # Butler swing
    assert "Nobody can be declared elected by these votes. Conflans-Sainte-Honorine is only a part of France." in (
        conflans.text
    )


def test_a_town_has_its_stations():
    found = page(EXAMPLES / "municipales_2032_bureaux.csv")
    assert found.of("header")[:2] == ["Municipales 2032", "Beaulieu-sur-Oise: 48 units, 14 March 2032, 21 March 2032"]
    assert "Station by station" in found.of("h2")
    assert found.of("caption").count("Round 2: shares of valid votes, place by place") == 1


def test_deputies_are_elected_with_the_article():
    found = page(EXAMPLES / "legislatives_2027_bureaux_t1.txt", EXAMPLES / "legislatives_2027_bureaux_t2.txt")
    assert "Elected: Agnès NOËL, 14 votes ahead of Yvon LE GALL." in found.of("header")  # 596 - 582
    assert {"L. 126", "L. 162", "elected", "qualified"} <= set(found.of("td"))
    assert "legislatives_2027_bureaux_t1.txt" in found.text


def test_the_country_comes_from_its_total():
    found = page("national")
    assert "Elected: Benoît Hamon, 350,001 votes ahead of Manuel Valls." in found.of("header")  # 1,181,872 - 831,871
    assert not any("by" in heading and "Place" in heading for heading in found.of("h2"))


ONE_ROUND = "unit,registered,voters,valid,candidate,votes\n" + "".join(
    f"{unit},100,{voters},50,{name},{votes}\n"
    for unit, voters, split in (("A", 60, (30, 20)), ("B", 52, (10, 40)))
    for name, votes in zip(("Ada", "Bea"), split, strict=True)
)


def test_one_round_has_no_swing(written):
    found = page(written(ONE_ROUND))
    headings = found.of("h2")
    assert "Results" in headings
    assert not {"Turnout", "Voters", "From round to round"} & set(headings)


def test_places_have_their_figures(written):
    found = page(written(ONE_ROUND))
    rows = re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", found.source)
    texts = [re.sub(r"<[^>]+>", "|", row).replace("||", "|").strip("|").split("|") for row in rows]
    # 30 and 20 of 50 are 60 and 40 per cent; Bea, who has more votes in all, stands first.
    assert ["A", "100", "60", "60.00%", "Ada", "20.00", "40.00%", "60.00%"] in texts
    assert ["B", "100", "52", "52.00%", "Bea", "60.00", "80.00%", "20.00%"] in texts


def test_contradictions_are_told_before_any_figure_and_explained(written):
    found = page(written(ONE_ROUND.replace("A,100,60", "A,50,60")))
    assert "1 contradiction was found in the figures, which are shown as published." in found.of("header")
    assert "PRI101" in found.of("a")
    assert ("href", "#means-PRI101") in found.attributes
    assert ("id", "means-PRI101") in found.attributes
    assert "PRI101 (error): more voters than registered" in found.text
    assert "Errors: figures that cannot all be right." in found.text


def test_provisional_counts_say_so_and_who_is_ahead(written):
    text = (
        ONE_ROUND.replace("unit,", "unit,status,", 1).replace("\nA,", "\nA,provisional,").replace("\nB,", "\nB,final,")
    )
    header = page(written(text)).of("header")
    assert "Bea comes first, ahead of Ada by 20 votes (20.00 points of valid votes)." in header  # 60 and 40 of 100
    assert "provisional" in page(written(text)).of("td")


DEPUTIES = "election,date,round,contest,level,registered,voters,valid,candidate,label,votes\n" + "".join(
    f"Législatives 2017,2017-06-11,1,78-{at},constituency,1000,600,{500 + at},{name} {at},{label},{votes}\n"
    for at in range(1, 9)
    for name, label, votes in (("Ada", "REM", 300), ("Bea", "LR", 150), ("Cal", "FI", 50 + at))
)


def test_many_contests_have_an_overview(written):
    found = page(written(DEPUTIES))
    # 300 of 501 to 508 are more than half, and more than a quarter of 1,000.
    assert found.of("header") == [
        "Législatives 2017",
        "Elected: REM 8.",
        "Somebody is elected in 8 of 8 contests.",
    ]
    assert found.of("h2") == [
        "Votes by nuance",
        "Turnout",
        "Who is elected",
        "Contest by contest",
        "Each contest in detail",
        "Checks",
        "Where the figures come from",
    ]
    assert found.of("summary")[:8] == [f"78-{at}" for at in range(1, 9)]
    assert {"2,400", "1,200", "436"} <= set(found.of("td"))  # 8 x 300, 8 x 150, 8 x 50 + 1 + ... + 8


def test_there_is_room_for_so_many_details(written, monkeypatch):
    monkeypatch.setattr("primaire.reporting.blocks.ROOM", 16_000)
    found = page(written(DEPUTIES))
    shown = sum(text.startswith("78-") for text in found.of("summary"))
    assert 0 < shown < 8
    assert any(f"{8 - shown} more contest" in text for text in found.of("p"))


def test_of_too_many_contests_the_largest_have_a_row(written, monkeypatch):
    monkeypatch.setattr("primaire.reporting.overview.MOST", 3)
    found = page(written(DEPUTIES.replace("78-5,constituency,1000,600", "78-5,constituency,1000,601")))
    assert "Of 8 contests, the 3 with the most voters. “primaire results” shows all." in found.of("p")
    assert "78-5" in found.of("th")


def test_the_policy_names_exactly_the_style_and_the_script(conflans):
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', conflans.source)
    policy = policy.replace("&#x27;", "'")
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", conflans.source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nothing_leads_out_of_the_page(conflans):
    names = {name for name, _ in conflans.attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"style", "src", "action"})
    assert all((value or "").startswith("#") for name, value in conflans.attributes if name == "href")
    ids = [value for name, value in conflans.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_the_same_figures_give_the_same_bytes():
    returns = primaire.load("conflans")
    assert primaire.report(returns, "fr") == primaire.report(primaire.load("conflans"), "fr")


def test_a_page_tells_what_made_it_and_when_only_if_asked():
    returns = primaire.load("conflans")
    plain = Page(primaire.report(returns))
    assert f"Made by primaire {primaire.__version__}." in plain.text
    assert "Command" not in plain.text
    told = Page(
        primaire.report(returns, "fr", title="Mine & <ours>", command="primaire report a&b", made=date(2026, 11, 23))
    )
    assert told.of("title") == ["Mine & <ours>"]
    assert "23 novembre 2026" in told.text
    assert "primaire report a&b" in told.text


def test_no_folder_is_told(written):
    file = written(ONE_ROUND)
    assert str(file.parent) not in page(file).source


def test_a_candidate_alone_and_forty_of_them(written):
    assert "Una is the only candidate." in page(written("candidate,votes\nUna,7\n")).of("header")
    long = "Liste d’union citoyenne écologiste et solidaire pour une ville à vivre"
    rows = "".join(f"{long} {at},{at}\n" for at in range(1, 41))
    found = page(written("candidate,votes\n" + rows))
    assert f"{long} 40" in found.of("th")


def test_ballots_without_candidates_are_shown():
    returns = primaire.load("conflans").select(election="primaire", round=2)
    empty = type(returns)(
        returns.contests, returns.ballots, returns.votes.iloc[:0], returns.candidates.iloc[:0], returns.provenance
    )
    found = Page(primaire.report(empty))
    assert "1,473" in found.of("td")
    assert "Nobody comes first by these figures." in found.of("header")


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(primaire.PrimaireError, match="language"):
        primaire.report(primaire.load("conflans"), "xx")


def test_nobody_is_ahead_where_it_is_a_tie_or_not_all_votes_are_known(written):
    # 78-1: both have 200; 78-2: Bea's 150 are not published; 78-3: 300 - 150 = 150 ahead.
    text = DEPUTIES.replace("Bea 1,LR,150", "Bea 1,LR,300").replace("Bea 2,LR,150", "Bea 2,LR,")
    rows = {row[0]: row for row in rows_of(page(written(text))) if row[0].startswith("78-")}
    assert rows["78-1"] == ["78-1", "1", "1,000", "600", "60.00%", "level at the top", "–", "–", "–", "–", "–"]
    assert "Ada 2" not in rows["78-2"]
    assert rows["78-2"][5] == "no figures here"
    # 300 of 503 is 59.642 %.
    assert rows["78-3"][5:10] == ["Ada 3", "REM", "300", "59.64%", "150"]


def test_a_round_without_candidates_breaks_nothing(written):
    first = "election,contest,round,unit,registered,voters,valid,candidate,votes\n" + "".join(
        f"Vote,Ville,1,{unit},100,60,50,{name},{votes}\n" for unit in "AB" for name, votes in (("Ada", 30), ("Bea", 20))
    )
    second = first.splitlines()[0] + "\nVote,Ville,2,A,100,61,,,\nVote,Ville,2,B,100,62,,,\n"
    found = page(written(first), written(second, "b.csv"))
    assert "Nobody comes first by these figures." in found.of("header")
    assert ["2", "200", "123", "+3", "61.50%", "+1.50"] in [
        row[:6] for row in table_rows(found)
    ]  # 123 - 120; 61.5 - 60
    assert "no longer standing" not in found.text
    assert "From round to round" not in found.of("h2")


PRINTED = "election,unit,registered,voters,candidate,share,share_base\n" + "".join(
    f"Vote,{unit},1000,600,{name},{share},valid\n"
    for unit, shares in (("A", ("35.7", "33.1", "31.2")), ("B", ("40.1", "30.2", "29.7")))
    for name, share in zip(("margin", "winner", "Cal"), shares, strict=True)
)


def test_published_percentages_keep_their_decimals_and_names_are_not_translated(written):
    found = page(written(PRINTED), language="fr")
    # 35.7 - 33.1 = 2.6 and 40.1 - 30.2 = 9.9; "marge" is what "margin" is in French, and a candidate's name is no word of ours.
    rows = {row[0]: [cell.replace("\xa0", " ").replace("\u202f", " ") for cell in row] for row in rows_of(found)}
    assert rows["A"][4:] == ["margin", "2,6", "35,7 %", "33,1 %", "31,2 %"]
    assert rows["B"][4:] == ["margin", "9,9", "40,1 %", "30,2 %", "29,7 %"]
    assert {"margin", "winner", "Cal"} <= set(found.of("thead"))


def test_approximate_figures_are_marked_place_by_place(written):
    text = "election,unit,approximate,registered,voters,valid,candidate,votes\n" + "".join(
        f"Vote,{unit},{said},100,60,50,{name},{votes}\n"
        for unit, said in (("A", "votes"), ("B", ""))
        for name, votes in (("Ada", 30), ("Bea", 20))
    )
    rows = {row[0]: row for row in rows_of(page(written(text)))}
    assert rows["A"][-3:] == ["≈20.00", "≈60.00%", "≈40.00%"]
    assert rows["B"][-3:] == ["20.00", "60.00%", "40.00%"]


@pytest.mark.parametrize(
    ("election", "fact"),
    [
        ("Municipales 2020", "Judged as an election by lists, since the votes do not outnumber the valid ballots."),
        ("Sénatoriales 2020", "Several rules could be meant: senatoriales-lists-2014, senatoriales-majority-2014."),
    ],
)
def test_a_reader_is_not_told_options_and_notes_of_the_data_are_never_cut(written, election, fact):
    header, *lines = ONE_ROUND.splitlines()
    rows = [f"{election},{line},See the list. --x is the sign for absent." for line in lines]
    found = page(written("\n".join([f"election,{header},note", *rows]) + "\n"))
    assert any(text.endswith(fact) for text in found.text.splitlines())
    assert "See the list. --x is the sign for absent." in found.text
    assert set(re.findall(r"--[a-z]+", found.text)) == {"--x"}


def test_seats_are_those_of_the_round_that_fills_them_and_a_note_stands_once():
    found = page(EXAMPLES / "municipales_2032_bureaux.csv", seats=33)
    chapter = found.source.split('id="vote-1-seats"')[1].split("<h2")[0]
    assert chapter.count("<caption>") == 1
    # L. 262: half of 33, rounded up, is 17, and 16 go by averages: Noël's ninth has 14,852 / 9 = 1,650, Le Gall's seventh
    # 10,447 / 7 = 1,492, and Noël's tenth would have had 1,485 only.
    assert re.sub("<[^>]+>", "|", chapter).count("||14,852||58.71%||26||17||9||78.79%|") == 1
    assert "10,430" not in chapter  # her votes in the first round, which fills no seat
    assert found.text.count("The source does not say whether this is the whole of") == 1
