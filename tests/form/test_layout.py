"""What doesn't fit on paper is told, whatever text it is."""

from dataclasses import replace

import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.layout import Box, load_sizes
from s2c_forms.form.rubric import GuideBlock
from s2c_forms.media.pdf import layout_of, overflows

LONG = "onuitsprekelijkheidsvermoeden" * 12
MANY = "heel veel woorden die samen op geen bladzijde passen " * 200


def changed_factor(rubric, **change):
    part = rubric.parts[1]
    factors = (replace(part.factors[0], **change), *part.factors[1:])
    return replace(rubric, parts=(rubric.parts[0], replace(part, factors=factors), rubric.parts[2]))


def with_long_label(rubric, name, place):
    questions = list(getattr(rubric, name))
    questions[place] = replace(questions[place], label=LONG)
    return replace(rubric, **{name: tuple(questions)})


def with_long_choice(rubric):
    first = rubric.added[0]
    choices = (*first.choices[:-1], replace(first.choices[-1], label=LONG))
    return replace(rubric, added=(replace(first, choices=choices), *rubric.added[1:]))


def with_long_indicator(rubric, text):
    indicators = rubric.parts[1].factors[0].indicators
    changed = (indicators[0], replace(indicators[1], text=text), *indicators[2:])
    return changed_factor(rubric, indicators=changed)


def with_long_scale(rubric):
    return replace(rubric, scale=tuple(replace(p, label=LONG[:90]) for p in rubric.scale))


def with_many_lines(rubric):
    return replace(rubric, added=(*rubric.added[:-1], replace(rubric.added[-1], lines=60)))


FACTOR = ("parts", 1, "factors", 0)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda r: replace(r, title=LONG), ("title",)),
        (lambda r: replace(r, header_note=MANY), ("header_note",)),
        (lambda r: replace(r, header_note=LONG), ("header_note",)),
        (lambda r: with_long_label(r, "header", 3), ("header", 3, "label")),
        (with_long_choice, ("added", 0, "choices")),
        (with_long_scale, ("scale",)),
        (lambda r: changed_factor(r, text=LONG), (*FACTOR, "text")),
        (lambda r: with_long_indicator(r, LONG * 2), (*FACTOR, "indicators", 1, "text")),
        (lambda r: with_long_indicator(r, MANY), FACTOR),
        (with_many_lines, ("added", 4, "lines")),
        (lambda r: replace(r, guide=(*r.guide, GuideBlock(paragraph=MANY * 3))), ("guide", 8)),
    ],
    ids=lambda value: None if callable(value) else "-".join(map(str, value)),
)
def test_a_text_that_does_not_fit_is_told_with_its_place(rubric, change, path):
    assert path in [overflow.path for overflow in overflows(change(rubric))]


def test_the_shipped_rubrics_fit(each_rubric):
    assert overflows(each_rubric) == []


def test_a_part_that_goes_on_has_its_band_again(rubric):
    pages = layout_of(Form(rubric, "", roomy=True)).pages
    lines = [
        line
        for item in pages[1].items
        for line in getattr(item, "lines", ()) or ()
        if isinstance(line, str)
    ]
    assert any("(vervolg)" in line for line in lines)


def test_a_factor_is_never_split_over_two_pages(rubric):
    where: dict[str, set[int]] = {}
    for page in layout_of(Form(rubric, "", roomy=True)).pages:
        for item in page.items:
            if isinstance(item, Box) and item.field_id[0] == "f":
                where.setdefault(item.field_id[:3], set()).add(page.number)
    assert len(where) == len(rubric.factors)
    assert all(len(pages) == 1 for pages in where.values())


def test_sizes_of_ones_own_win_and_a_bad_one_is_told(tmp_path, monkeypatch):
    from s2c_forms.errors import RubricError
    from tests.conftest import ROOT

    shipped = (ROOT / "templates" / "sizes.yaml").read_text(encoding="utf-8")
    own = tmp_path / "templates" / "sizes.yaml"
    own.parent.mkdir()
    own.write_text(shipped.replace("tick_box: 4.0 ", "tick_box: 4.5 "), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    load_sizes.cache_clear()
    try:
        assert load_sizes("standard").tick_box == 4.5
        own.write_text(shipped.replace("tick_box: 4.0 ", "tick_box: none "), encoding="utf-8")
        load_sizes.cache_clear()
        with pytest.raises(RubricError, match="tick_box"):
            load_sizes("standard")
    finally:
        load_sizes.cache_clear()
