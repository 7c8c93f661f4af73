"""The structure tree: what a screen reader reads, in order. reportlab's open edition has none."""

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from s2c_forms.form.layout import Box, Clear, Entry
from s2c_forms.media.pdf.draw import Read, Told
from s2c_forms.media.pdf.widgets import Fields, widget


class Tree:
    """A structure tree as it grows, with the table that leads from content back to it."""

    def __init__(self, pdf: Pdf, title: str):
        self.pdf = pdf
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = self._element(self.root, "Document")
        self.document.T = String(title)
        self.document.K = Array([])
        self.parents: list[pikepdf.Object] = []

    def _element(self, parent: pikepdf.Object, role: str) -> pikepdf.Object:
        data = Dictionary(Type=Name.StructElem, S=Name("/" + role), P=parent)
        return self.pdf.make_indirect(data)

    def add_page(self, page: pikepdf.Page, told: Sequence[Told], fields: Fields | None) -> None:
        """Add a page's texts and widgets, making each widget on the way."""
        texts = Array([])
        page.obj.StructParents = len(self.parents)
        page.obj.Tabs = Name.S
        self.parents.append(texts)
        for thing in told:
            if isinstance(thing, Read):
                texts.append(self._add_text(page, thing))
            elif fields:
                self._add_widget(page, widget(fields, page, thing), thing)

    def _add_text(self, page: pikepdf.Page, thing: Read) -> pikepdf.Object:
        element = self._element(self.document, thing.role if thing.role != "Lbl" else "P")
        element.Pg = page.obj
        element.K = thing.mcid
        self.document.K.append(element)
        return element

    def _add_widget(
        self, page: pikepdf.Page, made: pikepdf.Object, thing: Box | Clear | Entry
    ) -> None:
        element = self._element(self.document, "Form")
        element.K = Dictionary(Type=Name.OBJR, Obj=made, Pg=page.obj)
        element.Alt = made.TU
        made.StructParent = len(self.parents)
        self.parents.append(element)
        self.document.K.append(element)

    def finish(self) -> None:
        """Hang the tree under the document."""
        numbers = Array([])
        for number, parent in enumerate(self.parents):
            numbers.append(number)
            numbers.append(self.pdf.make_indirect(parent))
        self.root.K = self.document
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        self.root.ParentTreeNextKey = len(self.parents)
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
