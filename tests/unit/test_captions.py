"""What must be said of every figure: which vote, where, how firm, and what it rests on."""

from __future__ import annotations

import pandas as pd
import pytest

from primaire.captions import candidate_columns, captions, heading, percent
from primaire.derivation import derive
from primaire.tally import tally
from tests.elections import returns_of, unit


def caption(**ballot):
    return captions(derive(returns_of(unit({"A": 3, "B": 1}, **ballot))))[0]


def test_a_title_names_the_election_the_round_and_the_day():
    assert str(caption(election="Primaire", round=2, date="2017-01-29").title) == "Primaire, round 2, 2017-01-29"
    assert str(caption(election="Primaire", round=2).title) == "Primaire, round 2"


def test_a_place_is_a_name_or_a_number_of_units():
    assert str(caption(unit="Conflans").place) == "Conflans"
    stations = (unit({"A": 1}, unit=name) for name in ("1", "2", "3"))
    assert str(captions(tally(returns_of(*stations)))[0].place) == "3 units"


def test_a_part_of_a_contest_is_said_to_be_one():
    subtitle = str(caption(unit="Conflans", contest="France", coverage="part").subtitle)
    assert "part" in subtitle
    assert "Conflans" in subtitle
    assert "France" in subtitle
    assert "part" not in str(caption(unit="Conflans", contest="France", coverage="whole").subtitle)


@pytest.mark.parametrize(
    ("names", "subtitle"),
    [
        ({"election": "Bureau", "contest": "Bureau", "unit": "Bureau"}, None),
        ({"election": "Primaire", "contest": "France", "unit": "France"}, "France"),
        ({"election": "CSE", "contest": "CSE", "unit": "Siège"}, "Siège"),
        ({"election": "Législatives", "contest": "78-7", "unit": "Conflans"}, "78-7: Conflans"),
    ],
)
def test_a_subtitle_says_what_the_title_has_not(names, subtitle):
    found = caption(**names).subtitle
    assert (None if found is None else str(found)) == subtitle


def test_only_a_final_result_goes_without_a_doubt():
    assert caption().doubt is None
    assert caption(status="final", status_note="recounted").doubt is None
    for status in ("provisional", "frozen", "annulled"):
        assert str(caption(status=status).doubt).startswith(status.capitalize())


def test_a_doubt_says_why():
    assert "disputed sections" in str(caption(status="frozen", status_note="disputed sections").doubt)


def test_computed_counts_are_named_and_published_ones_are_not():
    remark = " ".join(map(str, caption(voters=6, blank=1, null=1).computations))
    assert "valid" in remark
    assert "blank and null" in remark
    assert "voters" not in remark
    assert caption(voters=6, blank=1, null=1, blank_null=2, valid=4).computations == ()


def test_why_there_is_no_turnout_depends_on_the_electorate():
    assert "open vote has no electoral roll" in str(caption(electorate="open").gaps[-1])
    for electorate in ("closed", "unknown"):
        assert "not published" in str(caption(electorate=electorate).gaps[-1])
    assert caption(electorate="open", registered=10, valid=4).gaps == ()


def test_remarks_are_what_the_source_says():
    assert [str(remark) for remark in caption(note="by hand", source="psconflans.fr").remarks] == [
        "by hand",
        "Source: psconflans.fr",
    ]
    assert caption().remarks == ()


def test_there_is_one_caption_per_row_of_ballots_with_the_facts_of_its_contest():
    returns = returns_of(
        unit({"A": 1}, coverage="part", date="2017-01-22"),
        unit({"A": 1}, round=2, coverage="whole"),
        unit({"A": 1}, unit="There"),
    )
    told = captions(returns)
    assert [each.ballot for each in told] == [0, 1, 2]
    assert [(each.round, each.coverage, each.date) for each in told] == [
        (1, "part", "2017-01-22"),
        (2, "whole", None),
        (1, "part", "2017-01-22"),
    ]


def test_heading_columns_lead_and_the_row_number_goes():
    returns = returns_of(unit({"A": 1}, round=2, unit="Conflans"))
    rows = heading(captions(returns), pd.DataFrame({"ballot": [0, 0], "candidate": ["A", "B"]}))
    assert rows.columns[-1] == "candidate"
    assert "ballot" not in rows
    assert rows["round"].tolist() == [2, 2]
    assert rows["unit"].tolist() == ["Conflans", "Conflans"]


def test_a_percentage_needs_both_counts_and_a_total_above_zero():
    part, total = (pd.Series(values, dtype="Int64") for values in ([1, 0, None, 3, 3], [4, 5, 4, None, 0]))
    found = percent(part, total)
    assert found[:2].tolist() == [25.0, 0.0]
    assert found[2:].isna().all()


def test_a_sum_is_not_said_to_be_what_one_of_its_units_is():
    stations = returns_of(
        unit({"A": 1}, unit="1", status="annulled", status_note="A box was open."), unit({"A": 1}, unit="2")
    )
    (caption,) = captions(tally(stations))
    doubt = str(caption.doubt)
    assert "Not all of the 2 units" in doubt
    assert "annulled" in doubt
    assert "A box was open." in doubt
    assert "no effect" not in doubt


CONSTITUENCY = {"contest": "12-2", "departement": "Aveyron", "constituency": "2ème circonscription"}


def test_a_numbered_contest_is_said_to_lie_where_all_its_units_do():
    stations = (unit({"A": 1}, unit=name, **CONSTITUENCY, commune=name) for name in "XY")
    (caption,) = captions(tally(returns_of(*stations)))
    assert str(caption.subtitle) == "12-2 (Aveyron, 2ème circonscription): 2 units"
    (alone,) = captions(tally(returns_of(unit({"A": 1}, unit="12-2", **CONSTITUENCY))))
    assert str(alone.subtitle) == "12-2 (Aveyron, 2ème circonscription)"


def test_what_the_contest_names_itself_is_not_said_again():
    stations = (unit({"A": 1}, contest="Versailles (78646)", commune="Versailles", unit=name) for name in "12")
    (caption,) = captions(tally(returns_of(*stations)))
    assert str(caption.subtitle) == "Versailles (78646): 2 units"


def test_captions_are_a_sequence():
    told = captions(returns_of(*(unit({"A": 1}, unit=name) for name in "XYZ")))
    assert len(told) == 3
    assert [caption.unit for caption in told[1:]] == ["Y", "Z"]
    assert told[-1].unit == "Z"


def test_nuances_are_told_from_candidates():
    def label(candidate, nuance):
        returns = returns_of(unit({candidate: {"votes": 1, "label": nuance}}))
        return [column.label for column in candidate_columns(returns)], candidate_columns(returns)[2].place

    assert label("Ann", "REM") == (["#", "candidate", "label"], "body")
    assert label("REM", "REM") == (["#", "nuance", "label"], "hidden")
