"""Two tables of one vote: ballots here, candidates there."""

from __future__ import annotations

import pytest

from primaire.errors import SourceError
from primaire.sources import load

BALLOTS = (
    "Code du département;Libellé du département;Inscrits;Votants;Exprimés\n01;Ain;100;80;78\n2;Aisne;200;150;148\n"
)
VOTES = "Code du département;Nom;Prénom;Voix\n1;MARTIN;Zoé;40\n1;PETIT;Léo;38\n02;MARTIN;Zoé;100\n02;PETIT;Léo;48\n"


@pytest.fixture
def read(tmp_path):
    """Read several texts as one data set; the name of each names its round."""

    def read_files(**texts):
        paths = []
        for name, text in texts.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        return load(*paths)

    return read_files


def cast(returns):
    units = returns.ballots["unit"].to_numpy()[returns.votes["ballot"]]
    names = returns.candidates["candidate"].to_numpy()[returns.votes["candidate"]]
    return dict(zip(zip(units, names, strict=True), returns.votes["votes"].tolist(), strict=True))


TRUTH = {("Ain", "Zoé MARTIN"): 40, ("Ain", "Léo PETIT"): 38, ("Aisne", "Zoé MARTIN"): 100, ("Aisne", "Léo PETIT"): 48}


@pytest.mark.parametrize("names", [("a_t1", "b_t1"), ("b_t1", "a_t1")])
def test_units_are_matched_by_their_codes_whatever_the_zeros_and_the_order(read, names):
    found = read(**dict(zip(names, (BALLOTS, VOTES), strict=True)))
    assert cast(found) == TRUTH
    assert found.ballots["registered"].tolist() == [100, 200]


def test_each_round_has_its_pair(read):
    second = VOTES.replace("40", "41")
    found = read(a_t1=BALLOTS, b_t1=VOTES, a_t2=BALLOTS, b_t2=second)
    assert cast(found.select(round=1)) == TRUTH
    assert cast(found.select(round=2)) == {**TRUTH, ("Ain", "Zoé MARTIN"): 41}


def test_what_has_no_partner_is_said(read):
    found = read(a_t1=BALLOTS, b_t1=VOTES + "03;MARTIN;Zoé;7\n")
    assert cast(found) == TRUTH
    assert any("left out" in str(remark) for remark in found.provenance.files[0].remarks)


def test_tables_of_two_rounds_are_no_pair(read):
    found = read(a_t1=BALLOTS, b_t2=VOTES)
    assert sorted(found.ballots["round"].unique()) == [1, 2]
    assert found.ballots.loc[found.ballots["round"] == 2, "registered"].isna().all()


def test_the_same_table_twice_is_refused(read):
    with pytest.raises(SourceError, match="two of the sources"):
        read(presidentielle_2022_t1=BALLOTS, copie_presidentielle_2022_t1=BALLOTS)
