"""Words for findings, rectifications and consequences: phases, clocks, refusals, messages, what happened."""

from flask_babel import lazy_gettext as _l

from models.rectifications.consequence import ConsequenceKind, ConsequencePhase
from models.rectifications.escalation import StepKind
from models.rectifications.proposing import Cause
from models.rectifications.rectification import RectificationPhase, Severity
from models.rectifications.todo import TaskKind

LABELS = {
    Severity: {
        Severity.MINOR: _l("轻微"),
        Severity.SERIOUS: _l("较重"),
        Severity.GRAVE: _l("严重"),
    },
    Cause: {
        Cause.VETO: _l("一票否决"),
        Cause.NO_EVIDENCE: _l("没有证据"),
        Cause.LOW: _l("不到六成"),
    },
    RectificationPhase: {
        RectificationPhase.ISSUED: _l("待交整改方案"),
        RectificationPhase.PLANNED: _l("整改中"),
        RectificationPhase.DONE: _l("待复查"),
        RectificationPhase.FAILED: _l("待交第二次方案"),
        RectificationPhase.REPLANNED: _l("第二次整改中"),
        RectificationPhase.REDONE: _l("待第二次复查"),
        RectificationPhase.UNMENDED: _l("待采购人决定"),
        RectificationPhase.PASSED: _l("已改好"),
        RectificationPhase.CONCLUDED: _l("未改好，已结束"),
    },
    StepKind: {
        StepKind.FINDINGS: _l("出具问题清单"),
        StepKind.PLAN: _l("交整改方案"),
        StepKind.MENDING: _l("完成整改"),
        StepKind.RECHECK: _l("复查"),
        StepKind.SECOND_PLAN: _l("交第二次整改方案"),
        StepKind.SECOND_MENDING: _l("完成第二次整改"),
        StepKind.SECOND_RECHECK: _l("第二次复查"),
    },
    TaskKind: {
        TaskKind.ISSUE: _l("出具问题清单"),
        TaskKind.PLAN: _l("交整改方案"),
        TaskKind.REPORT: _l("完成整改并报告"),
        TaskKind.RECHECK: _l("复查整改"),
        TaskKind.CHASE: _l("督促逾期的整改"),
        TaskKind.CONCLUDE: _l("决定没有改好的怎么办"),
        TaskKind.REVIEW: _l("决定申诉"),
        TaskKind.TERMINATE: _l("按决定终止合同"),
    },
    ConsequenceKind: {
        ConsequenceKind.PRAISE: _l("表扬"),
        ConsequenceKind.REMINDER: _l("提醒"),
        ConsequenceKind.INTERVIEW: _l("约谈"),
        ConsequenceKind.REDUCED_PAYMENT: _l("按合同扣减款项"),
        ConsequenceKind.TERMINATION: _l("终止合同"),
        ConsequenceKind.REGISTRAR_REPORT: _l("报告登记管理机关"),
    },
    ConsequencePhase: {
        ConsequencePhase.STANDING: _l("已决定"),
        ConsequencePhase.FINAL: _l("已生效"),
        ConsequencePhase.APPEALED: _l("申诉中"),
        ConsequencePhase.CONFIRMED: _l("申诉后维持"),
        ConsequencePhase.LIFTED: _l("申诉后撤销"),
    },
}

