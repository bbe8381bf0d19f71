"""A paper handed out under a name, as Word or as PDF."""

from io import BytesIO

from flask import Response, send_file

from web import pdf
from web.papers.paper import Paper
from web.papers.word import word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(paper: Paper, name: str, form: str) -> Response:
    """The file; `form` is the ending of its address, "docx" or "pdf"."""
    if form == "pdf":
        return pdf.answer(pdf.of_paper(paper), name)
    return send_file(BytesIO(word(paper)), mimetype=WORD, as_attachment=True, download_name=f"{name}.docx")
