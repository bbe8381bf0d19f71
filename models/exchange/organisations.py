"""Rows of organisations: a new credit code registers one, a known one corrects its registration."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Invalid
from models.exchange.cells import Row
from models.exchange.places import unit_of
from models.parties import organisations
from models.parties.organisation import Grade, Organisation, OrganisationType

COLUMNS = {
    "credit_code": True,
    "name": True,
    "type": True,
    "registered_place": True,
    "established_on": False,
    "description": False,
    "website": False,
    "grade": False,
    "grade_issued_on": False,
    "grade_expires_on": False,
}
"""Columns, and whether each must be filled."""

TYPE_WORDS = {
    "社会团体": OrganisationType.ASSOCIATION,
    "社会服务机构": OrganisationType.SERVICE_ORGANISATION,
    "民办非企业单位": OrganisationType.SERVICE_ORGANISATION,
    "基金会": OrganisationType.FOUNDATION,
}
"""The legal forms as registers write them; codes are read as well."""

NO_GRADE = {"", "未评估", "无"}


def take(session: Session, act: Act, row: Row) -> Organisation:
    """Write one row through the verbs."""
    place = unit_of(session, row.required("registered_place"), field="registered_place")
    code = row.required("credit_code")
    typed_code = row.plain("credit_code").upper()
    known = session.scalar(select(Organisation).where(Organisation.credit_code == typed_code))
    if known is None:
        known = organisations.register(
            session,
            act,
            credit_code=code,
            name=row.required("name"),
            type=_type(row),
            registered_place=place.code,
            established_on=row.day("established_on"),
            description=row.text("description"),
            website=row.text("website") or None,
        )
    else:
        organisations.amend(
            session,
            known,
            act,
            name=row.required("name"),
            registered_place=place.code,
            established_on=row.day("established_on"),
        )
    _grade(session, act, known, row)
    return known


def _type(row: Row) -> OrganisationType:
    typed = row.required("type")
    if typed in TYPE_WORDS:
        return TYPE_WORDS[typed]
    try:
        return OrganisationType(typed)
    except ValueError:
        raise Invalid("cell_unknown", field="type", typed=typed[:30]) from None


def _grade(session: Session, act: Act, organisation: Organisation, row: Row) -> None:
    typed = row.plain("grade").upper()
    if typed in NO_GRADE:
        return
    try:
        grade = Grade(typed)
    except ValueError:
        raise Invalid("cell_unknown", field="grade", typed=typed[:30]) from None
    issued, expires = row.day("grade_issued_on"), row.day("grade_expires_on")
    if issued is None:
        raise Invalid("cell_missing", field="grade_issued_on")
    organisations.set_grade(session, organisation, act, grade=grade, issued_on=issued, expires_on=expires)
