"""What the headers of official tables mean: the words of ministries, cities, researchers and newspapers.

A header is reduced to plain lower-case words; a number in front or behind it is the number of a candidate's block, and
“T1” or “tour 2” that of a round. What is left is looked up here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from primaire.matching import fold
from primaire.naming import round_said, without_round


@dataclass(frozen=True)
class Meaning:
    """What one header means.

    Attributes:
        what: a figure of :data:`~primaire.sources.meaning.mapping.BALLOT_FIGURES`, a place (``commune_code``; ``commune?`` where
            only the cells can tell a code from a name), a candidate's field (``surname``, ``first_name``, ``votes``, ...),
            ``percentage``, or ``ignored`` for what is known and not needed.
        block: the number of the candidate's block that stands in the header.
        round: the round that stands in it.
        figure, base: of a percentage: what it is of what; ``votes`` for a candidate's.
    """

    what: str
    block: int | None = None
    round: int | None = None
    figure: str | None = None
    base: str | None = None


_LITTLE = frozenset(("officiel", "officielle", "de", "du", "des", "d", "la", "le", "les", "l", "au", "aux"))
_SAME: Final = {
    **dict.fromkeys(("n", "no", "nr", "num", "numero"), "numero"),
    **dict.fromkeys(("nb", "nbr", "nbre", "nombre"), "nombre"),
    **dict.fromkeys(("dep", "dept", "dpt", "dep2"), "departement"),
    **dict.fromkeys(("circ", "circo"), "circonscription"),
    **dict.fromkeys(("com",), "commune"),
    **dict.fromkeys(("lib",), "libelle"),
    **dict.fromkeys(("cand", "candi"), "candidat"),
    **dict.fromkeys(("bv", "bvote", "burvot"), "bureau vote"),
    **dict.fromkeys(("bin",), "binome"),
}
"""Words of headers that say the same."""
_GLUED = re.compile(
    r"^(nbr?|num|cod|lib)(?=(?:ins|vot|exp|abs|bla|blc|nul|voix|tour|dpt|dep|com|sub|can|circ|bur|nua|reg)[a-z]*$)"
)
"""Short words that old files write as one: NBRINS, CODDPT, LIBSUBCOM."""

_SHARE = re.compile(r"^(?:pct)?(voix|abs|vot|blanul|blnuls|blancs|nuls|blc|nul|exp)(ins|vot|exp)$")
_STATION = re.compile(r"\bb vote\b")
_OF_BOTH_SEXES = re.compile(r"\b(candidat|elu|inscrit|electeur|sortant)s? (?:e|rice)(?: s)?\b")
"""“candidat(e)s”, “inscrit·e·s”: the words without what makes them feminine."""


def _reduced(plain: str) -> str:
    """Return a header without its little words, others that say the same brought to one.

    >>> _reduced("n de bureau de vote") == _reduced("numero du b vote")
    True
    """
    plain = _OF_BOTH_SEXES.sub(r"\1", plain)
    words = _STATION.sub("bv", _SHARE.sub(r"pct \1 \2", _GLUED.sub(r"\1 ", plain))).split()
    return " ".join(_SAME.get(word, word) for word in words if word not in _LITTLE)


def _spread(words: dict[str, str]) -> dict[str, str]:
    return {_reduced(word.strip()): what for what, listed in words.items() for word in listed.split("|")}


_BALLOTS: Final = _spread(
    {
        "registered": "inscrits|nb inscr|nb ins|inscrit|nombre d inscrits|nb inscrits|nbr inscrits|inscrits nb|nombre inscrits|electeurs inscrits|total inscrits|registered|registered voters|ins|nbins|electeurs|electorate|electors|eligible voters|inscriptions",
        "abstentions": "abstentions|nb abs|abstention|nb abstentions|nombre d abstentions|abstentions nb|abs|absentions",
        "voters": "votants|nb votant|emargements|nb emarg|nb emargements|votant|nombre de votants|nb votants|votants nb|nombre votants|total votants|voters|ballots cast|vot|nbvot|turnout votes",
        "blank": "blancs|nb bl|nb blc|blanc|bulletins blancs|votes blancs|nb blancs|nombre de blancs|blancs nb|vote blanc|bulletin blanc|suffrages blancs",
        "null": "nuls|nb nul|nul|bulletins nuls|votes nuls|nb nuls|nombre de nuls|nuls nb|vote nul|bulletin nul|null|suffrages nuls",
        "blank_null": "blancs et nuls|nb bl nul|nb blanc nul|blancs nuls|nuls et blancs|bl nuls|blnuls|blancsnuls|blancs ou nuls|bulletins blancs et nuls|bulletins blancs ou nuls|votes blancs et nuls|blanc et nul|blancs et nul|nuls blancs|blanc nul|blancs nuls nb|bn|b n|bulletins nuls et blancs|invalid votes|rejected ballots|rejected votes|nbr blanul",
        "envelopes": "bulletins|nb bulletins|nombre de bulletins|enveloppes|nb enveloppes|nombre d enveloppes|bulletins trouves|enveloppes trouvees|bulletins dans l urne|enveloppes dans l urne|bulletins trouves dans l urne|enveloppes trouvees dans l urne",
        "valid": "exprimes|nb exprim|exprime|suffrages exprimes|nb exprimes|exprimes nb|nombre d exprimes|exp|total exprimes|votes exprimes|suffrages valables|valid|valid votes|valid vote|nbexp",
    }
)

_PLACES: Final = _spread(
    {
        "region_code": "code de la region|code region|region code|codreg|reg code|code reg|id region|codereg|reg",
        "region": "libelle de la region|libelle region|nom de la region|region libelle|libreg|nom region|lib region|region nom|region name|state name|province name",
        "region?": "region|state|province",
        "departement_code": "code du departement|code departement|departement code|code dep|code dept|codedep|dep code|dep|dpt|dept|code dpt|codedpt|coddpt|num dep|numero departement|numero du departement|code du dept|codedepartement|dept code|n departement|no departement|num departement|departement num|codegeodep|id departement|county code|county fips|depnum",
        "departement": "libelle du departement|libelle departement|nom du departement|departement libelle|libdpt|nom departement|lib dep|libelle dep|dep nom|dep lib|departement nom|libelle dept|lib dpt|libelle du dept|nom dep|dep name|nom dpt|county name",
        "departement?": "departement|county",
        "constituency_code": "code de la circonscription|code circonscription|circonscription code|code circo|circo code|num circo|numero circonscription|numero de circonscription|code circ|n circonscription|no circonscription|code circonscription legislative|code de la circonscription legislative|codcirc|codcirelec|circonscription num|circ|code circ legislative|numero de la circonscription|numcirco|codecirco|id circo|code de la circo|constituency code|constituency number|constituency id|ons id|electoral district number|circ bv|n circonscription lg|n circonscription leg|circo id|id circonscription|circonscription id|cod cir elec",
        "constituency": "libelle de la circonscription|libelle circonscription|nom de la circonscription|circonscription libelle|lib circo|libelle circo|libelle circonscription legislative|circo nom|nom circonscription|nom circo|constituency name|electoral district name|lib cir elec",
        "constituency?": "circonscription|circo|constituency",
        "canton_code": "codcan|code du canton|code canton|canton code|num canton|numero canton|numero du canton|n canton|no canton|codecanton",
        "canton": "libelle du canton|libcan|lib can|libelle canton|nom du canton|canton libelle|nom canton|lib canton|canton nom",
        "canton?": "canton",
        "commune_code": "code de la commune|code secteur|code commune|codecommune|commune code|code com|codecom|codcom|codsubcom|code insee|insee|insee code|codeinsee|code insee de la commune|com code|code insee commune|com|code postal insee|insee com|codgeo|code commune insee|num commune|numero commune|numero insee|code commune arrondissement municipal",
        "commune": "libelle de la commune|libelle secteur|libelle commune|nom de la commune|commune libelle|libcom|libsubcom|nom commune|lib commune|com nom|lib com|libelle com|commune nom|nomcommune|libcommune|com lib|town|ville|nom com|nom commune arrondissement municipal",
        "commune?": "commune|municipality|commune arrondissement municipal",
        "station_code": "code du b vote|bureau n|code bureau vote|code b vote|code bv|code du bureau de vote|code bureau|code bureau de vote|n bureau|no bureau|numero du bureau|numero bureau|num bureau|bureaudevote|bv|bureau de vote code|code du bureau|numero de bureau|n du bureau|no du bureau|codeburvot|codburvot|b vote|numero du bureau de vote|num bureau vote|bureau code|codebv|n bv|no bv|num bv|bv code|n de bureau|bur|numero de bureau de vote|code du bvote|code bvote|numero bv|bvote|bureaux|polling place id|polling station number|polling station code|precinct code|ward code",
        "station": "libelle du bureau|lib bureau vote|nom du bureau|lib du b vote|libelle du bureau de vote|nom du bureau de vote|libelle bureau|libelle bureau de vote|nom bureau|nom bureau vote|nom bureau de vote|lieu de vote|polling place|polling place name|polling station name|precinct name|ward name|nom lieu",
        "station?": "bureau|bureau de vote|precinct|polling station|burvot|ward",
        "unit": "id brut miom|id bv|id bureau|id bureau de vote|codebureau|code bureau complet|id brut bv",
        "unit_code": "numero lieu|code lieu",
        "level": "niveau|niveau detail|niveau de detail",
        "election_id": "id election|election id",
        "election": "election|nom election|nom de l election",
        "round": "tour|numtour|num tour|n tour|numero tour|numero du tour|no tour|round|tour nb",
        "year": "annee|year|an",
        "kind": "scrutin code|code scrutin|type election|type d election|scrutin|type|type de scrutin|nom du scrutin|libelle scrutin",
        "date": "date|date du scrutin|date scrutin|date election|date de l election|election date|date tour",
    }
)

_CANDIDATES: Final = _spread(
    {
        "number": "n panneau|numdepcand|num dep cand|num dep lis|n pan|n panneau liste|no panneau|numero de panneau|numero panneau|num panneau|n de panneau|panneau|n liste|numero liste|numero de liste|no liste|n candidat|no candidat|numero candidat|numero du candidat|num candidat|n de liste|numpanneaucand|cand num panneau|n depot|no depot|n depot du candidat|no depot du candidat|n depot de la liste|num liste|n de depot|numero de depot|no depot liste|n dep candidat|n depot candidat|no depot candidat|n depot liste|cand num|ordre|n ordre|numero d ordre|n de panneau candidat|num panneau candidat|npan|pano",
        "sex": "sexe|sexe candidat|sexe du candidat|civilite|civilite candidat|sexe tete de liste|sexe tete liste|sexe candidat tete de liste|sexe candidat tete liste|civ|sex|cand sexe|genre|civilite du candidat|civilite tete de liste|sex psn|sexpsn|civilite psn",
        "surname": "nom|nom candidat|nom du candidat|cand nom|nompsn|nom psn|nom tete de liste|nom tete liste|nom candidat tete de liste|nom candidat tete liste|nom de la tete de liste|nom du candidat tete de liste|surname|last name|family name|candidat nom|nom de famille|nompsnext|nom psn ext",
        "first_name": "prenom|prenom candidat|prenom du candidat|cand prenom|prenompsn|prenom psn|prenom tete de liste|prenom tete liste|prenom candidat tete de liste|prenom candidat tete liste|prenom de la tete de liste|prenom du candidat tete de liste|first name|firstname|given name|given names|forename|candidat prenom|prepsn",
        "name": "candidat|reponse|choix|candidate|nom prenom|nom et prenom|prenom nom|prenom et nom|candidats|binome|nom complet|nom binome|nom du binome|composition du binome|libelle binome|candidat liste|nom prenom candidat|nom et prenom du candidat|nom candidat complet|candidate name|name|tete de liste|nom prenom tete de liste|nom et prenom tete de liste|cand|nom complet candidat|candidat nom complet|candidat ou liste|candidats binome|libbin|liste des candidats|conduite par|liste conduite par|listes conduites par",
        "label": "nuance|code nuance|nuance candidat|nuance liste|nuance binome|etiquette|parti|party|code nuance du candidat|code nuance de la liste|nuance du candidat|nuance de la liste|nuance politique|nuacand|nualiste|code nuance candidat|code nuance liste|cand nuance|nuance tete de liste|parti politique|codnua|codnuacand|codnualiste|code nuance binome|code nuance du binome|nuance du binome|affiliation|parti candidat|nuance cand|party name|party abbreviation|party code|political party|nuance code|codnuabin",
        "label_text": "libelle nuance|libelle de la nuance|libnua|nuance libelle|libnuabin|lib nua|lib nua cand|nuance nom",
        "list": "liste|liblisext|lib lis ext|libelle de liste|libelle liste|libelle abrege liste|libelle abrege de liste|libelle etendu liste|libelle etendu de liste|liste etendue|etiquette liste|nom de la liste|nom liste|libelle de la liste|libelle abrege de la liste|nomliste|intitule liste|intitule de la liste|titre de la liste|titre liste|libelle court liste|libelle long liste|liste abregee|nom abrege de liste|listes",
        "votes": "voix|nombre de voix du candidat|nombre de voix de la liste|nombre de suffrages|nb voix|nombre de voix|votes|suffrages|nbvoix|cand nb voix|voix obtenues|voix nb|nombre voix|suffrages obtenus|voix candidat|voix liste|nb de voix|total voix|votes total|voix du candidat|voix binome|voix de la liste|total votes",
        "seats": "seats|seats won|sieges|siege|sieges cm|nb sieges|nombre de sieges|nbsieges|sieges au cm|sieges obtenus|nb siege",
        "seats_or_mark": "sieges elu|sieges elus",
        "elected": "elu|elus|elue|elu e|elected|winner|est elu",
    }
)

_IGNORED: Final = frozenset(
    _reduced(word)
    for word in [
        "date de l export",
        "date export",
        "etat saisie",
        "etat de saisie",
        "sieges secteur",
        "sieges cc",
        "sieges au cc",
        "sieges csp",
        "code officiel epci",
        "nom officiel epci",
        "scrutin annee",
        "location",
        "coordonnees",
        "lib du b vote",
        "code postal",
        "adresse",
        "acces second tour",
        "age",
        "age candidat",
        "profession",
        "inscrits prevus",
        "inscrits de reference de la commune",
        "code localisation",
        "libelle localisation",
        "code arrondissement",
        "cumul voix",
        "extraction source url",
        "ingestion timestamp",
        "source file name",
        "num tour libelle",
        "election district",
        "geo shape",
        "geo point 2d",
        "geom",
        "latitude",
        "longitude",
        "siege",
        "nb procu",
        "nb procurations",
        "nombre de procurations",
        "nb listes",
        "num arrond",
        "arr bv",
        "sec bv",
        "quartier bv",
        "num quartier",
        "nb candidats",
        "code election",
        "popsubcom",
        "nb sap",
        "nb sie pourvus",
    ]
) - {"siege"}

_KNOWN: Final = {**_BALLOTS, **_PLACES, **_CANDIDATES}


def _singular(plain: str) -> str:
    """Return words without the s of a plural, and without “nombre” in front of them.

    >>> _singular("nombre votes blancs"), _singular("nombre exprimes")
    ('vote blanc', 'exprime')
    """
    words = plain.removeprefix("nombre ").split()
    return " ".join(word[:-1] if len(word) > _SHORT and word.endswith("s") else word for word in words)


_SHORT: Final = 3
_SINGULAR: Final = {
    **{_singular(word): what for word, what in _KNOWN.items() if " " in word},
    **{_singular(word): what for word, what in _BALLOTS.items()},
}
"""Words in the singular: those of ballots, and others that are more than one word."""
_IGNORED_SINGULAR: Final = {_singular(word) for word in _IGNORED if " " in word}
_PLACED: Final = {
    *(f"{level}_code" for level in ("departement", "constituency", "canton", "commune", "station")),
    "station?",
    "commune?",
    "constituency?",
    "canton?",
    "departement?",
}
"""What may be of another year than the vote: the codes of places."""

_PERCENT = re.compile(r"%|^(?:ratio|taux|pct|pourcentage|percent|part)\b|\brapport\b|\b(?:pct|pourcentage|percent)$")
_PERCENT_WORDS = re.compile(
    r"\b(?:ratio|taux|de|du|des|pct|pourcentage|rapport|percent|part|sur|les|par|aux|cand|nb|nombre|d|s|en)\b|%"
)
_FIGURES: Final = {
    "votes": {"voix", "votes", "score", "candidat", "suffrages"},
    "registered": {"ins", "inscrits", "inscrit", "inscriptions"},
    "abstentions": {"abs", "abstentions", "abstention"},
    "voters": {"vot", "votants", "votant", "participation"},
    "blank_null": {"blnuls", "blancsnuls", "blanul", "bn"},
    "blank": {"blancs", "blanc", "bl"},
    "null": {"nuls", "nul"},
    "valid": {"exp", "exprimes", "exprime"},
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR = re.compile(r" ?(?:19|20)\d\d$")
_NUMBER = re.compile(r"[-\d.,]+ ?%?|")
_NESTED = re.compile(
    r"^(?:(?:fields|properties|records?|attributes|candidates?|candidats?|results?|r[eé]sultats?|votes|lists?|listes?)\.)+",
    re.IGNORECASE,
)
"""What of JSON stands before the name of a field: the record it is nested in."""
_BEHIND = re.compile(r"(.*?[a-z])[ ]?(\d{1,2})")
_BEFORE = re.compile(r"(\d{1,2}) (.+)")


def meaning_of(header: str) -> Meaning | None:
    """Return what a header means, or None for one that is not known.

    >>> meaning_of("Code du département").what, meaning_of("3 voix"), meaning_of("Inscrits T2").round
    ('departement_code', Meaning(what='votes', block=3, round=None, figure=None, base=None), 2)
    >>> meaning_of("% Voix/Exp 4")
    Meaning(what='percentage', block=4, round=None, figure='votes', base='valid')
    """
    return None if _NUMBER.fullmatch(header) else _meaning(header) or _meaning(_NESTED.sub("", header))


@lru_cache(maxsize=4096)
def _meaning(header: str) -> Meaning | None:
    found = _said(header)
    if found is None and _CAMEL.search(header):  # RapportExprimes, nuanceCode
        found = _said(_CAMEL.sub(" ", header))
    if found is None and _YEAR.search(header):  # bv2017, codgeo_2022: the year of a map, not of a vote
        of_place = _said(_YEAR.sub("", header.replace("_", " ")))
        found = of_place if of_place is not None and of_place.what in _PLACED else None
    return found


def _said(header: str) -> Meaning | None:
    plain = _reduced(fold(header.replace("°", " ").replace("º", " ").replace("%", " % ")))
    if not plain and "%" not in header:
        return None
    if plain in _IGNORED:
        return Meaning("ignored")
    rest, block = _numbered(plain)
    if rest in _IGNORED:  # “1 Accès second tour”: whose name says a round of which it holds nothing
        return Meaning("ignored", block)
    round_ = None
    if plain not in _KNOWN:
        round_ = round_said(plain)
        plain = without_round(plain) if round_ is not None else plain
    block = None
    if plain not in _KNOWN:
        plain, block = _numbered(plain)
    if _PERCENT.search(plain if "%" not in header else "%"):
        return _percentage(plain, block, round_)
    what = _KNOWN.get(plain) or _SINGULAR.get(_singular(plain))
    if what is not None:
        return Meaning(what, block, round_)
    ignored = plain in _IGNORED or _singular(plain) in _IGNORED_SINGULAR
    return Meaning("ignored", block, round_) if ignored else None


def _numbered(plain: str) -> tuple[str, int | None]:
    """Take the number of a candidate's block off a header; 25 or 2017 are no such numbers."""
    for pattern, text, number in ((_BEHIND, 1, 2), (_BEFORE, 2, 1)):
        found = pattern.fullmatch(plain)
        rest = _reduced(found[text]) if found else ""
        if found and (rest in _KNOWN or rest in _IGNORED or _PERCENT.search(rest) or _is_share(rest)):
            return rest, int(found[number])
    return plain, None


def _is_share(plain: str) -> bool:
    words = plain.split()
    return len(words) > 1 and all(any(word in known for known in _FIGURES.values()) for word in words)


def _percentage(plain: str, block: int | None, round_: int | None) -> Meaning:
    words = _PERCENT_WORDS.sub(" ", plain).split()
    said = [what for word in words for what, known in _FIGURES.items() if word in known]
    if said[:2] == ["blank", "null"]:
        said = ["blank_null", *said[2:]]
    if len(said) > 2 and said[0] == "votes":  # noqa: PLR2004  “taux votes blancs inscriptions”: a figure and its base
        said = said[1:]
    if len(said) == 1:
        # Brest and Paris write “% Votants”: of the registered; a candidate's, of what its name says, else of the valid.
        of_candidates = block is not None or said[0] in ("registered", "valid")
        said = (
            ["votes", "valid"] if said[0] == "votes" else ["votes", *said] if of_candidates else [*said, "registered"]
        )
    if len(said) != 2 or said[1] not in ("registered", "voters", "valid"):  # noqa: PLR2004  a figure and its base
        return Meaning("ignored", block, round_)
    return Meaning("percentage", block, round_, said[0], said[1])
