"""A roster is remembered, and every merge from then on shows who is missing."""

import pytest
from python_calamine import CalamineWorkbook

from s2c_forms import api
from s2c_forms.cli import run
from s2c_forms.demo.fill import filler
from s2c_forms.errors import ExitCode, RosterError
from s2c_forms.store import open_store, roster_of
from tests.records.made import full


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def roster(folder, text):
    path = folder / "lijst.csv"
    path.write_text(text, encoding="utf-8")
    return path


def states(into):
    sheet = CalamineWorkbook.from_path(into).get_sheet_by_name("Voortgang").to_python()
    place = sheet[2].index("Stand")
    return sorted(row[place] for row in sheet[3:])


def test_a_roster_is_remembered_by_later_merges(folder, rubric):
    path = roster(folder, "coach;jongere;gesprek_nr\nC-012;J-7;2\nC-013;J-8;1\n")
    into, back = folder / "master.xlsx", folder / "back"
    back.mkdir()
    api.merge([back], into, besides=api.Besides(roster=path))
    assert states(into) == ["ontbreekt", "ontbreekt"]
    order = api.Order(("excel",))
    (made,) = api.generate(rubric, order, folder / "out", into.with_suffix(".sqlite"))
    filler("excel")(made.path, full(rubric), back / "a.xlsx")
    api.merge([back], into)
    assert states(into) == ["binnen", "ontbreekt"]


def test_a_form_made_from_the_roster_is_known_by_its_id(folder, rubric):
    path = roster(folder, "coach;gesprek_nr\nC-1;1\nC-1;1\n")
    into, back = folder / "master.xlsx", folder / "back"
    back.mkdir()
    order = api.Order(("excel",), tuple(api.read_roster(path, rubric)))
    made, _ = api.generate(rubric, order, folder / "out", into.with_suffix(".sqlite"))
    filler("excel")(made.path, full(rubric) | {"coach": "C-99"}, back / "a.xlsx")
    api.merge([back], into, besides=api.Besides(roster=path))
    assert states(into) == ["binnen", "ontbreekt"]


def test_a_later_roster_takes_the_place_of_an_earlier_one(folder, rubric):
    into = folder / "master.xlsx"
    for text in ("coach,datum\nC-1,22-11-2026\nC-2,\n", "coach\nC-3\n"):
        api.merge([], into, besides=api.Besides(roster=roster(folder, text)))
    with open_store(into.with_suffix(".sqlite")) as store:
        assert [dict(due.head) for due in roster_of(store, rubric)] == [{"coach": "C-3"}]


def test_names_in_a_roster_are_refused_by_place_unless_they_are_allowed(folder, rubric):
    path, into = roster(folder, "coach,gesprek_nr\nC-1,1\nAnna de Vries,2\n"), folder / "m.xlsx"
    with pytest.raises(RosterError) as caught:
        api.merge([], into, besides=api.Besides(roster=path))
    assert caught.value.findings == ("form 2 of the list: no code in coach",)
    assert not into.exists()
    with open_store(into.with_suffix(".sqlite")) as store:
        assert roster_of(store, rubric) == ()
    api.merge([], into, besides=api.Besides(names="allow", roster=path))
    with open_store(into.with_suffix(".sqlite")) as store:
        assert [due.head["coach"] for due in roster_of(store, rubric)] == ["C-1", "Anna de Vries"]


def test_a_key_turns_names_of_a_roster_into_codes(folder, rubric):
    keys = folder / "sleutels"
    keys.mkdir()
    (keys / "sleutel.csv").write_text("naam;code\nAnna de Vries;C-9\n", encoding="utf-8")
    path = roster(folder, "coach,gesprek_nr\nanna de vries,2\nPiet Bos,1\n")
    into = folder / "out" / "m.xlsx"
    key = api.KeyFile(keys / "sleutel.csv")
    api.merge([], into, besides=api.Besides(key=key, roster=path))
    sheet = CalamineWorkbook.from_path(into).get_sheet_by_name("Voortgang").to_python()
    assert sorted(row[0] for row in sheet[3:]) == ["C-9", "[naam]"]


def test_a_roster_among_the_forms_is_no_form(folder):
    path = roster(folder, "coach\nC-1\n")
    report = api.merge([folder], folder / "m.xlsx", besides=api.Besides(roster=path))
    assert report.files == ()


def test_the_command_takes_a_roster(folder, capsys):
    path = roster(folder, "coach\nC-1\n")
    (folder / "back").mkdir()
    run(["merge", "back", "--roster", str(path), "--into", "m.xlsx"])
    assert states(folder / "m.xlsx") == ["ontbreekt"]
    assert run(["merge", "back", "--roster", "gone.csv", "--into", "m.xlsx"]) == ExitCode.INPUT
    assert "gone.csv" in capsys.readouterr().err
