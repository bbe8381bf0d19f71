"""Words for evaluation agencies and their supervision: grounds, phases, refusals, messages, what happened."""

from flask_babel import lazy_gettext as _l

from models.agencies.agency import QualificationKind
from models.agencies.assignment import AssignmentKind
from models.agencies.ground import Ground
from models.agencies.suspension import SuspensionPhase
from models.agencies.todo import TaskKind

LABELS = {
    QualificationKind: {
        QualificationKind.LEGAL_BODY: _l("独立法人"),
        QualificationKind.STAFF: _l("专业人员"),
        QualificationKind.INTERNAL_CONTROL: _l("内部管理制度"),
        QualificationKind.CLEAN_RECORD: _l("三年内没有重大违法记录"),
        QualificationKind.EXPERIENCE: _l("评估经验"),
    },
    AssignmentKind: {
        AssignmentKind.PRIMARY: _l("首次评估"),
        AssignmentKind.RESCORE: _l("复评"),
    },
    Ground: {
        Ground.PAID_WORK: _l("为承接机构做过有偿的工作"),
        Ground.NEEDS_ASSESSMENT: _l("做过这个项目的需求调研或采购需求编制"),
        Ground.INCUBATION: _l("孵化、培育过承接机构"),
        Ground.SUPERVISION: _l("督导、监理过承接机构的项目"),
        Ground.EMPLOYMENT: _l("人员有劳动关系"),
        Ground.BOARD: _l("人员担任理事、监事"),
        Ground.CONTROL: _l("有控股或实际控制关系"),
        Ground.KINSHIP: _l("人员有亲属关系"),
        Ground.OTHER_INTEREST: _l("有其他利害关系"),
        Ground.PARTY: _l("就是承接机构或联合体成员"),
        Ground.DEALING: _l("与承接机构有联合或分包"),
        Ground.CONSECUTIVE: _l("连续评估同一承接机构已满次数"),
        Ground.STREET: _l("在这个街道评估已满年限"),
        Ground.SUSPENDED: _l("暂停抽取期间"),
        Ground.ON_LIST: _l("列入名录"),
        Ground.UNQUALIFIED: _l("缺少必要的资质"),
        Ground.UNREACHABLE: _l("没有可以登录的评估人员"),
        Ground.ASSIGNED: _l("已经承担或退出过这个项目"),
    },
    SuspensionPhase: {
        SuspensionPhase.IMPOSED: _l("已暂停"),
        SuspensionPhase.APPEALED: _l("申诉待处理"),
        SuspensionPhase.UPHELD: _l("申诉后维持"),
        SuspensionPhase.LIFTED: _l("已解除"),
    },
    TaskKind: {
        TaskKind.DRAW_AGAIN: _l("重新抽取评估机构"),
        TaskKind.CONFLICT: _l("处理评估机构的利害关系"),
        TaskKind.APPEAL: _l("处理暂停的申诉"),
        TaskKind.DECLARE: _l("申报利害关系"),
    },
}

SENTENCES = {
    # The list
    "agency_on_list": _l("这家机构已经在名单上。"),
    "agency_has_left": _l("这家机构已经移出名单。"),
    "qualification_ends_before_it_began": _l("到期日应晚于生效日。"),
    "agency_tied_to_itself": _l("不用登记机构与自己的关系。"),
    "tie_kind_unknown": _l("请选择是什么关系。"),
    # Suspension
    "suspension_without_time": _l("暂停至少到明天，请填写以后的日期。"),
    "suspension_over": _l("暂停已经结束或解除，不用再申诉。"),
    "suspension_not_appealed": _l("机构还没有申诉，没有要处理的。"),
    "suspension_own_decision": _l("申诉由别人处理：作出暂停的人不能决定对它的申诉。"),
    "suspension_appealed_already": _l("机构已经申诉，请由另一人处理申诉。"),
    # Rotation
    "rotation_in_past": _l("新的规则从今天或以后起算，不改变已经抽取的结果。"),
    "rotation_out_of_range": _l("请填写 1 到 %(most)s 的整数。"),
    "rotation_not_a_share": _l("请填写大于 0、不超过 100 的数。"),
    # The draw
    "draw_before_contract": _l("双方签署合同之后才能抽取评估机构。"),
    "agency_is_drawn": _l("这份合同已经有评估机构。要换，请先写明原因请它回避。"),
    "agency_pool_exhausted": _l("名单已经用完：抽到过 %(drawn)s 家，没有别的可以抽了。请先补充名单。"),
    "agency_none_free": _l("名单上 %(listed)s 家机构都不能抽，原因见下面的清单。"),
    "assignment_recused": _l("这家机构已经回避，不再承担这个项目。"),
    "assignment_declared": _l("已经申报过了。情况有变化的，请写明原因回避。"),
    "declaration_incomplete": _l("每一个问题都要回答。"),
    "answer_without_words": _l("回答“有”的，请写明情况：%(ground)s。"),
    "agency_is_tied": _l(
        "贵机构与这个项目的承接机构有利害关系，不能打开（%(ground)s）。请告诉采购人，由他们另抽一家。"
    ),
    # The fee
    "engagement_agreed": _l("委托合同已经登记，费用定下之后不再改变。"),
    "engagement_paid": _l("已经登记过付款。"),
    "engagement_day": _l("日期应在 %(first)s 到 %(last)s 之间。"),
    "fee_out_of_range": _l("费用应大于 0，不超过 %(most)s 元。"),
    # The sample
    "sample_of_a_district": _l("复评样本按区抽取。"),
}

MESSAGES = {
    "agency_drawn": _l("贵机构被抽中评估合同 %(reference)s，请先申报利害关系。"),
    "agency_suspended": _l("贵机构被暂停抽取，到 %(day)s 为止。可以申诉。"),
    "suspension_appealed": _l("%(agency)s对暂停提出申诉，请由另一人处理。"),
    "suspension_decided": _l("对贵机构的暂停有了决定。"),
}

ACTIONS = {
    "agency.add": _l("列入评估机构名单"),
    "agency.describe": _l("修改了说明"),
    "agency.leave": _l("移出名单"),
    "agency.qualify": _l("登记了资质"),
    "agency.tie": _l("登记了利害关系"),
    "agency.end_tie": _l("登记了利害关系的结束"),
    "agency.suspend": _l("暂停抽取"),
    "agency_suspension.appeal": _l("提出申诉"),
    "agency_suspension.uphold": _l("维持暂停"),
    "agency_suspension.lift": _l("解除暂停"),
    "agency_draw.begin": _l("固定了评估机构名单，产生了随机种子"),
    "agency_draw.draw": _l("抽取了评估机构"),
    "assignment.declare": _l("申报了利害关系"),
    "assignment.recuse": _l("回避"),
    "engagement.agree": _l("登记了委托合同和费用"),
    "engagement.pay": _l("登记了费用支付"),
    "rotation_rule.set": _l("制定了轮换规则"),
    "rescore_sample.begin": _l("开始了半年的复评样本"),
    "rescore_sample.list": _l("列入复评样本的名单"),
}
