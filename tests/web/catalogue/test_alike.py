"""A service beside those like it, as everybody sees it."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import catalogue, parties
from tests.factories.parties import STREET
from tests.page import PageClient


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_service_is_compared_with_those_like_it(session: Session, visitor: PageClient, locale: str) -> None:
    service = catalogue.service(session)
    session.commit()
    visitor.post("/language", {"locale": locale, "next": "/services"})
    link = "和相似的服务比一比" if locale == "zh" else "Compare with services like it"
    page = visitor.get(f"/services/{service.id}").click(link)
    assert ("没有相似的服务" if locale == "zh" else "No service like it") in page.text
    catalogue.service(
        session, organisation=parties.organisation(session, name="上海近邻服务社"), areas=(STREET,)
    )
    session.commit()
    page = visitor.get(page.path)
    assert "上海近邻服务社" in page.rows("最像的几项" if locale == "zh" else "The most alike")[1][0]
