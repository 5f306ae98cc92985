"""The question whether another name was meant."""

from primaire.suggestion import did_you_mean, meant


def test_the_nearest_name_is_asked_for_and_nothing_far():
    assert str(did_you_mean("reslts", ["results", "swing"])) == "Did you mean “results”?"
    assert did_you_mean("xyzzy", ["results", "swing"]) is None
    assert did_you_mean("results", []) is None


def test_a_name_that_was_found_near_is_asked_for_in_the_same_words():
    assert meant("results") == did_you_mean("reslts", ["results", "swing"])
