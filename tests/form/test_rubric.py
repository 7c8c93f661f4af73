"""The shipped rubric is the instrument, word for word; and hashes tell rubrics apart."""

import re
from dataclasses import replace

import pytest
import yaml

from s2c_forms.errors import RubricError
from s2c_forms.form.fields import field_index, fields_of, head_of, remarks_of
from s2c_forms.form.rubric_file import load_rubric, parse_rubric
from tests.conftest import FILES, ROOT

SHIPPED = ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml"


def plain(text):
    """Return text without the bullets, line ends and hyphens of a page."""
    bare = re.sub("[\uf0b7\uf06f\uf0a8•□☐❑]", " ", text)
    words = " ".join(bare.split())
    return words.replace("video- opnames", "video-opnames")


@pytest.fixture(scope="module")
def source():
    return plain((FILES / "instrument.txt").read_text(encoding="utf-8"))


def test_parts_factors_and_indicators_are_counted(rubric):
    assert (len(rubric.parts), len(rubric.factors), len(rubric.indicators)) == (3, 14, 55)


def test_every_text_of_the_form_stands_in_the_source(rubric, source):
    for part in rubric.parts:
        assert f"{part.number}. {part.title}" in source
    for factor in rubric.factors:
        assert f"{factor.number}. {factor.text}" in source
        assert all(indicator.text in source for indicator in factor.indicators), factor.id
    for question in rubric.header:
        assert question.label in source
    assert rubric.header_note in source
    assert " ".join(f"{p.value} = {p.label}" for p in rubric.scale) in source


def test_the_form_holds_every_line_of_the_source(rubric, source):
    """Take away what the rubric has: of the form's pages only dots and the slip may be left."""
    form = source[source.index("School2Care reflectie op coachgespreken") :]
    texts = [rubric.header_note, "School2Care reflectie op coachgespreken"]
    texts += [f"{part.number}. {part.title}" for part in rubric.parts]
    texts += [f"{factor.number}. {factor.text}" for factor in rubric.factors]
    texts += [indicator.text for indicator in rubric.indicators]
    texts += [question.label for question in rubric.header]
    texts += [f"{point.value} = {point.label}" for point in rubric.scale]
    for text in sorted(texts, key=len, reverse=True):
        assert text in form
        form = form.replace(text, " ")
    assert not re.sub(r"[…\s]", "", form)


def test_the_guide_is_the_source_but_for_the_number_that_is_counted(rubric, source):
    texts = [
        text
        for block in rubric.guide
        for text in (block.heading, block.paragraph, *block.list)
        if text
    ]
    said = [text.format(**{**rubric.placeholders, "factors": "12"}) for text in texts]
    introduction = source[: source.index("School2Care reflectie op coachgespreken")]
    assert plain(" ".join(said)) == introduction.strip()


def test_the_two_slips_of_the_source_are_not_copied(rubric):
    assert "coachgespreken" not in rubric.canonical()
    told = [block.paragraph.format(**rubric.placeholders) for block in rubric.guide]
    assert any("14 factoren" in text for text in told)
    assert not any("12 factoren" in text for text in told)


def test_ids_are_those_of_the_contract(rubric):
    ids = [field.id for field in fields_of(rubric)]
    assert ids[:8] == [
        *("coach", "jongere", "doel", "gesprek_nr", "supervisor", "datum", "beoordelaar", "video")
    ]
    assert ids[-3:] == ["reflectie", "feedback", "oefenen"]
    scores = [id_ for id_ in ids if id_.endswith("_score")]
    assert scores == [f"f{number:02}_score" for number in range(1, 15)]
    assert {"f01_i01", "f14_i03"} < set(ids)
    assert len(set(ids)) == len(ids) == 8 + 14 + 55 + 3


def test_what_was_added_can_be_left_out(rubric):
    bare = replace(rubric, added=())
    assert len(fields_of(bare)) == len(fields_of(rubric)) - 5
    assert remarks_of(bare) == ()
    assert len(head_of(bare)) == 6


def test_fields_know_their_part_factor_and_options(each_rubric):
    index = field_index(each_rubric)
    for part in each_rubric.parts:
        for factor in part.factors:
            score = index[factor.score]
            assert (score.kind, score.part, score.factor) == ("score", part.id, factor.id)
            assert [o.value for o in score.options] == [p.value for p in each_rubric.scale]
            assert {index[i.id].kind for i in factor.indicators} == {"tick"}


def test_the_same_rubric_in_another_layout_of_its_file_has_the_same_hash(rubric):
    data = yaml.load(SHIPPED.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    again, _ = parse_rubric(yaml.dump(data, allow_unicode=True, sort_keys=True))
    assert again == rubric
    assert again is not None
    assert again.hash == rubric.hash


def test_any_other_word_gives_another_hash(rubric):
    assert replace(rubric, title=rubric.title + ".").hash != rubric.hash


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("id: x\n  y: [", "this is not YAML"),
        ("id: x\nid: y\n", "stands twice"),
        ("[]", "must be a group of keys"),
        ("", "`parts` is missing"),
        ("parts: 3", "`parts` must be a list"),
        ("scale: [{value: x, label: y}]", "`value` must be a whole number"),
        ("header: [{id: a, kind: picture, label: y}]", "must be one of"),
        ("colour: red", "`colour` is not known here"),
        ("title: [a]", "`title` must be a text"),
    ],
)
def test_a_file_that_is_no_rubric_says_what_and_where(tmp_path, text, what):
    path = tmp_path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        load_rubric(path)
    assert any(what in finding for finding in caught.value.findings), caught.value.findings
    assert all(finding.startswith("line ") for finding in caught.value.findings)


def test_a_file_that_cannot_be_opened_says_so(tmp_path):
    with pytest.raises(RubricError, match="can't be opened"):
        load_rubric(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("title: één".encode("cp1252"))
    with pytest.raises(RubricError, match="UTF-8"):
        load_rubric(tmp_path / "latin.yaml")
