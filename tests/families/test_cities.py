"""What cities publish: signatures beside ballots, levels in a column, exchange files that name no column."""

from __future__ import annotations

import json

import pytest

from primaire.errors import SourceError
from primaire.sources import load
from tests.families.made_up import facts

PARIS = [
    (
        "id_bvote;type_election;annee;numero_tour;date_tour;circ_bv;quartier_bv;arr_bv;sec_bv;num_bureau;nb_procuration;nb_inscrit;"
        "nb_emargement;nb_bulletin;nb_votant;nb_vote_blanc;nb_vote_nul;nb_exprime;petit_luc;roux_ines"
    ),
    "1-1;Présidentielle;2027;2;2027-04-25;1;1;1;01;1;3;100;75;75;76;4;1;70;60;10",
    "20-8;Présidentielle;2027;2;2027-04-25;15;80;20;20;8;2;120;80;81;81;5;2;73;50;23",
]


def remarks(found):
    return " ".join(str(remark) for file in found.provenance.files for remark in file.remarks)


@pytest.mark.parametrize("swapped", [False, True])
def test_signatures_and_ballots_are_no_two_rounds(written, swapped):
    """Blank, null and valid votes add up to the signatures: 4 + 1 + 70 = 75, 5 + 2 + 73 = 80."""
    rows = "\n".join(PARIS)
    if swapped:  # the columns in the other order
        cells = [row.split(";") for row in PARIS]
        for row in cells:
            row[12], row[14] = row[14], row[12]
        rows = "\n".join(";".join(row) for row in cells)
    found = facts(load(written("paris.csv", rows + "\n")))
    assert found == {
        ("Présidentielle 2027", 2, "Présidentielle 2027", "1-1"): {
            "registered": 100, "voters": 75, "blank": 4, "null": 1, "valid": 70, "petit_luc": 60, "roux_ines": 10,
        },
        ("Présidentielle 2027", 2, "Présidentielle 2027", "20-8"): {
            "registered": 120, "voters": 80, "blank": 5, "null": 2, "valid": 73, "petit_luc": 50, "roux_ines": 23,
        },
    }  # fmt: skip


def test_the_years_of_maps_and_numbered_candidates(written):
    """`bv2027` is a station of the map of 2027; candidates and votes are numbered."""
    rows = [
        (
            "id;departement;commune;bv2027;nom;nb_inscrits;nb_bulletins;nb_emargements;nb_exprimes;nb_blancs;nb_nuls;nb_candidats;"
            "candidat_1;nb_voix_1;candidat_2;nb_voix_2"
        ),
        "1;31;555;0001;CAPITOLE;100;80;80;75;3;2;2;PETIT Luc;40;ROUX Inès;35",
        "2;31;555;0002;DAURADE;90;70;70;66;3;1;2;PETIT Luc;30;ROUX Inès;36",
    ]
    found = facts(load(written("presidentielle-2027-toulouse-t1.csv", "\n".join(rows) + "\n")))
    assert {key[3]: unit["PETIT Luc"] for key, unit in found.items()} == {"31555_0001": 40, "31555_0002": 30}
    assert [unit["valid"] for unit in found.values()] == [75, 66]


LEVELS = [
    (
        "NOM_ELECTION;NUMERO_TOUR;NIVEAU_DETAIL;NUMERO_LIEU;NOM_LIEU;NUMERO_CANTON;NOM_CANTON;NB_INSCRITS;NB_EMARGEMENTS;NB_BULLETINS;"
        "NB_BLANCS;NB_NULS;NB_EXPRIMES;CANDIDATS_1;NB_VOIX_1;CANDIDATS_2;NB_VOIX_2"
    ),
    "ELECTION PRESIDENTIELLE 2027;1;vi;35238;RENNES;;;300;200;200;9;6;185;PETIT Luc;100;ROUX Inès;85",
    "ELECTION PRESIDENTIELLE 2027;1;ca;1;RENNES-1;1;RENNES-1;180;120;120;5;4;111;PETIT Luc;60;ROUX Inès;51",
    "ELECTION PRESIDENTIELLE 2027;1;ca;2;RENNES-2;2;RENNES-2;120;80;80;4;2;74;PETIT Luc;40;ROUX Inès;34",
    "ELECTION PRESIDENTIELLE 2027;1;bu;101;Mairie;1;RENNES-1;100;70;70;3;2;65;PETIT Luc;35;ROUX Inès;30",
    "ELECTION PRESIDENTIELLE 2027;1;bu;102;École;1;RENNES-1;80;50;50;2;2;46;PETIT Luc;25;ROUX Inès;21",
    "ELECTION PRESIDENTIELLE 2027;1;bu;201;Gymnase;2;RENNES-2;120;80;80;4;2;74;PETIT Luc;40;ROUX Inès;34",
]


