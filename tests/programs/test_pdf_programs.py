"""PDF forms filled in by real programs in other languages read back the same."""

import datetime as dt
import json
import subprocess
from xml.sax.saxutils import escape

import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.kinds import show_date
from s2c_forms.form.shelf import shelf_of
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media.pdf import read, write
from s2c_forms.records.record import record_of
from tests.conftest import ROOT, need_program
from tests.strategies import as_recorded

pytestmark = [pytest.mark.programs, pytest.mark.slow]

ANSWERS = {
    "coach": "Łukasz ’t Hooft",
    "jongere": "J-007",
    "doel": "€ 5 & <drie> wensen",
    "gesprek_nr": 12,
    "datum": dt.date(2026, 4, 3),
    "beoordelaar": "supervisor",
    "video": "ja",
    "f01_score": 1,
    "f01_i01": True,
    "f01_i05": True,
    "f08_score": 3,
    "f14_i03": True,
    "reflectie": "Eerste regel\nTweede regel: Ωmega",
}


def texts(*, ticked: str) -> dict[str, str]:
    """Return the answers as a person would type them."""
    return {
        name: ticked
        if value is True
        else show_date(value)
        if isinstance(value, dt.date)
        else str(value)
        for name, value in ANSWERS.items()
    }


def fill_with_pdftk(source, target):
    pdftk = need_program("pdftk")
    fields = "".join(
        f'<field name="{name}"><value>{escape(text)}</value></field>'
        for name, text in texts(ticked="Yes").items()
    )
    xfdf = target.with_suffix(".xfdf")
    xfdf.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/">'
        f"<fields>{fields}</fields></xfdf>",
        encoding="utf-8",
    )
    command = [pdftk, source, "fill_form", xfdf, "output", target]
    subprocess.run(command, check=True, capture_output=True)


def fill_with_pdf_lib(source, target):
    node = need_program("node")
    answers = target.with_suffix(".json")
    answers.write_text(
        json.dumps({**texts(ticked=""), "f01_i01": True, "f01_i05": True, "f14_i03": True}),
        encoding="utf-8",
    )
    script = ROOT / "tests" / "programs" / "fill_pdf_lib.mjs"
    subprocess.run([node, script, source, answers, target], check=True, capture_output=True)


@pytest.mark.parametrize("fill", [fill_with_pdftk, fill_with_pdf_lib], ids=["pdftk", "pdf-lib"])
@pytest.mark.parametrize("again", [False, True], ids=["once", "and once more"])
def test_a_form_filled_in_by_another_program_reads_the_same(rubric, tmp_path, fill, again):
    form = Form(rubric, new_form_id(), {"supervisor": "Şükrü"})
    blank, target = tmp_path / "blank.pdf", tmp_path / "filled.pdf"
    write(form, blank)
    fill(blank, target)
    if again:
        blank, target = target, tmp_path / "again.pdf"
        fill(blank, target)
    (found,) = read(target.read_bytes(), shelf_of([rubric])).forms
    record = record_of(found, rubric)
    expected = dict.fromkeys(record.values) | ANSWERS | {"supervisor": "Şükrü"}
    for indicator in rubric.indicators:
        expected[indicator.id] = expected[indicator.id] or False
    assert record.problems == ()
    assert dict(record.values) == as_recorded(rubric, expected)
    assert record.stamp == form.stamp


def test_a_form_flattened_by_pdftk_is_no_empty_form(rubric, tmp_path):
    from s2c_forms.errors import RefusedError

    pdftk = need_program("pdftk")
    blank, flat = tmp_path / "blank.pdf", tmp_path / "flat.pdf"
    write(Form(rubric, new_form_id()), blank)
    subprocess.run([pdftk, blank, "output", flat, "flatten"], check=True, capture_output=True)
    with pytest.raises(RefusedError) as refused:
        read(flat.read_bytes(), shelf_of([rubric]))
    assert refused.value.code == "flattened"


def test_a_form_printed_to_pdf_is_no_empty_form(rubric, tmp_path):
    from s2c_forms.errors import RefusedError

    pdftocairo = need_program("pdftocairo")
    blank, printed = tmp_path / "blank.pdf", tmp_path / "printed.pdf"
    write(Form(rubric, new_form_id()), blank)
    subprocess.run([pdftocairo, "-pdf", blank, printed], check=True, capture_output=True)
    with pytest.raises(RefusedError) as refused:
        read(printed.read_bytes(), shelf_of([rubric]))
    assert refused.value.code == "flattened"
