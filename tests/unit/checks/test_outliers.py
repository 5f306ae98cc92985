"""Units unlike their neighbours or their previous round: in made-up cities, drawn with a fixed seed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from primaire.checks.outliers import outliers
from primaire.checks.unlikely import RATE, judge
from primaire.derivation import derive
from tests.elections import returns_of, unit

SHARES = {"ARBRE": 0.38, "BOIS": 0.3, "CHÊNE": 0.2, "DUNE": 0.12}
TRANSFER = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.3, 0.7]])  # of round 1, to the two of round 2
REGISTERED, RHO = 900, 0.003


def mixed(drawn, mean):
    return drawn.beta(mean * (1 - RHO) / RHO, (1 - mean) * (1 - RHO) / RHO)


def station(number, drawn, commune="Ville", **ballot):
    """Count one station: turnout about 70 %, 2 % blank or null, shares about those above."""
    voters = int(drawn.binomial(REGISTERED, mixed(drawn, 0.7)))
    blank = int(drawn.binomial(voters, 0.02))
    weight = np.array([mixed(drawn, share) for share in SHARES.values()])
    votes = drawn.multinomial(voters - blank, weight / weight.sum()).tolist()
    return {
        "candidates": dict(zip(SHARES, votes, strict=True)),
        "ballot": {
            "unit": f"{commune} {number:03d}",
            "level": "station",
            "commune": commune,
            "registered": REGISTERED,
            "voters": voters,
            "blank_null": blank,
            "valid": voters - blank,
            **ballot,
        },
    }


def city(size, seed=1, commune="Ville"):
    drawn = np.random.default_rng(seed)
    return [station(number, drawn, commune) for number in range(1, size + 1)]


def read(stations):
    return returns_of(*(unit(one["candidates"], **one["ballot"]) for one in stations))


def exchange(one, first, second):
    votes = one["candidates"]
    votes[first], votes[second] = votes[second], votes[first]


def seen(stations):
    """Name what is found: the code, the unit, the message."""
    returns = read(stations)
    return [(one.code, returns.ballots["unit"].iloc[one.ballot], str(one.message)) for one in outliers(returns).seen]


def test_a_city_as_it_is_has_no_outlier():
    assert seen(city(30)) == []


def test_two_candidates_exchanged_are_found_and_named():
    stations = city(30)
    exchange(stations[6], "ARBRE", "DUNE")
    [(code, name, message)] = seen(stations)
    assert (code, name) == ("PRI401", "Ville 007")
    votes = stations[6]["candidates"]
    assert f"DUNE has {votes['DUNE']} of {sum(votes.values())} valid votes" in message
    assert message.endswith("with the votes of ARBRE and DUNE exchanged, they would be as usual")


def test_what_is_expected_is_said_with_those_it_is_expected_from():
    stations = city(30)
    exchange(stations[6], "ARBRE", "DUNE")
    [finding] = outliers(read(stations)).seen
    votes = {name: sum(one["candidates"][name] for one in stations if one is not stations[6]) for name in SHARES}
    share = 100 * votes["DUNE"] / sum(votes.values())
    # All others of the city; nothing is wider, so nothing is added to them.
    cast = sum(stations[6]["candidates"].values())
    assert f"DUNE about {share / 100 * cast:.0f} of {cast} ({share:.2f}%)" in str(finding.expected)
    assert str(finding.expected).endswith("as in the 29 other units of Ville")


def test_a_place_without_a_name_is_told_by_what_it_is_and_its_code():
    stations = city(30)
    for one in stations:
        one["ballot"] = {**one["ballot"], "commune": None, "departement_code": "05"}
    stations[3]["ballot"] |= {"valid": 0, "blank_null": stations[3]["ballot"]["voters"]}
    stations[3]["candidates"] = dict.fromkeys(SHARES, 0)
    [finding] = outliers(read(stations)).seen
    voters = stations[3]["ballot"]["voters"]
    assert str(finding.message) == (
        f"{voters} of {voters} voters cast blank or null votes (100.00%): if units differed only as they usually do, "
        "fewer than one in 1,000,000 would be so far off"
    )
    assert re.fullmatch(
        rf"blank and null votes about \d+ of {voters} \([12]\.\d\d%\), as in the 29 other units of departement 05",
        str(finding.expected),
    )


def test_a_few_votes_are_not_worth_telling():
    # 40 villages of 30 voters and 1 or 0 votes for PIN: 16 off is told, 8 off is not.
    stations = [
        {
            "candidates": {"ARBRE": 29 + number % 2, "PIN": 1 - number % 2},
            "ballot": {"unit": f"Village {number}", "level": "commune", "departement_code": "05", "valid": 30},
        }
        for number in range(40)
    ]
    stations[4]["candidates"] = {"ARBRE": 22, "PIN": 8}
    assert seen(stations) == []
    stations[4]["candidates"] = {"ARBRE": 13, "PIN": 17}
    assert [name for _, name, _ in seen(stations)] == ["Village 4"]


def spread_of(stations):
    [ratio] = [found for one in outliers(read(stations)).said for found in re.findall(r"([\d.]+) times", str(one))]
    return float(ratio)


def test_one_wrong_station_of_a_small_town_does_not_make_all_seem_to_differ():
    # The stations are drawn with a correlation of 0.003: of 620 votes, sqrt(1 + 619 x 0.003) = 1.7 times drawing lots.
    as_it_is, wrong = city(14), city(14)
    exchange(wrong[6], "ARBRE", "DUNE")
    assert [name for _, name, _ in seen(wrong)] == ["Ville 007"]
    assert 1.2 < spread_of(as_it_is) < 2.2
    assert spread_of(wrong) == pytest.approx(spread_of(as_it_is), abs=0.4)


def test_ballots_without_voters_and_voters_without_ballots_are_found():
    stations = city(30)
    stuffed, spoilt = stations[3], stations[20]
    stuffed["candidates"] = {name: round(1.25 * votes) for name, votes in stuffed["candidates"].items()}
    stuffed["ballot"]["valid"] = sum(stuffed["candidates"].values())
    stuffed["ballot"]["voters"] = stuffed["ballot"]["valid"] + stuffed["ballot"]["blank_null"]
    spoilt["candidates"] = dict.fromkeys(SHARES, 0)
    spoilt["ballot"] |= {"valid": 0, "blank_null": spoilt["ballot"]["voters"]}
    found = {name: message for _, name, message in seen(stations)}
    assert set(found) == {"Ville 004", "Ville 021"}
    assert f"{stuffed['ballot']['voters']} of 900 registered voters voted" in found["Ville 004"]
    assert "voters cast blank or null votes (100.00%)" in found["Ville 021"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_units_and_candidates_changes_nothing(seed):
    stations = city(25, seed=5) + city(25, seed=6, commune="Bourg")
    exchange(stations[6], "ARBRE", "DUNE")
    exchange(stations[40], "BOIS", "DUNE")
    drawn = np.random.default_rng(seed)
    mixed_up = [
        {**stations[place], "candidates": dict(drawn.permutation(list(stations[place]["candidates"].items())).tolist())}
        for place in drawn.permutation(50).tolist()
    ]
    for one in mixed_up:
        one["candidates"] = {name: int(votes) for name, votes in one["candidates"].items()}
    assert len(seen(stations)) == 2
    by_name = {(code, name): message.partition(";")[0] for code, name, message in seen(stations)}
    assert {(code, name): message.partition(";")[0] for code, name, message in seen(mixed_up)} == by_name


def test_the_commune_next_door_is_another_place():
    # Bourg votes as Ville with its first and last candidates exchanged: each is usual at home.
    stations = city(25) + city(25, seed=2, commune="Bourg")
    for one in stations[25:]:
        exchange(one, "ARBRE", "DUNE")
    assert seen(stations) == []


@pytest.mark.parametrize(("size", "applies"), [(10, False), (11, True)])
def test_a_unit_has_ten_others_beside_it_or_is_not_compared(size, applies):
    answer = outliers(read(city(size)))
    assert answer.applies == applies
    assert ("at least 10 others" in str(answer.said[0])) == (not applies)


def test_a_small_commune_far_from_everything_is_left_out_and_counted():
    stations = city(25) + city(3, seed=2, commune="Bourg")
    answer = outliers(read(stations))
    assert str(answer.said[0]).startswith("25 units are compared")
    assert str(answer.said[-1]).startswith("3 units are not compared")


def test_the_few_units_of_a_level_are_left_out():
    # Bourg's three stations have the whole departement beside them, and nobody else is compared with it.
    stations = city(25) + city(3, seed=2, commune="Bourg")
    for one in stations:
        one["ballot"]["departement_code"] = "05"
    answer = outliers(read(stations))
    assert str(answer.said[0]).startswith("25 units are compared")
    assert str(answer.said[-1]).startswith("3 units are not compared")


def test_counts_that_are_not_known_are_not_compared():
    stations = [{**one, "candidates": dict.fromkeys(SHARES)} for one in city(15)]
    for one in stations:
        one["ballot"] |= dict.fromkeys(("voters", "blank_null", "valid"))
    assert not outliers(read(stations)).applies


def test_a_single_candidate_with_all_votes_is_nothing_to_compare():
    stations = [{**one, "candidates": {"ARBRE": one["ballot"]["valid"]}} for one in city(15)]
    assert seen(stations) == []


def second_round(first, drawn):
    """Let the voters of each candidate vote for the two that are left."""
    votes = np.array(list(first["candidates"].values()))
    cast = sum(drawn.multinomial(some, to) for some, to in zip(votes, TRANSFER, strict=True)).tolist()
    return {
        "candidates": {"ARBRE": cast[0], "BOIS": cast[1]},
        "ballot": {**first["ballot"], "round": 2, "valid": sum(cast)},
    }


def test_a_second_round_is_held_against_the_first():
    first = city(60)
    drawn = np.random.default_rng(9)
    second = [second_round(one, drawn) for one in first]
    assert seen(first + second) == []
    exchange(second[41], "ARBRE", "BOIS")
    [(code, name, message)] = seen(first + second)
    assert (code, name) == ("PRI402", "Ville 042")
    votes = second[41]["candidates"]
    # Of two candidates one is told: the other has what is left.
    assert sum(f"{each} has" in message for each in votes) == 1
    [finding] = outliers(read(first + second)).seen
    assert str(finding.expected).endswith("by its previous round")


def test_a_station_that_opens_between_the_rounds_is_held_against_its_neighbours():
    first = city(60)
    drawn = np.random.default_rng(9)
    second = [second_round(one, drawn) for one in first]
    closed = first.pop(41)
    assert seen(first + second) == []
    valid = closed["ballot"]["valid"]
    second[41]["candidates"] = {"ARBRE": 5, "BOIS": valid - 5}
    second[41]["ballot"] = {**closed["ballot"], "round": 2}
    [finding] = outliers(read(first + second)).seen
    assert (finding.code, finding.ballot) == ("PRI401", 59 + 41)
    assert str(finding.expected).endswith("as in the 59 other units of Ville")


def test_too_few_units_for_a_regression_are_held_against_their_neighbours():
    first = city(20)
    drawn = np.random.default_rng(9)
    second = [second_round(one, drawn) for one in first]
    second[11]["candidates"] = {"ARBRE": second[11]["ballot"]["valid"] - 60, "BOIS": 60}
    assert [(code, name) for code, name, _ in seen(first + second)] == [("PRI401", "Ville 012")]


def test_chances_are_no_smaller_than_they_should_be():
    # 80 communes of 25 stations: by the model, of 2,000 units at most one in a hundred has a chance of 0.01 or less: 20,
    # and more than 20 + 4 x sqrt(20) = 38 in one run of 15,000.
    stations = [one for number in range(80) for one in city(25, seed=100 + number, commune=f"Ville-{number}")]
    judged = judge(derive(read(stations)))
    assert (judged.of_unit <= 0.01).sum() <= 38
    # and some there are: six figures at 0.01 / 6, of which the four shares depend on each other.
    assert (judged.of_unit <= 0.01).sum() >= 2
    # If nothing is wrong, anything at all is found in one run of a hundred.
    assert RATE == 0.01
    assert len(judged.found) == 0


def test_many_findings_come_with_a_number_to_sort_them_by():
    stations = [one for number in range(24) for one in city(25, seed=300 + number, commune=f"Ville-{number}")]
    for number in range(24):
        exchange(stations[25 * number + 6], "ARBRE", "DUNE")
    answer = outliers(read(stations))
    assert len(answer.seen) > 20
    assert any("--sort chance" in str(one) for one in answer.said)
    # At most 1 % are found by chance, so that no p-value is above that.
    assert all(one.chance is not None and 0 <= one.chance <= 0.01 for one in answer.seen)
    fewer = outliers(read(stations[:25]))
    assert not any("--sort chance" in str(one) for one in fewer.said)
