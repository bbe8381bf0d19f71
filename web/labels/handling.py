"""Words for what officials decide about needs: refusals and messages. The reasons are in needs.py."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "words_missing": _l("请写几句话说明，让对方知道为什么、下一步怎么办。"),
    "codes_missing": _l("请至少选一个服务类别。"),
    "groups_missing": _l("请至少选一类服务对象。"),
    "people_missing": _l("请填写受益人数，如 47。"),
    "evidence_missing": _l("这项需求还没有依据，也没有对应的调研。请先请居委会补充，或关联一次调研。"),
    "meeting_missing": _l("这项需求在议事中，还没有开过会。请等会议有结论，或写明不等的理由。"),
    "meeting_not_supported": _l("最近一次会议没有支持这项需求。要继续，请写明理由。"),
    "route_unknown": _l("请从列表中选择转给谁。"),
    "merge_into_itself": _l("不能并入它自己，请另选一项需求。"),
    "merge_target_closed": _l("需求 %(reference)s 现在是“%(phase)s”，不能并入，请选一项还在办理的需求。"),
}

MESSAGES = {
    "need_deliberating": _l("需求 %(reference)s 进入议事"),
    "need_returned": _l("需求 %(reference)s 被退回，请按说明补充后再提交"),
    "need_merged": _l("需求 %(reference)s 并入了 %(into)s"),
    "need_received": _l("需求 %(reference)s 并入了这项需求，依据一起带来了"),
    "need_routed": _l("需求 %(reference)s 不属于社会组织承接，已告知转给谁"),
    "need_standardised": _l("需求 %(reference)s 已标准化，接下来匹配服务"),
    "need_settled": _l("需求 %(reference)s 已解决"),
}
