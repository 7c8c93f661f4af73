"""The page for the next supervision: what it says, that it is one, and that it can be read."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from s2c_forms import api
from s2c_forms.cli import run
from s2c_forms.errors import ExitCode, RefusedError, WriteError
from s2c_forms.form.kinds import Value
from s2c_forms.form.layout import Rule, Text
from s2c_forms.form.roles import roles_of
from s2c_forms.form.rubric import Factor, Indicator, Rubric
from s2c_forms.media.pdf.fonts import measure
from s2c_forms.records.merge import Merged, merge
from s2c_forms.report import content_of, subjects_of, write_report
from s2c_forms.report.layout import HEIGHT, WIDTH, lay_out
from s2c_forms.store import StoredFile, note_file, note_rubric, note_version, open_store, own_by
from s2c_forms.store.names import allow_names
from tests.master.test_workbook import WHEN
from tests.records.made import record, version
from tests.records.test_figures import talk

DAY = dt.date(2026, 9, 7)
Head = dict[str, Value | None]


def merged(rubric: Rubric, *talks: Head) -> tuple[Merged, ...]:
    return merge(versions(rubric, *talks), {rubric.hash: rubric})


def versions(rubric: Rubric, *talks: Head):
    return [
        version(record(rubric, values, f"FORM{n:04}"), f"{n}.xlsx", n)
        for n, values in enumerate(talks, start=1)
    ]


def page(tmp_path: Path, rubric: Rubric, subject: str, *talks: Head) -> PdfReader:
    path = tmp_path / "p.pdf"
    write_report(content_of(merged(rubric, *talks), rubric, subject), WHEN, path)
    return PdfReader(path)


def text(reader: PdfReader) -> str:
    (only,) = reader.pages
    return " ".join(only.extract_text().split())


def all_of(rubric: Rubric, score: int, *, ticked: bool | None = None) -> Head:
    told: Head = {factor.score: score for factor in rubric.factors}
    return told | {indicator.id: ticked for indicator in rubric.indicators}


YEAR: tuple[Head, ...] = (
    talk("C-1", 1, "zelf", {"f01": 2, "f02": 1}, f01_i01=True, f01_i02=False, f02_i01=False),
    talk("C-1", 1, "supervisor", {"f01": 3, "f02": 1}, f02_i02=True),
    talk("C-1", 2, "zelf", {"f01": 3, "f02": 2, "f13": 3}, reflectie="Dat over Piet ging stroef"),
    talk("C-2", 1, "zelf", {"f05": 1}),
)


def test_what_stands_out_is_worked_out_by_hand(rubric):
    told = content_of(merged(rubric, *YEAR), rubric, "C-1")
    assert [(one.factor.id, one.scores) for one in told.strengths] == [
        ("f13", (3,)),
        ("f01", (2, 3, 3)),
    ]
    assert [(one.factor.id, one.scores) for one in told.growing] == [("f02", (1, 1, 2))]
    assert told.strengths[1].seen == rubric.factors[0].indicators[0].text
    assert told.growing[0].seen == rubric.factors[1].indicators[1].text
    assert [(factor.id, said) for factor, said in told.unseen] == [
        ("f02", rubric.factors[1].indicators[0].text),
        ("f01", rubric.factors[0].indicators[1].text),
    ]
    assert told.compared is not None
    assert (told.compared.first, told.compared.other) == ("Coach zelf", "Supervisor")
    (one,) = told.compared.differences
    assert (one.factor.id, one.first, one.other) == ("f01", 2, 3)


def test_the_page_says_it_kindly_and_of_nobody_else(tmp_path, rubric):
    told = text(page(tmp_path, rubric, "C-1", *YEAR))
    for said in (
        "Voor je volgende supervisie",
        "C-1",
        "Dit gaat goed",
        "Hierin kun je verder groeien",
    ):
        assert said in told
    assert "Coach zelf 2, Supervisor 3" in told
    assert "het vergelijkt je met niemand" in told
    assert "Wat neem je mee?" in told
    assert "C-2" not in told
    assert "Piet" not in told  # what somebody wrote stays where it was written


def test_the_page_can_be_read_aloud(tmp_path, each_rubric):
    subject = roles_of(each_rubric).subject
    reader = page(tmp_path, each_rubric, "X-1", all_of(each_rubric, 1) | {subject: "X-1"})
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"nl": "nl-NL", "en": "en-GB"}[each_rubric.language]
    assert reader.metadata is not None
    assert "X-1" in str(reader.metadata.title)
    assert len(reader.pages) == 1


def test_all_at_the_top_is_no_reason_to_look_for_faults(tmp_path, each_rubric):
    subject, top = roles_of(each_rubric).subject, each_rubric.scale[-1].value
    records = merged(each_rubric, all_of(each_rubric, top, ticked=True) | {subject: "X-1"})
    told = content_of(records, each_rubric, "X-1")
    assert not [*told.growing, *told.unseen, *told.unseen_lately]
    assert len(told.strengths) == len(each_rubric.factors)
    write_report(told, None, tmp_path / "p.pdf")
    said = text(PdfReader(tmp_path / "p.pdf"))
    chosen = {"nl": "Kies samen wat je wilt verdiepen", "en": "Choose together what you want"}
    assert chosen[each_rubric.language] in said


def test_without_scores_there_is_room_to_write(tmp_path, each_rubric):
    subject = roles_of(each_rubric).subject
    records = merged(each_rubric, {subject: "X-1"})
    told = content_of(records, each_rubric, "X-1")
    lines = [item for item in lay_out(told, WHEN).items if isinstance(item, Rule)]
    assert len(lines) > 20
    assert {"nl": "nog geen scores", "en": "no scores yet"}[each_rubric.language] in text(
        page(tmp_path, each_rubric, "X-1", {subject: "X-1"})
    )


def test_what_was_seen_before_but_not_lately_is_talked_about(rubric):
    seen = all_of(rubric, 2, ticked=True)
    records = merged(
        rubric,
        talk("C-1", 1, "zelf", {}) | seen,
        talk("C-1", 2, "zelf", {}) | seen | {"f03_i02": False},
    )
    told = content_of(records, rubric, "C-1")
    assert told.unseen == ()
    assert [said for _, said in told.unseen_lately] == [rubric.factors[2].indicators[1].text]


def test_a_rubric_without_raters_compares_none(tmp_path, second_rubric):
    talks: list[Head] = [
        {"teacher": "T-1", "lesson_date": DAY, "warmth_score": 0, "explains_score": 4},
        {"teacher": "T-1", "lesson_date": DAY.replace(day=9), "warmth_score": 3},
    ]
    told = text(page(tmp_path, second_rubric, "T-1", *talks))
    assert "Seen differently" not in told
    assert "For your next supervision" in told
    assert "08-09-2026" not in told
    assert "09-09-2026" in told


def _long(rubric: Rubric, factors: int) -> Rubric:
    words = "een heel lange beschrijving " * 30 + "Donaudampfschiffahrtsgesellschaft" * 9
    made = tuple(
        Factor(
            f"x{n}",
            f"x{n}_score",
            str(n),
            words,
            tuple(Indicator(f"x{n}_i{m}", words) for m in range(9)),
        )
        for n in range(factors)
    )
    return replace(
        rubric, title=words, parts=(replace(rubric.parts[0], factors=made, title=words),)
    )


@pytest.mark.parametrize("factors", [1, 14, 90])
@pytest.mark.parametrize("forms", [1, 25])
def test_it_is_one_page_and_nothing_leaves_it(tmp_path, rubric, factors, forms):
    long = _long(rubric, factors)
    talks = [
        talk("C-1", n // 2, ("zelf", "supervisor")[n % 2], {}, jongere="J-" + "7" * 60)
        | all_of(long, 1 + n % 3, ticked=False)
        for n in range(forms)
    ]
    told = content_of(merged(long, *talks), long, "C-1")
    sheet = lay_out(told, WHEN)
    for item in sheet.items:
        assert item.y < HEIGHT - 20
        if isinstance(item, Text):
            assert item.y + item.leading * (len(item.lines) - 1) < HEIGHT - 20
            width = max(measure(line, item.font, item.size) for line in item.lines)
            assert item.x - (width / 2 if item.align == "centre" else 0) >= 40
            assert item.align == "centre" or item.x + width <= WIDTH - 40
    to_write = [item for item in sheet.items if isinstance(item, Rule) and item.colour == "quiet"]
    assert len(to_write) >= 4
    write_report(told, WHEN, tmp_path / "p.pdf")
    assert len(PdfReader(tmp_path / "p.pdf").pages) == 1


def test_equal_content_makes_equal_bytes(tmp_path, rubric):
    made = []
    for _ in range(2):
        page(tmp_path, rubric, "C-1", *YEAR)
        made.append((tmp_path / "p.pdf").read_bytes())
    assert made[0] == made[1]


@pytest.fixture
def master(tmp_path, rubric, monkeypatch) -> Path:
    """A workbook's place, with the store beside it."""
    monkeypatch.chdir(tmp_path)
    with open_store(tmp_path / "master.sqlite") as store:
        note_rubric(store, rubric)
        own_by(store, rubric.id)
        for one in versions(rubric, *YEAR):
            note_version(store, one, rubric)
            told = StoredFile(one.sha256, one.file, "in", 9, "excel", "LibreOffice", WHEN)
            note_file(store, told)
    path: Path = tmp_path / "master.xlsx"
    return path


