"""Names stay out: of every part of the workbook, of messages, and, with a key, of the store."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pyreadstat
import pytest
from pypdf import PageObject, PdfReader
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.demo.fill import Answers, filler
from s2c_forms.errors import ExitCode, RosterError
from s2c_forms.form.filled import MediumName
from s2c_forms.form.form import Form
from s2c_forms.form.stamp import new_form_id
from s2c_forms.media import medium
from s2c_forms.store import open_store, rubrics_of, versions_of
from tests.records.made import full

pytestmark = pytest.mark.slow

ANNA = "Anna de Vries"
BRAM = "Bram Łuczak"
SEEN = re.compile(r"anna|vries|bram|łuczak|luczak", re.IGNORECASE)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "safe").mkdir()
    return tmp_path


@pytest.fixture
def make(place, rubric):
    def made(name: str, answers: Answers, form_id: str = "", of: MediumName = "excel") -> Path:
        blank = place / f"blank{medium(of).SUFFIX}"
        medium(of).write(Form(rubric, form_id or new_form_id()), blank)
        target: Path = place / "in" / name
        target.parent.mkdir(exist_ok=True)
        filler(of)(blank, {**full(rubric), **answers}, target)
        blank.unlink()
        return target

    return made


def sign(path: Path, author: str) -> None:
    book = openpyxl.load_workbook(path)
    book.properties.creator, book.properties.lastModifiedBy = author, author
    book.save(path)


def key_file(place: Path, rows, name: str = "sleutel.xlsx") -> Path:
    path = place / "safe" / name
    if name.endswith(".csv"):
        path.write_text("\n".join(f"{a};{b}" for a, b in [("naam", "code"), *rows]), "utf-8")
        return path
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [("naam", "code"), *rows]:
        sheet.append(row)
    book.save(path)
    return path


def with_key(path: Path, *, extend: bool = False, opens: str = ""):
    return api.Besides(key=api.KeyFile(path, lambda: opens, extend))


def inside(path: Path) -> dict[str, str]:
    """Every part of an office file as text."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def rows(path: Path, sheet: str) -> list[dict[str, str]]:
    found = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    start = next(number for number, row in enumerate(found) if "form_id" in row or "Veld" in row)
    heads = [str(head) for head in found[start]]
    return [dict(zip(heads, map(str, row), strict=True)) for row in found[start + 1 :]]


def everywhere(make, place) -> list[Path]:
    """A name in a field, a remark, a file name, a folder and a property at once."""
    first = make(
        f"gesprek {ANNA}.xlsx",
        {"coach": ANNA, "jongere": "J-1", "reflectie": "Anna praatte met bram."},
    )
    sign(first, "A. de Vries")
    made = [
        first,
        make("b.docx", {"jongere": BRAM, "doel": "Annas doel"}, of="word"),
        make(f"map van {BRAM}/c.pdf", {"gesprek_nr": 3, "supervisor": "Luczak"}, of="pdf"),
    ]
    (place / "in" / "AnnaDeVries.txt").write_text("no form")
    return made


def test_no_part_of_the_workbook_and_no_message_holds_a_name(make, place):
    everywhere(make, place)
    into = place / "out" / "master.xlsx"
    report = api.merge([place / "in"], into)
    assert report.exit_code == ExitCode.REFUSED
    told = "\n".join([*report.lines("nl"), str(report.told()), *(n.text() for n in report.notices)])
    assert not SEEN.search(told.replace(str(place), ""))
    assert "[naam].txt" in told
    assert {name for name, text in inside(into).items() if SEEN.search(text)} == set()
    asked = {row["Wat er aan de hand is"] for row in rows(into, "Nakijken")}
    assert len(asked) >= 5
    (row,) = [r for r in rows(into, "Formulieren") if r["jongere"] == "J-1"]
    assert row["coach"] == ""
    assert row["reflectie"] == "[naam] praatte met [naam]."


