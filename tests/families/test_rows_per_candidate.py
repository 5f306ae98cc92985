"""Tables with a row for each candidate: the ministry's files before 2015, exports of data.gouv.fr, the aggregated pair."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import duckdb
import pytest

from primaire.errors import SourceError
from primaire.sources import Wanted, load
from tests.families.made_up import CELLS, PEOPLE, STATIONS, Unit, added_up, expected, facts, in_round, long, text

FIELDS_2007 = (
    "N° tour;Code département;Code commune;Nom de la commune;N° de bureau de vote;Inscrits;Votants;Exprimés;"
    "N° de dépôt du candidat;Nom du candidat;Prénom du candidat;Code nuance du candidat;Nombre de voix du candidat"
)
BOTH = [*STATIONS, *in_round(STATIONS, 2)]
KNOWN = "registered voters valid"


def constituency(unit):
    return f"{unit.departement}-{int(unit.constituency)}"


def described(header: str) -> str:
    """The lines with which the ministry's old files begin: what each field is, in comments."""
    fields = "".join(f"-- Champ {at:<2} : {name}\n" for at, name in enumerate(header.split(";"), start=1))
    return f"--------------\n-- Élections : résultats par bureau de vote\n--\n-- Liste des champs\n{fields}--------------\n"


def old(header: str, units) -> list[list[str]]:
    """The rows of such a file, without a header; communes have three digits there."""
    rows = long(units, header.replace("Code commune", "Code de la commune"))
    return rows[1:]


@pytest.mark.parametrize("name", ["LG07_Bvot_T1T2.txt", "LG02_BVot_T1T2.txt"])
def test_both_rounds_under_described_fields(written, name):
    path = written(name, described(FIELDS_2007) + text(old(FIELDS_2007, BOTH), newline="\r\n"), encoding="cp1252")
    found = load(path)
    year = "2007" if "07" in name else "2002"
    # No column says the constituency: who stands where is all that tells contests apart.
    assert facts(found) == expected(BOTH, f"Législatives {year}", kinds=KNOWN)
    assert found.candidates["label"].tolist() == [person.nuance for person in PEOPLE]


def test_the_election_night_of_2012_without_any_header(written):
    header = (
        "N° tour;Code département;Code commune;Nom de la commune;Code de la circonscription;Code du canton;N° de bureau de vote;"
        "Inscrits;Votants;Exprimés;N° de dépôt du candidat;Nom du candidat;Prénom du candidat;Code nuance du candidat;"
        "Nombre de voix du candidat"
    )
    found = load(written("PR12_Bvot_T1T2.txt", old(header, BOTH), encoding="cp1252"))
    assert facts(found) == expected(BOTH, "Présidentielle 2012", kinds=KNOWN)
    legislative = load(written("LG12_Bvot_T1T2.txt", old(header, BOTH), encoding="cp1252"))
    assert facts(legislative) == expected(BOTH, "Législatives 2012", contest=constituency, kinds=KNOWN)


def test_2007_without_any_header(written):
    found = load(written("PR07_Bvot_T1T2.txt", old(FIELDS_2007, BOTH), encoding="cp1252"))
    assert facts(found) == expected(BOTH, "Présidentielle 2007", kinds=KNOWN)


def test_the_same_fields_under_a_header(written):
    rows = [FIELDS_2007.split(";"), *old(FIELDS_2007, BOTH)]
    found = load(written("2014_muni.csv", rows))
    assert facts(found) == expected(
        BOTH, "Municipales 2014", kinds=KNOWN, contest=lambda unit: f"{unit.commune_name} ({unit.insee})"
    )


def test_municipal_lists_of_2014(written):
    header = FIELDS_2007.replace(
        "du candidat;Nom du candidat;Prénom du candidat",
        "de la liste;Nom du candidat tête de liste;Prénom du candidat  tête de liste",
    )
    header = header.replace(
        "Code nuance du candidat;Nombre de voix du candidat", "Code nuance de la liste;Nombre de voix"
    )
    path = written("MN14_Bvot_T1T2.txt", described(header) + text(old(header, BOTH)), encoding="cp1252")
    assert facts(load(path)) == expected(
        BOTH, "Municipales 2014", kinds=KNOWN, contest=lambda unit: f"{unit.commune_name} ({unit.insee})"
    )


