"""What a merge did, as data and in words."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from s2c_forms.errors import ExitCode, RefusedError, WriteError
from s2c_forms.form.filled import PageRead
from s2c_forms.places import Place
from s2c_forms.records.pages import told_pages, told_reasons
from s2c_forms.words import Message, count, say

Status = Literal["merged", "same", "to_check", "refused", "left"]
_STATUSES: tuple[Status, ...] = (
    "merged",
    "same",
    "to_check",
    "refused",
    "left",
)  # as they are told


@dataclass(frozen=True)
class MergedFile:
    """One file that went in, and what became of it; refused before to check, before the rest.

    Attributes:
        path: as it was named, or as it was found in a folder.
        status: what became of it.
        refusal: why it isn't in the workbook; None where it is.
        shown: the path as it may be shown, without names.
        pages: of paper, what became of each page.
    """

    path: Path
    status: Status
    refusal: RefusedError | None = None
    shown: str = ""
    pages: tuple[PageRead, ...] = ()


@dataclass(frozen=True)
class MergeReport:
    """What a merge did.

    Attributes:
        files: every file that went in.
        into: the workbook.
        store: where everything that was read is kept.
        forms: how many rows the workbook has.
        questions: how many things there are to check, in files merged earlier as well.
        unwritten: why the workbook couldn't be written; None where it was.
        decided: how much of what people typed into the workbook was taken over.
        notices: what else people should know, such as a workbook that was kept aside.
    """

    files: tuple[MergedFile, ...]
    into: Path
    store: Place
    forms: int
    questions: int
    unwritten: WriteError | None = None
    decided: int = 0
    notices: tuple[Message, ...] = ()

    @property
    def counts(self) -> dict[Status, int]:
        """Return how many files there are of each status; they add up to all files.

        That some weren't read to the end is so rare that it's told only where it happened.
        """
        counted = Counter(file.status for file in self.files)
        return {
            status: counted[status] for status in _STATUSES if status in counted or status != "left"
        }

    @property
    def exit_code(self) -> ExitCode:
        """Return what the command tells the shell."""
        counts = self.counts
        if counts.get("left"):
            return ExitCode.INTERRUPTED
        if self.unwritten:
            return ExitCode.WRITE
        if any(file.refusal and file.refusal.code == "part_missing" for file in self.files):
            return ExitCode.PART
        if counts["refused"]:
            everything = counts["refused"] == len(self.files)
            return ExitCode.INPUT if everything else ExitCode.REFUSED
        asked = counts["to_check"] or (self.questions and not self.files)
        return ExitCode.TO_CHECK if asked else ExitCode.DONE

    def lines(self, language: str | None = None) -> list[str]:
        """Return the sum of all files, then each that was refused with its reason and mend.

        Paper has a line of its own too: what became of every page.
        """
        counts = self.counts
        terms = [
            _term(status, counts[status], language) for status in _STATUSES if counts.get(status)
        ]
        total = count("{n} file in", "{n} files in", len(self.files), language)
        refused = [
            f"{file.shown}: {file.refusal.text(language)}" for file in self.files if file.refusal
        ]
        left = [
            say("{file}: not read to the end. Merge again.", language, file=file.shown)
            for file in self.files
            if file.status == "left"
        ]
        paper = [line for file in self.files for line in _of_pages(file, language)]
        return [f"{total} = {' + '.join(terms)}" if terms else total, *refused, *left, *paper]

    def told(self) -> dict[str, Any]:
        """Return the report as data for JSON."""
        return {
            "into": str(self.into),
            "store": str(self.store),
            "forms": self.forms,
            "questions": self.questions,
            "decisions": self.decided,
            "notices": [notice.text() for notice in self.notices],
            "counts": self.counts,
            "files": [_told(file) for file in self.files],
        }


def _term(status: Status, number: int, language: str | None) -> str:
    if status == "merged":
        return count("{n} merged", "{n} merged", number, language)
    if status == "same":
        return count("{n} the same as before", "{n} the same as before", number, language)
    if status == "to_check":
        return count("{n} to check", "{n} to check", number, language)
    if status == "left":
        return count("{n} not read to the end", "{n} not read to the end", number, language)
    return count("{n} refused", "{n} refused", number, language)


def _of_pages(file: MergedFile, language: str | None) -> list[str]:
    """Return what became of a file's pages, on a line; of a single page that was read, nothing."""
    if not file.pages or (len(file.pages) == 1 and file.pages[0].state in ("read", "to_check")):
        return []
    reasons = told_reasons(file.pages, language).splitlines()
    return [f"{file.shown}: {told_pages(file.pages, language)}", *(f"  {one}" for one in reasons)]


def _told(file: MergedFile) -> dict[str, Any]:
    told: dict[str, Any] = {"file": file.shown, "status": file.status}
    if file.pages:
        told["pages"] = [
            {"page": one.page, "state": one.state, "form_id": one.form_id, "number": one.number}
            for one in file.pages
        ]
    if file.refusal:
        told["problem"] = {"code": file.refusal.code, "message": file.refusal.text()}
    return told