def told_in(path: Path) -> str:
    """All that a file of any kind tells, as text."""
    data = path.read_bytes()
    told = [data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
    if data.startswith(b"PK"):
        told += inside(path).values()
    if data.startswith(b"%PDF"):
        pdf = PdfReader(path)
        told += [page.extract_text() for page in pdf.pages]
        told += [str(pdf.metadata), str(pdf.outline), *map(_streams, pdf.pages)]
    if path.suffix == ".parquet":
        told.append(str(pyarrow.parquet.read_table(path).to_pylist()))
    if path.suffix == ".sav":
        frame, about = pyreadstat.read_sav(path, output_format="dict")
        told += [str(frame), str(vars(about))]
    return "\n".join(told)


def _streams(page: PageObject) -> str:
    contents = page.get_contents()
    return contents.get_data().decode("latin-1") if contents else ""


@pytest.mark.parametrize("keyed", [False, True], ids=["without a key", "with a key"])
def test_no_output_of_any_kind_holds_a_name(make, place, keyed):
    everywhere(make, place)
    key = key_file(place, [(ANNA, "C-031"), (BRAM, "J-5")])
    out = place / "out"
    besides = with_key(key) if keyed else api.merging.PLAIN
    api.merge([place / "in"], out / "master.xlsx", besides=besides)
    exported = api.export(out / "master.xlsx", out / "data")
    reported = api.report(out / "master.xlsx", out / "report")
    files = [out / "master.xlsx", *exported.files, *reported.files]
    suffixes = {path.suffix for path in files}
    assert {".xlsx", ".sav", ".csv", ".parquet", ".json", ".pdf"} <= suffixes
    held = {path.name for path in files if SEEN.search(told_in(path)) or SEEN.search(path.name)}
    assert held == set()
    assert "C-012" in told_in(out / "master.xlsx")


def test_a_file_is_called_by_its_form_and_codes(make, place):
    form_id = new_form_id()
    make(f"{ANNA}.xlsx", {"coach": ANNA, "jongere": "J-1"}, form_id)
    into = place / "out" / "master.xlsx"
    api.merge([place / "in"], into)
    called = f"{form_id[:4]}-{form_id[4:]} J-1.xlsx"
    assert {row["Bestand"] for row in rows(into, "Nakijken")} == {called}
    assert called in inside(into)["xl/sharedStrings.xml"]


def test_names_are_allowed_until_they_are_not(make, place):
    make("a.xlsx", {"coach": ANNA})
    into = place / "out" / "master.xlsx"
    allowed = api.merge([place / "in"], into, besides=api.Besides(names="allow"))
    assert allowed.exit_code == ExitCode.DONE
    assert rows(into, "Formulieren")[0]["coach"] == ANNA
    assert api.merge([], into).questions == 0
    assert api.merge([], into, besides=api.Besides(names="codes")).questions == 1
    assert rows(into, "Formulieren")[0]["coach"] == ""
    assert {name for name, text in inside(into).items() if SEEN.search(text)} == set()


def test_a_key_turns_names_into_codes_in_the_store_too(make, place):
    everywhere(make, place)
    into = place / "out" / "master.xlsx"
    api.merge([place / "in"], into)
    key = key_file(place, [("Vries, Ánna de", "C-031"), (BRAM, "J-5")])
    api.merge([], into, besides=with_key(key))
    told = rows(into, "Formulieren")
    assert sorted(row["coach"] for row in told) == ["C-012", "C-012", "C-031"]
    assert sorted(row["jongere"] for row in told) == ["J-1", "J-5", "J-7"]
    assert {name for name, text in inside(into).items() if SEEN.search(text)} == set()
    with open_store(into.with_suffix(".sqlite"), writing=False) as store:
        known = {rubric.hash: rubric for rubric in rubrics_of(store)}
        heads = [version.record.values for version in versions_of(store, known)]
        evidence = store.connection.exec_driver_sql("select evidence from versions").scalars().all()
    assert {head["coach"] for head in heads} == {"C-012", "C-031"}
    assert not any(f'["coach", "{ANNA}"' in text for text in evidence)


def test_names_of_a_key_are_found_later_without_it(make, place):
    """The store keeps digests of the key's names, and no name."""
    into = place / "out" / "master.xlsx"
    make("a.xlsx", {})
    api.merge([place / "in"], into, besides=with_key(key_file(place, [(ANNA, "C-031")])))
    assert not SEEN.search(into.with_suffix(".sqlite").read_bytes().decode("latin-1"))
    make("b.xlsx", {"gesprek_nr": 9, "feedback": "Goed gedaan, anna!"})
    api.merge([place / "in"], into)
    assert "Goed gedaan, [naam]!" in [row["feedback"] for row in rows(into, "Formulieren")]


@pytest.mark.parametrize("name", ["sleutel.xlsx", "sleutel.csv"])
def test_a_key_gets_the_names_that_it_lacks(make, place, name):
    make("a.xlsx", {"coach": "Daan Smit"})
    make("b.xlsx", {"coach": "DAAN  smit", "gesprek_nr": 3})
    make("c.xlsx", {"coach": "D. Smit", "gesprek_nr": 4})
    key = key_file(place, [(BRAM, "J-5")], name)
    into = place / "out" / "master.xlsx"
    waiting = api.merge([place / "in"], into, besides=with_key(key))
    assert waiting.questions == 3
    report = api.merge([], into, besides=with_key(key, extend=True))
    assert report.questions == 1
    assert any("1 new name" in notice.text("en") for notice in report.notices)
    opened = api.key_file.open_key(api.KeyFile(key), ())
    (new,) = [line.cells for line in opened.lines if line.cells[0] == "Daan Smit"]
    codes = [row["coach"] for row in rows(into, "Formulieren")]
    assert sorted(codes) == sorted(["", new[1], new[1]])
    before = key.read_bytes()
    api.merge([], into, besides=with_key(key, extend=True))
    assert key.read_bytes() == before


def test_a_locked_key_stays_locked(make, place):
    from msoffcrypto.format.ooxml import OOXMLFile

    make("a.xlsx", {"coach": "Daan Smit"})
    plain = key_file(place, [(BRAM, "J-5")]).read_bytes()
    key = place / "safe" / "locked.xlsx"
    with key.open("wb") as stream:
        OOXMLFile(io.BytesIO(plain)).encrypt("geheim", stream)
    into = place / "out" / "master.xlsx"
    with pytest.raises(RosterError, match="password"):
        api.merge([place / "in"], into, besides=with_key(key, opens="fout"))
    report = api.merge([place / "in"], into, besides=with_key(key, extend=True, opens="geheim"))
    assert report.questions == 0
    assert not key.read_bytes().startswith(b"PK")
    opened = api.key_file.open_key(api.KeyFile(key, lambda: "geheim"), ())
    assert "Daan Smit" in {line.cells[0] for line in opened.lines}


def test_a_key_beside_the_results_is_refused(make, place):
    make("a.xlsx", {})
    key = key_file(place, [(ANNA, "C-031")])
    with pytest.raises(RosterError, match="folder of the results"):
        api.merge([place / "in"], place / "safe" / "master.xlsx", besides=with_key(key))
    with pytest.raises(RosterError, match="folder of the results"):
        api.merge(
            [place / "in"],
            place / "out" / "master.xlsx",
            store=place / "safe" / "m.sqlite",
            besides=with_key(key),
        )
    assert not (place / "out").exists()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(ANNA, "")], "row 2"),
        ([(ANNA, "C-1"), ("vries, anna de", "C-2")], "rows 2, 3"),
        ([("?", "C-1")], "row 2"),
    ],
)
def test_a_key_that_contradicts_itself_is_told_by_row(place, rows, told):
    key = key_file(place, rows)
    with pytest.raises(RosterError) as error:
        api.merge([], place / "out" / "master.xlsx", besides=with_key(key))
    assert told in error.value.findings[0]
    assert not SEEN.search(" ".join(error.value.findings))


