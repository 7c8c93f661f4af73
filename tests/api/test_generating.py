"""Forms are made to order: each with its own id, all noted, none half, none overwritten."""

import pytest

from s2c_forms import media
from s2c_forms.api import Order, generate, generating, read_file
from s2c_forms.errors import WriteError
from s2c_forms.form.kinds import Value
from s2c_forms.form.shelf import shelf_of
from s2c_forms.form.stamp import spaced
from s2c_forms.media import MEDIA
from s2c_forms.store import copy_of, layout_of, open_store

pytestmark = pytest.mark.slow


class Fake:
    """A medium that writes form ids, and may run out of disk."""

    SUFFIX = ".fake"
    room = 100

    def write(self, form, path):
        if self.room == 0:
            raise OSError(28, "No space left on device")
        self.room -= 1
        path.write_text(form.form_id, encoding="utf-8")


@pytest.fixture
def fake(monkeypatch):
    found = Fake()
    monkeypatch.setattr(media, "medium", lambda name: found)
    return found


def test_every_copy_in_every_medium_is_a_file_with_an_id_of_its_own(tmp_path, each_rubric):
    made = generate(each_rubric, Order(copies=2), tmp_path, tmp_path / "master.sqlite")
    assert [file.medium for file in made] == [name for name in MEDIA for _ in range(2)]
    assert len({file.form_id for file in made}) == len(made)
    for file in made:
        assert spaced(file.form_id) in file.path.name
        outcome = read_file(file.path, shelf_of([each_rubric]))
        assert outcome.refusal is None
        assert outcome.records[0].stamp.form_id == file.form_id
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {file.path.name for file in made} | {"master.sqlite"}


def test_the_store_knows_every_copy_and_the_layout_of_paper(tmp_path, rubric):
    store = tmp_path / "kept" / "all.sqlite"
    order = Order(media=("pdf", "excel"), rows=({"coach": "Łukasz"},))
    made = generate(rubric, order, tmp_path / "out", store)
    with open_store(store) as opened:
        on_paper, in_excel = (copy_of(opened, file.form_id) for file in made)
        assert on_paper
        assert in_excel
        assert on_paper.prefilled == in_excel.prefilled == {"coach": "Łukasz"}
        assert (on_paper.media, in_excel.media) == (("pdf",), ("excel",))
        assert in_excel.layout_hash is None
        assert on_paper.layout_hash
        assert layout_of(opened, on_paper.layout_hash)


def test_a_row_of_a_roster_is_a_form_with_its_head_filled_in(tmp_path, rubric):
    rows: tuple[dict[str, Value], ...] = ({"coach": "Łukasz’"}, {"coach": "€", "gesprek_nr": 2})
    made = generate(rubric, Order(rows=rows), tmp_path, tmp_path / "s.sqlite")
    assert len(made) == 2 * len(MEDIA)
    for file, row in zip(made, rows * len(MEDIA), strict=True):
        record = read_file(file.path, shelf_of([rubric])).records[0]
        assert {k: v for k, v in record.values.items() if v is not None} == row
        assert "ukasz" not in file.path.name


def test_a_bundle_is_one_more_pdf_for_the_printer(tmp_path, rubric):
    order = Order(media=("pdf",), copies=2, bundle=True)
    *forms, bundle = generate(rubric, order, tmp_path, tmp_path / "s.sqlite")
    assert len(forms) == 2
    assert bundle.form_id == ""
    outcome = read_file(bundle.path, shelf_of([rubric]))
    assert outcome.medium == "scan"  # as paper on which nobody wrote yet
    assert {record.stamp.form_id for record in outcome.records} == {made.form_id for made in forms}
    for record in outcome.records:
        assert [problem.code for problem in record.problems] == ["nothing_filled_in"]


def test_options_reach_the_form(tmp_path, rubric, monkeypatch):
    seen = []

    class Watching(Fake):
        def write(self, form, path):
            seen.append(form)
            super().write(form, path)

    monkeypatch.setattr(media, "medium", lambda name: Watching())
    order = Order(media=("word",), remarks=False, guide=True, roomy=True, boxes="symbols")
    generate(rubric, order, tmp_path, tmp_path / "s.sqlite")
    (form,) = seen
    assert (form.remarks, form.guide, form.roomy, form.boxes) == (False, True, True, "symbols")


def test_where_one_file_cannot_be_written_none_appears(tmp_path, rubric, fake):
    fake.room = 2
    out = tmp_path / "out"
    with pytest.raises(WriteError, match="No space left"):
        generate(rubric, Order(media=("word",), copies=3), out, tmp_path / "s.sqlite")
    assert list(out.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path, rubric, fake):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(WriteError, match="can't be written"):
        generate(rubric, Order(media=("word",)), tmp_path / "file", tmp_path / "s.sqlite")


def test_nothing_that_was_there_is_overwritten(tmp_path, rubric, fake, monkeypatch):
    monkeypatch.setattr(generating, "new_form_id", lambda: "K7QF2M9X")
    (tmp_path / "formulier-K7QF-2M9X.fake").write_text("mine", encoding="utf-8")
    with pytest.raises(WriteError, match="is there already"):
        generate(rubric, Order(media=("word",)), tmp_path, tmp_path / "s.sqlite")
    assert (tmp_path / "formulier-K7QF-2M9X.fake").read_text(encoding="utf-8") == "mine"


def test_an_id_that_the_store_has_is_never_given_again(tmp_path, rubric, fake, monkeypatch):
    store = tmp_path / "s.sqlite"
    ids = iter(["K7QF2M9X", "K7QF2M9X", "22222222", "K7QF2M9X", "22222222", "33333333"])
    monkeypatch.setattr(generating, "new_form_id", lambda: next(ids))
    order = Order(media=("word",))
    made = [generate(rubric, order, tmp_path, store)[0].form_id for _ in range(3)]
    assert made == ["K7QF2M9X", "22222222", "33333333"]