@pytest.mark.parametrize("described_fields", [True, False])
def test_the_referendum_of_2005(written, described_fields):
    fields = (
        "N tour;Code région;Code département;Code arrondissement;Code circonscription législative;Code canton;"
        "Code de la commune;Inscrits de référence de la commune;Nom de la commune;N° de bureau de vote;Inscrits;Votants;"
        "Abstentions;Exprimés;Réponse;Nombre de voix"
    )
    rows = [
        [
            "1", "82", unit.departement, "1", unit.constituency, unit.canton, unit.commune, "99999", unit.commune_name,
            unit.station, str(unit.registered), str(unit.voters), str(unit.registered - unit.voters), str(unit.valid), answer, str(votes), "",
        ]
        for unit in STATIONS
        for answer, votes in (("OUI", unit.votes[0][1]), ("NON", unit.valid - unit.votes[0][1]))
    ]  # fmt: skip
    header = [[*fields.split(";"), ""]] if not described_fields else []
    body = text([*header, *rows])
    path = written("RF05_BVot.txt", (described(fields) if described_fields else "") + body, encoding="cp1252")
    answers = {"Zoé ÉTIENNE": "OUI"}
    truth = expected(STATIONS, "Référendum 2005", kinds=KNOWN, name=lambda one: answers.get(one.name, one.name))
    for key, unit in zip(truth, STATIONS, strict=True):
        truth[key] = {name: votes for name, votes in truth[key].items() if name in ("OUI", *KNOWN.split())}
        truth[key]["NON"] = unit.valid - unit.votes[0][1]
    assert facts(load(path)) == truth


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_short_headers_of_2015(written, case):
    header = "NUMTOUR;CODDPT;CODSUBCOM;LIBSUBCOM;CODBURVOT;CODCAN;LIBCAN;NBRINS;NBRVOT;NBREXP;NUMDEPCAND;LIBLISEXT;CODNUA;NBRVOIX"
    rows = long(BOTH, header)
    found = load(written("DP15_Bvot_T1T2.txt", [list(map(case, rows[0])), *rows[1:]]))
    assert facts(found) == expected(
        BOTH,
        "Départementales 2015",
        contest=lambda unit: f"{unit.departement}-{int(unit.canton)}",
        name=lambda one: f"Mme {one.surname} et M. {one.first}",
        kinds=KNOWN,
    )


def test_an_export_with_codes_of_groups_of_communes(written):
    CELLS["Code Officiel EPCI"] = lambda _: "200040590"
    CELLS["Nom Officiel EPCI"] = lambda _: "CA du Bassin"
    CELLS["Code Officiel Région"] = CELLS["Code de la région"]
    CELLS["scrutin_code"] = lambda _: "pr22"
    CELLS["location"] = lambda _: "45.1, 5.2"
    CELLS["lib_du_b_vote"] = lambda _: "Mairie"
    header = (
        "Code du département;Libellé du département;Code de la circonscription;Libellé de la circonscription;Code de la commune;"
        "Libellé de la commune;Code du b.vote;Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs;% Blancs/Ins;% Blancs/Vot;"
        "Nuls;% Nuls/Ins;% Nuls/Vot;Exprimés;% Exp/Ins;% Exp/Vot;N°Panneau;Sexe;Nom;Prénom;Voix;% Voix/Ins;% Voix/Exp;"
        "Code Officiel EPCI;Nom Officiel EPCI;Code Officiel Région;scrutin_code;location;lib_du_b_vote"
    )
    rows = long(STATIONS, header)
    # Decimal points in one column, commas in another.
    mixed = rows[0].index("% Voix/Ins")
    rows = [
        rows[0],
        *([cell.replace(",", ".") if at == mixed else cell for at, cell in enumerate(row)] for row in rows[1:]),
    ]
    found = load(written("election-presidentielle-2022-1er-tour.csv", rows))
    assert facts(found) == expected(STATIONS, "Présidentielle 2022")


