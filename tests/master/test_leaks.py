"""The last look before anything is written: a name that is left stops it."""

import datetime as dt
from dataclasses import replace

import pytest

from s2c_forms.errors import WriteError
from s2c_forms.form.rubric import Rubric
from s2c_forms.master import Book, book_of
from s2c_forms.master.book import refuse_leaks
from s2c_forms.records.names import names_of
from s2c_forms.records.screening import OPEN, sieve_of
from s2c_forms.store import StoredFile, note_file, note_rubric, note_version, open_store, own_by
from tests.records.made import full, record, version


def made(tmp_path, rubric: Rubric) -> Book:
    with open_store(tmp_path / "master.sqlite") as store:
        note_rubric(store, rubric)
        own_by(store, rubric.id)
        one = version(record(rubric, full(rubric)))
        note_version(store, one, rubric)
        when = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
        note_file(store, StoredFile(one.sha256, one.file, "in", 9, "excel", "", when))
        return book_of(store, rubric, "master.sqlite")


def test_a_name_that_is_left_anywhere_stops_it(tmp_path, rubric):
    book = replace(made(tmp_path, rubric), sieve=sieve_of(names_of(b"s", ["Sanne Bosch"]), "nl"))
    refuse_leaks(book)
    (merged,) = book.records
    with_remark = replace(merged, values={**merged.values, "reflectie": "Sanne was er."})
    for leaking in (
        replace(book, records=(with_remark,)),
        replace(book, names={"a": "sanne.xlsx"}),
        replace(book, files=(replace(book.files[0], folder="../Bosch"),)),
        replace(book, store="Sanne/master.sqlite"),
    ):
        with pytest.raises(WriteError, match="A name would have been written"):
            refuse_leaks(leaking)
        refuse_leaks(replace(leaking, sieve=OPEN))
