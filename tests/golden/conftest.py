"""One nasty table, and two languages with catalogues of their own, so that no edit of a translation changes a golden."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from primaire.messages import msg
from primaire.provenance import Provenance, SourceFile
from primaire.render.language import Language
from primaire.table import Column, Section, Table

COLUMNS = (
    Column("round", "Round", "count", place="heading"),
    Column("candidate", "Candidate", "text"),
    Column("label", "Label", "text", missing=None),
    Column("votes", "Votes", "count", origin="votes_origin"),
    Column("votes_origin", "How known", "term", place="hidden"),
    Column("share", "Share of valid votes", "share", places="share_decimals", origin="share_origin"),
    Column("share_origin", "How known", "term", place="hidden"),
    Column("share_decimals", "Decimals published", "count", place="hidden"),
    Column("low", "Share with blank votes", "share", upper="high"),
    Column("high", "Share with blank votes, at most", "share", place="hidden"),
    Column("points", "Points | gained & lost", "points"),
    Column("factor", "Factor", "factor"),
    Column("movement", "Movement", "term"),
    Column("elected", "Elected", "flag", place="hidden"),
    Column("day", "Day", "date", place="hidden"),
    Column("registered", "Registered", "count", place="foot", missing="not published"),
    Column("voters", "Voters", "count", place="foot"),
    Column("turnout", "of registered", "share", place="foot", beside="voters", missing=None),
)

LONG = "Liste d’union de la gauche écologiste, citoyenne et solidaire pour Conflans 2020"

ROWS: list[list[Any]] = [
    [
        1,
        "Élodie Œuvrard-N’Guyen",
        "SOC",
        1473,
        "reconstructed",
        100 / 3,
        None,
        None,
        33.1,
        33.9,
        -12.345,
        1.5,
        "stayed",
    ],
    [1, 'Jean "Jojo" | Dupont & Fils', None, 0, None, 0.0, "approximate", 1, 0.0, 0.0, 0.0, None, "stayed"],
    [1, "<script>alert(1)</script>", "=A1", 12, None, 0.27156, None, None, 0.2, 0.3, 22.8796, 2.0841, "left"],
    [
        1,
        r"100 % $x_{2}^2$ \textbf{#1} ~ `c` *i* [l](u)",
        "-",
        1,
        None,
        12.5,
        "approximate",
        0,
        None,
        None,
        None,
        None,
        None,
    ],
    [
        1,
        "[red]bold[/red] \x1b[31m\u202egauche\n",
        "+33",
        1000000,
        None,
        50.0,
        None,
        None,
        50.0,
        50.004,
        -0.001,
        10.0,
        "left",
    ],
    [1, "=1+1", "@x", 7, "approximate", 2.675, None, None, 2.6, 2.7, 100.0, 0.5, "new"],
    [1, LONG, "DVG", 6, None, 1.2249, None, None, 1.2, 1.3, 1.0, 1.0, "new"],
    [1, None, None, None, "reconstructed", None, "approximate", None, None, None, None, None, None],
    [2, "Élodie Œuvrard-N’Guyen", None, 842, None, 57.94907, None, None, 57.16, 57.95, 24.61, 0.57, "stayed"],
    [2, "=1+1", None, 611, None, 42.05093, None, None, 41.48, 42.05, 39.38, 87.29, "stayed"],
]

BALLOTS = {1: [True, "2017-01-22", None, 1473, None], 2: [False, "2017-01-29", 7224, 4130, 57.170]}

TYPES = {
    "votes": "Int64",
    "registered": "Int64",
    "voters": "Int64",
    "share_decimals": "Int64",
    "elected": "boolean",
    "share": "Float64",
    "candidate": "str",
    "votes_origin": "category",
}

FRENCH = {
    "Candidate": "Candidat",
    "Label": "Nuance",
    "Votes": "Voix",
    "Share of valid votes": "Part des exprimés",
    "Share with blank votes": "Part, blancs compris",
    "Points | gained & lost": "Points | gagnés & perdus",
    "Factor": "Facteur",
    "Movement": "Mouvement",
    "Registered": "Inscrits",
    "Voters": "Votants",
    "of registered": "des inscrits",
    "not published": "non publié",
    "stayed": "maintenu",
    "left": "parti",
    "new": "nouveau",
    "{election}, round {round}": "{election}, tour {round}",
    "{day:date}": "{day:date}",
    "{name} leads with {share:share}, {votes:count} votes.": "{name} est en tête avec {share:share}, {votes:count} voix.",
    "Shares of valid votes; the bureau’s own note is “{note}”.": "En part des exprimés ; la note du bureau est « {note} ».",
    "reconstructed: worked out from the published percentages": (
        "reconstitué : non publié, déduit des pourcentages publiés"
    ),
    "approximate: published as such, or computed from such figures": "approximatif, tel que publié",
}
PLURAL = (
    "{n:count} column does not fit in {width:count} characters: {names}. A wider terminal or --format plain shows it.",
    "{n:count} columns do not fit in {width:count} characters: {names}. A wider terminal or --format plain shows them.",
)
PLURAL_IN_FRENCH = (
    "{n:count} colonne ne tient pas dans {width:count} caractères : {names}. Un terminal plus large ou --format plain la montre.",
    "{n:count} colonnes ne tiennent pas dans {width:count} caractères : {names}. Un terminal plus large ou --format plain les montre.",
)


@pytest.fixture
def nasty() -> Table:
    """Accents, quotes, every format's own signs, escape codes, a formula, 80 characters, missing, 0 and exactly 1/3."""
    names = [column.name for column in COLUMNS]
    frame = pd.DataFrame([[*row, *BALLOTS[row[0]]] for row in ROWS], columns=names, dtype=object).astype(TYPES)
    return Table(
        name="nasty",
        title=msg("{title}", title="Résultats <b>& écarts</b>"),
        frame=frame,
        columns=COLUMNS,
        sections=(_section(1, 0, 8, "2017-01-22", 100 / 3, 1473), _section(2, 8, 10, "2017-01-29", 57.94907, 842)),
        notes=(msg("Shares of valid votes; the bureau’s own note is “{note}”.", note="50 % | <i>"),),
        provenance=Provenance((SourceFile("données\n.csv", "00ff", 1024, "canonical", "utf-8", ";", ",", 10),)),
        bar="share",
    )


def _section(number: int, start: int, stop: int, day: str, share: float, votes: int) -> Section:
    return Section(
        title=msg("{election}, round {round}", election="Primaire #1 “citoyenne”", round=number),
        start=start,
        stop=stop,
        subtitle=msg("{day:date}", day=day),
        lead=msg(
            "{name} leads with {share:share}, {votes:count} votes.",
            name="Élodie Œuvrard-N’Guyen",
            share=share,
            votes=votes,
        ),
        notes=(msg("{note}", note="1. [x] = -1"),) if number == 2 else (),
    )


@pytest.fixture(scope="session")
def languages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Language]:
    """English, and French from a catalogue that holds what the nasty table says."""
    folder = tmp_path_factory.mktemp("catalogues")
    catalogue = Catalog(locale="fr")
    for english, french in FRENCH.items():
        catalogue.add(english, french)
    catalogue.add(PLURAL, PLURAL_IN_FRENCH)
    _write(catalogue, folder / "fr" / "LC_MESSAGES" / "primaire.mo")
    return {code: Language(code, catalogues=folder) for code in ("en", "fr")}


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
