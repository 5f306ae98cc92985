"""The ministry's feed to one table: every level, candidates and lists, old and new element names, bad XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from primaire.errors import SourceError
from primaire.sources.opening.content import Content, open_contents
from primaire.sources.opening.feed import is_xml, read_feed

if TYPE_CHECKING:
    from primaire.sources.opening.sheet import Sheet


MENTIONS = """<Mentions><Inscrits><Nombre>100</Nombre></Inscrits>
  <Abstentions><Nombre>40</Nombre><RapportInscrit>  40,00</RapportInscrit></Abstentions>
  <Votants><Nombre>60</Nombre><RapportInscrit>  60,00</RapportInscrit></Votants>
  <Blancs><Nombre>6</Nombre><RapportInscrit>   6,00</RapportInscrit><RapportVotant>  10,00</RapportVotant></Blancs>
  <Nuls><Nombre>4</Nombre><RapportInscrit>   4,00</RapportInscrit><RapportVotant>   6,67</RapportVotant></Nuls>
  <Exprimes><Nombre>50</Nombre><RapportInscrit>  50,00</RapportInscrit><RapportVotant>  83,33</RapportVotant></Exprimes>
</Mentions>"""


def candidate(name: str, votes: int, more: str = "") -> str:
    return f"<Candidat><NomPsn>{name}</NomPsn><PrenomPsn>Zoé</PrenomPsn><NbVoix>{votes}</NbVoix>{more}</Candidat>"


def tour(number: int, *candidates: str, mentions: str = MENTIONS) -> str:
    results = f"<Resultats><Candidats>{''.join(candidates)}</Candidats></Resultats>" if candidates else ""
    return f"<Tour><NumTour>{number}</NumTour>{mentions}{results}</Tour>"


def tours(*several: str) -> str:
    return f"<Tours>{''.join(several)}</Tours>"


def departement(inside: str) -> str:
    place = "<CodReg>93</CodReg><LibReg>Provence</LibReg><CodDpt>05</CodDpt><CodDpt3Car>005</CodDpt3Car>"
    return f"<Departement>{place}<LibDpt>Hautes-Alpes</LibDpt>{inside}</Departement>"


def feed(inside: str, kind: str = "Présidentielle") -> bytes:
    scrutin = f"<Scrutin><Type>{kind}</Type><Annee>2022</Annee></Scrutin>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Election>{scrutin}{inside}</Election>'.encode()


def read(data: bytes) -> Sheet:
    return read_feed(Content("a.xml", "a", data))


def records(inside: str) -> list[dict[str, str]]:
    header, *rows = read(feed(inside)).rows
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_row_is_a_place_a_round_and_a_candidate():
    commune = "<Commune><CodSubCom>061</CodSubCom><LibSubCom>Gap</LibSubCom>{}</Commune>"
    rounds = tours(
        tour(1, candidate("UN", 30, "<RapportExprime>  60,00</RapportExprime>"), candidate("DEUX", 20)),
        tour(2, candidate("UN", 50)),
    )
    sheet = read(feed(departement(commune.format(rounds))))
    assert "|".join(sheet.rows[0]) == (
        "Élection|Tour|Code de la région|Libellé de la région|Code du département|Libellé du département"
        "|Code de la commune|Libellé de la commune|Niveau|Inscrits|Abstentions|% Abs/Ins|Votants|% Vot/Ins"
        "|Blancs|% Blancs/Ins|% Blancs/Vot|Nuls|% Nuls/Ins|% Nuls/Vot|Exprimés|% Exp/Ins|% Exp/Vot"
        "|Nom|Prénom|Voix|% Voix/Exp"
    )
    gap = ["93", "Provence", "05", "Hautes-Alpes", "061", "Gap", "commune"]
    counts = ["100", "40", "40,00", "60", "60,00", "6", "6,00", "10,00", "4", "4,00", "6,67", "50", "50,00", "83,33"]
    assert sheet.rows[1:] == [
        ["Présidentielle 2022", "1", *gap, *counts, "UN", "Zoé", "30", "60,00"],
        ["Présidentielle 2022", "1", *gap, *counts, "DEUX", "Zoé", "20", ""],
        ["Présidentielle 2022", "2", *gap, *counts, "UN", "Zoé", "50", ""],
    ]
    assert sheet.remarks == ()


def test_a_departement_and_its_communes_stand_side_by_side():
    """A city and its arrondissements too, under the codes that are published."""
    communes = "".join(
        f"<Commune><CodSubCom>{code}</CodSubCom>{tours(tour(1, candidate('UN', 50)))}</Commune>"
        for code in ("056", "056AR01", "056AR02")
    )
    found = records(departement(f"{tours(tour(1, candidate('UN', 50)))}<Communes>{communes}</Communes>"))
    assert [(record["Niveau"], record["Code de la commune"]) for record in found] == [
        ("departement", ""),
        ("commune", "056"),
        ("commune", "056AR01"),
        ("commune", "056AR02"),
    ]


@pytest.mark.parametrize(
    ("around", "level"),
    [
        ("{}", "nation"),
        ("<EnsembleGeo>{}</EnsembleGeo>", "nation"),
        ("<Regions><Region><CodReg>93</CodReg>{}</Region></Regions>", "region"),
        ("<Departement><CodDpt>05</CodDpt>{}</Departement>", "departement"),
        ("<Departement><Circonscriptions><Circonscription>{}</Circonscription></Circonscriptions></Departement>", "constituency"),
        ("<Departement><Cantons><Canton><CodCan>01</CodCan>{}</Canton></Cantons></Departement>", "canton"),
        ("<Departement><Circonscription><Commune>{}</Commune></Circonscription></Departement>", "commune"),
    ],
)  # fmt: skip
def test_the_level_is_that_of_the_closest_place_around_the_counts(around, level):
    (record,) = records(around.format(tours(tour(1, candidate("UN", 50)))))
    assert (record["Niveau"], record["Voix"]) == (level, "50")


@pytest.mark.parametrize(
    ("place", "shares", "nuance"),
    [
        ("<CodCirLg>01</CodCirLg>", "RapportExprime", "<CodNua>DVG</CodNua>"),  # to 2022
        ("<CodCirElec>0501</CodCirElec>", "RapportExprimes", "<CodNuaCand>DVG</CodNuaCand>"),  # from 2024 on
    ],
)
def test_old_and_new_names_of_elements_mean_the_same(place, shares, nuance):
    more = f"{nuance}<{shares}>100,00</{shares}><Elu>OUI</Elu><NumPanneauCand>3</NumPanneauCand>"
    mentions = MENTIONS.replace("RapportInscrit>", "RapportInscrits>") if shares.endswith("s") else MENTIONS
    rounds = tours(tour(1, candidate("UN", 50, more), mentions=mentions))
    (record,) = records(departement(f"<Circonscription>{place}{rounds}</Circonscription>"))
    assert record["Code de la circonscription"] in ("01", "0501")
    assert record["% Abs/Ins"] == "40,00"
    assert [record[name] for name in ("N°Panneau", "Nuance", "% Voix/Exp", "Elu")] == ["3", "DVG", "100,00", "OUI"]


def test_a_list_has_the_votes_not_the_people_on_it():
    head = "<CodNuaListe>LDVG</CodNuaListe><NomTeteListe>UN</NomTeteListe><PrenomTeteListe>Zoé</PrenomTeteListe>"
    people = "<Candidats><Candidat><NomPsn>UN</NomPsn><Elu>OUI</Elu></Candidat></Candidats>"
    listed = f"<Liste>{head}<NomListe>Gap</NomListe><NbVoix>50</NbVoix><NbSieges>27</NbSieges>{people}</Liste>"
    for lists in (f"<Resultats><Listes>{listed}</Listes></Resultats>", f"<Listes>{listed}</Listes>"):
        (record,) = records(departement(tours(f"<Tour><NumTour>1</NumTour>{MENTIONS}{lists}</Tour>")))
        columns = ("Nuance", "Nom", "Prénom", "Liste", "Voix", "Sièges")
        assert [record[name] for name in columns] == ["LDVG", "UN", "Zoé", "Gap", "50", "27"]


def test_totals_of_nuances_count_only_where_nobody_else_has_votes():
    nuances = "<Nuances><Nuance><CodNua>DVG</CodNua><NbVoix>50</NbVoix></Nuance></Nuances>"
    alone = f"<Tour><NumTour>1</NumTour>{MENTIONS}<Resultats>{nuances}</Resultats></Tour>"
    assert [record["Nuance"] for record in records(tours(alone))] == ["DVG"]
    beside = alone.replace("<Nuances>", f"<Candidats>{candidate('UN', 50)}</Candidats><Nuances>")
    assert [record["Nom"] for record in records(tours(beside))] == ["UN"]


def test_a_pair_is_called_by_both_names():
    people = "".join(
        f"<Membre><NomPsn>{name}</NomPsn><PrenomPsn>{first}</PrenomPsn></Membre>"
        for first, name in (("Zoé", "UN"), ("Luc", "DEUX"))
    )
    pair = f"<Binome><CodNua>BC-DVG</CodNua><NbVoix>50</NbVoix>{people}</Binome>"
    (record,) = records(tours(f"<Tour><NumTour>1</NumTour>{MENTIONS}<Resultats>{pair}</Resultats></Tour>"))
    assert (record["Nom"], record["Nuance"]) == ("Zoé UN et Luc DEUX", "BC-DVG")


def test_blank_and_null_together_are_one_column():
    """As before 2014."""
    both = "<BlancsOuNuls><Nombre>10</Nombre><RapportVotant>16,67</RapportVotant></BlancsOuNuls>"
    (record,) = records(tours(tour(1, candidate("UN", 50), mentions=f"<Mentions>{both}</Mentions>")))
    assert (record["Blancs et nuls"], record["% BlNuls/Vot"]) == ("10", "16,67")
    assert "Blancs" not in record


def test_turnout_before_the_votes_is_a_row_without_a_candidate():
    (record,) = records(departement(tours(tour(1))))
    assert record["Votants"] == "60"
    assert not {"Nom", "Voix"} & record.keys()


def test_an_index_gives_no_row_and_says_so():
    commune = "<Commune><CodSubCom>061</CodSubCom><ResultatsParvenus>O</ResultatsParvenus></Commune>"
    index = f"<Tours><Tour><NumTour>2</NumTour><Communes>{commune}</Communes></Tour></Tours>"
    for inside in (index, f"<Communes>{commune}</Communes>"):
        sheet = read(feed(departement(inside)))
        assert sheet.rows == []
        assert ["no counts" in str(remark) for remark in sheet.remarks] == [True]


def test_rounds_that_have_not_come_in_are_counted():
    sheet = read(feed(departement(tours(tour(1, candidate("UN", 50)), tour(2, mentions="")))))
    assert len(sheet.rows) == 2
    assert [str(remark) for remark in sheet.remarks] == ["the results of 1 place and round have not come in"]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_the_encoding_is_the_one_that_the_file_declares(encoding):
    text = feed(departement(tours(tour(1, candidate("CÔTÉ", 50))))).decode().replace("UTF-8", encoding)
    data = text.encode(encoding)
    assert is_xml(data)
    assert read(data).rows[1][-3] == "CÔTÉ"


@pytest.mark.parametrize(
    ("data", "xml"),
    [
        (feed(""), True),
        (b"\xef\xbb\xbf\n<Election/>", True),
        (b"<!-- a remark --><Election/>", True),
        (b"<!DOCTYPE Election><Election/>", True),
        (b"<!DOCTYPE html><html></html>", False),
        (b"<HTML>404</HTML>", False),
        (b"candidate;voix", False),
        (b"<", False),
        (b"", False),
    ],
)
def test_xml_is_told_by_its_beginning(data, xml):
    assert is_xml(data) is xml


@pytest.mark.parametrize("declared", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_grow(declared):
    """A billion laughs: ten entities of ten references each would make ten thousand million letters."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 11))
    text = f'<?xml version="1.0"?><!DOCTYPE Election [<!ENTITY e0 "ha">{entities}]><Election>&e10;</Election>'
    with pytest.raises(SourceError, match="declares XML entities"):
        read(text.encode(declared))


