"""OpenDocument, as LibreOffice writes it."""

import zipfile

import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.rubric_file import parse_rubric
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import word
from s2c_forms.records.record import record_of
from tests.media.documents import (
    ENGLISH,
    FORM_ID,
)

FORM = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">
<office:automatic-styles>
<style:style style:name="T1"><style:text-properties fo:background-color="#ffff00"/></style:style>
<style:style style:name="T2"><style:text-properties fo:background-color="transparent"
 style:text-line-through-style="none" fo:color="#000000"/></style:style>
<style:style style:name="T3"><style:text-properties style:text-line-through-style="solid"/>
</style:style></office:automatic-styles>
<office:body><office:text><text:p>Looking at lessons</text:p>{before}
<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>
<table:table-cell><text:p>Is there{behind}</text:p></table:table-cell>
<table:table-cell><text:p><text:bookmark-start text:name="a1_score"/><loext:content-control
>{score}</loext:content-control><text:bookmark-end text:name="a1_score"/></text:p>
</table:table-cell></table:table-row></table:table></office:text></office:body>
</office:document-content>"""


@pytest.mark.parametrize(
    ("place", "text", "problem"),
    [
        ("score", "1   2   5", None),
        ("score", '1   <text:span text:style-name="T2">2</text:span>   5', ("marked_by_hand", "2")),
        ("score", '<text:span text:style-name="T2">1   2   5</text:span>', None),
        ("score", '1   <text:span text:style-name="T1">2</text:span>   5', ("marked_by_hand", "2")),
        ("score", '<text:span text:style-name="T3">5</text:span>', ("marked_by_hand", "5")),
        ("behind", ": 5", ("typed_over", ": 5")),
        ("behind", '<text:span text:style-name="T2"/>', None),
        ("before", "<text:p>Hello</text:p>", ("typed_over", "Hello")),
        (
            "behind",
            "<office:annotation><dc:creator>A</dc:creator><text:p>a 5</text:p></office:annotation>",
            ("typed_over", "a 5"),
        ),
        (
            "behind",
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>b</text:p>"
            "</text:note-body></text:note>",
            ("typed_over", "b"),
        ),
        (
            "behind",
            "<draw:custom-shape><svg:title>t</svg:title><text:p/></draw:custom-shape>",
            ("drawn_over", ""),
        ),
        ("behind", "<draw:frame><draw:image/></draw:frame>", ("drawn_over", "")),
        (
            "behind",
            "<draw:custom-shape><text:p>look</text:p></draw:custom-shape>",
            ("typed_over", "look"),
        ),
    ],
)
def test_opendocument_tells_the_same(tmp_path, place, text, problem):
    english, _ = parse_rubric(ENGLISH)
    assert english
    parts = {"before": "", "behind": "", "score": "5", place: text}
    entries = "".join(
        f'<m:user-defined m:name="{key}">{value}</m:user-defined>'
        for key, value in Form(english, FORM_ID).stamp.entries().items()
    )
    with zipfile.ZipFile(tmp_path / "x.odt", "w") as archive:
        archive.writestr("content.xml", FORM.format(**parts))
        archive.writestr("meta.xml", f'<m:meta xmlns:m="urn:meta">{entries}</m:meta>')
    read = word.read((tmp_path / "x.odt").read_bytes(), shelf_of([english]))
    made = record_of(read.forms[0], english)
    asked = [(p.code, p.raw) for p in made.problems if p.code != "place_lost"]
    assert asked == ([problem] if problem else [])
    wheres = {p.where for p in made.problems if p.code == "drawn_over"}
    assert wheres <= {"factor 1, “Is there”"}


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">
<office:body><office:text>
<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><!-- a remark -->
<text:p><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p>
<table:table>
<table:table-row><table:table-cell><text:p>Teacher</text:p></table:table-cell>
<table:table-cell><text:p><text:bookmark text:name="teacher"/>T <text:s text:c="2"/>1<text:tab/>b
c<text:line-break/></text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>
<table:table-cell><text:h>Is there</text:h></table:table-cell>
<table:table-cell><text:p><text:bookmark-start text:name="a1_score"/><loext:content-control>
<loext:list-item loext:display-text="9" loext:value="9"/>5<text:bookmark-end
 text:name="a1_score"/></loext:content-control></text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p><text:bookmark-start text:name="a1_x"/>
<loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control>
<text:bookmark-end text:name="a1_x"/></text:p></table:table-cell>
<table:table-cell><text:p>Greets</text:p></table:table-cell></table:table-row>
</table:table></office:text></office:body></office:document-content>"""
META = """<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>
<meta:generator>LibreOffice/7.4</meta:generator>{entries}</office:meta></office:document-meta>"""


def test_an_opendocument_text_is_read(tmp_path):
    english, _ = parse_rubric(ENGLISH)
    assert english
    stamp = Form(english, FORM_ID).stamp
    entries = "".join(
        f'<meta:user-defined meta:name="{key}">{text}</meta:user-defined>'
        for key, text in stamp.entries().items()
    )
    with zipfile.ZipFile(tmp_path / "x.odt", "w") as archive:
        archive.writestr("content.xml", ODT)
        archive.writestr("meta.xml", META.format(entries=entries))
    read = word.read((tmp_path / "x.odt").read_bytes(), shelf_of([english]))
    made = record_of(read.forms[0], english)
    assert read.origin.program == "LibreOffice/7.4"
    assert {key: value for key, value in made.values.items() if value is not None} == {
        "teacher": "T 1 b c",
        "a1_score": 5,
        "a1_x": True,
    }
    assert [(p.code, p.field_id) for p in made.problems] == [
        ("place_lost", "a2_score"),
        ("place_lost", "a2_x"),
        ("typed_over", None),
    ]
