"""Words for awards, challenges and contracts: phases, clocks, refusals, messages, what happened."""

from flask_babel import lazy_gettext as _l

from models.contracts.award import AwardPhase, PassingGround, TieBreak
from models.contracts.challenge import ChallengePhase, ChallengeStage, ReplayStep
from models.contracts.clocks import ClockKind
from models.contracts.contract import ContractPhase, MilestonePhase
from models.contracts.todo import TaskKind

LABELS = {
    AwardPhase: {
        AwardPhase.PENDING: _l("已确定，待公告"),
        AwardPhase.NOTICED: _l("公告期内"),
        AwardPhase.ACTIVE: _l("已生效"),
        AwardPhase.CANCELLED: _l("已撤销"),
    },
    PassingGround: {
        PassingGround.DECLINED: _l("排在前面的供应商放弃"),
        PassingGround.CANNOT_PERFORM: _l("排在前面的供应商因不可抗力不能履约"),
        PassingGround.NO_CONTRACT: _l("排在前面的供应商不按规定签订合同"),
        PassingGround.UNLAWFUL: _l("查实排在前面的供应商有影响结果的违法行为"),
    },
    TieBreak: {
        TieBreak.DOCUMENT_RULE: _l("按采购文件写明的办法"),
        TieBreak.DRAW: _l("随机抽取"),
    },
    ChallengeStage: {
        ChallengeStage.DOCUMENTS: _l("采购文件"),
        ChallengeStage.PROCEDURE: _l("采购过程"),
        ChallengeStage.RESULT: _l("采购结果"),
    },
    ReplayStep: {
        ReplayStep.QUALIFICATION: _l("从资格和符合性审查重新开始"),
        ReplayStep.MARKING: _l("从评分重新开始"),
        ReplayStep.LOW_PRICE: _l("从低价审查重新开始"),
        ReplayStep.RANKING: _l("只重新排名"),
        ReplayStep.PANEL: _l("另抽评审小组，重新评审"),
    },
    ChallengePhase: {
        ChallengePhase.FILED: _l("等候答复"),
        ChallengePhase.UPHELD: _l("质疑成立"),
        ChallengePhase.REJECTED: _l("质疑不成立"),
        ChallengePhase.WITHDRAWN: _l("已撤回"),
    },
    ClockKind: {
        ClockKind.DECISION: _l("确定结果"),
        ClockKind.NOTICE: _l("公告结果"),
        ClockKind.CHALLENGE: _l("可以质疑"),
        ClockKind.REPLY: _l("答复质疑"),
        ClockKind.COMPLAINT: _l("可以投诉"),
        ClockKind.SIGNING: _l("签订合同"),
        ClockKind.PUBLICATION: _l("公告合同"),
        ClockKind.FILING: _l("合同备案"),
        ClockKind.DELIVERY: _l("交付这一期"),
        ClockKind.PAYMENT: _l("付款"),
    },
    ContractPhase: {
        ContractPhase.PENDING: _l("待采购人签署"),
        ContractPhase.SIGNING: _l("待供应商签署"),
        ContractPhase.ACTIVE: _l("履行中"),
        ContractPhase.COMPLETE: _l("已完成"),
        ContractPhase.TERMINATED: _l("已终止"),
    },
    MilestonePhase: {
        MilestonePhase.SCHEDULED: _l("未到报告"),
        MilestonePhase.REPORTED: _l("待验收"),
        MilestonePhase.RETURNED: _l("退回补充"),
        MilestonePhase.ACCEPTED: _l("已验收，待开票"),
        MilestonePhase.INVOICED: _l("已开票，待付款"),
        MilestonePhase.PAID: _l("已付款"),
    },
    TaskKind: {
        TaskKind.DECIDE: _l("确定采购结果"),
        TaskKind.NOTICE: _l("公告采购结果"),
        TaskKind.MAKE: _l("拟订合同"),
        TaskKind.SIGN: _l("签署合同"),
        TaskKind.COUNTERSIGN: _l("签署合同"),
        TaskKind.REPLY: _l("答复质疑"),
        TaskKind.PUBLISH: _l("公告这份合同"),
        TaskKind.FILE: _l("备案这份合同"),
        TaskKind.ACCEPT: _l("验收这一期"),
        TaskKind.PAY: _l("支付这一期"),
        TaskKind.REPORT: _l("报告这一期"),
        TaskKind.INVOICE: _l("开票"),
        TaskKind.AGREE: _l("确认合同变更"),
    },
}

