"""Compare: the same vote in two places."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.analysis.compare import compare
from primaire.errors import NotHeldError
from tests.elections import line, percentage, returns_of, said, unit

HERE = {"Hamon": 842, "Valls": 611}
THERE = {"VALLS": 831871, "HAMON": 1181872}


def test_points_are_the_share_here_less_the_share_there():
    table = compare(returns_of(unit(HERE, unit="Conflans")), returns_of(unit(THERE, unit="France")))
    row = line(table, candidate="Hamon")
    assert row["share_here"] == pytest.approx(percentage(842, 1453))
    assert row["share_there"] == pytest.approx(percentage(1181872, 1181872 + 831871))
    assert row["points"] == pytest.approx(percentage(842, 1453) - percentage(1181872, 2013743))
    assert (row["rank_here"], row["rank_there"], row["place_there"]) == (1, 1, "France")


def test_both_sides_are_the_other_way_round_with_the_signs_changed():
    here, there = returns_of(unit(HERE)), returns_of(unit(THERE))
    one, other = compare(here, there), compare(there, here)
    assert line(one, candidate="Valls")["points"] == pytest.approx(-line(other, candidate="VALLS")["points"])


def test_columns_bear_the_names_of_the_two_places():
    table = compare(returns_of(unit(HERE, unit="Conflans")), returns_of(unit(THERE, unit="France")))
    assert (table.column("share_here").label, table.column("share_there").label) == ("Conflans", "France")
    assert all("valid" in str(section.subtitle) for section in table.sections)


def test_another_election_is_named():
    here, there = returns_of(unit(HERE, election="Vote 2027")), returns_of(unit(THERE, election="Vote 2022"))
    assert "Compared with Vote 2022, round 1" in said(compare(here, there))
    assert not any(sentence.startswith("Compared with") for sentence in said(compare(here, here)))


def test_the_order_is_that_of_the_place_in_question():
    table = compare(returns_of(unit({"A": 1, "B": 2})), returns_of(unit({"A": 9, "C": 7, "B": 1})))
    assert table.frame["candidate"].tolist() == ["B", "A", "C"]


def test_who_stands_in_one_place_only_has_no_points():
    table = compare(returns_of(unit({"A": 1, "B": 2})), returns_of(unit({"A": 9, "C": 7})))
    for name in ("B", "C"):
        assert pd.isna(line(table, candidate=name)["points"])


def test_approximate_shares_and_what_rests_on_them_are_marked_and_said():
    about = {"share": 58.97, "share_decimals": 2, "approximate": frozenset({"share"})}
    table = compare(returns_of(unit(HERE)), returns_of(unit({"Hamon": about, "Valls": 19816}, valid=48316)))
    hamon, valls = line(table, candidate="Hamon"), line(table, candidate="Valls")
    assert (hamon["share_there_origin"], hamon["points_origin"]) == ("approximate", "approximate")
    assert (valls["share_there_origin"], valls["points_origin"]) == ("computed", "computed")
    assert any("approximations" in sentence for sentence in said(table))


def test_reconstructed_shares_mark_their_points():
    table = compare(returns_of(unit({"A": "66.67", "B": "33.33"}, voters=4)), returns_of(unit({"A": 1, "B": 1})))
    assert table.frame["points_origin"].tolist() == ["reconstructed", "reconstructed"]


def test_rounds_are_compared_with_the_same_round():
    here = returns_of(unit({"A": 1, "B": 1}), unit({"A": 3, "B": 1}, round=2))
    there = returns_of(unit({"A": 1, "B": 3}, round=2, unit="X"), unit({"A": 1, "B": 4}, unit="X"))
    table = compare(here, there)
    assert line(table, candidate="A", round=1)["points"] == pytest.approx(50 - 20)
    assert line(table, candidate="A", round=2)["points"] == pytest.approx(75 - 25)


def test_what_has_no_counterpart_is_said():
    here = returns_of(unit(HERE), unit({"X": 1}, contest="Internal vote", election="Section"))
    table = compare(here, returns_of(unit(THERE), unit(THERE, round=2)))
    assert any("Without a counterpart" in sentence and "Section" in sentence for sentence in said(table))
    assert "X" not in table.frame["candidate"].tolist()


def test_units_of_a_commune_can_each_be_held_against_one_place():
    stations = returns_of(unit({"A": 1, "B": 3}, unit="1"), unit({"A": 3, "B": 1}, unit="2"))
    table = compare(stations, returns_of(unit({"A": 1, "B": 1}, unit="X")), by="unit")
    assert table.frame[table.frame["candidate"] == "A"]["points"].tolist() == [-25, 25]


def test_nothing_in_common_is_refused():
    here = returns_of(unit(HERE), unit(HERE, round=2))
    with pytest.raises(NotHeldError, match="in both"):
        compare(here, returns_of(unit(THERE, election="Other"), unit(THERE, election="Other", round=2)))


def places(**votes):
    return returns_of(
        *(
            unit(
                {"A": a, "B": 10 - a},
                unit=code,
                commune=code,
                commune_code=code.removeprefix("c"),
                departement_code="78",
            )
            for code, a in votes.items()
        )
    )


def points(table):
    return table.frame.loc[table.frame["candidate"] == "A", "points"].tolist()


def test_two_sources_of_one_vote_are_compared_place_by_place():
    here, there = places(c78001=5, c78002=7), places(c78002=4, c78001=4)
    assert points(compare(here, there, by="commune")) == pytest.approx([10, 30])


def test_each_place_can_be_held_against_its_departement_or_the_whole():
    here, there = places(c78001=5, c78002=7), places(c78001=2, c78002=4)
    # All of them: 6 of 20 are 30 %.
    for level in ("departement", "nation", "contest"):
        table = compare(here, there, by="commune", against_by=level)
        assert points(table) == pytest.approx([20, 40])
        assert not any("counterpart" in sentence for sentence in said(table))


def test_places_that_one_source_has_alone_are_said():
    table = compare(places(c78001=5, c78002=7), places(c78001=5, c78003=7), by="commune")
    assert any(sentence.startswith("1 commune of the first vote") for sentence in said(table))
    assert any(sentence.startswith("1 commune of the second vote") for sentence in said(table))


def test_where_the_other_side_is_by_nuance_this_one_is_too():
    def constituencies(**votes):
        units = [
            unit({f"{name} of {contest}": {"votes": n, "label": name} for name, n in zip(("REM", "LR"), held, strict=True)},
                 contest=contest, commune=contest, departement="Ain")
            for contest, held in votes.items()
        ]  # fmt: skip
        return returns_of(*units)

    held = constituencies(X=(30, 10), Y=(10, 50))
    frame = compare(held, held, by="commune", against_by="departement").frame
    assert frame[["unit", "candidate", "share_here", "share_there"]].to_numpy().tolist() == [
        ["X", "REM", 75, 40],
        ["X", "LR", 25, 60],
        ["Y", "LR", pytest.approx(100 * 5 / 6), 60],
        ["Y", "REM", pytest.approx(100 / 6), 40],
    ]