def test_everybody_gets_a_page_named_by_code(master, tmp_path):
    done = api.report(master, tmp_path / "out")
    assert [file.name for file in done.files] == ["supervisie-C-1.pdf", "supervisie-C-2.pdf"]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "supervisie-C-1.pdf",
        "supervisie-C-2.pdf",
    ]


def test_one_person_is_found_whatever_the_case(master, tmp_path):
    (file,) = api.report(master, tmp_path / "out", " c-2 ").files
    assert "C-2" in text(PdfReader(file))


def test_a_code_that_nobody_has_is_told_with_those_there_are(master, tmp_path):
    with pytest.raises(RefusedError) as caught:
        api.report(master, tmp_path / "out", "C-9")
    assert "C-1, C-2" in caught.value.text("nl")
    assert not (tmp_path / "out").exists()


def test_a_store_without_codes_has_nobody_to_report_on(tmp_path, rubric):
    with open_store(tmp_path / "master.sqlite") as store:
        note_rubric(store, rubric)
    with pytest.raises(RefusedError) as caught:
        api.report(tmp_path / "master.xlsx", tmp_path / "out")
    assert caught.value.code == "nobody_there"


def test_what_was_typed_since_the_last_merge_is_missed_aloud(master, tmp_path):
    assert api.report(master, tmp_path / "out").notices == ()
    api.merge([], master)
    assert api.report(master, tmp_path / "out").notices == ()
    book = openpyxl.load_workbook(master)
    book["Formulieren"]["A1"] = "getypt"
    book.save(master)
    (notice,) = api.report(master, tmp_path / "out").notices
    assert "merge --into" in notice.text("nl")