SENTENCES = {
    # Awards
    "tender_not_reported": _l("评审报告还没有提交，或者项目已经结束，现在不能确定结果。"),
    "lot_ended": _l("这一包已经取消或失败，不能确定结果。"),
    "award_stands": _l("这一包已经确定了结果。要改变，请先撤销原来的结果并写明原因。"),
    "award_cancelled": _l("这一结果已经撤销，不能据此签订合同。"),
    "ranking_missing": _l("这一包现在没有有效的排名，请先由评审小组重新排名。"),
    "rank_unknown": _l("没有这个名次。无效的、没有名次的投标不能成为中标人。"),
    "passing_ground_missing": _l("不选第一名，要选明依据（财政部令第87号第70条、第71条）。"),
    "equal_unknown": _l("所选的投标不在并列者之中。"),
    "tie_undecided": _l("这个名次有几家并列：按采购文件写明的办法选定一家，或者随机抽取（R28）。"),
    "notice_day_outside": _l("公告日期应在 %(first)s 到 %(last)s 之间。"),
    "contract_in_force": _l("合同已经生效，不能再撤销结果。要结束，请终止合同并写明原因。"),
    # Challenges and complaints
    "challenge_not_statutory": _l(
        "限额以下的比选不适用政府采购法的质疑程序（R20）。请直接向采购人提出意见。"
    ),
    "challenge_not_yet": _l("这一环节还没有结束，现在不能质疑。"),
    "challenge_too_late": _l(
        "质疑期已过：最后一天是 %(until)s（%(rule)s：七个工作日）。仍可依法向有关部门反映。"
    ),
    "challenger_did_not_bid": _l("只有参加了这个项目的供应商，才能质疑采购过程和结果。"),
    "challenge_needs_lot": _l("您参加了几个包，请选明质疑哪一包。"),
    "challenge_once_per_step": _l(
        "对同一环节的质疑须一次提出，您已经提出过 %(reference)s（财政部令第94号第10条）。"
    ),
    "replay_without_panel": _l("这个项目现在没有评审小组，不用另抽。请选别的步骤。"),
    "replay_step_missing": _l("质疑成立，请选明从哪一步重新开始。"),
    "complaint_before_reply": _l("答复之后，或者逾期没有答复，才能投诉（R59）。"),
    "complaint_recorded": _l("这件质疑的投诉已经登记过。"),
    "complaint_day": _l("投诉日期应在 %(first)s 到 %(last)s 之间。"),
    "complaint_too_late": _l("投诉期已过：最后一天是 %(until)s（%(rule)s：十五个工作日）。"),
    "complaint_beyond_points": _l("投诉不能超出质疑的事项（%(rule)s）。超出的部分请退回。"),
    "complaint_decided": _l("这件投诉的处理决定已经登记过。"),
    "suspension_too_long": _l("暂停最长三十日，最后一天是 %(last)s（%(rule)s）。"),
    "signing_suspended": _l("质疑 %(reference)s 还没有处理完，合同暂停签订（政府采购法实施条例第54条）。"),
    # Contracts
    "contract_made": _l("这一结果的合同已经拟订。"),
    "milestones_missing": _l("采购文件里没有写付款的期次，不能拟订合同。"),
    "price_too_small_to_split": _l("成交金额太小，分不到每一期。"),
    "contract_period": _l("结束日期不能早于开始日期。"),
    "contract_signed": _l("合同已经有一方签署，不能再改条款。请用合同变更。"),
    "contract_changed_meanwhile": _l("您打开页面之后，别人改过这份合同。请刷新后再改。"),
    "notice_still_runs": _l("结果公告期还没有满，公告期满之后才能签署（R33）。"),
    "purchaser_signs_first": _l("请等采购人先签署。"),
    "contract_not_in_force": _l("合同没有生效或者已经结束，不能做这一步。"),
    "contract_published": _l("这份合同已经公告过。"),
    "contract_filed": _l("这份合同已经备案过。"),
    "users_asked": _l("验收要有服务对象参加：请填写问了多少人，1 到 %(most)s（%(rule)s）。"),
    "users_satisfied": _l("满意的人数应在 0 到 %(asked)s 之间。"),
    "change_amount": _l("金额最多两位小数。"),
    "change_above_tenth": _l(
        "追加的金额合计不能超过原合同金额的 10%%，现在最多还能追加 %(most)s 元（%(rule)s）。"
    ),
    "change_takes_too_much": _l("减少的金额要小于最后一期的 %(most)s 元。"),
    "change_waits": _l("还有一处变更在等供应商确认，请等确认之后再提。"),
    "change_agreed": _l("这处变更已经确认过。"),
    "nothing_left_to_change": _l("各期都已验收，不能再改金额。"),
    "worker_day": _l("接替的日期应在 %(first)s 之后、%(last)s 之前（含当天）。"),
    "worker_replaced": _l("这名社工已经有人接替。"),
}

