"""Papers that evidence rests on: a page of Word with a heading and what it shows, so that a link opens."""

from io import BytesIO

from docx import Document


def paper(title: str, words: str) -> bytes:
    """One page; it says itself that it is invented."""
    made = Document()
    made.add_heading(title, 1)
    for line in (words, "（示例材料，内容为虚构。）"):
        made.add_paragraph(line)
    file = BytesIO()
    made.save(file)
    return file.getvalue()
