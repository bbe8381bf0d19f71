"""What is to be done, as a calendar says it: a reminder says that it is time."""

from flask_babel import lazy_gettext as _l

from models.clocks.reminder import ReminderKind

WHAT = {
    ReminderKind.OPENING_DUE: _l("开启投标文件"),
    ReminderKind.DECISION_DUE: _l("确定成交人"),
    ReminderKind.NOTICE_DUE: _l("发结果公告"),
    ReminderKind.SIGNING_DUE: _l("双方签好合同"),
    ReminderKind.PUBLICATION_DUE: _l("公告签好的合同"),
    ReminderKind.FILING_DUE: _l("备案合同"),
    ReminderKind.CHALLENGE_REPLY_DUE: _l("书面答复质疑"),
    ReminderKind.PAYMENT_DUE: _l("付清这一笔款"),
    ReminderKind.EVALUATION_DUE: _l("评估机构交初稿"),
    ReminderKind.ANSWER_DUE: _l("承接机构答复评估初稿"),
    ReminderKind.FINDINGS_DUE: _l("评估机构出具问题清单"),
    ReminderKind.PLAN_DUE: _l("承接机构交整改方案"),
    ReminderKind.MENDING_DUE: _l("承接机构完成整改"),
    ReminderKind.RECHECK_DUE: _l("评估机构复查整改"),
}


def what(kind: ReminderKind) -> str:
    """The words of a clock."""
    return str(WHAT[kind])
