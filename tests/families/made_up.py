"""A made-up election, and the cells that tables of real layouts have for it.

The headers in the tests are those of the published files; the places are real, all figures are invented. What each
header stands for is said here once more, on purpose apart from the vocabulary that is tested.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from primaire.schema import COUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from primaire.schema import Returns

Row = list[str]
Facts = dict[tuple[str, int, str, str], dict[str, int]]


@dataclass(frozen=True)
class Person:
    """Somebody who stands, or a list."""

    panel: int
    sex: str
    surname: str
    first: str
    nuance: str
    short: str
    long: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.surname}"


PEOPLE: Final = (
    Person(1, "F", "ÉTIENNE", "Zoé", "DVG", "ENSEMBLE À GAUCHE", "ENSEMBLE À GAUCHE, POUR DEMAIN"),
    Person(2, "M", "LE GOFF", "Jean-Yves", "DVD", "L'AVENIR", "L'AVENIR D'ABORD"),
    Person(3, "M", "O'NEILL", "Côme", "DIV", "UNION & RAISON", "UNION & RAISON POUR TOUS"),
)


@dataclass(frozen=True)
class Unit:
    """A polling station: where it is, what was counted, and the votes of each person in the order of its row."""

    departement: str
    departement_name: str
    constituency: str
    canton: str
    commune: str
    commune_name: str
    station: str
    registered: int
    blank: int
    null: int
    votes: tuple[tuple[Person, int], ...]
    elected: int = 0
    """The panel of who is elected."""
    round: int = 1
    region: str = "84"
    region_name: str = "Auvergne-Rhône-Alpes"

    @property
    def valid(self) -> int:
        return sum(votes for _, votes in self.votes)

    @property
    def voters(self) -> int:
        return self.valid + self.blank + self.null

    @property
    def insee(self) -> str:
        return self.departement + self.commune

    @property
    def id(self) -> str:
        return f"{self.insee}_{self.station}"


def _unit(place: str, registered: int, blank: int, null: int, *votes: int) -> Unit:
    departement, name, constituency, canton, commune, called, station = place.split(";")
    cast = tuple(zip(PEOPLE, votes, strict=False))
    return Unit(
        departement, name, constituency, canton, commune, called, station, registered, blank, null, cast, elected=2
    )


STATIONS: Final = (
    _unit("01;Ain;04;10;001;L'Abergement-Clémenciat;0001", 645, 12, 3, 150, 201, 97),
    _unit("01;Ain;04;10;001;L'Abergement-Clémenciat;0002", 1204, 7, 0, 333, 0, 412),
    _unit("2A;Corse-du-Sud;01;03;004;Ajaccio;0001", 987, 0, 9, 101, 299, 88),
    _unit("75;Paris;05;15;056;Paris;1001", 1311, 21, 4, 505, 123, 77),
    _unit("78;Yvelines;07;05;172;Conflans-Sainte-Honorine;0001", 1473, 31, 11, 402, 398, 155),
    _unit("ZA;Guadeloupe;01;02;101;Les Abymes;0010", 12345, 210, 65, 1002, 2003, 3004),
)
"""One constituency of Ain with two stations, and one station each elsewhere: Corsica, Paris, overseas."""


def percent(part: int, whole: int, mark: str = ",") -> str:
    """A percentage of two decimals, halves rounded away from zero."""
    hundredths = (part * 20000 + whole) // (2 * whole) if whole else 0
    return f"{hundredths // 100}{mark}{hundredths % 100:02}"


CELLS: Final[dict[str, Callable[[Unit], object]]] = {}
"""By header, the cell of a unit."""
BLOCKS: Final[dict[str, Callable[[Unit, Person, int], object]]] = {}
"""By header without the number of its block, the cell of a candidate."""


def _cells(headers: str, cell: Callable[[Unit], object]) -> None:
    CELLS.update(dict.fromkeys(headers.split("|"), cell))


def _blocks(headers: str, cell: Callable[[Unit, Person, int], object]) -> None:
    BLOCKS.update(dict.fromkeys(headers.split("|"), cell))


_cells("Date de l'export", lambda _: "31/03/2014 09:33:41")
_cells("Type de scrutin", lambda _: "LI2")
_cells("Etat saisie", lambda _: "Complet")
_cells("N° tour|N tour|NUMTOUR|tour", lambda unit: unit.round)
_cells("Code de la région|Code région", lambda unit: unit.region)
_cells("Libellé de la région|Libellé région", lambda unit: unit.region_name)
_cells(
    "Code du département|Code département|CODDPT|code_departement|dep_code|departement",
    lambda unit: unit.departement,
)
_cells("Libellé du département|Libellé département|libelle_departement", lambda unit: unit.departement_name)
_cells("Code de la circonscription|CODCIRC|circonscription", lambda unit: unit.constituency)
_cells("Code circonscription législative|code_circonscription", lambda unit: unit.departement + unit.constituency)
_cells(
    "Libellé de la circonscription|Libellé circonscription législative|libelle_circonscription",
    lambda unit: f"{int(unit.constituency)}ème circonscription",
)
_cells("Code du canton|Code canton|CODCAN|code_canton", lambda unit: unit.canton)
_cells("Libellé du canton|Libellé canton|LIBCAN|libelle_canton", lambda unit: f"Canton {unit.canton}")
_cells("Code de la commune|CODSUBCOM|commune", lambda unit: unit.commune)
_cells("Code commune|code_commune|commune_code|Code Officiel Commune", lambda unit: unit.insee)
_cells(
    "Libellé de la commune|Libellé commune|Nom de la commune|LIBSUBCOM|libelle_commune|commune_libelle",
    lambda unit: unit.commune_name,
)
_cells("Code du b.vote|Code B.Vote|Code BV|CODBURVOT|code_bv|N° de bureau de vote|bureau", lambda unit: unit.station)
_cells("id_brut_miom", lambda unit: unit.id)
_cells("Inscrits|NBRINS|inscrits|inscrits_nb", lambda unit: unit.registered)
_cells("Abstentions|NBRABS|abstentions|abstentions_nb", lambda unit: unit.registered - unit.voters)
_cells("Votants|NBRVOT|votants|votants_nb", lambda unit: unit.voters)
_cells("Blancs|NBRBLC|blancs|blancs_nb", lambda unit: unit.blank)
_cells("Nuls|NBRNUL|nuls|nuls_nb", lambda unit: unit.null)
_cells("Blancs et nuls|NBRBLCNUL", lambda unit: unit.blank + unit.null)
_cells("Exprimés|NBREXP|exprimes|exprimes_nb", lambda unit: unit.valid)
_cells(
    "% Abs/Ins|% Abstentions|ratio_abstentions_inscrits",
    lambda unit: percent(unit.registered - unit.voters, unit.registered),
)
_cells("% Vot/Ins|% Votants|ratio_votants_inscrits", lambda unit: percent(unit.voters, unit.registered))
_cells("% Blancs/Ins|% Blancs/inscrits", lambda unit: percent(unit.blank, unit.registered))
_cells("% Blancs/Vot|% Blancs/votants", lambda unit: percent(unit.blank, unit.voters))
_cells("% Nuls/Ins|% Nuls/inscrits", lambda unit: percent(unit.null, unit.registered))
_cells("% Nuls/Vot|% Nuls/votants", lambda unit: percent(unit.null, unit.voters))
_cells("% BlNuls/Ins", lambda unit: percent(unit.blank + unit.null, unit.registered))
_cells("% BlNuls/Vot", lambda unit: percent(unit.blank + unit.null, unit.voters))
_cells("% Exp/Ins|% Exprimés/inscrits", lambda unit: percent(unit.valid, unit.registered))
_cells("% Exp/Vot|% Exprimés/votants", lambda unit: percent(unit.valid, unit.voters))

_blocks(
    "N°Panneau|N.Pan.|Numéro de panneau|N°Liste|N° Liste|no_panneau|N° de dépôt du candidat|N° de dépôt de la liste|NUMDEPCAND",
    lambda _, person, __: person.panel,
)
_blocks("Sexe|Sexe candidat|sexe", lambda _, person, __: person.sex)
_blocks(
    "Nom|Nom candidat|nom|Nom du candidat|Nom du candidat tête de liste|NOMCAND|cand_nom",
    lambda _, person, __: person.surname,
)
_blocks(
    "Prénom|Prénom candidat|prenom|Prénom du candidat|Prénom du candidat  tête de liste|PRENOMCAND|cand_prenom",
    lambda _, person, __: person.first,
)
_blocks("Nom Tête de Liste", lambda _, person, __: f"{person.surname} {person.first}")
_blocks("Binôme|LIBLISEXT", lambda _, person, __: f"Mme {person.surname} et M. {person.first}")
_blocks(
    "Nuance|Code Nuance|Nuance candidat|Nuance liste|nuance|Nuance Liste|Code nuance du candidat|"
    "Code nuance de la liste|CODNUA|cand_nuance",
    lambda _, person, __: person.nuance,
)
_blocks("Libellé Abrégé Liste|Libellé abrégé de liste|libelle_abrege_liste", lambda _, person, __: person.short)
_blocks("Libellé Etendu Liste|Libellé de liste|Liste|liste", lambda _, person, __: person.long)
_blocks("Voix|voix|Nombre de voix|Nombre de voix du candidat|NBRVOIX|cand_nb_voix", lambda _, __, votes: votes)
_blocks("% Voix/Ins|% Voix/inscrits|ratio_voix_inscrits", lambda unit, _, votes: percent(votes, unit.registered))
_blocks("% Voix/Exp|% Voix/exprimés|ratio_voix_exprimes", lambda unit, _, votes: percent(votes, unit.valid))
_blocks(
    "Sièges / Elu|Sièges|Sièges au CM", lambda unit, person, _: 19 if person.panel == unit.elected else person.panel
)
_blocks("Sièges Secteur|Sièges CC|Sièges au CC", lambda _, person, __: person.panel + 40)
_blocks("Elu", lambda unit, person, _: "élu" if person.panel == unit.elected else "")
_blocks("Mark", lambda unit, person, _: "Elus" if person.panel == unit.elected else " ")

MINISTRY: Final = (
    "Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs;% Blancs/Ins;% Blancs/Vot;Nuls;% Nuls/Ins;% Nuls/Vot;"
    "Exprimés;% Exp/Ins;% Exp/Vot"
)
"""The counts of a unit from 2015 to 2022."""
TOGETHER: Final = "Inscrits;Abstentions;% Abs/Ins;Votants;% Vot/Ins;Blancs et nuls;% BlNuls/Ins;% BlNuls/Vot;Exprimés;% Exp/Ins;% Exp/Vot"
"""The counts before April 2014."""
RECENT: Final = (
    "Inscrits;Votants;% Votants;Abstentions;% Abstentions;Exprimés;% Exprimés/inscrits;% Exprimés/votants;Blancs;"
    "% Blancs/inscrits;% Blancs/votants;Nuls;% Nuls/inscrits;% Nuls/votants"
)
"""The counts from 2024 on."""
STATION: Final = (
    "Code du département;Libellé du département;Code de la circonscription;Libellé de la circonscription;"
    "Code de la commune;Libellé de la commune;Code du b.vote"
)


def wide(units: Iterable[Unit], fixed: str, block: str, *, header: str = "first") -> list[Row]:
    """A row per unit, candidates along it. The header names the ``first`` block, ``all`` alike, each with its number
    (``numbered``: from 1, behind a space; ``zero``: from 0, glued), or is not there (``none``)."""
    places, fields = fixed.split(";"), block.split(";")
    rows = [
        [
            *(str(CELLS[name](unit)) for name in places),
            *(str(BLOCKS[name](unit, person, votes)) for person, votes in unit.votes for name in fields),
        ]
        for unit in units
    ]
    most = max(len(row) - len(places) for row in rows) // len(fields)
    shown = [name if name != "Mark" else "Sièges" for name in fields]
    named = {
        "first": shown,
        "all": shown * most,
        "numbered": [f"{name} {number + 1}" for number in range(most) for name in shown],
        "zero": [f"{name}{number}" for number in range(most) for name in shown],
        "none": [],
    }[header]
    return rows if header == "none" else [[*places, *named], *rows]


def long(units: Iterable[Unit], header: str) -> list[Row]:
    """A row per unit and candidate."""
    names = header.split(";")
    return [
        names,
        *(
            [str(CELLS[name](unit) if name in CELLS else BLOCKS[name](unit, person, votes)) for name in names]
            for unit in units
            for person, votes in unit.votes
        ),
    ]


def text(rows: Sequence[Sequence[str]], *, separator: str = ";", newline: str = "\n", quoted: bool = False) -> str:
    """Rows as delimited text; cells that need quotation marks get them, or all do."""

    def cell(word: str) -> str:
        needs = quoted or separator in word or '"' in word or "\n" in word
        return '"' + word.replace('"', '""') + '"' if needs else word

    return "".join(separator.join(map(cell, row)) + newline for row in rows)


def facts(returns: Returns) -> Facts:
    """What is known of each unit: its counts, and its candidates' votes by name."""
    ballots, votes = returns.ballots, returns.votes
    found: Facts = {}
    keys: list[tuple[str, int, str, str]] = []
    for row in ballots.to_dict("records"):
        key = (str(row["election"]), int(row["round"]), str(row["contest"]), str(row["unit"]))
        assert key not in found
        keys.append(key)
        found[key] = {name: int(row[name]) for name in COUNTS if _known(row[name])}
    names = returns.candidates["candidate"].tolist()
    for row in votes.to_dict("records"):
        name = names[row["candidate"]]
        unit = found[keys[row["ballot"]]]
        assert name not in unit
        if _known(row["votes"]):
            unit[name] = int(row["votes"])
    return found


