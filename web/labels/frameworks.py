"""Words for framework agreements: who chose, refusals, messages, what happened."""

from flask_babel import lazy_gettext as _l

from models.frameworks.agreement import AgreementPhase, ChosenBy

LABELS = {
    AgreementPhase: {
        AgreementPhase.STANDING: _l("有效"),
        AgreementPhase.ENDED: _l("已终止"),
    },
    ChosenBy: {
        ChosenBy.USERS: _l("服务对象选定"),
        ChosenBy.PURCHASER: _l("采购人选定"),
    },
}

SENTENCES = {
    "framework_above_budget": _l("合计 %(amount)s 元，超过这条需求的预算 %(most)s 元。"),
    "framework_all_equal": _l("各家并列，淘汰不出至少一家，不能订立框架协议（规则 %(rule)s）。"),
    "framework_elsewhere": _l("您的单位不在这个框架协议的采购人之下，不能从它采购。"),
    "framework_ends_early": _l("截止日期要晚于开始日期。"),
    "framework_few_valid": _l("合格的不足 %(least)s 家，不能订立框架协议（规则 %(rule)s）。"),
    "framework_is_agreed": _l("框架协议项目不单独确定成交，请订立框架协议，再从它采购。"),
    "framework_not_live": _l("这个框架协议现在不能采购：还没开始、已经到期，或者已经终止。"),
    "framework_other_method": _l("只有按“框架协议”方式采购的项目才能订立框架协议。"),
    "framework_other_service": _l("需求 %(reference)s 的服务类别不在这个框架协议里。"),
    "framework_price": _l("单价应大于 0，最多两位小数，例如 15.50。"),
    "framework_price_above": _l("单价不能高于协议价 %(most)s 元（规则 %(rule)s）。"),
    "framework_price_uniform": _l("这个协议是统一价格，单价应为 %(price)s 元（规则 %(rule)s）。"),
    "framework_quantity": _l("数量应在 1 到 %(most)s 之间。"),
    "framework_quantity_missing": _l("这一包没有写数量和单位，算不出单价，不能订立框架协议。"),
    "framework_stands": _l("这一包已经订立了框架协议。"),
    "framework_starts_early": _l("开始日期不能早于今天。"),
    "framework_too_long": _l("服务类框架协议最长 %(years)s 年，请把截止日期提前（规则 %(rule)s）。"),
}

MESSAGES = {
    "called_off": _l("从框架协议 %(agreement)s 成交：%(reference)s 由您单位承接，请留意合同。"),
    "framework_agreed": _l("框架协议 %(reference)s 已订立（%(lot)s），入围名单已公开。"),
    "framework_ended": _l("框架协议 %(reference)s 已提前终止，已经成交的照常履行。"),
}

ACTIONS = {
    "award.call_off": _l("从框架协议确定成交"),
    "framework_agreement.agree": _l("订立了框架协议"),
    "framework_agreement.end": _l("提前终止了框架协议"),
    "tender.call_off": _l("从框架协议采购，不另行竞争"),
}
