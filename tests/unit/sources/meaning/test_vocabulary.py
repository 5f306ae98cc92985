"""Headers: what they mean, whatever their spelling."""

from __future__ import annotations

import pytest

from primaire.sources.meaning.vocabulary import Meaning, meaning_of


@pytest.mark.parametrize(
    ("headers", "what"),
    [
        ("Inscrits|NBRINS|nb_inscrits|Nombre d'inscrits|inscrits_nb|INS", "registered"),
        ("Votants|NBRVOT|votants_nb|Nombre de votants", "voters"),
        ("Abstentions|abstention|NBRABS", "abstentions"),
        ("Blancs|Bulletins blancs|blancs_nb", "blank"),
        ("Nuls|Bulletins nuls|nuls_nb", "null"),
        ("candidat(e)s|candidat·e|Candidat", "name"),
        ("nom_candidat_e|Nom du/de la candidat(e)|Nom candidat", "surname"),
        ("N° de circonscription Lg|circo_id|id_circo", "constituency_code"),
        ("code_officiel_commune|Code Officiel Commune / Arrondissement Municipal", "commune_code"),
        ("Blancs et nuls|Nuls et blancs|BN|Bulletins blancs ou nuls", "blank_null"),
        ("Exprimés|NBREXP|Suffrages exprimés|exprimes", "valid"),
        ("Code du département|Code département|CODDPT|dep_code|code_departement|N° département", "departement_code"),
        ("Libellé du département|Libellé département|libelle_departement|dep_lib", "departement"),
        (
            "Code de la circonscription|Code circonscription législative|N° de circonscription|code_circo",
            "constituency_code",
        ),
        ("Code du canton|CODCAN|code_canton", "canton_code"),
        ("Libellé du canton|LIBCAN", "canton"),
        ("Code de la commune|Code commune|CODSUBCOM|commune_code|Code INSEE|insee", "commune_code"),
        ("Libellé de la commune|Nom de la commune|LIBSUBCOM|commune_libelle", "commune"),
        (
            "Code du b.vote|Code B.Vote|Code BV|CODBURVOT|N° de bureau de vote|Bureau n°|Numéro du bureau|code_bv",
            "station_code",
        ),
        ("N°Panneau|N.Pan.|Numéro de panneau|N°Liste|N° Liste|N° de dépôt du candidat|NUMDEPCAND|no_panneau", "number"),
        ("Nom|Nom candidat|Nom du candidat|Nom Tête de Liste|cand_nom|NomPsn", "surname"),
        ("Prénom|Prénom candidat|Prénom du candidat  tête de liste|cand_prenom", "first_name"),
        ("Candidat|Binôme|Nom et prénom|Réponse", "name"),
        ("Nuance|Code Nuance|Nuance liste|Code nuance de la liste|CODNUA|Parti", "label"),
        ("Liste|Libellé Abrégé Liste|Libellé abrégé de liste|Libellé Etendu Liste|LIBLISEXT", "list"),
        ("Voix|NBRVOIX|Nombre de voix|Nombre de voix du candidat|cand_nb_voix|Votes", "votes"),
        ("N° tour|N tour|NUMTOUR|Tour", "round"),
        ("nb_inscrit|Inscrit", "registered"),
        ("nb_vote_blanc|Vote blanc", "blank"),
        ("nb_vote_nul|Vote nul", "null"),
        ("NBRBLANUL|nb bl nul", "blank_null"),
        ("nb_exprime|NB_EXPRIM", "valid"),
        ("circ_bv|CodCirElec", "constituency_code"),
        ("N° INSEE|codgeo_2022|Code commune 2024", "commune_code"),
        ("Nr Bureau vote|code_bv_2022", "station_code"),
        ("id_bvote|id_brut_miom", "unit"),
        ("Liste des candidats|Listes conduites par", "name"),
        ("NOMPSNEXT|NomPsn", "surname"),
        ("PREPSN|PrenomPsn", "first_name"),
        ("Elu(e)|Elue", "elected"),
        ("NB_BULLETINS|nb_bulletin|Nombre d'enveloppes|Bulletins trouvés dans l'urne", "envelopes"),
        ("nb_procuration", "ignored"),
        ("Sièges CC|Sièges Secteur|Date de l'export|Etat saisie|Inscrits de référence de la commune", "ignored"),
    ],
)
def test_spellings(headers, what):
    for header in headers.split("|"):
        for written in (header, header.upper(), header.lower(), f" {header} "):
            found = meaning_of(written.strip())
            assert found is not None, written
            assert found.what.removesuffix("?") == what, written


@pytest.mark.parametrize(
    "header",
    [
        "",
        "3",
        "2017",
        "25,5 %",
        "Macron",
        "LePen",
        "Inscrits 2017",
        "Voix 2022",
        "Vote",
        "LE PEN",
        "Commune voisine",
        "B",
        "DVD",
    ],
)
def test_what_is_no_header(header):
    assert meaning_of(header) is None


@pytest.mark.parametrize(
    ("header", "figure", "base"),
    [
        ("% Abs/Ins", "abstentions", "registered"),
        ("% Blancs/Vot", "blank", "voters"),
        ("% BlNuls/Ins", "blank_null", "registered"),
        ("% Exprimés/inscrits", "valid", "registered"),
        ("ratio_votants_inscrits", "voters", "registered"),
        ("% Votants", "voters", "registered"),
        ("Taux de participation (%)", "voters", "registered"),
        ("% Voix/Exp", "votes", "valid"),
        ("% Voix/Ins", "votes", "registered"),
        ("PCTVOIXINS", "votes", "registered"),
        ("PCTBLANULVOT", "blank_null", "voters"),
        ("RapportExprimes", "votes", "valid"),
        ("Abstentions_RapportInscrits", "abstentions", "registered"),
        ("% Voix", "votes", "valid"),  # without a base, of the valid votes
    ],
)
def test_percentages(header, figure, base):
    assert meaning_of(header) == Meaning("percentage", None, None, figure, base)


@pytest.mark.parametrize(
    ("header", "what", "block"),
    [("Voix 3", "votes", 3), ("Voix0", "votes", 0), ("12 nuance", "label", 12), ("Nom candidat 1", "surname", 1)],
)
def test_the_number_of_a_block(header, what, block):
    assert meaning_of(header) == Meaning(what, block)


@pytest.mark.parametrize(
    ("header", "what"), [("Inscrits T2", "registered"), ("votants_t2", "voters"), ("Exprimés 2nd tour", "valid")]
)
def test_the_round(header, what):
    assert meaning_of(header) == Meaning(what, None, 2)
