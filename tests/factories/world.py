"""A small district with one of everything, and everybody who may come to look at it."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.act import Act, Role
from models.contracts import changing
from models.contracts.contract import Contract
from models.exchange.batch import SheetKind
from models.exchange.importing import upload
from models.matching import operations as matching
from models.matching.review import Decision, RejectReason
from models.matching.run import Match
from models.needs import assessing, parts
from models.needs.need import Need, NeedPhase
from models.panels import low_prices, marking_desk, pooling, reporting
from models.panels.pool import Expert, TieKind
from models.parties.organisation import Organisation
from models.parties.person import Membership
from models.parties.profile import add_board_member, add_staff
from models.planning import editing
from models.rulebook.stages import Stage
from models.tenders import enquiring
from models.tenders.key import TenderKey
from models.tenders.tender import Tender
from tests.factories import (
    bids,
    catalogue,
    contracts,
    deliberations,
    evaluations,
    frameworks,
    judged,
    learning,
    needs,
    panels,
    parties,
    planning,
    surveys,
    tenders,
    world_agencies,
    world_heard,
)
from tests.factories import matching as matches

DRAFT_WORDS = "凌霄甲草稿需求"
SUBMITTED_WORDS = "凌霄乙提交需求"
ASSESSMENT_WORDS = "凌霄丙草稿调研"
SERVICE_WORDS = "凌霄丁草稿服务"
REVIEW_WORDS = "凌霄戊审核备注"
EDIT_WORDS = "凌霄己改动理由"
CHANGE_WORDS = "凌霄庚合同变更"
TENDER_WORDS = "凌霄辛采购草稿"
BID_WORDS = "凌霄壬投标答复"
MARK_WORDS = "凌霄癸评分理由"
LABEL_WORDS = "凌霄辰登记称呼"
FILE_WORDS = b"%PDF-lingxiao"
PNG = b"\x89PNG\r\n\x1a\n" + b"lingxiao"


@dataclass
class World:
    """Ids of what is there; the names are those that addresses use."""

    ids: dict[str, UUID] = field(default_factory=dict)
    needs: dict[NeedPhase, UUID] = field(default_factory=dict)
    owner: Organisation | None = None
    other: Organisation | None = None
    token: str = ""
    """What stands in a resident's link."""

    def at(self, **changes: UUID) -> dict[str, UUID]:
        """The arguments of an address, some of them changed."""
        return self.ids | changes


def world(session: Session) -> World:
    """One of everything, in the usual neighbourhood, of the usual organisation."""
    parties.place(session)
    made = World()
    made.owner = parties.organisation(session, name="上海凌霄助老服务中心")
    made.other = parties.organisation(session, name="上海别家服务中心")
    worker = needs.worker(session, at=parties.NOON)
    _needs(session, made, worker)
    _catalogue(session, made)
    _assessments(session, made, worker)
    made.ids |= world_heard.meeting(session, made.needs[NeedPhase.DELIBERATING])
    _run(session, made)
    _plan(session, made)
    _tenders(session, made)
    _bids(session, made)
    _contract(session, made)
    made.ids |= judged.ids(session, made.ids["contract_id"], made.other)
    made.ids |= evaluations.furnished(session, made.ids["evaluation_id"])
    _survey(session, made)
    made.ids |= world_agencies.add(session, made.ids["evaluation_id"])
    made.ids["run_id"] = learning.learning_run(session).id
    _panels(session, made)
    made.ids |= world_heard.add(session, made.ids["public_tender_id"], worker)
    batch = upload(
        session,
        worker,
        kind=SheetKind.NEEDS,
        file_name="needs.xlsx",
        headings=["description"],
        rows=[{"description": DRAFT_WORDS}],
    )
    person_id = worker.actor.person_id
    assert person_id is not None
    submitted = session.get_one(Need, made.needs[NeedPhase.SUBMITTED])
    system = parties.system()
    outbox.add(session, system, "need_submitted", submitted, to=[person_id], reference=submitted.reference)
    session.flush()
    found = select(outbox.Message.id).where(outbox.Message.person_id == person_id)
    made.ids["message_id"] = session.scalars(found).all()[-1]
    held = select(Membership.id).where(Membership.person_id == person_id)
    made.ids |= {"batch_id": batch.id, "person_id": person_id, "membership_id": session.scalars(held).one()}
    session.commit()
    return made