def test_an_export_with_short_names(written):
    header = "dep_code;commune_code;commune_libelle;bureau;inscrits_nb;votants_nb;blancs_nb;nuls_nb;exprimes_nb;cand_nom;cand_prenom;cand_nb_voix"
    rows = long(STATIONS, header)
    assert facts(load(written("presidentielle_2022_t1.csv", rows, separator=","))) == expected(
        STATIONS, "Présidentielle 2022"
    )


GENERAL = (
    "id_election;id_brut_miom;code_departement;libelle_departement;code_canton;libelle_canton;code_commune;libelle_commune;"
    "code_circonscription;libelle_circonscription;code_bv;inscrits;abstentions;votants;blancs;nuls;exprimes;"
    "ratio_abstentions_inscrits;ratio_votants_inscrits"
)
CANDIDATES = (
    "id_election;id_brut_miom;code_departement;code_commune;code_bv;no_panneau;voix;ratio_voix_inscrits;ratio_voix_exprimes;"
    "nuance;sexe;nom;prenom;liste;libelle_abrege_liste"
)
OLDER_GENERAL = (
    "id_election;id_brut_miom;Code du département;Libellé du département;Code de la commune;Libellé de la commune;Code du b.vote;"
    "Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs;% Blancs/Ins;% Blancs/Vot;Nuls;% Nuls/Ins;% Nuls/Vot;Exprimés;"
    "% Exp/Ins;% Exp/Vot"
)
OLDER_CANDIDATES = (
    "id_election;id_brut_miom;Code du département;Code de la commune;Code du b.vote;N°Panneau;Libellé Abrégé Liste;"
    "Libellé Etendu Liste;Nom Tête de Liste;Voix;% Voix/Ins;% Voix/Exp;Sexe;Nom;Prénom;Nuance;Binôme;Liste"
)


def _same(word: str, _: object) -> str:
    return word


def aggregated(header: str, elections: dict[str, list[Unit]], empty: frozenset[str] = frozenset()) -> list[list[str]]:
    """One of the two tables, of several elections; some columns are empty."""
    rows = []
    for identifier, units in elections.items():
        CELLS["id_election"] = partial(_same, identifier)
        table = long(units, header)
        if header in (GENERAL, OLDER_GENERAL):  # one row for each unit
            table = [table[0], *(list(row) for row in dict.fromkeys(map(tuple, table[1:])))]
        gone = {at for at, name in enumerate(table[0]) if name in empty}
        rows += [["" if at in gone else cell for at, cell in enumerate(row)] for row in table[1:]]
    return [header.split(";"), *rows]


ELECTIONS = {"2022_pres_t1": list(STATIONS), "2022_pres_t2": in_round(STATIONS, 2), "2017_legi_t1": list(STATIONS[:4])}
LISTS = frozenset(
    {
        "liste",
        "libelle_abrege_liste",
        "Libellé Abrégé Liste",
        "Libellé Etendu Liste",
        "Nom Tête de Liste",
        "Binôme",
        "Liste",
    }
)


def stored(tmp_path, name, rows):
    """Rows as a Parquet file, counts as numbers."""
    (tmp_path / "table.csv").write_text(text(rows), encoding="utf-8")
    path = tmp_path / name
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{tmp_path / 'table.csv'}', delim=';', header=true, decimal_separator=',', "  # noqa: S608  a file of the test's own
            f"types={{'{rows[0][1]}': 'VARCHAR'}})) TO '{path}' (FORMAT parquet)"
        )
    return path


