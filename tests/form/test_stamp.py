"""Stamps, form ids and page codes: written, read back, and refused when they are damaged."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s2c_forms.form.stamp import (
    ALPHABET,
    PageCode,
    Stamp,
    check_character,
    find_stamp_line,
    new_form_id,
    parse_form_id,
    parse_page_code,
    short_hash,
    spaced,
)

form_ids = st.text(ALPHABET, min_size=7, max_size=7).map(lambda body: body + check_character(body))


@given(form_ids)
def test_a_form_id_reads_back_however_it_is_written(form_id):
    assert parse_form_id(form_id) == form_id
    assert parse_form_id(f" {spaced(form_id).lower()} ") == form_id


def test_new_form_ids_are_form_ids_and_differ():
    found = {new_form_id() for _ in range(200)}
    assert len(found) == 200
    assert all(parse_form_id(form_id) == form_id for form_id in found)


@given(form_ids, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(form_id, place, other):
    wrong = form_id[:place] + other + form_id[place + 1 :]
    assert wrong == form_id or parse_form_id(wrong) is None


@given(form_ids, st.integers(0, 7), st.integers(0, 7))
def test_two_swapped_characters_are_always_found(form_id, one, other):
    chars = list(form_id)
    chars[one], chars[other] = chars[other], chars[one]
    wrong = "".join(chars)
    assert wrong == form_id or parse_form_id(wrong) is None


@pytest.mark.parametrize("text", ["", "K7QF", "K7QF-2M9X-1", "OOOO-OOOO", "éééééééé", "........"])
def test_what_is_no_form_id_is_none(text):
    assert parse_form_id(text) is None


@given(form_ids)
def test_a_stamp_reads_back_from_entries_and_from_its_line(form_id):
    stamp = Stamp("my-rubric_2", "2026.1", "0123456789abcdef", form_id)
    assert Stamp.from_entries(stamp.entries()) == stamp
    assert find_stamp_line(f"page 1  {stamp.line()}  and more") == stamp


def test_a_stamp_that_is_not_whole_is_none():
    entries = Stamp("r", "1", "0" * 16, new_form_id()).entries()
    for name in entries:
        assert Stamp.from_entries({**entries, name: " "}) is None
    assert Stamp.from_entries({**entries, "s2c_form_id": "K7QF2M9Q"}) is None
    assert find_stamp_line("K7QF-2M9Q · r · 1 · 0123456789abcdef") is None
    assert find_stamp_line("nothing of ours") is None


@given(form_ids, st.binary(min_size=16), st.integers(0, 30), st.integers(0, 30))
def test_a_page_code_reads_back_and_fits_its_qr_code(form_id, digest, page, pages):
    code = PageCode(form_id, short_hash(hashlib.sha256(digest).digest()), page, pages)
    payload = code.payload()
    assert len(payload) == 22
    assert set(payload) <= set(ALPHABET)
    assert parse_page_code(payload) == code


@given(form_ids, st.integers(3, 21), st.sampled_from(ALPHABET))
def test_a_damaged_page_code_is_none(form_id, place, other):
    payload = PageCode(form_id, "22222222", 1, 2).payload()
    wrong = payload[:place] + other + payload[place + 1 :]
    assert wrong == payload or parse_page_code(wrong) is None


@pytest.mark.parametrize("payload", ["", "S2C", "https://example.org", "S2C" + "O" * 19])
def test_another_code_is_none(payload):
    assert parse_page_code(payload) is None
