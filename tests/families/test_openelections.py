"""Results of the United States as OpenElections writes them: other states, years and kinds, other columns and words."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources import Wanted, load

GENERAL = "20201103__ny__general__adams__precinct.csv"


def votes(returns, contest):
    """The candidates of one contest: name, label and votes in all its units."""
    found = returns.select(contest=contest)
    people = found.candidates[["candidate", "label"]].fillna("")
    added = found.votes.groupby("candidate")["votes"].sum()
    return {(*people.loc[one],): int(count) for one, count in added.items()}


def ballots(returns, contest, *figures):
    """Figures of each unit of one contest."""
    return returns.select(contest=contest).ballots[list(figures)].astype(object).where(lambda it: it.notna(), None)


@pytest.mark.parametrize(
    ("name", "election", "date"),
    [
        ("20201103__ri__general__precinct.csv", "Rhode Island general election 2020", "2020-11-03"),
        ("20001107_pa_general_county.csv", "Pennsylvania general election 2000", "2000-11-07"),
        (
            "20010626__pa__special__general__state_house__28.csv",
            "Pennsylvania special general election 2001",
            "2001-06-26",
        ),
        ("20040309__ms__democrat__primary__alcorn.csv", "Mississippi Democratic primary election 2004", "2004-03-09"),
        ("20220524__tx__primary__runoff__precinct.csv", "Texas primary runoff election 2022", "2022-05-24"),
        ("200803011__ms__general.csv", "200803011 ms general", None),  # a date of nine digits is none
        ("20201103__zz__general.csv", "20201103 zz general", None),
    ],
)
def test_the_file_s_name_says_the_election(written, name, election, date):
    found = load(written(name, "county,office,district,party,candidate,votes\nAdams,Mayor,,DEM,Ann Ash,3\n"))
    assert found.contests["election"].tolist() == [election]
    assert found.contests["date"].fillna("").tolist() == [date or ""]


@pytest.mark.parametrize(
    ("header", "level"),
    [
        ("ward", "station"),
        ("precinct", "station"),
        ("town", "commune"),
        ("municipality", "commune"),
        ("jurisdiction", "commune"),
    ],
)
def test_units_are_called_differently(written, header, level):
    text = (
        f"county,{header},office,district,total votes,party,candidate,votes\n"
        "Adams,North,State Assembly,95,7,REP,Ann Ash,4\nAdams,North,State Assembly,95,7,,Scattering,3\n"
        "Adams,South,State Assembly,95,9,REP,Ann Ash,9\nAdams,South,State Assembly,95,9,,Scattering,0\n"
    )
    found = load(written("20111108__wi__special__general__ward.csv", text))
    assert set(found.contests["level"]) == {level}
    assert votes(found, "State Assembly 95") == {("Ann Ash", "REP"): 13, ("Scattering", ""): 3}


def test_a_file_without_district_and_party(written):
    """Two offices of a town are two contests, though no column says a district."""
    text = "county,town,office,candidate,votes\nA,X,Mayor,Ann Ash,4\nA,X,Mayor,Bo Birch,3\nA,X,Clerk,Cy Cole,6\n"
    found = load(written("20161108__nh__general__town.csv", text))
    assert votes(found, "Mayor") == {("Ann Ash", ""): 4, ("Bo Birch", ""): 3}
    assert votes(found, "Clerk") == {("Cy Cole", ""): 6}


def test_commas_set_thousands_apart(written):
    text = (
        "county,precinct,office,district,party,candidate,votes\n"
        'Adams,Total,President,,DEM,Ann Ash,"2,100"\nAdams,North,President,,DEM,Ann Ash,"1,101"\n'
        "Adams,South,President,,DEM,Ann Ash,999\n"
    )
    assert votes(load(written(GENERAL, text)), "President") == {("Ann Ash", "DEM"): 2100}


def test_lines_of_several_parties_are_one_candidate(written):
    """By hand: Ash 71 + 2 + 5 = 78 in North and 40 + 1 + 0 = 41 in South; the label names her lines."""
    text = "county,precinct,office,district,candidate,party,votes\n" + "".join(
        f"Adams,{precinct},President,,{name},{party},{count}\n"
        for precinct, counts in (("North", (71, 2, 5, 60, 3, 1)), ("South", (40, 1, 0, 50, 2, 0)))
        for (name, party), count in zip(
            (
                ("Ann Ash", "DEM"),
                ("Ann Ash", "WOR"),
                ("ANN ASH", "IND"),
                ("Bo Birch", "REP"),
                ("Blanks", ""),
                ("Voids", ""),
            ),
            counts,
            strict=True,
        )
    )
    found = load(written(GENERAL, text))
    assert votes(found, "President") == {("Ann Ash", "DEM/WOR/IND"): 119, ("Bo Birch", "REP"): 110}
    assert ballots(found, "President", "blank", "null").to_numpy().tolist() == [[3, 1], [2, 0]]
    assert any("lines of several parties" in str(remark) for remark in found.provenance.files[0].remarks)


def test_lines_of_which_one_is_not_known_have_no_sum(written):
    text = (
        "county,precinct,office,district,candidate,party,votes\n"
        "Adams,North,President,,Ann Ash,DEM,71\nAdams,North,President,,Ann Ash,WOR,\nAdams,North,President,,Bo Birch,REP,60\n"
    )
    text += "Adams,South,President,,Ann Ash,DEM,5\nAdams,South,President,,Ann Ash,WOR,4\nAdams,South,President,,Bo Birch,REP,1\n"
    found = load(written(GENERAL, text)).select(contest="President")
    assert found.votes["votes"].fillna(-1).tolist() == [-1, 60, 9, 1]


PRIMARY = """county,precinct,office,district,party,candidate,votes
Adams,1,Registered Voters,,,,155
Adams,1,Registered Voters - Nonpartisan,,NON,,150
Adams,1,Ballots Cast,,,,63
Adams,1,Ballots Cast,,REP,,61
Adams,1,Ballots Cast,,DEM,,2
Adams,1,Ballots Cast - Blank,,,,0
Adams,1,Governor,,REP,Ann Ash,40
Adams,1,Governor,,REP,Bo Birch,20
Adams,1,Governor,,REP,Under Votes,1
Adams,1,Governor,,DEM,Cy Cole,2
"""


def test_each_party_has_its_own_primary(written):
    """The ballots of a party are its contest's: 40 + 20 votes and one blank of 61; those of everybody are nobody's."""
    found = load(written("20220301__tx__primary__adams__precinct.csv", PRIMARY))
    assert set(found.contests["contest"]) == {"Governor REP", "Governor DEM"}
    assert votes(found, "Governor REP") == {("Ann Ash", "REP"): 40, ("Bo Birch", "REP"): 20}
    assert ballots(found, "Governor REP", "registered", "voters", "blank").to_numpy().tolist() == [[None, 61, 1]]
    assert ballots(found, "Governor DEM", "registered", "voters").to_numpy().tolist() == [[None, 2]]
    notes = [str(remark) for remark in found.provenance.files[0].remarks]
    assert any("Registered Voters" in note and "Ballots Cast - Blank" in note for note in notes)


def test_ballots_of_the_only_party_are_everybody_s(written):
    text = "".join(line for line in PRIMARY.splitlines(keepends=True) if "DEM" not in line and ",REP,," not in line)
    found = load(written("20220301__tx__primary__adams__precinct.csv", text))
    assert ballots(found, "Governor REP", "registered", "voters").to_numpy().tolist() == [[155, 63]]


def test_a_primary_of_all_parties_is_one_contest(written):
    """California's, since 2012."""
    found = load(written("20180605__ca__primary__county.csv", PRIMARY.replace("precinct", "town")))
    assert set(found.contests["contest"]) == {"Governor"}
    assert len(votes(found, "Governor")) == 3
    assert ballots(found, "Governor", "registered", "voters").to_numpy().tolist() == [[155, 63]]


