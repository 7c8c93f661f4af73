"""Where it all came from: each file that was offered, and what became of it."""

from collections import defaultdict

from s2c_forms.form.stamp import spaced
from s2c_forms.master.book import Book
from s2c_forms.master.cells import Cell
from s2c_forms.master.sheet import Column, Sheet, distinct
from s2c_forms.master.sheets import common
from s2c_forms.records.history import Met
from s2c_forms.records.merge import Version
from s2c_forms.records.pages import told_numbers, told_pages, told_reasons
from s2c_forms.store import StoredFile
from s2c_forms.words import mark, say

# What a version met → what became of its file.
_BECAME = {
    "new": mark("taken up"),
    "same": mark("says the same as {file}"),
    "pages": mark("other pages of {file}"),
    "revised": mark("another version of {file}"),
    "copied": mark("the form of {file}, filled in again with another head"),
    "photocopied": mark("a photocopy of a form in {file}"),
}


def provenance(book: Book) -> Sheet:
    """Return the sheet with one row a file."""
    lang = book.language
    columns = [
        Column(say("File", lang), widest=36),
        Column(say("Folder", lang), widest=30),
        Column(say("What became of it", lang), widest=36),
        Column(say("Form", lang)),
        Column(say("Pages", lang), widest=36),
        Column(say("Reason", lang), widest=36),
        Column(say("What to do", lang), widest=36),
        Column(say("Kind", lang)),
        Column(say("Saved by", lang), widest=30),
        Column(say("Merged on", lang), "moment"),
        Column(say("Size in bytes", lang), "number"),
        Column("SHA-256", "code"),
    ]
    versions = defaultdict(list)
    for record in (*book.records, *book.left_out):
        for version in record.versions:
            versions[version.sha256].append(version)
    first: dict[str, StoredFile] = {}
    for file in book.files:
        if not file.refusal:
            first.setdefault(file.sha256, file)
    rows = [
        _row(book, file, first.get(file.sha256, file), versions[file.sha256]) for file in book.files
    ]
    lead = say("Every file that was ever offered, in the order in which they came.", lang)
    return Sheet(say("Origin", lang), "s2c_files", lead, distinct(columns), rows)


def _row(book: Book, file: StoredFile, first: StoredFile, versions: list[Version]) -> list[Cell]:
    lang, pages = book.language, book.pages.get(file.sha256, ())
    return [
        file.name,
        file.folder,
        _became(book, file, first, versions),
        "" if file.refusal else _forms(versions, lang),
        told_pages(pages, lang),
        file.refusal.what.text(lang) if file.refusal else told_reasons(pages, lang),
        file.refusal.mend.text(lang) if file.refusal else None,
        common.medium_name(file.medium, lang),
        file.program,
        file.merged_at.replace(tzinfo=None),
        file.size,
        file.sha256,
    ]


def _forms(versions: list[Version], lang: str) -> str:
    """Return which forms a file held; of a scan on which pages: `K7QF-2M9X (p. 3, 4)`."""
    told = []
    for version in sorted(versions, key=lambda version: version.place):
        pages = version.record.pages
        where = f" ({told_numbers(pages, lang)})" if pages else ""
        told.append(f"{spaced(version.form_id)}{where}")
    return ", ".join(told)


def _became(book: Book, file: StoredFile, first: StoredFile, versions: list[Version]) -> str:
    lang = book.language
    if file.refusal:
        return say("refused", lang)
    if first != file:
        return say("the same file as {file}", lang, file=first.name)
    out = {version.sha256 for record in book.left_out for version in record.versions}
    if file.sha256 in out:
        return say("left out, as was decided", lang)
    met = [book.history.get((version.sha256, version.place), Met("new")) for version in versions]
    told = [say(_BECAME[one.meeting], lang, file=one.file) for one in met]
    return "; ".join(dict.fromkeys(told)) or say("no form in it", lang)
