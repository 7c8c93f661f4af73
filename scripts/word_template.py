"""Make `templates/form.docx`, the Word form's base document, in the colours of the theme.

Run it again after a change of `templates/theme.yaml`. An organisation restyles the form in Word
itself: open the file, change styles, margins, header or footer, and save. What stands in its body
shows each style and is replaced by the form.
"""

import zipfile
from pathlib import Path

from s2c_forms.form.theme import Theme, load_theme

TARGET = Path(__file__).parent.parent / "templates" / "form.docx"
OFFICE = "http://schemas.openxmlformats.org"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}/officeDocument/2006/relationships"'
    f' xmlns:mc="{OFFICE}/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' mc:Ignorable="w14"'
)


def font(size: float, colour: str = "", bold: bool = False) -> str:
    """Return run properties: size in points, colour, weight."""
    half_points = f'<w:sz w:val="{size * 2:g}"/><w:szCs w:val="{size * 2:g}"/>'
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    return f"<w:rPr>{'<w:b/>' if bold else ''}{shade}{half_points}</w:rPr>"


def spacing(line: float, before: float = 0, after: float = 0) -> str:
    """Return paragraph spacing in points, lines of one exact height whatever the font."""
    places = {"before": before, "after": after, "line": line}
    texts = " ".join(f'w:{name}="{points * 20:g}"' for name, points in places.items())
    return f'<w:spacing {texts} w:lineRule="exact"/>'


def style(name: str, paragraph: str, run: str, outline: int | None = None) -> str:
    """Return a paragraph style; its id is its name without blanks."""
    own = "" if name in BUILT_IN else ' w:customStyle="1"'
    level = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    base = "" if name == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{BUILT_IN.get(name, name)}"/>{base}<w:qFormat/>'
        f"<w:pPr>{paragraph}{level}</w:pPr>{run}</w:style>"
    )


# Word knows its own styles by these names, in every language.
BUILT_IN = {
    "Normal": "Normal",
    "Title": "Title",
    "Heading 1": "heading 1",
    "Heading 2": "heading 2",
    "Header": "header",
    "Footer": "footer",
}


def band(theme: Theme) -> str:
    """Return what makes a paragraph a band of colour from edge to edge."""
    room = {"top": 0, "left": 1, "bottom": 0, "right": 1}
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="24" w:space="{points}" w:color="{theme.accent}"/>'
        for side, points in room.items()
    )
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.accent}"/>'
    return f"<w:keepNext/><w:pBdr>{edges}</w:pBdr>{fill}"


def paragraph_styles(theme: Theme) -> list[str]:
    """Return every paragraph style of the form."""
    ink, quiet, accent = theme.ink, theme.quiet, theme.accent
    right = '<w:tabs><w:tab w:val="right" w:pos="10092"/></w:tabs>'
    centre = '<w:jc w:val="center"/>'
    inside = '<w:ind w:left="80" w:right="80"/>'
    return [
        style("Normal", spacing(12), font(9.5, ink)),
        style("Title", spacing(24, after=3), font(19, accent, bold=True)),
        style(
            "Heading 1", band(theme) + spacing(13, before=9) + inside, font(10, "FFFFFF", True), 0
        ),
        style("Heading 2", "<w:keepNext/>" + spacing(12), font(9.5, ink, True), 1),
        style("Header", right + spacing(10), font(8, quiet)),
        style("Footer", right + spacing(10), font(7.5, quiet)),
        style("Form Note", spacing(11, before=3), font(8.5, quiet)),
        style("Form Label", spacing(11), font(8.5, quiet)),
        style("Form Answer", spacing(13), font(10.5, ink)),
        style("Form Table Head", "<w:keepNext/>" + spacing(10), font(8, quiet)),
        style("Form Table Score", "<w:keepNext/>" + spacing(10) + centre, font(8, quiet)),
        style("Form Number", "<w:keepNext/>" + spacing(12) + centre, font(9.5, accent, True)),
        style("Form Score", "<w:keepNext/>" + spacing(13) + centre, font(10.5, ink, True)),
        style("Form Tick", spacing(12) + centre, font(11, ink)),
        style("Form Indicator", spacing(11), font(9, ink)),
        style("Form Indicator Kept", "<w:keepNext/>" + spacing(11), font(9, ink)),
        style("Form End", spacing(1), font(1, ink)),
        style("Form Guide", spacing(14, before=6, after=3), font(10.5, ink)),
        style("Form Guide List", spacing(14, before=1) + '<w:ind w:left="340"/>', font(10.5, ink)),
    ]


