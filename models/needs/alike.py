"""Published needs of the same kind as one: the nearest place first, then the newest."""

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from models.act import Act
from models.needs.details import NeedTerm
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase


def alike(session: Session, need: Need, act: Act, *, limit: int = 4) -> list[Need]:
    """Needs on the board that share a service code with this one and are not closed."""
    codes = [term.term_code for term in need.terms if not term.is_group]
    street = Need.unit_code.startswith(need.unit_code[:9], autoescape=True)
    query = (
        select(Need)
        .where(
            Need.is_public,
            Need.id != need.id,
            phase_sql(act.at) != NeedPhase.CLOSED,
            Need.terms.any(NeedTerm.term_code.in_(codes)),
        )
        .order_by(case((street, 0), else_=1), Need.standardised_at.desc().nulls_last(), Need.reference)
        .options(joinedload(Need.unit))
    )
    return list(session.scalars(query.limit(limit)))