def test_ballots_by_party_are_parts_in_a_general_election(written):
    found = load(written("20221108__tx__general__adams__precinct.csv", PRIMARY))
    assert set(found.contests["contest"]) == {"Governor"}
    assert ballots(found, "Governor", "registered", "voters", "blank").to_numpy().tolist() == [[155, 63, 1]]


def test_counts_that_differ_are_refused(written):
    text = PRIMARY.replace("Ballots Cast - Blank,,,,0", "Total Ballots Cast,,,,64")
    with pytest.raises(SourceError, match=r"disagree") as caught:
        load(written("20221108__tx__general__adams__precinct.csv", text))
    assert "63" in str(caught.value)
    assert [problem.line for problem in caught.value.problems] == [7]


@pytest.mark.parametrize(
    ("word", "figure"),
    [
        ("Spoiled", "null"),
        ("VOIDS", "null"),
        ("Over Vote", "null"),
        ("Blanks", "blank"),
        ("under votes", "blank"),
        ("Over/Under Votes", "blank_null"),
    ],
)
def test_what_is_no_candidate_is_a_count(written, word, figure):
    text = (
        f"county,town,office,district,party,candidate,votes\nA,X,Mayor,,DEM,Ann Ash,40\nA,X,Mayor,,Liberty,{word},7\n"
    )
    found = load(written("20161108__vt__general__precinct.csv", text))
    assert votes(found, "Mayor") == {("Ann Ash", "DEM"): 40}
    assert ballots(found, "Mayor", figure).to_numpy().tolist() == [[7]]


def test_contests_that_are_not_held_in_a_precinct_are_not_missing_there(written):
    """A grid of all contests and precincts: the cells of those that do not meet are empty. West tells nothing at all."""
    rows = [
        ("North", "Governor", "", "Ann Ash", "69"), ("North", "Senate", "37", "Bo Birch", "131"), ("North", "Senate", "38", "Cy Cole", ""),
        ("South", "Governor", "", "Ann Ash", "73"), ("South", "Senate", "37", "Bo Birch", ""), ("South", "Senate", "38", "Cy Cole", "20"),
        ("West", "Governor", "", "Ann Ash", ""), ("West", "Senate", "37", "Bo Birch", ""), ("West", "Senate", "38", "Cy Cole", ""),
    ]  # fmt: skip
    text = "precinct,office,district,candidate,party,county,votes\n" + "".join(
        f"{precinct},{office},{district},{name},D,Adams,{count}\n" for precinct, office, district, name, count in rows
    )
    found = load(written("20071106__ms__general__adams__precinct.csv", text))
    contests = ("Governor", "Senate 37", "Senate 38")
    told = [found.select(contest=contest).votes["votes"].fillna(-1).tolist() for contest in contests]
    assert told == [[69, 73, -1], [131, -1], [20, -1]]
    assert any("tell votes in other contests" in str(remark) for remark in found.provenance.files[0].remarks)


def test_lines_that_end_as_those_of_an_old_macintosh(written):
    text = (
        "county,office,district,party,candidate,votes\rA,Senate,,Democrat,Ann Ash,11\rB,Senate,,Democrat,Ann Ash,18\r"
    )
    found = load(written("20141104__mt__general__county.csv", text), wanted=Wanted(contest="Senate"))
    assert votes(found, "Senate") == {("Ann Ash", "Democrat"): 29}