def test_raters_who_agree_are_told_so(tmp_path, rubric):
    talks = [talk("C-1", 1, rater, {"f01": 2}) for rater in ("zelf", "supervisor")]
    told = text(page(tmp_path, rubric, "C-1", *talks))
    assert "Coach zelf en Supervisor zagen alles hetzelfde (05-10-2026 · J-1 · 1)." in told


def test_a_score_that_waits_for_a_decision_is_no_score_yet(tmp_path, rubric):
    same = talk("C-1", 1, "zelf", {"f01": 2, "f02": 3})
    records = merged(rubric, same, same | {"f01_score": 3})
    told = content_of(records, rubric, "C-1")
    (form,) = told.forms
    assert form.scores == {"f02": 3}
    assert form.undecided == {"f01"}
    drawn = [item.lines for item in lay_out(told, None).items if isinstance(item, Text)]
    assert ("?",) in drawn


def test_a_name_is_in_no_file_name_even_where_names_are_allowed(master, tmp_path, rubric):
    with open_store(tmp_path / "master.sqlite") as store:
        allow_names(store, "allow")
        one = version(record(rubric, talk("Anna Bos", 1, "zelf", {"f01": 2}), "FORM0099"), "z.xlsx")
        note_version(store, one, rubric)
        note_file(store, StoredFile(one.sha256, "z.xlsx", "in", 9, "excel", "", WHEN))
    files = [file.name for file in api.report(master, tmp_path / "out").files]
    assert "supervisie-FORM0099.pdf" in files


def test_a_folder_that_cannot_be_written_is_told(master, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(WriteError):
        api.report(master, tmp_path / "out", "C-1")


def test_the_command_asks_whose_page(master, tmp_path, capsys):
    assert run(["report", "--from", str(master)]) == ExitCode.USAGE
    assert run(["report", "--from", str(master), "--all", "--coach", "C-1"]) == ExitCode.USAGE
    capsys.readouterr()
    assert run(["report", "--from", str(master), "--coach", "C-1", "-o", "out"]) == ExitCode.DONE
    out, err = capsys.readouterr()
    assert out.split() == [str(Path("out") / "supervisie-C-1.pdf")]
    assert "1 page made." in err
    assert run(["report", "--from", "gone.xlsx", "--all"]) == ExitCode.INPUT


def test_subjects_are_those_with_a_code(rubric):
    records = merged(rubric, *YEAR, talk("", 9, "zelf", {"f01": 1}) | {"coach": None})
    assert subjects_of(records, rubric) == ("C-1", "C-2")