def test_a_city_s_levels_in_one_table(written):
    """The city (vi) and its cantons (ca) are totals of the stations (bu): 35 + 25 + 40 = 100."""
    found = load(written("resultats.csv", "\n".join(LEVELS) + "\n"))
    units = facts(found)
    assert {key[0] for key in units} == {"Présidentielle 2027"}
    assert [unit["PETIT Luc"] for unit in units.values()] == [35, 25, 40]
    assert "3 rows are totals of others" in remarks(found)


def test_rows_without_a_level_are_left_out_with_a_remark(written):
    more = LEVELS[4].replace(";bu;101;Mairie;", ";;9;Centre;")
    found = load(written("resultats.csv", "\n".join([*LEVELS, more]) + "\n"))
    assert len(facts(found)) == 3
    assert "One row is left out: it says no level." in remarks(found)


def test_rows_of_a_level_that_is_not_known_are_refused(written):
    more = LEVELS[4].replace(";bu;101;Mairie;", ";xy;9;Centre;")
    with pytest.raises(SourceError, match="levels that are not known: xy"):
        load(written("resultats.csv", "\n".join([*LEVELS, more]) + "\n"))


def exchanged(*stations: tuple[str, int, int, int, int, int, int]):
    """Return rows as a city sends them: number, kind, year, round, departement, commune, station, …, and (list, votes)."""
    for at, (station, registered, blank, null, first, second, unsigned) in enumerate(stations, start=1):
        voters = blank + null + first + second
        yield [
            at, "MN", "2026", 2, 31, 555, station, "I", registered, registered - voters, voters, voters + unsigned, blank, null,
            first + second, 2, "005", first, "012", second,
        ]  # fmt: skip


STATIONS = list(
    exchanged(("0001", 100, 2, 1, 40, 30, 0), ("0002", 90, 1, 1, 20, 35, -1), ("003A", 80, 3, 0, 10, 30, 1))
)


def test_an_exchange_file_without_names_of_columns(written):
    rows = [{f"column_{at}": cell for at, cell in enumerate(row, start=1)} for row in STATIONS]
    found = facts(load(written("resultats.json", json.dumps(rows))))
    assert found == {
        ("Municipales 2026", 2, "31555", f"31555_{station}"): {
            "registered": registered, "voters": voters, "blank": blank, "null": null, "valid": valid, "005": a, "012": b,
        }
        for station, registered, voters, blank, null, valid, a, b in (
            ("0001", 100, 73, 2, 1, 70, 40, 30), ("0002", 90, 57, 1, 1, 55, 20, 35), ("003A", 80, 43, 3, 0, 40, 10, 30),
        )
    }  # fmt: skip


def test_an_exchange_file_that_does_not_add_up_is_not_guessed(written):
    rows = [list(row) for row in STATIONS]
    rows[1][8] = 1  # fewer registered than voters
    text = "\n".join(";".join(map(str, row)) for row in rows)
    with pytest.raises(SourceError, match="not recognised"):
        load(written("resultats.csv", text + "\n"))


BREST = (
    ";Numéro;Bureau;Canton;Circo;Scrutin;Inscrits;Votants;Blancs;Nuls;Exprimés;Participation;"
    "M. PETIT Luc - votes;M. PETIT Luc - pourcentage;Mme ROUX Inès - votes;Mme ROUX Inès - pourcentage\n"
    "0;012;ÉCOLE DU PORT;2;03;Élections Législatives 2nd tour;100;60;3;2;55;60,00 %;30;54,55 %;25;45,45 %\n"
    "1;013;ÉCOLE DU PORT;2;03;Élections Législatives 2nd tour;200;120;6;4;110;60,00 %;60;54,55 %;50;45,45 %\n"
)


