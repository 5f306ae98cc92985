"""Units added up: what is known of a sum, how firmly, and what is never added."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.errors import NameUnknownError, NotHeldError
from primaire.schema import COUNTS
from primaire.tally import BY, asked, tally
from tests.elections import returns_of, unit


def votes_of(returns, row=0):
    """Return the votes of each candidate in one row of ballots, None where unknown."""
    rows = returns.votes[returns.votes["ballot"] == row]
    names = returns.candidates["candidate"].iloc[rows["candidate"]]
    return {name: None if pd.isna(count) else count for name, count in zip(names, rows["votes"], strict=True)}


NORTH = {
    "station": "North",
    "commune": "Conflans",
    "commune_code": "78172",
    "departement": "Yvelines",
    "departement_code": "78",
}
SOUTH = {**NORTH, "station": "South"}
NEIGHBOUR = {**NORTH, "station": "Mairie", "commune": "Andrésy", "commune_code": "78015"}


def stations(**more):
    return returns_of(
        unit({"A": 30, "B": 20}, unit="North", level="station", registered=100, voters=60, blank=6, null=4, **NORTH),
        unit(
            {"A": 5, "B": 15},
            unit="South",
            level="station",
            registered=50,
            voters=21,
            blank=1,
            null=0,
            **{**SOUTH, **more},
        ),
        unit({"A": 7, "B": 8}, unit="Mairie", level="station", registered=40, voters=16, blank=0, null=1, **NEIGHBOUR),
    )


def test_a_contest_is_the_sum_of_its_units():
    total = tally(stations())
    assert len(total.ballots) == 1
    ballot = total.ballots.iloc[0]
    assert {name: ballot[name] for name in COUNTS} == {
        "registered": 100 + 50 + 40,
        "voters": 60 + 21 + 16,
        "blank": 6 + 1 + 0,
        "null": 4 + 0 + 1,
        "blank_null": 10 + 1 + 1,
        "valid": 50 + 20 + 15,
    }
    assert votes_of(total) == {"A": 30 + 5 + 7, "B": 20 + 15 + 8}
    assert ballot["units"] == 3
    assert pd.isna(ballot["unit"])


def test_communes_are_the_sums_of_their_stations():
    total = tally(stations(), "commune")
    assert total.ballots["commune"].tolist() == ["Conflans", "Andrésy"]
    assert total.ballots["units"].tolist() == [2, 1]
    assert total.ballots["voters"].tolist() == [60 + 21, 16]
    assert votes_of(total, 0) == {"A": 35, "B": 35}
    assert votes_of(total, 1) == {"A": 7, "B": 8}
    assert total.ballots["unit"].tolist() == ["Conflans", "Andrésy"]  # its one station is all of Andrésy


def test_a_sum_keeps_the_geography_that_its_units_share():
    ballot = tally(stations(), "commune").ballots.iloc[0]
    assert (ballot["departement"], ballot["departement_code"]) == ("Yvelines", "78")
    assert pd.isna(ballot["station"])


def test_units_by_themselves_are_not_added():
    total = tally(stations(), "unit")
    assert total.ballots["unit"].tolist() == ["North", "South", "Mairie"]
    assert total.ballots["voters"].tolist() == [60, 21, 16]


def test_two_communes_of_one_name_in_two_departements_are_two():
    saint_denis = [
        unit({"A": 1}, unit="1", commune="Saint-Denis", commune_code="066", departement_code="93"),
        unit({"A": 2}, unit="2", commune="Saint-Denis", commune_code="411", departement_code="974"),
        unit({"A": 4}, unit="3", commune="Saint-Denis", commune_code="411", departement_code="974"),
    ]
    total = tally(returns_of(*saint_denis), "commune")
    assert total.ballots["units"].tolist() == [1, 2]
    assert [votes_of(total, row) for row in (0, 1)] == [{"A": 1}, {"A": 6}]
    assert total.ballots["unit"].nunique() == 2


def test_a_place_without_a_name_goes_by_its_code():
    total = tally(returns_of(*(unit({"A": 1}, unit=name, canton_code="7801") for name in "12")), "canton")
    assert total.ballots["unit"].tolist() == ["7801"]


def test_units_that_name_no_place_are_not_given_one():
    units = (
        unit({"A": 1}, unit=name, departement_code=departement)
        for name, departement in (("1", "93"), ("2", "974"), ("3", "974"))
    )
    total = tally(returns_of(*units, unit({"A": 1}, unit="4", commune="X")), "commune")
    assert [None if pd.isna(name) else name for name in total.ballots["unit"]] == ["1", None, "X"]


def test_units_that_name_no_place_are_not_lost():
    total = tally(returns_of(unit({"A": 1}, unit="1", commune="X"), unit({"A": 2}, unit="abroad")), "commune")
    assert total.ballots["unit"].tolist() == ["X", "abroad"]


@pytest.mark.parametrize("missing", ["registered", "voters", "blank", "null"])
def test_a_sum_over_what_one_unit_does_not_publish_is_unknown(missing):
    published = {"registered": 100, "voters": 60, "blank": 6, "null": 4}
    some = {name: value for name, value in published.items() if name != missing}
    # One candidate's votes are missing too, so that no identity fills the gap.
    returns = returns_of(unit({"A": 30, "B": None}, **published), unit({"A": 30, "B": None}, unit="There", **some))
    ballot = tally(returns).ballots.iloc[0]
    assert pd.isna(ballot[missing])
    assert pd.isna(ballot[f"{missing}_origin"])
    assert [ballot[name] for name in some] == [2 * value for value in some.values()]


def test_votes_not_published_in_one_unit_have_no_total():
    total = tally(returns_of(unit({"A": 10, "B": None}), unit({"A": 5, "B": 6}, unit="There")))
    assert votes_of(total) == {"A": 15, "B": None}
    assert pd.isna(total.ballots["valid"].iloc[0])


def test_a_candidate_without_a_row_in_one_unit_has_no_total():
    total = tally(returns_of(unit({"A": 10, "B": 3}), unit({"A": 5}, unit="There")))
    assert votes_of(total) == {"A": 15, "B": None}


def test_zero_votes_are_added_as_zero():
    assert votes_of(tally(returns_of(unit({"A": 10, "B": 0}), unit({"A": 5, "B": 0}, unit="There")))) == {
        "A": 15,
        "B": 0,
    }


def test_the_origin_of_a_sum_is_the_weakest_of_its_terms():
    about = {"votes": 100, "approximate": frozenset({"votes"})}
    returns = returns_of(
        unit({"A": "66.67", "B": "33.33", "C": "0.00"}, voters=3),  # reconstructed: 2, 1, 0
        unit({"A": 10, "B": about, "C": 5}, voters=120, unit="There"),
    )
    total = tally(returns)
    assert votes_of(total) == {"A": 12, "B": 101, "C": 5}
    assert total.votes["votes_origin"].tolist() == ["reconstructed", "approximate", "reconstructed"]
    ballot = total.ballots.iloc[0]
    assert (ballot["valid"], ballot["valid_origin"]) == (3 + 115, "approximate")
    assert (ballot["voters"], ballot["voters_origin"]) == (123, "published")


def test_percentages_of_several_units_are_never_averaged():
    # 60 % and 40 % published, in units of unknown sizes: nothing is known of their sum.
    total = tally(returns_of(unit({"A": "60.0", "B": "40.0"}), unit({"A": "40.0", "B": "60.0"}, unit="There")))
    assert total.votes["share"].isna().all()
    assert votes_of(total) == {"A": None, "B": None}


def test_a_unit_that_stands_for_itself_keeps_its_percentages():
    commune = {"commune": "Conflans"}
    other = {"commune": "Andrésy"}
    returns = returns_of(
        unit({"A": "60.0", "B": "40.0"}, **commune),
        unit({"A": 1, "B": 2}, unit="1", **other),
        unit({"A": 1, "B": 2}, unit="2", **other),
    )
    total = tally(returns, "commune")
    assert total.votes["share"].dropna().tolist() == [60.0, 40.0]


def test_units_of_two_levels_are_never_added():
    returns = returns_of(
        unit({"A": 842, "B": 611}, unit="Conflans", level="commune"),
        unit({"A": 28000, "B": 19816}, unit="Yvelines", level="departement"),
    )
    total = tally(returns)
    assert len(total.ballots) == 2
    assert total.ballots["valid"].tolist() == [842 + 611, 28000 + 19816]


def test_rounds_contests_and_elections_are_not_added():
    returns = returns_of(
        unit({"A": 1}),
        unit({"A": 2}, round=2),
        unit({"A": 4}, contest="Other"),
        unit({"A": 8}, election="Other"),
    )
    assert tally(returns).ballots["valid"].tolist() == [1, 2, 4, 8]


def test_the_status_of_a_sum_is_the_worst_of_its_units():
    def status(*words):
        return (
            tally(returns_of(*(unit({"A": 1}, unit=str(n), status=word) for n, word in enumerate(words))))
            .ballots["status"]
            .tolist()
        )

    assert status("final", "final") == ["final"]
    assert status("final", "provisional") == ["provisional"]
    assert status("frozen", "provisional", "final") == ["frozen"]
    assert status("final", "annulled", "frozen") == ["annulled"]


def test_notes_and_sources_are_kept_each_once():
    returns = returns_of(
        unit({"A": 1}, source="Le Progrès"),
        unit({"A": 1}, unit="2", source="Ouest-France"),
        unit({"A": 1}, unit="3", source="Le Progrès"),
    )
    assert tally(returns).ballots["source"].tolist() == ["Le Progrès; Ouest-France"]


def test_a_name_that_is_no_level_is_refused_with_the_closest():
    with pytest.raises(NameUnknownError, match="Did you mean “commune”"):
        tally(stations(), "comune")


@pytest.mark.parametrize("level", ["region", "canton"])
def test_a_level_that_no_unit_names_is_refused_with_those_held(level):
    with pytest.raises(NotHeldError, match="departement, commune, station"):
        tally(stations(), level)


def test_without_geography_there_are_no_levels():
    with pytest.raises(NotHeldError, match="no geography"):
        tally(returns_of(unit({"A": 1})), "commune")


def test_units_can_be_added_by_every_level():
    assert set(BY) == {
        "contest", "nation", "region", "departement", "constituency", "canton", "commune", "station", "unit"
    }  # fmt: skip


def test_a_code_is_one_place_however_its_name_is_spelt():
    spelt = [("1", "L'Haÿ-les-Roses"), ("2", "L'HAY-LES-ROSES")]
    units = (unit({"A": 1}, unit=name, commune=commune, commune_code="94038") for name, commune in spelt)
    total = tally(returns_of(*units), "commune")
    assert total.ballots["units"].tolist() == [2]
    assert total.ballots["unit"].tolist() == ["L'Haÿ-les-Roses"]


def test_a_station_is_numbered_within_its_commune():
    units = (unit({"A": 1}, unit=f"{town}_0001", commune_code=town, station_code="0001") for town in ("78172", "78015"))
    assert tally(returns_of(*units), "station").ballots["unit"].tolist() == ["78172_0001", "78015_0001"]


def test_what_tells_two_places_of_one_name_apart_is_not_said_twice():
    places = (("01011", "01"), ("89014", "89"))
    units = (
        unit({"A": 1}, unit=code, commune="X", commune_code=code, departement_code=wider) for code, wider in places
    )
    assert tally(returns_of(*units), "commune").ballots["unit"].tolist() == ["X (01011)", "X (89014)"]


def steps(returns):
    return [str(step) for step in returns.provenance.steps]


def test_units_of_no_place_are_counted_with_their_registered_voters():
    places = [unit({"A": 1}, unit="1", canton="X", registered=10)]
    places += [unit({"A": 1}, unit=name, registered=1000) for name in ("Abidjan", "Alger")]
    total = tally(returns_of(*places), "canton")
    (step,) = steps(total)
    assert "2 units name no canton" in step
    assert "2,000 registered voters" in step
    assert total.ballots["registered"].sum() == 2010
    (unknown,) = steps(tally(returns_of(places[0], unit({"A": 1}, unit="Alger")), "canton"))
    assert "1 unit names no canton" in unknown
    assert "not published" in unknown


def test_one_level_at_a_time():
    with pytest.raises(NameUnknownError, match="commune, departement at once"):
        tally(stations(), ("commune", "departement"))
    with pytest.raises(NameUnknownError, match="Did you mean “nuance”"):
        tally(stations(), "nuanse")
    assert asked(("nuance", "commune")) == ("commune", True)
    assert asked("nuance") == ("nation", True)
    assert asked([]) == ("contest", False)
