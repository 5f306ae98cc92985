"""The codes of all units in one form; see :mod:`primaire.sources.reading.geography`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from primaire.sources.reading import geography
from primaire.sources.reading.gathered import Coded
from primaire.sources.reading.polls import Polls, reworded

if TYPE_CHECKING:
    from collections.abc import Callable


def normalised(found: Polls) -> Polls:
    """Return units with the codes of :mod:`primaire.sources.reading.geography`."""
    texts = dict(found.texts)
    for name, form in (
        ("region_code", geography.region_code),
        ("departement_code", geography.departement_code),
        ("station_code", geography.station_code),
    ):
        if name in texts:
            texts[name] = reworded(texts[name], [form(word) for word in texts[name].words])
    departement = texts.get("departement_code")
    for name, inside in (
        ("commune_code", geography.commune_code),
        ("constituency_code", geography.part_code),
        ("canton_code", geography.part_code),
    ):
        if name in texts:
            texts[name] = within(texts[name], departement, inside)
    if "commune_code" in texts and _has_commune(texts.get("station_code")):
        texts["station_code"] = within(texts["station_code"], texts["commune_code"], geography.station_code_within)
    if departement is None and "commune_code" in texts:
        commune = texts["commune_code"]
        derived = reworded(commune, [geography.departement_of(word) for word in commune.words])
        if derived.words:
            texts["departement_code"] = derived
    return replace(found, texts=texts)


def _has_commune(stations: Coded | None) -> bool:
    return stations is not None and any("_" in word for word in stations.words)


def within(column: Coded, departement: Coded | None, form: Callable[[str, str], str]) -> Coded:
    """Return codes brought into one form together with the departement of their row."""
    if departement is None:
        return reworded(column, [form(word, "") for word in column.words])
    wide = len(departement.words) + 1
    pair, different = pd.factorize(column.codes.astype("int64") * wide + departement.codes + 1)
    words = [*column.words, ""]
    departements = ["", *departement.words]
    formed = [form(words[key // wide], departements[key % wide]) if key >= 0 else "" for key in different.tolist()]
    return reworded(Coded(pair, []), formed)
