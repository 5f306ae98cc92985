"""Pages of whole countries: they stay small, and say what is known of these elections."""

from __future__ import annotations

import re

import pytest

import primaire

LARGEST = 5_000_000
"""Bytes that the page of a national file may take."""


def texts(page: bytes, tag: str) -> list[str]:
    return re.findall(rf"<{tag}[^>]*>([^<]*)</{tag}>", page.decode())


@pytest.fixture
def stations(published_data):
    folder = published_data / "fr-aktiur-bureaux-communes"
    files = [folder / f"2017-presidentielle-{number}_par_bureau_large.csv.gz" for number in (1, 2)]
    if not all(file.is_file() for file in files):
        pytest.skip("the stations of 2017 are not in the folder of published results")
    return files


def test_a_country_by_station_fits_a_page(stations):
    page = primaire.report(primaire.load(*stations), "en")
    assert len(page) < LARGEST
    cells = set(texts(page, "td"))
    # As the Conseil constitutionnel published them: round 1, then round 2.
    assert {"8,656,346", "7,678,491", "7,212,995", "7,059,951"} <= cells
    assert {"20,743,128", "10,638,475"} <= cells
    assert {"47,582,183", "36,054,394"} <= set(re.findall(r"<dd>([\d,]+)", page.decode()))


def test_577_constituencies_fit_a_page(published_data):
    folder = published_data / "fr-legislatives-ministere-xls"
    page = primaire.report(
        primaire.load(*(folder / f"Leg_2017_Resultats_T{number}_officiel.xlsx" for number in (1, 2))), "en"
    )
    assert len(page) < LARGEST
    # The Assemblée nationale of 2017, by the nuances that the ministry gave its members.
    assert any(
        text.startswith("Elected: REM 308, LR 112, MDM 42, SOC 30, UDI 18, FI 17, ") for text in texts(page, "p")
    )
    assert len(texts(page, "summary")) >= 577