MESSAGES = {
    "award_won": _l("您在 %(reference)s（%(lot)s）中标。请看通知，并准备签订合同。"),
    "award_letter": _l("%(reference)s（%(lot)s）的结果已公告。请看您自己的得分和名次。"),
    "award_cancelled": _l("%(reference)s（%(lot)s）的结果已撤销，请留意后续公告。"),
    "challenge_filed": _l("收到质疑 %(reference)s（项目 %(tender)s），请在 %(day)s前答复。"),
    "challenge_upheld": _l("您的质疑 %(reference)s 成立，请看答复。"),
    "challenge_rejected": _l("您的质疑 %(reference)s 不成立，请看答复和投诉的期限。"),
    "challenge_withdrawn": _l("质疑 %(reference)s 已撤回。"),
    "complaint_recorded": _l("质疑 %(reference)s 的投诉已登记。"),
    "complaint_decided": _l("质疑 %(reference)s 的投诉有了处理决定。"),
    "contract_made": _l("合同 %(reference)s 已拟订，请核对。"),
    "contract_to_countersign": _l("采购人已签署合同 %(reference)s，请签署。"),
    "contract_in_force": _l("合同 %(reference)s 双方已签署。请按期公告、备案。"),
    "contract_change_proposed": _l("合同 %(reference)s 有一处变更，请确认。"),
    "contract_change_agreed": _l("合同 %(reference)s 的变更已由供应商确认。"),
    "contract_worker_replaced": _l("合同 %(reference)s 的社工有接替。"),
    "contract_terminated": _l("合同 %(reference)s 已终止，请看原因。"),
    "milestone_reported": _l("合同 %(reference)s 的“%(milestone)s”已报告，请验收。"),
    "milestone_returned": _l("合同 %(reference)s 的“%(milestone)s”被退回，请看要补充什么。"),
    "milestone_accepted": _l("合同 %(reference)s 的“%(milestone)s”已验收，可以开票。"),
    "milestone_invoiced": _l("合同 %(reference)s 的“%(milestone)s”已开票，请在 %(day)s前付款。"),
    "milestone_paid": _l("合同 %(reference)s 的“%(milestone)s”已付款。"),
}

ACTIONS = {
    "award.decide": _l("确定了结果"),
    "award.notice": _l("公告了结果"),
    "award.withdraw": _l("撤销了结果"),
    "award.overturn": _l("因质疑或投诉成立撤销了结果"),
    "ranking.supersede": _l("因质疑或投诉成立作废了排名"),
    "challenge.file": _l("提出了质疑"),
    "challenge.uphold": _l("认定质疑成立"),
    "challenge.reject": _l("认定质疑不成立"),
    "challenge.withdraw": _l("撤回了质疑"),
    "challenge.complain": _l("登记了投诉"),
    "challenge.decide_complaint": _l("登记了投诉处理决定"),
    "contract.make": _l("拟订了合同"),
    "contract.write": _l("修改了合同条款"),
    "contract.sign": _l("签署了合同"),
    "contract.countersign": _l("签署了合同，合同生效"),
    "contract.publish": _l("公告了合同"),
    "contract.file": _l("备案了合同"),
    "contract.change": _l("提出了合同变更"),
    "contract.agree": _l("确认了合同变更"),
    "contract.replace_worker": _l("更换了社工"),
    "contract.complete": _l("付清各期，合同完成"),
    "contract.terminate": _l("终止了合同"),
    "contract.void": _l("因结果撤销终止了合同"),
    "contract_milestone.report": _l("报告了一期成果"),
    "contract_milestone.return": _l("退回了一期报告"),
    "contract_milestone.accept": _l("验收了一期"),
    "contract_milestone.invoice": _l("开出了发票"),
    "contract_milestone.pay": _l("付了款"),
}
