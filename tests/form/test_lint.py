"""Every rule of the linter, on the smallest file that breaks it; and files that break none."""

import re

import pytest
import yaml

from s2c_forms.form.fields import fields_of
from s2c_forms.form.lint import lint, reserved
from s2c_forms.form.rubric_file import parse_rubric
from s2c_forms.master import book_of
from s2c_forms.master.sheets import answers
from s2c_forms.store import open_store
from tests.conftest import ROOT, SECOND

SOUND = SECOND.read_text(encoding="utf-8")


def findings(text):
    _, source = parse_rubric(text)
    return lint(source)


def changed(*changes):
    """Return the sound file with pieces of it changed: (old, new) each, found or it's no test."""
    text = SOUND
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@pytest.mark.parametrize(
    "path", [ROOT / "rubric" / "reflectie-coachgesprekken-1.yaml", SECOND], ids=lambda p: p.name
)
def test_sound_files_have_no_findings(path):
    assert findings(path.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize(
    ("roles", "what"),
    [
        ("{subject: nobody}", "`subject` names `nobody`"),
        ("{moment: [lesson_date, goal]}", "`moment` names `goal`"),
        ("{rater: teacher}", "`rater` names `teacher`"),
        ("{conversation: [notes]}", "`conversation` names `notes`"),
    ],
)
def test_a_role_is_for_a_field_of_its_kind(roles, what):
    (finding,) = findings(changed(("parts:", f"roles: {roles}\n\nparts:")))
    assert what in finding.text("en")


def test_roles_that_fit_have_no_findings():
    sound = "roles: {subject: teacher, moment: [lesson_date], rater: subject}\n\nparts:"
    assert findings(changed(("parts:", sound))) == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("id: goal", "id: Teacher", "`Teacher` stands on line"),
        ("id: order_starts", "id: WARMTH_GREETS", "stands on line"),
        ("score: order_score", "score: warmth_score", "`warmth_score` stands on line"),
        ("id: order\n", "id: teacher\n", "stands on line"),
        ("id: goal", "id: Goal", "characters that some program refuses"),
        ("id: goal", "id: goal.of", "characters that some program refuses"),
        ("id: goal", "id: 1goal", "characters that some program refuses"),
        ("id: goal", "id: göal", "characters that some program refuses"),
        ("id: climate", "id: Climate", "characters that some program refuses"),
        ("id: goal", "id: goal_", "SPSS refuses"),
        ("id: goal", "id: g" + "o" * 40, "longer than 40 characters"),
        ("id: goal", "id: with", "word of SPSS"),
        ("id: goal", "id: select", "word of SQL"),
        ("id: goal", "id: function", "word of R"),
        ("id: goal", "id: print_area", "word of Excel"),
        ("id: goal", "id: form_id", "have for themselves"),
        ("id: goal", "id: s2c_stamp", "have for themselves"),
        ("score: order_score", "score: f01", "for a cell"),
        ("id: goal", "id: r1c1", "for a cell"),
        ("id: goal", "id: c", "for a cell"),
        ("id: goal", "id: r", "for a cell"),
        ("id: lesson-observation", "id: lesson observation", "can't be stamped"),
        ("version: 2026.1", "version: 1 · 2", "blanks or a ·"),
        ("language: en", "language: English", "not the code of a language"),
        ("[teacher, lesson_date]", "[teacher, pupil]", "`identity` names `pupil`"),
        ("[teacher, lesson_date]", "[teacher, warmth_score]", "`identity` names `warmth_score`"),
        ("[teacher, lesson_date]", "[teacher, teacher]", "`teacher` twice"),
        ("value: 4", "value: 3", "The scale has “3”"),
        ("value: 0", "value: -1", "below zero: -1"),
        ("label: Weak", "label: fair", "The scale has “Fair”"),
        ("label: Weak", "label: 4", "is the value of another"),
        ("label: Weak", "label: ''", "Nothing stands after `label`"),
        ("value: lang", "value: math", "has the choice “math”"),
        ("label: Languages", "label: mathematics", "has the choice “mathematics”"),
        ("label: Languages", "label: Math", "is the value of another"),
        ("value: lang", "value: la-ng", "a PDF button refuses"),
        ("kind: choice", "kind: text", "`choices` says nothing about a field of kind text"),
        ("kind: pseudonym,", "kind: pseudonym, pattern: '[A-Z',", "not a regular expression"),
        ("kind: pseudonym,", "kind: pseudonym, pattern: '[0-9]*',", "fits an empty text"),
        ("kind: text,", "kind: text, pattern: '[0-9]+',", "`pattern` says nothing about"),
        ("kind: number", "kind: text", "`minimum` says nothing about a field of kind text"),
        ("lesson_date, kind: date", "lesson_date, lines: 3, kind: date", "`lines` says nothing"),
        ("lines: 6", "lines: -6", "fewer than 0 lines"),
        ("label: Goal of the lesson", "label: subject", "The label “subject” stands on line"),
        ("text: Starts on time", 'text: ""', "Nothing stands after `text`"),
        ("title: Teaching", "title:", "Nothing stands after `title`"),
        ("number: A2", "number: a1", "The number a1 stands on line"),
        ("number: B\n", "number: A\n", "The number A stands on line"),
        ("{factors}", "{factor}", "The placeholder `{factor}` doesn't exist"),
        ("{factors}", "{}", "The placeholder `{}` doesn't exist"),
        ("{factors}", "{factors!r}", "The placeholder `{factors}` doesn't exist"),
        ("{factors}", "{factors", "without its other half"),
        ("{{this", "{{{this", "without its other half"),
        ("heading: How", "list: [a]\n    heading: How", "a heading, a paragraph or a list"),
    ],
)
def test_each_rule_finds_what_breaks_it(old, new, what):
    text = changed((old, new))
    found = [finding for finding in findings(text) if what in finding.what.text("en")]
    assert found, [finding.text("en") for finding in findings(text)]
    line = SOUND[: SOUND.index(old)].count("\n") + 1
    assert any(abs(finding.line - line) <= 2 for finding in found), (line, found)
    assert not any(finding.is_warning for finding in found)


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("scale", [], "fewer than two points"),
        ("scale", [{"value": "1", "label": "x"}], "fewer than two points"),
        ("parts", [], "no parts"),
        ("header", [], "no fields"),
        ("parts", [{"id": "p", "number": "I", "factors": []}], "part I has no factors"),
        (
            "parts",
            [{"id": "p", "factors": [{"number": "1", "indicators": []}]}],
            "factor 1 has no indicators",
        ),
        ("header", [{"id": "ab_c", "kind": "choice", "choices": []}], "fewer than two choices"),
        ("header", [{"id": "ab_c", "kind": "choice"}], "fewer than two choices"),
    ],
)
def test_lists_that_are_too_short_are_found(key, value, what):
    data = yaml.load(SOUND, Loader=yaml.CBaseLoader)  # noqa: S506  plain texts
    text = yaml.dump({**data, key: value}, allow_unicode=True, sort_keys=False)
    assert any(what in finding.what.text("en") for finding in findings(text))


