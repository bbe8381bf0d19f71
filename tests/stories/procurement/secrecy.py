"""What may not be read yet stands on no page that anybody but its writer can open."""

from tests.stories.procurement.bidding import FIRST_PRICE, PRICES
from tests.stories.procurement.stage import OFFICIAL, Stage

PRICE_WORDS = tuple(form for price in (*PRICES.values(), FIRST_PRICE) for form in (price, f"{int(price):,}"))
READERS = ("", OFFICIAL, "auditor")
PAGES = (
    "/tenders/{0}",
    "/tenders",
    "/tenders?format=csv",
    "/openings/{0}",
    "/openings/{0}/envelopes",
    "/panels/tenders/{0}",
    "/results/{0}",
    "/results/{0}/desk",
    "/home",
    "/",
    "/inbox",
    "/contracts",
    "/acceptances",
    "/ocds/releases",
)
"""Everything about the tender that some reader may open; to others it is refused."""


def nowhere(stage: Stage, tender: str, *secrets: str, readers: tuple[str, ...] = READERS) -> None:
    """No reader finds any of this on any page."""
    for login in readers:
        client = stage.client(login).client if login else stage.app.test_client()
        for page in PAGES:
            where = page.format(tender)
            stage.app.url_map.bind("").match(where.partition("?")[0])  # there is such a page
            answer = client.get(where, follow_redirects=True)
            text = answer.get_data(as_text=True)
            found = [each for each in secrets if each in text]
            assert found == [], f"{login or 'a visitor'} reads {found} on {page}"


def everywhere(stage: Stage, page: str, *words: str) -> None:
    """Every reader finds all of this on a page."""
    for login in READERS:
        client = stage.client(login).client if login else stage.app.test_client()
        text = client.get(page).get_data(as_text=True)
        assert [each for each in words if each not in text] == [], f"{login or 'a visitor'}: {page}"