def _needs(session: Session, made: World, worker: Act) -> None:
    for phase in NeedPhase:
        words = {NeedPhase.DRAFT: DRAFT_WORDS, NeedPhase.SUBMITTED: SUBMITTED_WORDS}.get(phase, "老人助餐")
        made.needs[phase] = needs.need(session, phase, title=words).id
    draft = session.get_one(Need, made.needs[NeedPhase.DRAFT])
    row = parts.attach(session, draft, worker, name="photo.png", content=PNG)
    made.ids |= {"need_id": draft.id, "evidence_id": row.id, "other_id": made.needs[NeedPhase.STANDARDISED]}


def _catalogue(session: Session, made: World) -> None:
    assert made.owner is not None
    staff = catalogue.staff_act(made.owner)
    made.ids["organisation_id"] = made.owner.id
    made.ids["staff_id"] = add_staff(session, made.owner, staff, name="凌小霄").id
    made.ids["member_id"] = add_board_member(session, made.owner, staff, name="凌大霄").id
    made.ids["active_id"] = catalogue.service(session, organisation=made.owner).id
    draft = catalogue.service(session, organisation=made.owner, published=False, title=SERVICE_WORDS)
    made.ids["service_id"] = draft.id


def _assessments(session: Session, made: World, worker: Act) -> None:
    draft = deliberations.assessment(session, by=worker, completed=False, title=ASSESSMENT_WORDS)
    file = assessing.attach(session, draft, worker, name="answers.pdf", content=FILE_WORDS)
    made.ids |= {"assessment_id": draft.id, "file_id": file.id}
    public = deliberations.assessment(session, by=worker, completed=False, title="公开的调研")
    made.ids["public_file_id"] = assessing.attach(
        session, public, worker, name="answers.pdf", content=FILE_WORDS
    ).id
    assessing.complete(session, public, worker)
    made.ids["public_assessment_id"] = public.id


def _run(session: Session, made: World) -> None:
    need = session.get_one(Need, made.needs[NeedPhase.STANDARDISED])
    official = matches.official(session)
    run = matches.run(session, need, by=official)
    (first, *_rest) = run.matches
    matching.review(
        session,
        first,
        official,
        decision=Decision.REJECT,
        reason=RejectReason.OTHER,
        words=REVIEW_WORDS,
    )
    made.ids["match_id"] = first.id


def _plan(session: Session, made: World) -> None:
    by = planning.official(session)
    plan = planning.build(session, by)
    (line,) = plan.lines
    made.ids |= {"plan_id": plan.id, "line_id": line.id}
    other = session.scalars(
        select(Match.service_id).where(Match.run_id == line.run_id).order_by(Match.rank)
    ).all()[-1]
    made.ids["edit_id"] = editing.forbid(session, line, by, service_id=other, reason=EDIT_WORDS).id


def _panels(session: Session, made: World) -> None:
    """A panel whose first member has handed in marks, and one with prices, a question and a ranking."""
    assert made.owner is not None
    assert made.other is not None
    marking = panels.qualified(session)
    panels.mark(session, marking.members[0], note=MARK_WORDS)
    panel = panels.priced(session, bidders=[made.owner, made.other])
    by = panels.official(session, panel.tender, panels.PRICED)
    (first, *_rest) = panels.opened_bids(session, panel.tender)
    low_prices.ask(session, first, panel, by)
    expert = session.get_one(Expert, panel.members[0].person_id)
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    made.ids |= {
        "panel_id": panel.id,
        "panel_member_id": panel.members[0].id,
        "opened_id": first.bid_id,
        "attachment_id": first.bid_id,
        "mark_id": marking_desk.marks_of(session, panel.members[0])[0].id,
        "ranking_id": reporting.rank(session, panel.tender.lots[0], by).id,
        "expert_id": expert.person_id,
        "tie_id": pooling.tie(
            session, expert, registrar, organisation_id=made.other.id, kind=TieKind.BOARD
        ).id,
    }