def _known(value: Any) -> bool:
    return value is not None and value == value and str(value) != "<NA>"  # noqa: PLR0124  NaN is not itself


def counted(unit: Unit, kinds: str = "registered voters blank null valid") -> dict[str, int]:
    """The counts of a unit that a table gives."""
    every = {
        "registered": unit.registered,
        "voters": unit.voters,
        "blank": unit.blank,
        "null": unit.null,
        "blank_null": unit.blank + unit.null,
        "valid": unit.valid,
    }
    return {name: every[name] for name in kinds.split()}


def expected(
    units: Iterable[Unit],
    election: str,
    *,
    contest: Callable[[Unit], str] | None = None,
    unit: Callable[[Unit], str] = lambda unit: unit.id,
    name: Callable[[Person], str] = lambda person: person.name,
    kinds: str = "registered voters blank null valid",
) -> Facts:
    """The truth of a table, as :func:`facts` says it."""
    return {
        (election, one.round, contest(one) if contest else election, unit(one)): {
            **counted(one, kinds),
            **{name(person): votes for person, votes in one.votes},
        }
        for one in units
    }


def added_up(units: Iterable[Unit], *places: str) -> list[Unit]:
    """Units that share these fields as one, with the other fields of the first."""
    groups: dict[tuple[object, ...], list[Unit]] = {}
    for unit in units:
        groups.setdefault(tuple(getattr(unit, place) for place in places), []).append(unit)
    return [
        replace(
            group[0],
            registered=sum(unit.registered for unit in group),
            blank=sum(unit.blank for unit in group),
            null=sum(unit.null for unit in group),
            votes=tuple(
                (person, sum(dict(unit.votes).get(person, 0) for unit in group)) for person, _ in group[0].votes
            ),
        )
        for group in groups.values()
    ]


def by_votes(units: Iterable[Unit]) -> list[Unit]:
    """Units whose candidates stand in the order of their votes."""
    return [replace(unit, votes=tuple(sorted(unit.votes, key=lambda entry: -entry[1]))) for unit in units]


def in_round(units: Iterable[Unit], number: int) -> list[Unit]:
    """The same units in another round, with other figures and without the last candidate."""
    return [
        replace(
            unit,
            round=number,
            blank=unit.blank + 5,
            votes=tuple((person, votes + number) for person, votes in unit.votes[:-1]),
        )
        for unit in units
    ]
