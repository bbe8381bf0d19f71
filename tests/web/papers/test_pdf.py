"""PDF: what is in it can be read back, nothing is fetched, and without the extra nobody is offered it."""

import socket
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.factories import tenders
from tests.page import PageClient
from tests.support.papers import pdf_text as said
from web import pdf
from web.papers.paper import Paper

LONG = "上海市临澄区澄江街道社区居家养老综合为老服务与失能失智老人家庭照护支持" * 6
ENDLESS = "a" * 400


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """A request, in whose language a page is written."""
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("context")
def test_chinese_and_long_names_are_read_back() -> None:
    paper = Paper(f"{LONG}合同")
    paper.heading("一、交付和付款")
    paper.words("逐条说明：\n\n“送餐”每日 60 人；<b>不是标记</b>，社工。")
    paper.table(("期次", "交付内容"), [("首付款", LONG), ("尾款", ENDLESS)])
    text = said(pdf.of_paper(paper))
    for words in (
        "一、交付和付款",
        "“送餐”每日60人；<b>不是标记</b>，社工。",
        "首付款",
        "第1页，共",
    ):
        assert words in text
    assert text.count(LONG) >= 2
    assert ENDLESS in text


@pytest.mark.usefixtures("context")
def test_a_long_paper_has_numbered_pages_and_repeats_the_heads_of_its_table() -> None:
    paper = Paper("长表")
    paper.table(("序号", "姓名"), [(str(number), f"老人{number}") for number in range(120)])
    reader = PdfReader(BytesIO(pdf.of_paper(paper)))
    assert len(reader.pages) > 2
    assert reader.metadata is not None
    assert reader.metadata.title == "长表"
    for number, page in enumerate(reader.pages, 1):
        text = "".join(page.extract_text().split())
        assert f"第{number}页，共{len(reader.pages)}页" in text
        assert "序号姓名" in text


@pytest.mark.usefixtures("context")
def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = Paper("合同")
    paper.words("甲方：澄江街道办事处")
    assert pdf.of_paper(paper) == pdf.of_paper(paper)


OUTSIDE = (
    "http://127.0.0.1:9/a.css",
    "https://example.com/static/css/paper.css",
    "file:///etc/hostname",
    "//example.com/static/css/paper.css",
    "http://static.invalid/static/../config.py",
    "http://static.invalid/static/%2e%2e/config.py",
    "http://static.invalid/static//etc/hostname",
    "http://elsewhere.invalid/static/css/paper.css",
    "data:text/css,p{color:red}",
    "https://static.invalid/static/css/paper.css",
    "ftp://example.com/static/css/paper.css",
)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("url", OUTSIDE)
def test_only_our_own_static_files_are_read(url: str) -> None:
    with pytest.raises(ValueError, match="not one of our static files"):
        pdf.static_file(url)


@pytest.mark.usefixtures("context")
def test_the_style_is_our_own_file() -> None:
    assert pdf.static_file("http://static.invalid/static/css/paper.css").name == "paper.css"


@pytest.mark.usefixtures("context")
def test_a_page_full_of_addresses_is_written_without_any_network() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    at = f"http://127.0.0.1:{listener.getsockname()[1]}"
    html = (
        f'<html><head><link rel="stylesheet" href="{at}/a.css"><style>@import url({at}/b.css);'
        f"@font-face {{ font-family: x; src: url({at}/c.ttf) }} "
        f"p {{ background: url({at}/d.png); font-family: x }}"
        f'</style></head><body><p>正文</p><img src="{at}/e.png"><object data="{at}/f"></object>'
        '<img src="file:///etc/hostname"></body></html>'
    )
    assert "正文" in said(pdf.pdf(html))
    with pytest.raises(BlockingIOError):  # nobody has knocked
        listener.accept()
    listener.close()


def test_without_the_extra_no_page_offers_it_and_its_address_says_so(
    session: Session, visitor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tender = tenders.tender(session)
    session.commit()
    page = visitor.get(f"/tenders/{tender.id}")
    assert "下载采购文件（PDF）" in page.text
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    page = visitor.get(f"/tenders/{tender.id}")
    assert "（PDF）" not in page.text
    assert "下载采购文件（Word）" in page.text
    refused = visitor.get(f"/tenders/{tender.id}/document.pdf", status=404)
    assert "没有安装生成 PDF 的组件" in refused.text
