"""Paper in the workbook: pictures beside their questions, and what became of every page."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from PIL import Image

from s2c_forms.form.filled import Cutout, RawAnswer
from s2c_forms.form.rubric import Renamed, Rubric
from s2c_forms.master import Book, book_of, write_workbook
from s2c_forms.master.asking import asked
from s2c_forms.master.cells import Picture
from s2c_forms.master.pictures import HIGHEST, WIDTH, height_of
from s2c_forms.master.typed.saved import open_saved, print_of
from s2c_forms.master.typed.typed import FORMS, QUESTIONS, typed_in, written_in
from s2c_forms.records.lineup import rename
from s2c_forms.store import (
    StoredFile,
    note_file,
    note_pictures,
    note_roster,
    note_rubric,
    note_version,
    open_store,
    own_by,
)
from s2c_forms.words import say
from tests.master.stack import WHEN, WRITTEN, box, cutout, note_stack
from tests.master.test_workbook import table
from tests.records.made import full, record, scan, version


@pytest.fixture
def stacked(tmp_path: Path, rubric: Rubric) -> Book:
    with open_store(tmp_path / "master.sqlite") as store:
        note_stack(store, rubric)
        note_roster(store, [{"coach": "C-12"}, {"coach": "C-2"}, {"coach": "C-12"}, {}])
        return book_of(store, rubric, "master.sqlite")


@pytest.fixture
def path(tmp_path: Path, stacked: Book) -> Path:
    into = tmp_path / "m.xlsx"
    write_workbook(stacked, into)
    return into


def images(path: Path, column: str = "Beeld") -> dict[str, Any]:
    """The pictures beside questions, by the field that is asked about."""
    sheet = openpyxl.load_workbook(path)["Nakijken"]
    header = [cell.value for cell in sheet[3]]
    found = {}
    for image in sheet._images:  # type: ignore[attr-defined]  # openpyxl has no other way
        anchor = image.anchor
        assert anchor._from.col == anchor.to.col == header.index(column)
        assert anchor._from.row == anchor.to.row  # wholly in its cell: it moves with its row
        field = str(sheet.cell(anchor._from.row + 1, 1 + header.index("Veld")).value)
        found[field] = image
    return found


def width(path: Path) -> float:
    """The width of the column of pictures, in letters."""
    sheet = openpyxl.load_workbook(path)["Nakijken"]
    place = [cell.value for cell in sheet[3]].index("Beeld")
    return float(sheet.column_dimensions[get_column_letter(1 + place)].width)


def test_each_question_has_its_own_picture_beside_it(path, rubric):
    found = images(path)
    assert set(found) == set(WRITTEN)
    for field_id, image in found.items():
        assert image._data() == WRITTEN[field_id]
    questions = {row["Veld"] for row in table(path, "Nakijken")}
    assert questions == {*WRITTEN, None}


def test_pictures_keep_their_shape_and_rows_are_high_enough(path):
    sheet = openpyxl.load_workbook(path)["Nakijken"]
    assert width(path) == pytest.approx(WIDTH, abs=1)
    for image in images(path).values():
        anchor = image.anchor
        wide = (anchor.to.colOff - anchor._from.colOff) / 9525
        height = (anchor.to.rowOff - anchor._from.rowOff) / 9525
        across, down = Image.open(io.BytesIO(image._data())).size
        assert wide / height == pytest.approx(across / down, rel=0.08)
        assert height * 0.75 < HIGHEST
    heights = {sheet.row_dimensions[4 + row].height for row in range(5)}
    assert len(heights) == 1  # pictures are sorted with their rows, heights aren't
    assert max(heights) <= HIGHEST


def test_pictures_are_told_in_words_and_hide_with_their_rows(path):
    with zipfile.ZipFile(path) as archive:
        drawings = [name for name in archive.namelist() if "drawings/drawing" in name]
        told = "".join(archive.read(name).decode() for name in drawings)
    assert told.count('descr="') >= len(WRITTEN)
    assert "AAAA-1111" in told
    assert 'editAs="oneCell"' not in told.split("<xdr:pic>")[1]


@pytest.mark.parametrize("dpi", [72, 200, 300])
def test_what_a_picture_says_of_its_density_makes_it_no_other_size(dpi):
    picture = Image.new("L", (400, 40), 255)
    data = io.BytesIO()
    picture.save(data, "PNG", dpi=(dpi, dpi))
    assert height_of(Picture((data.getvalue(),), "")) == height_of(
        Picture((cutout("", (400, 40)),), "")
    )


def test_two_scans_that_differ_show_both(tmp_path, rubric, stacked):
    one, two = box(1), box(2)
    assert height_of(Picture((one, two), "")) == height_of(Picture((one,), ""))
    wide = cutout("abc")
    assert height_of(Picture((wide, wide), "")) < height_of(Picture((wide,), ""))


def test_pictures_of_files_that_differ_say_which_file_each_is_of(tmp_path, rubric):
    pictures = {"b.pdf": box(1), "a.pdf": box(2)}
    answers = {"b.pdf": 1, "a.pdf": 3}  # a question tells 1 before 3, whatever the files are called
    with open_store(tmp_path / "master.sqlite") as store:
        note_rubric(store, rubric)
        own_by(store, rubric.id)
        for number, (file, png) in enumerate(pictures.items()):
            values = full(rubric) | {"f02_score": answers[file]}
            said = replace(
                scan(rubric, values, file=file, number=number),
                sha256=f"{number}" * 64,
            )
            where = f"pagina {number + 1}, Anna"
            record_ = replace(said.record, evidence=(RawAnswer("f02_score", "1", where),))
            note_version(store, replace(said, record=record_), rubric)
            note_file(store, StoredFile(said.sha256, file, "", 9, "scan", "", WHEN))
            note_pictures(store, said.sha256, said.record.pages[0], [Cutout("f02_score", png)])
        made = book_of(store, rubric, "master.sqlite")
    (one,) = [one for one in asked(made) if one.field and one.field.id == "f02_score"]
    assert one.question.code == "conflict"
    assert list(one.pictures.values()) == ["b.pdf", "a.pdf"]
    assert list(one.pictures) == [pictures["b.pdf"], pictures["a.pdf"]]
    write_workbook(made, tmp_path / "m.xlsx")
    with zipfile.ZipFile(tmp_path / "m.xlsx") as archive:
        drawings = [name for name in archive.namelist() if "drawings/drawing" in name]
        told = "".join(archive.read(name).decode() for name in drawings)
    assert "van links naar rechts in b.pdf, a.pdf" in told
    (row,) = [row for row in table(tmp_path / "m.xlsx", "Nakijken") if row["Veld"] == "f02_score"]
    assert row["Plaats"] == "pagina 2, Anna (a.pdf) / pagina 1, Anna (b.pdf)"


def test_equal_stores_make_equal_bytes(path, tmp_path, rubric):
    with open_store(tmp_path / "other" / "master.sqlite") as store:
        note_stack(store, rubric)
        note_roster(store, [{"coach": "C-12"}, {"coach": "C-2"}])
        again = book_of(store, rubric, "master.sqlite")
    write_workbook(again, tmp_path / "again.xlsx")
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(tmp_path / "again.xlsx") as other:
        media = [name for name in one.namelist() if "media" in name or "drawing" in name]
        assert media
        assert [one.read(name) for name in media] == [other.read(name) for name in media]
    write_workbook(again, tmp_path / "once more.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "once more.xlsx").read_bytes()


def test_without_paper_the_column_is_narrow(tmp_path, rubric):
    conflict = [version(record(rubric, full(rubric) | {"doel": t}), f"{t}.xlsx") for t in "ab"]
    with open_store(tmp_path / "master.sqlite") as store:
        note_rubric(store, rubric)
        own_by(store, rubric.id)
        for one in conflict:
            note_version(store, one, rubric)
            note_file(store, StoredFile(one.sha256, one.file, "", 9, "excel", "", WHEN))
        made = book_of(store, rubric, "master.sqlite")
    write_workbook(made, tmp_path / "m.xlsx")
    assert images(tmp_path / "m.xlsx") == {}
    assert width(tmp_path / "m.xlsx") < WIDTH / 2


def test_where_nobody_typed_nothing_was_typed(path, stacked, rubric):
    saved = open_saved(path.read_bytes())
    baseline = written_in(saved)
    assert baseline is not None
    fields = frozenset(field.id for field in stacked.fields)
    found = typed_in(saved, baseline, print_of(saved, FORMS, QUESTIONS), fields, "nl")
    assert (found.answered, found.corrected, found.elsewhere) == ((), (), ())
    assert saved.parts["media/"] == len(WRITTEN)


def test_pictures_saved_twice_are_no_pictures_of_ones_own(path, tmp_path):
    twice = tmp_path / "twice.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(twice, "w") as target:
        for info in source.infolist():
            target.writestr(info.filename, source.read(info))
            if info.filename.startswith("xl/media/"):
                target.writestr(f"xl/media/copy-{Path(info.filename).name}", source.read(info))
    assert open_saved(twice.read_bytes()).parts == open_saved(path.read_bytes()).parts


def choices(path: Path, field_id: str) -> list[str]:
    """What drops down at a question on a field."""
    (row,) = [row for row in table(path, "Nakijken") if row["Veld"] == field_id]
    book = openpyxl.load_workbook(path)
    column = int(str(row["s2c_list"]))
    lists = book["s2c_choices_s2c_to_check"]
    told = [lists.cell(1 + place, 1 + column).value for place in range(int(str(row["s2c_size"])))]
    return [str(text) for text in told]


def test_the_codes_of_the_roster_can_be_chosen(path):
    assert choices(path, "coach") == ["C-2", "C-12", "geen antwoord"]
    assert choices(path, "f03_i01") == ["ja", "nee"]
    assert choices(path, "f02_score")[0].startswith("1 = ")
    assert choices(path, "reflectie") == ["geen antwoord"]


def test_a_scan_says_what_became_of_every_page(path):
    (row,) = table(path, "Herkomst")
    assert row["Formulier"] == "AAAA-1111 (p. 1, 2), BBBB-2222 (p. 3)"
    told = str(row[say("Pages", "nl")])
    assert told.startswith("6 pag")
    assert told.endswith("(p. 6)")
    assert len(told.split(" = ")[1].split(" + ")) == 5
    assert str(row["Reden"]).splitlines()[0].startswith("p. 5: ")
    assert row["Soort"] == "Papier"


def test_pictures_follow_fields_that_were_renamed(tmp_path, rubric):
    newer = replace(
        rename(rubric, {"reflectie": "terugblik"}),
        version="2",
        renamed=(Renamed("reflectie", "terugblik"),),
    )
    with open_store(tmp_path / "master.sqlite") as store:
        versions = note_stack(store, rubric)
        note_rubric(store, newer)
        latest = version(record(newer, full(newer) | {"gesprek_nr": 9}, "CCCC3333"), "n.xlsx")
        note_version(store, latest, newer)
        note_file(store, StoredFile(latest.sha256, latest.file, "", 9, "excel", "", WHEN))
        made = book_of(store, newer, "master.sqlite")
        note_pictures(store, versions[0].sha256, 2, [Cutout("terugblik", b"of another form")])
    assert made.rubric.version == "2"
    assert made.pictures[versions[0].ref, "terugblik"] == WRITTEN["reflectie"]
