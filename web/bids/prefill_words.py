"""What the register and the profile say, as the sentences of a bid: these are Chinese on every page."""

from flask_babel import force_locale

from models.bids.prefill import Known
from models.parties.organisation import Certificate, Organisation
from models.tenders.terms import RequirementKind
from web.format import day
from web.labels import label


def proposed(known: Known) -> dict[RequirementKind, str]:
    """What is known to the conditions of 法 art 22; the bidder checks it and adds what it can prove."""
    with force_locale("zh"):
        return {
            RequirementKind.CIVIL_LIABILITY: _registration(known.organisation),
            RequirementKind.CREDIT: _reports(known.organisation),
            RequirementKind.EQUIPMENT: _people(known),
        }


def _registration(organisation: Organisation) -> str:
    kind = label(organisation.type)
    founded = f"，{day(organisation.established_on)}成立" if organisation.established_on else ""
    return f"依法登记的{kind}，统一社会信用代码 {organisation.credit_code}{founded}。"


def _reports(organisation: Organisation) -> str:
    said = [f"{report.year} 年年度报告：{label(report.result)}" for report in organisation.reports[:3]]
    return "；".join(said) + "。" if said else ""


def _people(known: Known) -> str:
    staff = known.organisation.staff
    if not staff:
        return ""
    held = [each.certificate for each in staff if each.certificate]
    levels = "、".join(f"{label(level)} {held.count(level)} 人" for level in Certificate if level in held)
    return f"现有工作人员 {len(staff)} 人" + (f"，其中{levels}。" if levels else "。")