def test_numbers_beside_the_names_of_stations_and_an_election_named_by_a_column(written):
    """Two stations in one school are told apart by the number before its name."""
    found = load(written("tour2_circo3.csv", BREST))
    assert (found.contests["election"].tolist(), found.contests["round"].tolist()) == (["Législatives"], [2])
    assert found.contests["contest"].tolist() == ["03"]
    assert found.ballots["station_code"].tolist() == ["0012", "0013"]
    assert found.ballots["station"].tolist() == ["ÉCOLE DU PORT", "ÉCOLE DU PORT"]
    assert found.votes["votes"].tolist() == [30, 25, 60, 50]


ANGERS = (
    "CodCan,LibCan,Bureau de vote,Libellé,Inscrits,Votants,Nuls,Blancs,Exprimés,Procurations,"
    "LibBin,CodNuaBin,LibNuaBin,NbVoix,LibBin,CodNuaBin,LibNuaBin,NbVoix\n"
    "01,Port 1,122,ÉCOLE,100,60,2,3,55,1,PETIT Luc - ROUX Inès,BC-VEC,Les Verts,30,FOUR Guy - LAC Ada,BC-SOC,Parti Socialiste,25\n"
    ",,,,,,,,,,,,,,,,,\n"
    "02,Port 2,201,MAIRIE,200,120,4,6,110,2,BOIS Léa - PRÉ Max,BC-VEC,Les Verts,60,MER Zoé - MONT Ugo,BC-UD,Union,50\n"
)


def test_pairs_of_candidates_by_canton(written):
    """“1er15” is a first round of 2015, no European vote of which all France has the same candidates."""
    found = load(written("49007_201_1er15ccanto_cantons.csv", ANGERS))
    assert found.contests["contest"].tolist() == ["01 Port 1", "02 Port 2"]
    assert found.ballots["station"].tolist() == ["ÉCOLE", "MAIRIE"]
    assert found.candidates["label"].tolist() == ["BC-VEC", "BC-SOC", "BC-VEC", "BC-UD"]


PORTAL = (
    "id;code_officiel_du_departement;nom_officiel_du_departement;nom_officiel_commune;code_bvote;inscrits;abstentions;absins;votants;"
    "votins;blancs;blancsvot;nuls;exprimes;expvot;npan;code_nuance;sexe;nom;prenom;liste;voix;voixins;voixexp;code_officiel_commune;"
    "nom_du_bureau\n"
    "1;01;Ain;Port;01004_0001;100;40;40;60;60;3;5;2;55;91.67;1;LDVG;M;PETIT;Luc;ENSEMBLE;30;30;54.55;01004;Mairie\n"
    "1;01;Ain;Port;01004_0001;100;40;40;60;60;3;5;2;55;91.67;2;LDVD;F;ROUX;Inès;DEMAIN;25;25;45.45;01004;Mairie\n"
    "2;01;Ain;Lac;01006_0001;200;80;40;120;60;6;5;4;110;91.67;1;LDIV;M;FOUR;Guy;AGIR;110;55;100;01006;Mairie\n"
)


def test_a_portal_s_own_columns_of_places(written):
    found = load(written("elections-municipales-2014-1er-tour.csv", PORTAL))
    assert not [one for file in found.provenance.files for one in file.found]
    assert found.contests["contest"].tolist() == ["Port (01004)", "Lac (01006)"]
    assert found.ballots[["commune_code", "station_code"]].to_numpy().tolist() == [["01004", "0001"], ["01006", "0001"]]
    assert found.votes["votes"].tolist() == [30, 25, 110]
    compared = "14 printed percentages"  # four of each station, two of each candidate
    assert compared in remarks(found)


def test_a_code_names_the_election(written):
    header = "Code de la commune;Code du b.vote;Inscrits;Votants;Blancs;Nuls;Exprimés;Nom;Prénom;Voix;scrutin_code\n"
    rows = "01001;1;100;60;3;2;55;PETIT;Luc;30;PR2027\n01001;1;100;60;3;2;55;ROUX;Inès;25;PR2027\n"
    for name in ("elections-2027.csv", "export.csv"):
        assert load(written(name, header + rows)).contests["election"].tolist() == ["Présidentielle 2027"]
    other = load(written("elections-2022.csv", header + rows)).contests["election"].tolist()
    assert other == ["elections-2022"]  # the file says another year: it names itself