def table_style(name: str, borders: str, top: int = 0, side: int = 85) -> str:
    """Return a table style; cell margins in twentieths of a point."""
    edges = {"top": top, "left": side, "bottom": top, "right": side}
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in edges.items())
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f'<w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def table_styles(theme: Theme) -> list[str]:
    """Return the styles of the form's tables."""

    def line(side: str) -> str:
        return f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{theme.line}"/>'

    box = "".join(line(side) for side in ("top", "left", "bottom", "right"))
    return [
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        table_style("Form Head", line("bottom") + line("insideH"), top=28),
        table_style("Form Factors", line("bottom"), top=22),
        table_style("Form Box", box, top=85, side=113),
    ]


def styles(theme: Theme) -> str:
    """Return the part with all styles."""
    fonts = " ".join(f'w:{script}="{theme.font_office}"' for script in ("ascii", "hAnsi", "cs"))
    prompt = (
        '<w:style w:type="character" w:styleId="PlaceholderText">'
        f'<w:name w:val="Placeholder Text"/><w:rPr><w:b w:val="0"/>'
        f'<w:color w:val="{theme.quiet}"/></w:rPr></w:style>'
    )
    all_styles = "".join([*paragraph_styles(theme), prompt, *table_styles(theme)])
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>"
        '<w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{all_styles}</w:styles>"
    )


def document(theme: Theme) -> str:
    """Return the main part: each paragraph style once, and an A4 page."""
    names = [part.split('w:styleId="')[1].split('"')[0] for part in paragraph_styles(theme)]
    shown = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r><w:t>{name}</w:t></w:r></w:p>'
        for name in names
    )
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="907" w:right="907" w:bottom="794" w:left="907" w:header="397"'
        ' w:footer="397" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {NAMESPACES}><w:body>{shown}{page}</w:body></w:document>"


def edge(kind: str) -> str:
    """Return an empty header or footer, of which the form fills in the last paragraph."""
    tag = {"Header": "hdr", "Footer": "ftr"}[kind]
    empty = f'<w:p><w:pPr><w:pStyle w:val="{kind}"/></w:pPr></w:p>'
    return f"<w:{tag} {NAMESPACES}>{empty}</w:{tag}>"


SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="nl-NL"/></w:settings>'
)
# part → type of content, relationship from the main part
PARTS = {
    "styles": (f"{CONTENT}.styles+xml", "styles"),
    "settings": (f"{CONTENT}.settings+xml", "settings"),
    "header1": (f"{CONTENT}.header+xml", "header"),
    "footer1": (f"{CONTENT}.footer+xml", "footer"),
}


def relationships(targets: dict[str, str]) -> str:
    """Return a part of relationships: target → kind, their ids rId1, rId2 and so on."""
    links = "".join(
        f'<Relationship Id="rId{number}" Target="{target}"'
        f' Type="{OFFICE}/officeDocument/2006/relationships/{kind}"/>'
        for number, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{links}</Relationships>'


def content_types() -> str:
    """Return the part that says what each part is."""
    types = {"document": f"{CONTENT}.document.main+xml"}
    types |= {name: kind for name, (kind, _) in PARTS.items()}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, kind in types.items()
    )
    return (
        f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def main() -> None:
    """Write the base document."""
    theme = load_theme()
    links = {f"{name}.xml": kind for name, (_, kind) in PARTS.items()}
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships({"word/document.xml": "officeDocument"}),
        "word/document.xml": document(theme),
        "word/_rels/document.xml.rels": relationships(links),
        "word/styles.xml": styles(theme),
        "word/settings.xml": SETTINGS,
        "word/header1.xml": edge("Header"),
        "word/footer1.xml": edge("Footer"),
    }
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), HEAD + text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
