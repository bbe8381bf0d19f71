"""A paper as a Word document, in the fonts of Chinese papers."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from web.papers.paper import Heading, Paper, Table

FONT, HEADINGS = "宋体", "黑体"
GRID = "Table Grid"
STYLES = (
    ("Normal", FONT, 12),
    ("Title", HEADINGS, 22),
    ("Heading 1", HEADINGS, 15),
    ("Heading 2", HEADINGS, 13),
)


def word(paper: Paper) -> bytes:
    """The file."""
    document = _blank()
    document.add_heading(paper.title, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for block in paper.blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, Table):
            _table(document, block)
        else:
            document.add_paragraph(block.text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _blank() -> Any:
    document = Document()
    for name, font, size in STYLES:
        style: Any = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return document


def _table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.heads), style=GRID)
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in block.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
