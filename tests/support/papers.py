"""What a Word or a PDF file says, without any space: where a line breaks is the printer's affair."""

from collections.abc import Callable
from io import BytesIO

from docx import Document
from pypdf import PdfReader


def pdf_text(content: bytes) -> str:
    """The text of a PDF."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def word_text(content: bytes) -> str:
    """The text of a Word file."""
    paper = Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "".join("".join([*(each.text for each in paper.paragraphs), *cells]).split())


READERS: dict[str, Callable[[bytes], str]] = {"pdf": pdf_text, "docx": word_text}