def test_a_name_in_place_of_an_answer_is_refused(make, place):
    """Typed into the workbook a name stays out as well."""
    make("a.xlsx", {"coach": ANNA})
    into = place / "out" / "master.xlsx"
    api.merge([place / "in"], into)
    for typed, left in (("Sanne Bos", 1), ("C-044", 0)):
        answer(into, typed)
        report = api.merge([], into)
        assert report.questions == left
        assert "Sanne" not in "".join(inside(into).values())
    assert rows(into, "Formulieren")[0]["coach"] == "C-044"


def answer(into: Path, typed: str) -> None:
    """Type into `Antwoord` of the first question, and save."""
    book = openpyxl.load_workbook(into)
    sheet = book["Nakijken"]
    (head,) = [row for row in sheet.iter_rows() if "Antwoord" in [cell.value for cell in row]]
    column = [cell.value for cell in head].index("Antwoord") + 1
    sheet.cell((head[0].row or 0) + 1, column).value = typed
    book.save(into)


def test_a_name_in_a_text_is_agreed_to_or_typed_over(make, place):
    into = place / "out" / "master.xlsx"
    make("a.xlsx", {"reflectie": "Anna was er."})
    besides = with_key(key_file(place, [(ANNA, "C-031")]))
    assert api.merge([place / "in"], into, besides=besides).questions == 1
    answer(into, "akkoord")
    assert api.merge([], into).questions == 0
    assert rows(into, "Formulieren")[0]["reflectie"] == "[naam] was er."
    make("b.xlsx", {"gesprek_nr": 3, "reflectie": "Anna bleef."})
    assert api.merge([place / "in"], into).questions == 1
    answer(into, "De coach bleef.")
    assert api.merge([], into).questions == 0
    assert {row["reflectie"] for row in rows(into, "Formulieren")} == {
        "[naam] was er.",
        "De coach bleef.",
    }


def test_a_slip_in_a_name_is_settled_by_choosing_its_code(make, place):
    into = place / "out" / "master.xlsx"
    make("a.xlsx", {"coach": "Ana de Vries"})
    key = key_file(place, [(ANNA, "C-031")])
    assert api.merge([place / "in"], into, besides=with_key(key)).questions == 1
    (asked,) = rows(into, "Nakijken")
    assert "C-031" in asked["Wat er aan de hand is"]
    answer(into, "C-031")
    assert api.merge([], into).questions == 0
    assert rows(into, "Formulieren")[0]["coach"] == "C-031"
    assert api.merge([], into, besides=with_key(key)).questions == 0
