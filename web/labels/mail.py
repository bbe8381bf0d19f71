"""Words for mail and for reminders of what is due."""

from flask_babel import lazy_gettext as _l

from models.clocks.reminder import ReminderKind

LABELS = {
    ReminderKind: {
        ReminderKind.TENDER_NEW: _l("新的采购项目"),
        ReminderKind.TENDER_CLOSES_SOON: _l("五天内截止投标"),
        ReminderKind.TENDER_CLOSES_NEXT: _l("一天内截止投标"),
        ReminderKind.TENDER_RESULT: _l("采购结果"),
        ReminderKind.OPENING_DUE: _l("该开标了"),
        ReminderKind.DECISION_DUE: _l("该确定成交人了"),
        ReminderKind.NOTICE_DUE: _l("该发结果公告了"),
        ReminderKind.SIGNING_DUE: _l("该签合同了"),
        ReminderKind.PUBLICATION_DUE: _l("该公告合同了"),
        ReminderKind.FILING_DUE: _l("该备案合同了"),
        ReminderKind.CHALLENGE_REPLY_DUE: _l("该答复质疑了"),
        ReminderKind.PAYMENT_DUE: _l("该付款了"),
    },
}

SENTENCES = {
    "email_wrong": _l("这个邮箱地址不对，请填写如 name@example.org 的地址。"),
}

MESSAGES = {
    "tender_new": _l("有新的采购项目适合你们的服务：%(title)s（%(reference)s），%(until)s 截止投标。"),
    "tender_closes_soon": _l("%(title)s（%(reference)s）五天内截止投标：%(until)s。"),
    "tender_closes_next": _l("%(title)s（%(reference)s）一天内截止投标：%(until)s。过时不能再投。"),
    "tender_result": _l("%(title)s（%(reference)s）有了结果，请查看。"),
    "opening_due": _l("%(title)s（%(reference)s）已截止投标，请和同事一起开标。"),
    "decision_due": _l("%(title)s（%(reference)s）的评审报告已送到，请在 %(day)s 之前（含当天）确定成交人。"),
    "notice_due": _l("%(title)s（%(reference)s）已确定成交人，请在 %(day)s 之前（含当天）发结果公告。"),
    "signing_due": _l("%(title)s（%(reference)s）的合同请在 %(day)s 之前（含当天）签好。"),
    "publication_due": _l("%(title)s（%(reference)s）的合同已签，请在 %(day)s 之前（含当天）公告。"),
    "filing_due": _l("%(title)s（%(reference)s）的合同已签，请在 %(day)s 之前（含当天）备案。"),
    "challenge_reply_due": _l("%(title)s（%(reference)s）有一件质疑，请在 %(day)s 之前（含当天）答复。"),
    "payment_due": _l("%(title)s（%(reference)s）有一张发票，请在 %(day)s 之前（含当天）付款。"),
}

ACTIONS = {
    "person.set_mail": _l("修改了邮件提醒"),
}
