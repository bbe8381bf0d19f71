"""What agencies add to home pages: draws and declarations, appeals, finals that wait for the sample."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.todo import Task, TaskKind, for_evaluator, for_official
from models.supervision.queries import may_choose
from models.supervision.sampling import waiting
from web.home.page import ToDo
from web.labels import label

MOST = 5


def to_draw(session: Session, act: Act) -> list[ToDo]:
    """What waits for an official about agencies."""
    return [*(_to_do(task) for task in for_official(session, act)[:MOST]), *_sample(session, act)]


def to_declare(session: Session, act: Act) -> list[ToDo]:
    """Declarations that wait for the actor's agency."""
    return [_to_do(task) for task in for_evaluator(session, act)[:MOST]]


def _sample(session: Session, act: Act) -> list[ToDo]:
    if not may_choose(session, act):
        return []
    found = len(waiting(session, act.actor.unit_code or "-", act))
    words = ngettext("%(num)d 份终期评估还没有列入", "%(num)d 份终期评估还没有列入", found)
    return [ToDo(_("抽取复评样本"), words, url_for("supervision.show", _anchor="samples"))] if found else []


def _to_do(task: Task) -> ToDo:
    if task.kind is TaskKind.DECLARE:
        address = url_for("assignments.assignment", assignment_id=task.subject.id)
    elif task.kind is TaskKind.APPEAL:
        address = url_for("agencies.suspension", suspension_id=task.subject.id)
    else:
        address = url_for("assignments.show", draw_id=task.subject.id)
    return ToDo(label(task.kind), task.title, address)
