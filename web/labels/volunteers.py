"""Words for calls for volunteers: phases, refusals, what happened."""

from flask_babel import lazy_gettext as _l

from models.volunteers.call import CallPhase

LABELS = {
    CallPhase: {
        CallPhase.OPEN: _l("正在招募"),
        CallPhase.CLOSED: _l("招募已结束"),
    },
}

SENTENCES = {
    "call_need_not_open": _l("需求公开之后、办结之前，才能为它招募志愿者。"),
    "call_closed": _l("这次招募已经结束，不能再改。需要的话请另发一次。"),
    "call_words_missing": _l("这一项不能空着。"),
    "call_telephone": _l("请填写办公电话，如 021-5550 1234，不要填个人手机号。"),
    "call_people": _l("招募人数应在 1 到 %(most)s 之间。"),
    "call_ends_on": _l("截止日期应在 %(first)s 到 %(last)s 之间。"),
    "call_came_forward": _l("报名人数应在 0 到 %(most)s 之间。"),
}

ACTIONS = {
    "volunteer_call.post": _l("发布了志愿者招募"),
    "volunteer_call.edit": _l("修改了志愿者招募"),
    "volunteer_call.close": _l("结束了志愿者招募"),
}