def test_a_language_without_a_catalogue_is_a_warning():
    (finding,) = findings(changed(("language: en", "language: fy")))
    assert finding.is_warning
    assert "fy" in finding.text("en")


def test_everything_is_told_at_once_even_where_the_structure_is_wrong():
    text = changed(("kind: choice", "kind: picture"), ("id: goal", "id: a b"), ("value: 4", "v: 4"))
    rubric, source = parse_rubric(text)
    assert rubric is None
    assert len(source.findings) >= 2
    assert any("`a b`" in finding.text("en") for finding in lint(source))


@pytest.mark.parametrize("text", ["", "[]", "x", "scale: x\nparts: {a: b}\nheader: [x]\nguide: 3"])
def test_whatever_stands_in_the_file_the_linter_itself_stands(text):
    assert all(finding.line >= 1 for finding in findings(text))


def test_findings_come_in_the_order_of_lines_and_in_dutch():
    text = changed(("id: goal", "id: a b"), ("value: 4", "value: 3"), ("number: A2", "number: A1"))
    found = findings(text)
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)
    assert all(finding.text("nl") != finding.text("en") for finding in found)
    assert all(re.match(r"regel \d+: ", finding.text("nl")) for finding in found)


def test_reserved_words_are_those_that_an_id_could_be():
    names = {*reserved.REFUSED_BY, *reserved.OWN_COLUMNS}
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)


def test_columns_that_stand_beside_fields_in_the_workbook_are_reserved(tmp_path, rubric):
    with open_store(tmp_path / "master.sqlite") as store:
        book = book_of(store, rubric, "master.sqlite")
    beside = {
        column.name
        for sheet in (answers.forms, answers.scores, answers.indicators)
        for column in sheet(book).columns
    }
    own = beside - {field.id for field in fields_of(rubric)}
    assert "form_id" in own
    assert own <= reserved.OWN_COLUMNS


@pytest.mark.parametrize(
    ("renamed", "what"),
    [
        ("{order_score: warmth_score}", "`order_score` has another id now, but it still stands"),
        ("{gone: nowhere}", "`gone` is `nowhere` now, which is no id here"),
        ("{gone: back, back: gone}", "which is no id here"),
        ("{gone: notes, lost: notes}", "gives two the id `notes`"),
    ],
)
def test_renamings_lead_from_ids_that_are_gone_to_ids_that_are_here(renamed, what):
    found = findings(changed(("parts:", f"renamed: {renamed}\n\nparts:")))
    assert what in found[0].text("en")


def test_renamings_of_any_id_and_in_a_chain_are_sound():
    told = "renamed: {old_notes: older_notes, older_notes: notes, klimaat: climate}\n\nparts:"
    text = changed(("parts:", told))
    assert findings(text) == ()
    rubric, _ = parse_rubric(text)
    assert rubric is not None
    assert [(pair.was, pair.now) for pair in rubric.renamed][2] == ("klimaat", "climate")


def test_a_rubric_without_renamings_keeps_its_hash():
    plain, _ = parse_rubric(SOUND)
    with_none, _ = parse_rubric(changed(("parts:", "renamed: {}\n\nparts:")))
    assert plain is not None
    assert with_none is not None
    assert plain.hash == with_none.hash
