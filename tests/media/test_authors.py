"""Who made a file, and who saved it last, as the file tells."""

import io
import zipfile

import docx
import openpyxl
import pikepdf
import pytest

from s2c_forms.form.form import Form
from s2c_forms.form.shelf import shelf_of
from s2c_forms.media import medium
from s2c_forms.media.excel.reader import load_book
from s2c_forms.media.package import authors_of, open_package

FORM_ID = "S2C4GGXY"
BOTH = ("Anna de Vries", "Bram")


META = """<office:document-meta xmlns:office="o" xmlns:meta="m" xmlns:dc="d"><office:meta>
  <meta:initial-creator>Anna de Vries</meta:initial-creator><dc:creator>Bram</dc:creator>
</office:meta></office:document-meta>"""


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(f"{name}.xml", text)
    return out.getvalue()


def read(name, data, rubric):
    return medium(name).read(data, shelf_of([rubric])).origin.authors


@pytest.fixture
def blank(tmp_path, rubric):
    def made(name):
        path = tmp_path / f"form{medium(name).SUFFIX}"
        medium(name).write(Form(rubric, FORM_ID), path)
        return path

    return made


def test_of_a_spreadsheet(blank, rubric):
    book = openpyxl.load_workbook(blank("excel"))
    book.properties.creator, book.properties.lastModifiedBy = BOTH
    out = io.BytesIO()
    book.save(out)
    assert read("excel", out.getvalue(), rubric) == BOTH


def test_of_a_document(blank, rubric):
    document = docx.Document(str(blank("word")))
    document.core_properties.author, document.core_properties.last_modified_by = BOTH
    out = io.BytesIO()
    document.save(out)
    assert set(read("word", out.getvalue(), rubric)) == set(BOTH)


def test_of_a_pdf(blank, rubric):
    out = io.BytesIO()
    with pikepdf.open(blank("pdf")) as pdf:
        pdf.docinfo["/Author"] = BOTH[0]
        pdf.save(out)
    assert read("pdf", out.getvalue(), rubric) == BOTH[:1]


def test_of_an_open_document():
    content = '<office:document-content xmlns:office="o"/>'
    assert load_book(zipped(meta=META, content=content)).authors == BOTH


def test_properties_that_are_broken_stop_nothing():
    assert authors_of(open_package(zipped(meta="<office:meta"))) == ()
    assert authors_of(open_package(zipped(content="<a/>"))) == ()
