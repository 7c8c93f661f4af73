"""Names are found however they are written, and words that are none are left alone."""

import pytest

from s2c_forms.records.names import (
    NOBODY,
    find,
    fingerprint,
    is_near,
    joined,
    leaks,
    mask,
    names_of,
    spelling,
)

SECRET = b"s"
KNOWN = names_of(SECRET, ["Anna de Vries", "Bo", "Łukasz Żak", "Bakker, Jan-Peter van der"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Anna was laat", "… was laat"),
        ("ANNA DE VRIES zei", "… zei"),
        ("annadevries_gesprek.xlsx", "…_gesprek.xlsx"),
        ("AnnaDeVries.docx", "….docx"),
        ("gesprek_anna_3", "gesprek_…_3"),
        ("anna3", "…3"),
        ("a\u0301nna", "…"),
        ("Bo kwam, bo niet", "… kwam, bo niet"),
        ("Lukasz Zak's boek", "…'s boek"),
        ("Annas fiets", "… fiets"),
        ("Jan-Peter van der Bakker en Anna van der Vries.", "… en …."),
        ("Anna, Bo en Łukasz", "…, … en …"),
        ("van de annalen der dag", "van de annalen der dag"),
        ("Annabel", "Annabel"),
        ("", ""),
    ],
)
def test_names_are_found_however_they_are_written(text, left):
    assert mask(text, KNOWN, "…") == left


@pytest.mark.parametrize(
    ("met", "text", "left"),
    [
        ("zie vorige keer", "de vorige keer", "de vorige keer"),
        ("zie vorige keer", "De Vorige keer", "De … keer"),
        ("Nog niet bekend", "dit is nog niet bekend", "dit is nog niet bekend"),
        ("onbekend", "de oorzaak is onbekend", "de oorzaak is onbekend"),
        ("anna", "met anna gepraat", "met … gepraat"),
        ("Anna de Vries", "met anna gepraat", "met … gepraat"),
        ("anna de vries", "met Vries gepraat", "met … gepraat"),
        ("A", "A en a", "A en a"),
    ],
)
def test_what_stood_in_a_field_of_codes_is_a_name_as_far_as_it_looks_like_one(met, text, left):
    assert mask(text, names_of(SECRET, (), [met]), "…") == left


def test_names_that_are_words_need_a_capital():
    names = names_of(SECRET, ["Roos de Groot", "Bas Klein"])
    text = "Een groot verschil, klein begin; Roos en Groot, roos de groot, basklein.docx"
    left = "Een groot verschil, klein begin; … en …, …, ….docx"
    assert mask(text, names, "…") == left


def test_digests_tell_no_names_and_find_the_same():
    again = joined(names_of(SECRET, ()), KNOWN.digests)
    assert find("Met Anna gepraat", again) == [(4, 8)]
    assert not any("anna" in digest.casefold() for digest in again.digests)
    assert find("Met Anna gepraat", joined(names_of(b"other", ()), KNOWN.digests)) == []


def test_leaks_are_the_texts_that_hold_a_name():
    assert leaks(["Anna", "Piet", "Anna", "de vriesvriend van Vries"], KNOWN) == (
        "Anna",
        "de vriesvriend van Vries",
    )
    assert leaks(["Anna"], NOBODY) == ()


def test_spellings_of_a_name_are_one_name():
    spellings = [
        "Anna de Vries",
        "ANNA  DE VRIES",
        "Ánna de Vriés",
        "Vries, Anna de",
        "AnnadeVries",
    ]
    assert {spelling(name) for name in spellings} == {"annadevries"}
    assert len({fingerprint(name, KNOWN) for name in spellings}) == 1
    assert fingerprint("Anna Vries", KNOWN) != fingerprint("Anna de Vries", KNOWN)
    assert "anna" not in fingerprint("Anna", KNOWN)


@pytest.mark.parametrize(
    ("name", "other", "near"),
    [
        ("Anna", "Anna de Vries", True),
        ("A. de Vries", "Anna de Vries", True),
        ("Vries Anna", "Anna de Vries", True),
        ("Tim Bos", "Tom Bos", True),
        ("Anna Bakker", "Anna de Vries", False),
        ("Jan de Wit", "Piet de Groot", False),
    ],
)
def test_near_names_may_be_one_persons(name, other, near):
    assert is_near(name, other) is near
    assert is_near(other, name) is near
