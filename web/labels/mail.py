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
        ReminderKind.EVALUATION_DUE: _l("评估该交初稿了"),
        ReminderKind.EVALUATION_OVERDUE: _l("评估逾期了"),
        ReminderKind.EVALUATION_UNDRAWN: _l("该抽取评估机构了"),
        ReminderKind.ANSWER_DUE: _l("该答复评估初稿了"),
        ReminderKind.ANSWER_OVER: _l("评估初稿的答复期已过"),
        ReminderKind.RESCORE_WAITS: _l("复评等您提交"),
        ReminderKind.SURVEY_CLOSES: _l("居民评价快结束，回答太少"),
        ReminderKind.SURVEY_UNPUBLISHED: _l("居民评价结果快要自动公开"),
        ReminderKind.SUSPENSION_APPEAL_WAITS: _l("有评估机构申诉等您处理"),
        ReminderKind.FINDINGS_DUE: _l("该出具问题清单了"),
        ReminderKind.PLAN_DUE: _l("该交整改方案了"),
        ReminderKind.MENDING_DUE: _l("该完成整改了"),
        ReminderKind.RECHECK_DUE: _l("该复查整改了"),
        ReminderKind.RATING_OPEN: _l("可以互评了"),
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
    "decision_due": _l("%(title)s（%(reference)s）的评审报告已送到，请在 %(day)s前（含当天）确定成交人。"),
    "notice_due": _l("%(title)s（%(reference)s）已确定成交人，请在 %(day)s前（含当天）发结果公告。"),
    "signing_due": _l("%(title)s（%(reference)s）的合同请在 %(day)s前（含当天）签好。"),
    "publication_due": _l("%(title)s（%(reference)s）的合同已签，请在 %(day)s前（含当天）公告。"),
    "filing_due": _l("%(title)s（%(reference)s）的合同已签，请在 %(day)s前（含当天）备案。"),
    "challenge_reply_due": _l("%(title)s（%(reference)s）有一件质疑，请在 %(day)s前（含当天）答复。"),
    "payment_due": _l("%(title)s（%(reference)s）有一张发票，请在 %(day)s前（含当天）付款。"),
    "evaluation_due": _l("%(title)s（%(reference)s）的评估请在 %(day)s前（含当天）交出报告初稿。"),
    "evaluation_overdue": _l("%(title)s（%(reference)s）的评估逾期：报告初稿应在 %(day)s前（含当天）交出。"),
    "evaluation_undrawn": _l(
        "%(title)s（%(reference)s）已到评估时间，还没有可以开始的评估机构，请尽快抽取或催其申报。"
        "评估应在 %(day)s前（含当天）交出初稿。"
    ),
    "answer_due": _l(
        "%(title)s（%(reference)s）的评估报告初稿请在 %(day)s前（含当天）答复，过时视为没有意见。"
    ),
    "answer_over": _l(
        "%(title)s（%(reference)s）的答复期已在 %(day)s 结束，机构没有说答复完毕，现在可以定稿。"
    ),
    "rescore_waits": _l("%(title)s（%(reference)s）的复评还没有提交，结果要等您的复评才能公开，请尽快提交。"),
    "survey_unpublished": _l(
        "%(title)s 的居民评价 %(reference)s 已经结束，结果还没有公开。"
        "请在 %(day)s前公开；过了这一天会自动公开。"
    ),
    "survey_closes": _l(
        "%(title)s（%(reference)s）的居民评价 %(day)s 结束，"
        "%(size)s 人中只有 %(answered)s 人回答，回答太少不能评级。请再联系居民，或延长时间。"
    ),
    "suspension_appeal_waits": _l("%(agency)s对暂停提出申诉，请由没有作出暂停决定的人处理。"),
    "findings_due": _l("%(title)s（%(reference)s）的评估报告已定稿，请在 %(day)s前（含当天）出具问题清单。"),
    "plan_due": _l("%(title)s（%(reference)s）的整改方案请在 %(day)s前（含当天）提交。"),
    "mending_due": _l("%(title)s（%(reference)s）的整改请在 %(day)s前（含当天）完成并报告。"),
    "recheck_due": _l("%(title)s（%(reference)s）的整改已报告完成，请在 %(day)s前（含当天）复查。"),
    "rating_open": _l(
        "合同 %(reference)s（%(title)s）可以互评了。"
        "各方都评完，或从第一份评价起满 14 天，就一起公开，之后不能再评。"
    ),
}

ACTIONS = {
    "person.set_mail": _l("修改了邮件提醒"),
}