def _contract(session: Session, made: World) -> None:
    """A tender whose contract is in force, with a change that waits; its supplier has complained."""
    assert made.owner is not None
    assert made.other is not None
    tender = contracts.reported(session, bidders=[made.owner, made.other])
    award = contracts.award(session, tender)
    made.ids["challenge_id"] = contracts.complained(session, award, who=0).id
    contract = contracts.contract(session, award)
    by = contracts.official(session, contracts.SIGNED)
    made.ids |= {
        "result_id": tender.id,
        "awarded_lot_id": award.lot_id,
        "framework_id": frameworks.agreement_row(session).id,
        "award_id": award.id,
        "letter_id": award.bid_id,
        "contract_id": contract.id,
        "milestone_id": contract.milestones[0].id,
        "contract_worker_id": contract.workers[0].id,
        "change_id": changing.change(session, contract, by, words=CHANGE_WORDS).id,
    }


def _survey(session: Session, made: World) -> None:
    """A survey of the contract, with a sheet for each of five people."""
    contract = session.get_one(Contract, made.ids["contract_id"])
    people = surveys.register(session, contract, 5)
    people[0].label = LABEL_WORDS
    survey = surveys.survey(session, contract, Stage.MIDTERM, at=contracts.SIGNED)
    made.ids |= {"served_person_id": people[0].id, "survey_id": survey.id}
    made.token = surveys.token(survey.invitations[0])


def _tenders(session: Session, made: World) -> None:
    """A draft, and a tender that takes bids, with a question that waits."""
    assert made.other is not None
    made.ids["tender_id"] = tenders.draft(session, title=TENDER_WORDS).id
    public = tenders.tender(session)
    asker = parties.act_as(session, Role.ORGANISATION_STAFF, organisation=made.other)
    made.ids |= {
        "public_tender_id": public.id,
        "enquiry_id": enquiring.ask(session, public, asker, question="周末也要送餐吗？").id,
        "holder_id": session.get_one(TenderKey, public.id).holders[0].id,
    }


def _bids(session: Session, made: World) -> None:
    """A draft of the owner's with a file, a sealed bid of it, a seat with the other; an opening under way."""
    assert made.owner is not None
    assert made.other is not None
    lot = session.get_one(Tender, made.ids["public_tender_id"]).lots[0]
    staff = bids.staff(session, made.owner)
    draft = bids.draft(session, lot, made.owner, words=BID_WORDS, by=staff)
    sealed, shared = (tenders.tender(session).lots[0] for _ in range(2))
    over = tenders.tender(
        session, at=parties.NOON - timedelta(days=30), until=parties.NOON - timedelta(days=1)
    )
    bids.bids(session, over, when=parties.NOON - timedelta(days=2))
    made.ids |= {
        "lot_id": lot.id,
        "draft_file_id": bids.attach(
            session, draft, staff, name="bid.pdf", content=FILE_WORDS, keeper=tenders.KEEPER
        ).id,
        "bid_id": bids.bid(session, sealed, made.owner, words=BID_WORDS, by=staff).id,
        "seat_id": bids.consortium(session, shared, made.other, made.owner).members[1].id,
        "opening_id": bids.started(session, over, when=parties.NOON).id,
    }


AUDIENCES: dict[str, tuple[Role | None, str | None]] = {
    "worker": (Role.COMMUNITY_WORKER, parties.NEIGHBOURHOOD),
    "worker next door": (Role.COMMUNITY_WORKER, parties.NEXT_DOOR),
    "street": (Role.STREET_OFFICIAL, parties.STREET),
    "other street": (Role.STREET_OFFICIAL, parties.OTHER_STREET),
    "district": (Role.DISTRICT_OFFICIAL, parties.DISTRICT),
    "city": (Role.CITY_OFFICIAL, parties.CITY),
    "hub": (Role.HUB, parties.DISTRICT),
    "hub elsewhere": (Role.HUB, parties.OTHER_STREET),
    "auditor": (Role.AUDITOR, parties.DISTRICT),
    "auditor elsewhere": (Role.AUDITOR, parties.OTHER_STREET),
    "panel": (Role.PANEL_MEMBER, parties.DISTRICT),
    "administrator": (Role.ADMINISTRATOR, parties.DISTRICT),
    "administrator elsewhere": (Role.ADMINISTRATOR, parties.OTHER_STREET),
    "staff": (Role.ORGANISATION_STAFF, None),
    "other staff": (Role.ORGANISATION_STAFF, None),
    "evaluator": (Role.EVALUATOR, None),
    "roleless": (None, None),
    "visitor": (None, None),
}
"""Everybody who may come: a role, and the unit it is held in."""
