"""The PDF form as programs see it, and everything a PDF can come back as."""

import io
import subprocess

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfReader

from s2c_forms.demo.fill.pdf import fill
from s2c_forms.errors import RefusedError
from s2c_forms.form.fields import fields_of
from s2c_forms.form.form import Form
from s2c_forms.form.shelf import shelf_of
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media.pdf import lacking_letters, read, write, write_bundle
from s2c_forms.records.record import record_of
from tests.conftest import need_program


@pytest.fixture(scope="module")
def form(rubric):
    return Form(rubric, new_form_id())


@pytest.fixture(scope="module")
def blank(form, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "blank.pdf"
    write(form, path)
    return path


@pytest.fixture
def filled(blank, tmp_path):
    path = tmp_path / "filled.pdf"
    fill(blank, {"coach": "C-012", "f01_score": 2, "f01_i01": True, "beoordelaar": "zelf"}, path)
    return path


def record_in(data, rubric):
    (found,) = read(data, shelf_of([rubric])).forms
    return record_of(found, rubric)


def changed(path, change, **save):
    """Return a PDF's bytes after `change` had its way with it."""
    out = io.BytesIO()
    with Pdf.open(path) as pdf:
        change(pdf)
        pdf.save(out, **save)
    return out.getvalue()


def fields_by_name(pdf):
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def test_every_field_of_the_rubric_is_a_form_field_of_its_kind(rubric, blank):
    with Pdf.open(blank) as pdf:
        fields = fields_by_name(pdf)
        for question in fields_of(rubric):
            field = fields[question.id]
            expected = "/Btn" if question.options or question.kind == "tick" else "/Tx"
            assert expected == field.FT
            assert int(field.get("/Ff", 0)) & 2 == 0, "nothing is required"
            assert "/MaxLen" not in field
            if question.options:
                states = {key for kid in field.Kids for key in kid.AP.N if key != "/Off"}
                assert states == {f"/{option.value}" for option in question.options}
                assert "/V" not in field
                assert int(field.Ff) == (1 << 15) | (1 << 14)
                assert "/Opt" not in field


def test_every_widget_has_a_dutch_tooltip_and_a_place_in_the_structure(rubric, blank):
    with Pdf.open(blank) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        seen = 0
        for page in pdf.pages:
            assert page.obj.Tabs == "/S"
            for widget in page.obj.Annots:
                if int(widget.F) & 2:
                    continue
                seen += 1
                assert str(widget.TU).strip()
                element = parents[2 * int(widget.StructParent) + 1]
                assert element.S == "/Form"
                assert element.K.Obj.objgen == widget.objgen
        scale = len(rubric.scale)
        buttons = len(rubric.factors) * (scale + 1) + len(rubric.indicators)
        assert seen == buttons + 6 + (3 + 1) + (2 + 1) + 3


def test_a_score_can_be_cleared_by_a_button_that_is_not_printed(blank):
    with Pdf.open(blank) as pdf:
        button = fields_by_name(pdf)["wis_f01_score"]
        assert button.A.S == "/ResetForm"
        assert [str(name) for name in button.A.Fields] == ["f01_score"]
        assert int(button.F) & 4 == 0
        assert str(button.TU) == "Wis de score: De coach luistert goed en is geduldig"


def test_the_document_has_title_language_and_tags(blank):
    with Pdf.open(blank) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert str(pdf.docinfo["/Title"]) == "Reflectie op coachgesprekken"
        assert pdf.Root.MarkInfo.Marked
        kinds = {str(element.S) for element in pdf.Root.StructTreeRoot.K.K}
        assert kinds == {"/H1", "/H2", "/H3", "/P", "/Form"}


@pytest.mark.programs
def test_poppler_calls_it_tagged(blank):
    need_program("pdfinfo")
    told = subprocess.run(["pdfinfo", blank], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in told
    assert "AcroForm" in told


def test_texts_are_read_aloud_in_order_and_fonts_are_embedded(blank):
    with Pdf.open(blank) as pdf:
        for page in pdf.pages:
            for font in page.obj.Resources.Font.values():
                if font.Subtype == "/TrueType":
                    assert "/FontFile2" in font.FontDescriptor
                else:  # reportlab's own, named in every page and used in none
                    assert font.BaseFont == "/Helvetica"
        text = PdfReader(blank).pages[0].extract_text()
    parts = ["Reflectie op coachgesprekken", "RELATIE OPBOUWEN", "1.", "7.", "pagina 1 van 3"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_pypdf_as_a_second_reader_says_the_same(filled, rubric):
    fields = PdfReader(filled).get_fields() or {}
    values = record_in(filled.read_bytes(), rubric).values
    assert fields["coach"].value == values["coach"] == "C-012"
    assert fields["f01_score"].value == f"/{values['f01_score']}" == "/2"
    assert fields["beoordelaar"].value == f"/{values['beoordelaar']}" == "/zelf"


@pytest.mark.parametrize("value", [Name("/3"), String("3"), String("/3")])
def test_a_score_may_be_a_name_or_a_text_with_or_without_slash(blank, rubric, value):
    def change(pdf):
        fields_by_name(pdf)["f09_score"].V = value

    assert record_in(changed(blank, change), rubric).values["f09_score"] == 3


def test_without_a_value_one_button_that_is_on_counts(blank, rubric):
    def change(pdf):
        fields_by_name(pdf)["f09_score"].Kids[1].AS = Name("/2")

    assert record_in(changed(blank, change), rubric).values["f09_score"] == 2


def test_without_a_value_two_buttons_that_are_on_are_a_question(blank, rubric):
    def change(pdf):
        kids = fields_by_name(pdf)["f09_score"].Kids
        kids[0].AS, kids[2].AS = Name("/1"), Name("/3")

    record = record_in(changed(blank, change), rubric)
    (problem,) = record.problems
    assert (problem.code, problem.field_id) == ("two_marked", "f09_score")
    assert problem.where == "pagina 2, factor 9"
    assert record.values["f09_score"] is None


def test_a_value_comes_before_an_old_picture(filled, rubric):
    def change(pdf):
        group = fields_by_name(pdf)["f01_score"]
        group.V = Name("/3")

    assert record_in(changed(filled, change), rubric).values["f01_score"] == 3


@pytest.mark.parametrize(("value", "code"), [("4", "not_on_scale"), ("x", "not_a_score")])
def test_a_score_off_the_scale_is_a_question_and_nothing_else_is_lost(filled, rubric, value, code):
    def change(pdf):
        fields_by_name(pdf)["f02_score"].V = String(value)

    record = record_in(changed(filled, change), rubric)
    assert [(p.code, p.field_id, p.raw) for p in record.problems] == [(code, "f02_score", value)]
    assert record.values["f01_score"] == 2
    assert record.values["coach"] == "C-012"


def test_a_tick_whose_picture_and_value_differ_is_a_question(blank, rubric):
    def change(pdf):
        box = fields_by_name(pdf)["f01_i02"]
        box.V, box.AS = Name.Off, Name("/Yes")

    (problem,) = record_in(changed(blank, change), rubric).problems
    assert (problem.code, problem.field_id) == ("places_differ", "f01_i02")


def test_a_tick_without_a_value_is_known_by_its_picture(blank, rubric):
    def change(pdf):
        fields_by_name(pdf)["f01_i02"].AS = Name("/Yes")

    assert record_in(changed(blank, change), rubric).values["f01_i02"] is True


@pytest.mark.parametrize("raw", [b"\xfe\xff\x01A", b"\xef\xbb\xbf\xc5\x81", "Ł".encode("utf-16")])
def test_texts_come_in_several_encodings(blank, rubric, raw):
    def change(pdf):
        fields_by_name(pdf)["coach"].V = String(raw)

    value = record_in(changed(blank, change), rubric).values["coach"]
    assert value in ("Ł", "Ł"[:1])


def test_line_ends_of_every_kind_are_one(blank, rubric):
    def change(pdf):
        fields_by_name(pdf)["reflectie"].V = String("een\rtwee\r\ndrie\nvier")

    values = record_in(changed(blank, change), rubric).values
    assert values["reflectie"] == "een\ntwee\ndrie\nvier"


@pytest.mark.parametrize(
    "save",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"encryption": pikepdf.Encryption(owner="geheim", user="")},
        {"min_version": "2.0"},
    ],
    ids=["object streams", "linearised", "empty password", "2.0"],
)
def test_other_ways_to_save_read_the_same(filled, rubric, save):
    data = changed(filled, lambda _pdf: None, **save)
    assert record_in(data, rubric) == record_in(filled.read_bytes(), rubric)


def test_an_incremental_save_reads_and_one_that_lost_its_end_is_noticed(blank, filled, rubric):
    whole = incremental(blank)
    assert record_in(whole, rubric).values["coach"] == "C-099"
    start = blank.stat().st_size
    for end in (start + 20, (start + len(whole)) // 2, len(whole) - 2, len(whole) - 8):
        with pytest.raises(RefusedError) as refused:
            read(whole[:end], shelf_of([rubric]))
        assert refused.value.code == "damaged"


def incremental(path):
    """Return a form to which a filling program added its answers behind the first save."""
    from pypdf import PdfWriter

    writer = PdfWriter(path, incremental=True)
    writer.update_page_form_field_values(writer.pages[0], {"coach": "C-099"}, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(path.read_bytes())
    return out.getvalue()


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.999])
def test_a_cut_off_file_is_damaged(filled, rubric, share):
    data = filled.read_bytes()
    with pytest.raises(RefusedError) as refused:
        read(data[: int(len(data) * share)], shelf_of([rubric]))
    assert refused.value.code == "damaged"


def test_a_password_is_named(filled, rubric):
    data = changed(filled, lambda _pdf: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(RefusedError) as refused:
        read(data, shelf_of([rubric]))
    assert refused.value.code == "encrypted"


def test_a_flattened_form_is_no_empty_form(filled, rubric):
    def flatten(pdf):
        pdf.flatten_annotations("all")
        if "/AcroForm" in pdf.Root:
            del pdf.Root.AcroForm
        for page in pdf.pages:
            if "/Annots" in page.obj:
                del page.obj.Annots

    with pytest.raises(RefusedError) as refused:
        read(changed(filled, flatten), shelf_of([rubric]))
    assert refused.value.code == "flattened"


def test_a_form_printed_to_pdf_is_known_by_its_small_print(form, rubric, tmp_path):
    path = tmp_path / "bundle.pdf"
    write_bundle([form], path)
    with pytest.raises(RefusedError) as refused:
        read(path.read_bytes(), shelf_of([rubric]))
    assert refused.value.code == "flattened"


def test_another_pdf_is_not_ours(rubric):
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    with pytest.raises(RefusedError) as refused:
        read(out.getvalue(), shelf_of([rubric]))
    assert refused.value.code == "not_a_form"


def test_a_rubric_that_is_not_here_is_named(filled):
    with pytest.raises(RefusedError) as refused:
        read(filled.read_bytes(), shelf_of([]))
    assert refused.value.code == "unknown_rubric"
    assert "reflectie-coachgesprekken" in refused.value.text("nl")


def test_text_typed_over_the_fields_is_a_question(filled, rubric):
    def change(pdf):
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.FreeText,
            Rect=Array([100, 100, 200, 120]),
            Contents=String("3"),
            DA=String("/Helv 10 Tf"),
        )
        pdf.pages[1].obj.Annots.append(pdf.make_indirect(note))

    (problem,) = record_in(changed(filled, change), rubric).problems
    assert (problem.code, problem.where, problem.raw) == ("typed_over", "pagina 2", "3")


def test_a_deleted_field_is_a_question(filled, rubric):
    def change(pdf):
        group = fields_by_name(pdf)["f14_score"]
        kids = {kid.objgen for kid in group.Kids}
        page = pdf.pages[1].obj
        page.Annots = Array([note for note in page.Annots if note.objgen not in kids])

    (problem,) = record_in(changed(filled, change), rubric).problems
    assert (problem.code, problem.field_id) == ("place_lost", "f14_score")


def test_a_form_without_remarks_lacks_nothing(rubric, tmp_path):
    blank, path = tmp_path / "blank.pdf", tmp_path / "form.pdf"
    write(Form(rubric, new_form_id(), remarks=False), blank)
    fill(blank, {"f01_score": 1}, path)
    assert record_in(path.read_bytes(), rubric).problems == ()


@pytest.mark.filterwarnings("ignore:This document has")
@pytest.mark.parametrize("style", ["6.{name}", "{name}+1"])
def test_two_forms_in_one_file_are_two_records(rubric, filled, tmp_path, style):
    other_blank, other = tmp_path / "blank.pdf", tmp_path / "other.pdf"
    write(Form(rubric, new_form_id()), other_blank)
    fill(other_blank, {"coach": "C-013", "f01_score": 3}, other)

    def change(pdf):
        with Pdf.open(other) as second:
            for page in second.pages:
                pdf.pages.append(page)
        own = len(pdf.pages) // 2
        renamed = set()
        for page in pdf.pages[own:]:
            for widget in page.obj.Annots:
                field = widget if "/T" in widget else widget.Parent
                if field.objgen not in renamed:
                    renamed.add(field.objgen)
                    field.T = String(style.format(name=str(field.T)))

    forms = read(changed(filled, change), shelf_of([rubric])).forms
    records = [record_of(found, rubric) for found in forms]
    assert [record.values["coach"] for record in records] == ["C-012", "C-013"]
    assert [record.values["f01_score"] for record in records] == [2, 3]
    assert len({record.stamp.form_id for record in records}) == 2


def test_without_its_metadata_a_form_is_known_by_its_hidden_field(filled, form, rubric):
    def change(pdf):
        del pdf.Root.Metadata
        del pdf.trailer["/Info"]

    assert record_in(changed(filled, change), rubric).stamp == form.stamp


def test_without_its_hidden_field_a_form_is_known_by_its_metadata(blank, form, rubric):
    def change(pdf):
        fields_by_name(pdf)["s2c_stamp"].V = String("")
        fields_by_name(pdf)["f01_score"].V = Name("/1")

    assert record_in(changed(blank, change), rubric).stamp == form.stamp


def test_letters_that_no_font_has_are_told(rubric):
    assert lacking_letters(Form(rubric, "", {"coach": "Łukasz ’€ Ωж ğŞı"})) == ""
    assert lacking_letters(Form(rubric, "", {"coach": "محمد A"})) == "محد"
    assert lacking_letters(Form(rubric, "", {"coach": "李 A"})) == "李"


def test_a_long_value_is_made_to_fit_its_field(rubric, tmp_path):
    path = tmp_path / "form.pdf"
    long = (
        "Samen met de leerling een plan maken voor de overstap naar een andere school in augustus"
    )
    write(Form(rubric, new_form_id(), {"doel": long}), path)
    with Pdf.open(path) as pdf:
        picture = fields_by_name(pdf)["doel"].AP.N
        assert "/Font" in picture.Resources
    assert record_in(path.read_bytes(), rubric).values["doel"] == long


def test_a_very_long_value_is_set_in_lines_that_can_be_read(rubric, tmp_path):
    from s2c_forms.form.layout import Entry
    from s2c_forms.media.pdf.draw import fitted

    entry = Entry("doel", 0, 0, 198, 15)
    text = fitted("Een heel erg lange naam van een gesprek " * 3, entry, 0, 0)
    assert len(text.lines) > 1
    assert text.size >= 5
    assert len(text.lines) * text.size <= entry.height


@pytest.mark.filterwarnings("ignore:This document has")
def test_two_copies_of_one_form_joined_are_asked_about_and_never_mixed(rubric, blank, tmp_path):
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    fill(blank, {"coach": "C-1", "f01_score": 2, "f01_i01": True}, one)
    fill(blank, {"coach": "C-2", "f02_score": 3, "video": "ja", "feedback": "van C-2"}, two)

    def join(pdf):
        with Pdf.open(two) as second:
            for page in second.pages:
                pdf.pages.append(page)

    record = record_in(changed(one, join), rubric)
    asked = {problem.field_id for problem in record.problems}
    assert asked == {"coach", "f01_score", "f01_i01", "f02_score", "video", "feedback"}
    assert all(record.values[field_id] is None for field_id in asked if field_id)


@pytest.mark.parametrize("kind", ["Circle", "Line", "Highlight", "Ink"])
def test_a_mark_drawn_over_the_form_is_a_question(filled, rubric, kind):
    def change(pdf):
        drawn = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([9, 9, 99, 99]))
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(drawn))

    (problem,) = record_in(changed(filled, change), rubric).problems
    assert (problem.code, problem.raw) == ("typed_over", "een getekende markering")


def test_nothing_among_the_annotations_does_no_harm(filled, rubric):
    def change(pdf):
        pdf.pages[0].obj.Annots.append(None)

    assert record_in(changed(filled, change), rubric) == record_in(filled.read_bytes(), rubric)


def test_metadata_that_is_no_xmp_makes_no_noise(filled, form, rubric, capfd):
    def change(pdf):
        pdf.Root.Metadata = pdf.make_stream(b"not xml at all")

    assert record_in(changed(filled, change), rubric).stamp == form.stamp
    assert capfd.readouterr().err == ""