def test_an_entity_of_another_file_is_refused(tmp_path):
    (tmp_path / "secret").write_text("secret")
    declared = f'<!DOCTYPE Election [<!ENTITY file SYSTEM "{tmp_path / "secret"}">]>'
    with pytest.raises(SourceError, match="declares XML entities"):
        read(f"{declared}<Election>&file;</Election>".encode())


@pytest.mark.parametrize("data", [feed("")[:-4], feed("<Tours>"), b"<Election>&none;</Election>", b"<?xml", b"<a"])
def test_malformed_xml_is_refused_with_its_line(data):
    with pytest.raises(SourceError, match=r"“a\.xml” is XML that is malformed or cut short") as refused:
        read(data)
    (problem,) = refused.value.problems
    assert problem.line == data.count(b"\n") + 1


@pytest.mark.parametrize("encoding", ["klingon", "utf-7"])
def test_an_encoding_that_nobody_knows_is_refused(encoding):
    with pytest.raises(SourceError, match="malformed"):
        read(f'<?xml version="1.0" encoding="{encoding}"?><Election/>'.encode())


def test_other_xml_is_refused_with_what_it_begins_with():
    with pytest.raises(SourceError, match="not the ministry's feed: it begins with “kml”"):
        read(b"<kml><Election/></kml>")


def test_endless_nesting_is_refused():
    with pytest.raises(SourceError, match="nested too deeply"):
        read(feed("<a>" * 5000 + "</a>" * 5000))


def test_a_rehearsal_of_the_ministry_is_read(published_data):
    """Numbers as they stand in the files: 971101.xml lines 23 and 60, 11 + 3 candidates in the two rounds of each."""
    index: list[str] = []
    for content in open_contents(published_data / "fr-ministere-xml"):
        sheet = read_feed(content)
        if not sheet.rows:
            index.append(content.title)
            continue
        header, *rows = sheet.rows
        votes = [(row[header.index("Tour")], int(row[header.index("Voix")])) for row in rows]
        valid = {row[header.index("Tour")]: int(row[header.index("Exprimés")]) for row in rows}
        # What no header of the table can get wrong: the candidates' votes add up to the valid votes, round by round.
        assert valid == {number: sum(count for tour, count in votes if tour == number) for number in ("1", "2")}
    assert index == ["971IDX"]
