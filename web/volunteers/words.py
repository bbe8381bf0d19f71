"""Calls for volunteers in words: who calls, how it stands, what it is for."""

from flask import g
from flask_babel import gettext as _

from models.contracts.contract import Contract
from models.needs.need import Need
from models.volunteers.call import CallPhase, VolunteerCall
from models.volunteers.lifecycle import phase_at
from web.labels import label
from web.labels.parties import place_words


def who(call: VolunteerCall) -> str:
    """The committee's neighbourhood, or the organisation."""
    return call.organisation.name if call.organisation else place_words(call.unit)


def is_open(call: VolunteerCall) -> bool:
    """Nobody has closed it."""
    return phase_at(call, g.at) is CallPhase.OPEN


def is_answerable(call: VolunteerCall) -> bool:
    """One can still come forward."""
    return is_open(call) and not call.is_over(g.at)


def state(call: VolunteerCall) -> tuple[str, str]:
    """How it stands, and the tone of its tag."""
    if is_open(call) and call.is_over(g.at):
        return _("报名已截止"), "waiting"
    phase = phase_at(call, g.at)
    return label(phase), "active" if phase is CallPhase.OPEN else "done"


def subject_title(subject: Need | Contract) -> str:
    """What a call is for: the need, or the project of the contract."""
    return subject.heading if isinstance(subject, Need) else subject.award.lot.tender.title