SENTENCES = {
    "praise_not_appealed": _l("表扬不需要申诉。"),
    "evaluation_not_final": _l("评估报告还没有定稿，定稿之后才能做这一步。"),
    "findings_issued_before": _l("这份报告的问题清单已经出具过。"),
    "findings_missing": _l("请至少写一个问题。没有问题，请点“没有要整改的问题”。"),
    "findings_too_many": _l("一份清单最多 %(most)s 个问题，请把同类的合并。"),
    "plan_incomplete": _l("第 %(number)s 个问题还没有写怎么改，请逐条写完。"),
    "plan_day": _l("第 %(number)s 个问题的完成日期应在 %(first)s 到 %(last)s 之间。"),
    "recheck_incomplete": _l("还有问题没有写复查结论，请逐条写完。"),
    "recheck_file_missing": _l("第 %(number)s 个问题没有附材料。请附上看到的照片或文件。"),
    "rectification_runs": _l("现在还不到采购人决定的时候：机构的期限没有过，或者在等评估机构复查。"),
    "consequence_terms_missing": _l("请写明依据合同的哪一条。"),
    "reduction_amount": _l("请填写扣减的金额，要大于 0，最多两位小数。"),
    "reduction_above_unpaid": _l("扣减不能超过还没有付的款，现在最多 %(most)s 元。"),
    "reduction_paid": _l("这一期已经付款，请选还没有付的一期。"),
    "appeal_period_over": _l("申诉期已过，决定已经生效。"),
    "termination_decided": _l("已经决定终止这份合同，不用再作一次决定。"),
    "payment_amount": _l("请填写付款金额，应付 %(due)s 元。"),
    "payment_above_due": _l("这一期应付 %(due)s 元，不能多付。"),
    "payment_below_due": _l("这一期应付 %(due)s 元，要一次付清；没有付清的先不要登记。"),
    "another_reviews": _l("申诉要由作出决定的人以外的人来决定，请转给同事。"),
}

MESSAGES = {
    "findings_issued": _l("评估发现 %(count)s 个问题（%(reference)s），请在 %(day)s前交整改方案。"),
    "nothing_to_mend": _l("评估没有发现要整改的问题（%(reference)s）。"),
    "rectification_planned": _l("%(reference)s 的整改方案已提交，预计 %(day)s前改完。"),
    "rectification_done": _l("%(reference)s 已报告整改完成，请在 %(day)s前复查。"),
    "rectification_failed": _l("%(reference)s 复查没有全部通过，请机构在 %(day)s前交第二次整改方案。"),
    "rectification_unmended": _l("%(reference)s 第二次复查仍没有全部通过，由采购人决定怎么处理。"),
    "rectification_shown": _l("“%(title)s”的整改结果出来了（%(reference)s），请看。"),
    "overdue_findings": _l("合同 %(reference)s（%(title)s）逾期：评估机构应在 %(day)s前出具问题清单。"),
    "overdue_plan": _l("合同 %(reference)s（%(title)s）逾期：机构应在 %(day)s前交整改方案。"),
    "overdue_mending": _l("合同 %(reference)s（%(title)s）逾期：机构应在 %(day)s前完成整改。"),
    "overdue_recheck": _l("合同 %(reference)s（%(title)s）逾期：评估机构应在 %(day)s前复查。"),
    "overdue_second_plan": _l("合同 %(reference)s（%(title)s）逾期：机构应在 %(day)s前交第二次整改方案。"),
    "overdue_second_mending": _l("合同 %(reference)s（%(title)s）逾期：机构应在 %(day)s前完成第二次整改。"),
    "overdue_second_recheck": _l("合同 %(reference)s（%(title)s）逾期：评估机构应在 %(day)s前第二次复查。"),
    "consequence_decided": _l(
        "合同 %(reference)s 评估之后有一项处理决定，请看理由；不同意的，请在决定里写的日期前申诉。"
    ),
    "consequence_reported": _l("合同 %(reference)s 的评估情况已报告登记管理机关，请看。"),
    "consequence_appealed": _l("合同 %(reference)s 的处理决定有申诉，请由另一个人决定。"),
    "consequence_reviewed": _l("合同 %(reference)s 的申诉有了决定，请看。"),
}

ACTIONS = {
    "rectification.issue": _l("出具了问题清单"),
    "rectification.clear": _l("写明没有要整改的问题"),
    "rectification.plan": _l("提交了整改方案"),
    "rectification.report": _l("报告整改已完成"),
    "rectification.fail": _l("复查，没有全部通过"),
    "rectification.replan": _l("提交了第二次整改方案"),
    "rectification.report_again": _l("报告第二次整改完成"),
    "rectification.fail_again": _l("第二次复查，没有全部通过"),
    "rectification.mend": _l("复查，全部通过"),
    "rectification.conclude": _l("结束了没有改好的整改"),
    "consequence.decide": _l("作出了处理决定"),
    "consequence.appeal": _l("提出了申诉"),
    "consequence.confirm": _l("维持了处理决定"),
    "consequence.lift": _l("撤销了处理决定"),
}
