"""The papers of a contract and a result say the same in Word and PDF, to those alone who may read them."""

from sqlalchemy.orm import Session

from models.act import Role
from tests.factories import contracts, panels, parties
from tests.factories.contracts import NAMES, SIGNED
from tests.page import PageClient
from tests.support.papers import READERS
from tests.web.contracts.conftest import Come


def says(client: PageClient, path: str, form: str) -> str:
    answer = client.client.get(f"{path}.{form}")
    assert answer.status_code == 200
    return READERS[form](answer.data)


def test_contract_result_and_report(session: Session, come: Come) -> None:
    contract = contracts.contract(session)
    tender = contract.award.lot.tender
    panel = panels.panel_of(session, tender)
    official, supplier = come(Role.STREET_OFFICIAL), come(contract.award.bid.bid.organisation)
    visitor, stranger = come(None, at=SIGNED), come(parties.organisation(session, name="上海旁观社"))
    deed, notice, report = (
        f"/contracts/{contract.id}/contract",
        f"/results/{tender.id}/notice",
        f"/panels/{panel.id}/report",
    )
    for form in READERS:
        text = says(supplier, deed, form)
        for words in (contract.reference, NAMES[0], "¥450,000.00", "一、交付和付款", "四、签署"):
            assert words in text
        text = says(visitor, notice, form)
        assert NAMES[0] in text
        assert all(name not in text for name in NAMES[1:])  # what everybody may know, never a loser
        assert panel.seated[0].person.name in text
        text = says(official, report, form)
        for words in (*NAMES, "五、名次", "服务方案", "成员逐项核对评分，没有异议。"):
            assert words in text
    for path in (deed, report):
        for reader in (stranger, visitor):
            assert reader.client.get(f"{path}.pdf").status_code == 404
    for client, page in ((supplier, f"/contracts/{contract.id}"), (visitor, f"/results/{tender.id}")):
        assert client.get(page).html.count("下载 PDF 文件") == 1
    assert "下载 PDF 文件" in official.get(f"/panels/{panel.id}").html
