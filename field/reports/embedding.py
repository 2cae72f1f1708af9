"""A font inside one PDF: the glyphs that were drawn, each with the characters it stands for.

ReportLab's own fonts are passed over: they know no shaping that can be read back (shaped glyphs become private
characters, numbered over all documents), read a whole Chinese font in Python, and have no right to left.
"""

import hashlib

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from field.reports import fonts
from field.reports.shaping import Glyph

#: What only shaping and editors need.
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "cmap", "name", "OS/2", "post", "gasp", "vhea", "vmtx", "VORG", "DSIG")
_SYMBOLIC = 4
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%s
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class Embedded:
    """One font of a document; ReportLab asks ``addObjects`` of it when the document is saved."""

    def __init__(self, canvas: Canvas, name: str) -> None:
        document = canvas._doc
        self.name, self.key = name, f"T{len(document.delayedFonts) + 1}"
        self._codes: dict[tuple[int, str], int] = {}
        self._widths: list[int] = []
        document.delayedFonts.append(self)

    def code(self, glyph: Glyph) -> int:
        """The glyph's code in the page's text: one for each text that it stands for."""
        known = self._codes.setdefault((glyph.number, glyph.said), len(self._codes) + 1)
        if known > len(self._widths):
            self._widths.append(round(self._advance(glyph.number)))
        return known

    def natural(self, glyph: Glyph) -> int:
        """How far the glyph moves on by itself, in thousandths."""
        return self._widths[self.code(glyph) - 1]

    def _advance(self, number: int) -> float:
        font = fonts.opened(self.name)
        return font.get_glyph_h_advance(number) * 1000 / font.face.upem

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:  # noqa: N802 (ReportLab's name)
        """Puts the font with the drawn glyphs alone into the document."""
        plan = hb.SubsetPlan(fonts.opened(self.name).face, self._wanted())
        name = f"/{self._tag()}+{self.name}"
        places = plan.old_to_new_glyph_mapping
        inner = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": name,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": document.Reference(self._descriptor(document, name, plan.execute().blob.data)),
            "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(self._widths)]),
            "CIDToGIDMap": _stream(document, b"\0\0" + b"".join(places[number].to_bytes(2, "big") for number, _ in self._codes)),
        })
        document.idToObject["BasicFonts"].dict[self.key] = document.Reference(pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": name,
            "Encoding": "/Identity-H", "DescendantFonts": pdfdoc.PDFArray([document.Reference(inner)]),
            "ToUnicode": _stream(document, self._spelling().encode()),
        }))

    def _wanted(self) -> hb.SubsetInput:
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
        wanted.glyph_set.update(number for number, _ in self._codes)
        wanted.drop_table_tag_set.update(int.from_bytes(name.ljust(4).encode(), "big") for name in _DROPPED)
        return wanted

    def _tag(self) -> str:
        """Six letters that name this choice of glyphs."""
        digest = hashlib.sha256(repr(sorted(self._codes)).encode()).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def _descriptor(self, document: pdfdoc.PDFDocument, name: str, data: bytes) -> pdfdoc.PDFDictionary:
        font = fonts.opened(self.name)
        extents, scale = font.get_font_extents("ltr"), 1000 / font.face.upem
        up, down = round(extents.ascender * scale), round(extents.descender * scale)
        return pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "FontName": name, "Flags": _SYMBOLIC, "ItalicAngle": 0,
            "FontBBox": pdfdoc.PDFArray([-1000, down, 3000, up]), "Ascent": up, "Descent": down, "CapHeight": 714,
            "StemV": 165 if self.name.endswith("Bold") else 88,
            "FontFile2": _stream(document, data, Length1=len(data)),
        })

    def _spelling(self) -> str:
        """The codes' characters, for whoever searches, copies or hears the text."""
        said = [(code, text) for (_, text), code in self._codes.items()]
        lines = [f"<{code:04X}> <{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>" for code, text in said]
        blocks = [lines[start:start + 100] for start in range(0, len(lines), 100)]
        return _CMAP % "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)


def _stream(document: pdfdoc.PDFDocument, data: bytes, **about: int) -> pdfdoc.PDFObjectReference:
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(about), data, filters=[pdfdoc.PDFZCompress])
    return document.Reference(stream)