@pytest.mark.parametrize(("general", "candidates"), [(GENERAL, CANDIDATES), (OLDER_GENERAL, OLDER_CANDIDATES)])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("asked", ["2022_pres_t1", "Présidentielle 2022", "2022_pres_t2", None])
def test_the_aggregated_pair_of_several_elections(written, tmp_path, general, candidates, kind, asked):
    tables = {
        "general_results": aggregated(general, ELECTIONS),
        "candidats_results": aggregated(candidates, ELECTIONS, LISTS),
    }
    if kind == "csv":
        paths = [written(f"{name}.csv", rows) for name, rows in tables.items()]
    else:
        paths = [stored(tmp_path, f"{name}.parquet", rows) for name, rows in tables.items()]
    truth = {
        **expected(ELECTIONS["2022_pres_t1"], "Présidentielle 2022"),
        **expected(ELECTIONS["2022_pres_t2"], "Présidentielle 2022"),
    }
    if asked is None:
        contest = constituency if general is GENERAL else None
        found = facts(load(*paths))
        assert {key: unit for key, unit in found.items() if key[0] == "Présidentielle 2022"} == truth
        legislative = {key: unit for key, unit in found.items() if key[0] != "Présidentielle 2022"}
        assert legislative == expected(ELECTIONS["2017_legi_t1"], "Législatives 2017", contest=contest)
        return
    for order in (paths, paths[::-1]):
        found = facts(load(*order, wanted=Wanted(election=asked)))
        wanted = {"2022_pres_t1": (1,), "2022_pres_t2": (2,)}.get(asked, (1, 2))
        assert found == {key: unit for key, unit in truth.items() if key[1] in wanted}


def test_candidates_of_the_pair_alone(written):
    found = load(written("candidats_results.csv", aggregated(CANDIDATES, {"2022_pres_t1": list(STATIONS)}, LISTS)))
    assert facts(found) == expected(STATIONS, "Présidentielle 2022", kinds="")


def test_ballots_of_the_pair_alone(written):
    found = load(written("general_results.csv", aggregated(GENERAL, {"2022_pres_t1": list(STATIONS)})))
    truth = expected(
        [replace(unit, votes=()) for unit in STATIONS], "Présidentielle 2022", kinds="registered blank null"
    )
    assert {key: unit["registered"] for key, unit in facts(found).items()} == {
        key: unit["registered"] for key, unit in truth.items()
    }
    assert not len(found.votes)


def test_pairs_and_lists_of_the_aggregated_table_have_their_own_names(written):
    """The columns of all kinds of elections stand side by side; each election fills its own."""
    europe = aggregated(
        OLDER_CANDIDATES, {"2019_euro_t1": list(STATIONS)}, frozenset({"Nom", "Prénom", "Binôme", "Liste", "Sexe"})
    )
    cantons = aggregated(
        OLDER_CANDIDATES, {"2021_dpmt_t1": list(STATIONS)}, LISTS - {"Binôme"} | {"Nom", "Prénom", "Sexe"}
    )
    found = facts(load(written("candidats_results.csv", [*europe, *cantons[1:]])))
    for (election, _, _, unit), votes in found.items():
        truth = {one.id: one for one in STATIONS}[unit]
        if election == "Européennes 2019":
            assert votes == {f"{one.surname} {one.first}": count for one, count in truth.votes}
        else:
            assert election == "Départementales 2021"
            assert votes == {f"Mme {one.surname} et M. {one.first}": count for one, count in truth.votes}


def test_rows_of_one_unit_that_disagree_are_refused(written):
    """The trap of a table “by departement” that repeats the figures of constituencies."""
    header = "departement;nom;inscrits;votants;exprimes;blancs;voix"
    units = [replace(STATIONS[0]), replace(STATIONS[1])]
    rows = long(units, header)
    with pytest.raises(SourceError, match="disagree"):
        load(written("2017-legislatives-1_par_departement_long.csv", rows, separator=","))


def test_ragged_totals_of_a_long_table_are_not_added(written):
    header = "Code du département;Libellé du département;Inscrits;Votants;Blancs;Nuls;Exprimés;Nom;Prénom;Voix"
    units = added_up(STATIONS, "departement")
    rows = long(units, header)
    total = [["", "France entière", *row[2:]] for row in long(added_up(units, "round"), header)[1:]]
    found = load(written("presidentielle-2017-t1.csv", [*rows, *total]))
    assert facts(found) == expected(units, "Présidentielle 2017", unit=lambda unit: unit.departement_name)
    assert not found.provenance.files[0].found


