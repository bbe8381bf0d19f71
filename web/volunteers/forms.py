"""Forms of calls for volunteers: shape and range only."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from models.volunteers.call import LINE_LIMIT, TELEPHONE_LIMIT, TITLE_LIMIT, WORDS_LIMIT, VolunteerCall
from models.volunteers.calling import Given
from web.form import Day, Form, Required, WholeNumber, record_id, revision, tidy

FIELDS = ("title", "words", "people", "place", "hours", "ends_on", "telephone", "office_hours")


def _line(text: Any, missing: Any, limit: int = LINE_LIMIT, help: Any = "") -> StringField:  # noqa: A002  # as in templates
    too_long = _l("最多写 %(limit)s 个字。", limit=limit)
    return StringField(
        text, [Required(missing), Length(max=limit, message=too_long)], filters=[tidy], description=help
    )


class CallForm(Form):
    """What a call says; a new one carries its id, one that stands the revision it was opened on."""

    id = HiddenField()
    revision = HiddenField()
    title = _line(
        _l("招募做什么"),
        _l("请写明招募志愿者做什么。"),
        TITLE_LIMIT,
        _l("一句话，如“每周二、周四给老人送餐”。"),
    )
    words = TextAreaField(
        _l("具体说明"),
        [
            Required(_l("请写几句具体说明。")),
            Length(max=WORDS_LIMIT, message=_l("最多写 600 个字。")),
        ],
        filters=[tidy],
        description=_l("做些什么、有什么要求、有没有培训。所有人都看得到，不要写个人姓名和手机号。"),
    )
    people = WholeNumber(_l("需要多少人"), [Required(_l("请填写人数。"))])
    place = _line(_l("在哪里"), _l("请填写地点。"), help=_l("如“澄江一村居委会一楼活动室”。"))
    hours = _line(_l("什么时候"), _l("请填写时间。"), help=_l("如“12 月每周二、周四 10:30 到 12:00”。"))
    ends_on = Day(_l("报名到哪一天为止"), [Required(_l("请填写截止日期。"))])
    telephone = _line(
        _l("报名电话"),
        _l("请填写报名电话。"),
        TELEPHONE_LIMIT,
        _l("居委会或机构的办公电话，如 021-5550 1234。会印在海报上，不要填个人手机号。"),
    )
    office_hours = _line(
        _l("什么时候可以打"), _l("请填写可以打电话的时间。"), help=_l("如“周一到周五 9:00 到 17:00”。")
    )

    @classmethod
    def new(cls) -> "CallForm":
        """An empty one, with the id of what it will make."""
        return cls(data={"id": str(uuid4())})

    @classmethod
    def of(cls, call: VolunteerCall) -> "CallForm":
        """What a call says now."""
        return cls(data={name: getattr(call, name) for name in (*FIELDS, "revision")})

    @property
    def new_id(self) -> UUID:
        """The id of the call it makes."""
        return record_id(self.id.data) or uuid4()

    @property
    def seen(self) -> int:
        """The revision it was opened on."""
        return revision(self.revision.data)

    @property
    def given(self) -> Given:
        """What was filled in."""
        return Given(**{name: self[name].data for name in FIELDS})


class CloseForm(Form):
    """How many came forward."""

    came_forward = WholeNumber(
        _l("一共多少人报名"),
        [Required(_l("请填写人数，没有人报名填 0。"))],
        description=_l("只填人数，不登记姓名。"),
    )
