"""English and French: chosen by the option, else by the environment in gettext's order."""

from __future__ import annotations

import pytest

FRENCH, ENGLISH = "57,95\u00a0%", "57.95%"
ROUND_2 = ("results", "conflans", "--round", "2")

ENVIRONMENTS = [
    ({"LANG": "fr_FR.UTF-8"}, FRENCH),
    ({"LANG": "fr"}, FRENCH),
    ({"LANG": "FR_BE"}, FRENCH),
    ({"LANG": "en_GB.UTF-8"}, ENGLISH),
    ({"LANG": "C"}, ENGLISH),
    ({"LANG": "de_DE.UTF-8"}, ENGLISH),
    ({}, ENGLISH),
    ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, FRENCH),
    ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, ENGLISH),
    ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, FRENCH),
    ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr"}, FRENCH),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}, ENGLISH),
    ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:fr_FR:en"}, FRENCH),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "de"}, FRENCH),
    ({"LANG": "C", "LANGUAGE": "fr"}, ENGLISH),  # gettext's rule: C is C
    ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "fr"}, ENGLISH),
]


@pytest.mark.parametrize(
    ("env", "shown"), ENVIRONMENTS, ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else None
)
def test_the_environment_chooses(run, env, shown):
    done = run(*ROUND_2, env=env)
    assert (done.code, done.err) == (0, "")
    assert shown in done.out


@pytest.mark.parametrize(("lang", "shown"), [("en", ENGLISH), ("fr", FRENCH)])
@pytest.mark.parametrize(
    "env", [{"LANG": "fr_FR.UTF-8"}, {"LANG": "en_GB.UTF-8"}, {"LC_ALL": "C"}, {"LANG": "en_GB", "LANGUAGE": "fr"}]
)
@pytest.mark.parametrize("spelling", ["--lang {}", "--lang={}"])
def test_the_option_wins(run, lang, shown, env, spelling):
    done = run(*ROUND_2, *spelling.format(lang).split(), env=env)
    assert (done.code, done.err) == (0, "")
    assert shown in done.out


def test_machines_have_no_language(run):
    english, french = (run(*ROUND_2, "--format", "csv", "--lang", lang) for lang in ("en", "fr"))
    assert english.data == french.data


@pytest.mark.parametrize(
    "words",
    [
        ("results", "--help"),
        ("results", "nowhere"),
        ("results", "--nothing"),
        ("nothing",),
        ("results", "--round", "9"),
    ],
)
def test_help_and_errors_are_translated(run, words):
    english, french = run(*words, env={"LANG": "en_GB"}), run(*words, env={"LANG": "fr_FR"})
    assert english.code == french.code
    assert (english.out, english.err) != (french.out, french.err)


def test_an_error_comes_in_the_language_asked_for(run):
    asked, set_ = run("results", "nowhere", "--lang", "fr"), run("results", "nowhere", env={"LANG": "fr_FR"})
    assert asked.code == set_.code == 3
    assert asked.err == set_.err
    assert asked.err != run("results", "nowhere").err


def test_a_language_that_is_not_spoken_is_refused_in_the_environments(run):
    done = run("results", "--lang", "de", env={"LANG": "fr_FR"})
    assert (done.code, done.out) == (2, "")
    assert "en, fr" in done.err


def test_the_language_of_the_group_is_that_of_its_command(run):
    done = run("--lang", "fr", "results", "conflans", "--round", "2")
    assert done.code == 0
    assert "57,95\N{NO-BREAK SPACE}%" in done.out


def test_an_unknown_command_is_named_in_the_users_language(run):
    done = run("--lang", "fr", "resultats")
    assert done.code == 2
    assert "n’existe pas" in done.err