PANELS = [
    "circo,pano,nom,prenom,nuanceCode,voix,pct_exprimes,elu",
    "1,1,PETIT,Luc,DVG,60,60.00,B",
    "1,2,ROUX,Inès,DVD,40,40.00,B",
    "2,1,NOËL,Jean,DVG,30,30.00,N",
    "2,2,BLANC,Ève,DVD,70,70.00,O",
]


def test_a_departement_that_no_column_names_is_not_guessed(written):
    """Constituency 1 of two departements would be one, with two candidates on panel 1."""
    rows = [*PANELS, "1,1,DURAND,Bob,DVG,11,55.00,B", "1,2,MARTIN,Zoé,DVD,9,45.00,B"]
    with pytest.raises(SourceError) as caught:
        load(written("legislatives-2027-t1.csv", "\n".join(rows) + "\n"))
    assert "has the number 1, as somebody else in this unit" in str(caught.value.problems[0].message)


def test_marks_of_those_who_go_on_are_no_election(written):
    """B is a second ballot, O and OUI are elected; `QUALIF T2` goes on to it."""
    rows = [PANELS[0].replace("circo", "dep2,circo"), *(f"01,{row}" for row in PANELS[1:])]
    rows += ["02,1,1,DURAND,Bob,DVG,11,55.00,QUALIF T2", "02,1,2,MARTIN,Zoé,DVD,9,45.00,NON"]
    found = load(written("legislatives-2027-t1.csv", "\n".join(rows) + "\n"))
    names = found.candidates["candidate"].tolist()
    elected = {names[row["candidate"]] for row in found.votes.to_dict("records") if row["elected"] is True}
    assert elected == {"Ève BLANC"}
    assert len(found.contests) == 3


def test_a_header_that_comes_again_is_said(written):
    header = "code_commune;bureau;inscrits;votants;exprimes;nom;voix"
    rows = [
        header,
        "78172;1;100;60;58;PETIT;30",
        "78172;1;100;60;58;ROUX;28",
        header,
        "78172;2;90;50;49;PETIT;49",
        header,
    ]
    found = load(written("municipales-2026-t2.csv", "\n".join(rows) + "\n"))
    assert len(found.ballots) == 2
    said = " ".join(str(remark) for remark in found.provenance.files[0].remarks)
    assert "The header stands 2 more times between the rows, and is left out." in said


TRANSLATED = (
    "circo_id,circo_libelle,dep_code,dep_nom,inscriptions,votes,vote_taux,votes_exprimes,taux_votes_exprimes_inscriptions,"
    "votes_blancs,taux_votes_blancs_inscriptions,votes_nuls,numero_panneau,nuance_candidat_e,nom_candidat_e,prenom_candidat_e,"
    "voix,rapport_voix_exprimes,elu_e\n"
    '"0103",3ème circonscription,"01",Ain,200,100,50,90,45,6,3,4,1,DVG,PETIT,Luc,30,33.33,\n'
    '"0103",3ème circonscription,"01",Ain,200,100,50,90,45,6,3,4,2,DVD,ROUX,Inès,60,66.67,vrai\n'
)


def test_votes_beside_voix_are_those_of_everybody(written):
    found = load(written("législatives-2027-t1.csv", TRANSLATED))
    assert not [one for file in found.provenance.files for one in file.found]
    counts = {"registered": 200, "voters": 100, "valid": 90, "blank": 6, "null": 4}
    assert [*facts(found).values()] == [{**counts, "Luc PETIT": 30, "Inès ROUX": 60}]


def test_votes_beside_voix_that_do_not_add_up_are_not_guessed(written):
    with pytest.raises(SourceError, match="more than once"):
        load(written("législatives-2027-t1.csv", TRANSLATED.replace(",100,50,", ",101,50,")))


def test_numbers_under_candidat_are_those_of_the_panels(written):
    rows = (
        "candidat,code_circo,inscrits,votants,blancs,nuls,exprimes,nom,nb_voix,elu\n1,604,90,50,2,3,45,PETIT,15,NON\n"
    )
    found = load(written("législatives-2027-t1.csv", rows + "2,604,90,50,2,3,45,ROUX,30,OUI\n"))
    assert dict(zip(found.candidates["candidate"], found.votes["votes"], strict=True)) == {"PETIT": 15, "ROUX": 30}
