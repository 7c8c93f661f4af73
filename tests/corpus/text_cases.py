"""Rows: what may stand in a text, through every medium."""

from collections.abc import Callable

from lxml import etree
from pikepdf import String

from s2c_forms.demo.fill.word import control_of, find_all, name
from tests.corpus import pdf_changes, sheet_changes, word_changes
from tests.corpus.answers import ANSWERS, Answers
from tests.corpus.bases import base, needs
from tests.corpus.case import Case, Make, Outcome, Refused, Same
from tests.corpus.zips import rezipped

SUFFIXES = (".pdf", ".xlsx", ".docx")
FORMULA = "=cmd|' /C calc'!A0"
LONG = "Een hele lange opmerking. " * 4000  # 104,000 characters
TEXTS = {
    "right-to-left letters and marks": "\u200fשלום\u200e en \u202eomgekeerd\u202c, مرحبا",
    "emoji": "goed 😀 👩🏽‍🏫 🏳️‍🌈",
    "letters of plane 2": "𠮷 𝒜",
    "angle brackets and quotes": '<b>"&amp;"</b> ]]> <!-- x -->',
    "a formula": FORMULA,
    "a formula with plus": "+1+cmd|' /C calc'!A0",
    "a formula with minus": "-2+3+cmd|' /C calc'!A0",
    "a formula with at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a link as formula": '=HYPERLINK("http://127.0.0.1:9/"&A1,"klik")',
    "a brace and a percent sign": "{reason} %s %(x)s {0}",
    "a text that looks like a path": "../../../etc/passwd",
}
ALL = "\n".join(TEXTS.values())


def with_remark(text: str) -> Answers:
    """Return answers with a text as remark."""
    return {**ANSWERS, "reflectie": text}


def says(text: str) -> Same:
    """Return that the remark says a text, and all else what was filled in."""
    return Same((with_remark(text),))


def _in_pdf(raw: str | bytes) -> Make:
    return pdf_changes.changed(pdf_changes.put("reflectie", String(raw)))


def _in_sheet(text: str) -> Make:
    return sheet_changes.with_content("reflectie", f"<is><t>{text}</t></is>", ' t="inlineStr"')


def _in_word(put: Callable[[etree._Element], None]) -> Make:
    def change(root: etree._Element) -> None:
        (run,) = find_all(control_of(root, "reflectie"), "w:sdtContent//w:r")
        for child in list(run):
            run.remove(child)
        put(run)

    return word_changes.changed(change)


def _lines(run: etree._Element) -> None:
    for tag, text in (("w:t", "een"), ("w:cr", ""), ("w:t", "twee"), ("w:br", ""), ("w:t", "drie")):
        etree.SubElement(run, name(tag)).text = text or None


def _raw_in(part: str, suffix: str, old: bytes, new: bytes) -> Make:
    """Return a form in whose XML some bytes stand instead of others."""
    change = {part: lambda xml: xml.replace(old, new)}
    return lambda bench: rezipped(base(suffix)(bench), change)


def _row(title: str, suffix: str, make: Make, leads_to: Outcome) -> Case:
    return Case(title, suffix, make, leads_to)


CASES = [
    *(
        _row(title, suffix, base(suffix, with_remark(text)), says(text))
        for title, text in TEXTS.items()
        for suffix in SUFFIXES
    ),
    *(
        Case("texts of all kinds", suffix, base(suffix, with_remark(ALL)), says(ALL), needs(suffix))
        for suffix in (".ods", ".xls", ".odt")
    ),
    # ends of lines
    _row(
        "line ends CR, LF and CRLF",
        ".pdf",
        _in_pdf("een\rtwee\r\ndrie\nvier"),
        says("een\ntwee\ndrie\nvier"),
    ),
    _row(
        "line ends CR, LF and CRLF",
        ".xlsx",
        _in_sheet("een_x000D_twee_x000D_\ndrie\nvier"),
        says("een\ntwee\ndrie\nvier"),
    ),
    _row("line ends of two kinds", ".docx", _in_word(_lines), says("een\ntwee\ndrie")),
    # 100,000 characters
    _row("100,000 characters", ".pdf", _in_pdf(LONG), says(LONG.strip())),
    _row("100,000 characters", ".xlsx", _in_sheet(LONG), says(LONG.strip())),
    _row("100,000 characters", ".docx", base(".docx", with_remark(LONG)), says(LONG.strip())),
    # what no XML takes
    _row("NUL and other control characters", ".pdf", _in_pdf("a\0b\x07c\x1bd\x7fe"), says("abcde")),
    _row(
        "NUL and other control characters",
        ".xlsx",
        _in_sheet("a_x0000_b_x0007_c_x001B_d"),
        says("abcd"),
    ),
    _row("a raw control character", ".xlsx", _in_sheet("a\x07b"), Refused("damaged")),
    _row(
        "a raw NUL",
        ".docx",
        _raw_in("word/document.xml", ".docx", b"Eerste regel", b"Eerste\x00regel"),
        Refused("damaged"),
    ),
    _row(
        "no UTF-8",
        ".docx",
        _raw_in("word/document.xml", ".docx", b"Eerste regel", b"Eerste\xffregel"),
        Refused("damaged"),
    ),
    _row("half a pair", ".pdf", _in_pdf(b"\xfe\xff\x00a\xd8\x3d\x00b"), says("ab")),
    _row(
        "UTF-8 with its mark",
        ".pdf",
        _in_pdf(b"\xef\xbb\xbf\xc5\x81\xc3\xb3d\xc5\xba"),
        says("Łódź"),
    ),
]
