"""Words for surveys: phases, channels, refusals, what happened."""

from flask_babel import lazy_gettext as _l

from models.surveys.survey import Channel, SurveyPhase

LABELS = {
    SurveyPhase: {
        SurveyPhase.DRAWN: _l("已抽样"),
        SurveyPhase.OPEN: _l("正在回收"),
        SurveyPhase.CLOSED: _l("已结束"),
        SurveyPhase.PUBLISHED: _l("已公布"),
        SurveyPhase.WITHDRAWN: _l("已作废"),
    },
    Channel: {
        Channel.ONLINE: _l("扫码"),
        Channel.PAPER: _l("纸质"),
        Channel.TELEPHONE: _l("电话"),
    },
}

SENTENCES = {
    # Links: said to residents
    "link_unknown": _l("没有这张问卷，可能是地址抄错了一个字。请再扫一次二维码，或者打问卷上的电话。"),
    "link_used": _l("您的回答已经收到，谢谢。每张问卷只能交一次。"),
    "link_expired": _l("这次调查已经结束，不再收回答。有话想说，请找居委会。"),
    "link_withdrawn": _l("这张问卷已经作废，不用再填。有话想说，请找居委会。"),
    "link_too_early": _l("调查还没有开始，请过几天再打开。"),
    "survey_of_own_work": _l("您为承接这项服务的机构工作，不能回答，也不能代为录入。请让居民自己答。"),
    # Sheets
    "sheet_unknown": _l("没有这个编号。这次调查的编号是 1 到 %(last)s。"),
    "sheet_used": _l("这个编号的问卷已经交过，每份只收一次。"),
    "sheet_withdrawn": _l("这个编号的问卷已经作废。"),
    "channel_not_keyed_in": _l("请选纸质或电话。"),
    "item_unknown": _l("有一题不在这张问卷里，请刷新后再填。"),
    "item_out_of_range": _l("每题 1 到 %(best)s 分。"),
    # Surveys
    "survey_contract_not_in_force": _l("合同没有生效或者已经终止，不能抽样调查。"),
    "survey_drawn": _l("这个阶段已经抽过样。确实抽错了，先写明原因作废。"),
    "survey_stage_unknown": _l("请选择是哪个阶段的调查。"),
    "register_empty": _l("服务对象登记是空的，不能抽样。请承接机构先登记。"),
    "survey_key_changed": _l(
        "本站的密钥换过，链接不能再印。已经发出的链接仍然有效，其余的请用纸质或电话回答。"
    ),
    "survey_not_open": _l("调查没有开始或者已经结束，不能做这一步。"),
    "survey_not_longer": _l("要比原来的日期晚。"),
    "survey_too_short": _l("至少开放 %(days)s 个工作日，最早到 %(least)s 结束。"),
    "survey_too_long": _l("最多开放 %(days)s 天，最晚到 %(most)s 结束。"),
    "survey_too_early": _l("还有人没有回答。开放满 %(days)s 个工作日（%(least)s）以后才能提前结束。"),
    "telephone_shape": _l("请填写电话号码，如 021-5550 1234。"),
    # The register
    "register_nothing": _l("请选择文件，或者粘贴几行。"),
    "register_columns": _l("第一行要有列名，至少有“登记号”和“服务对象”。"),
    "register_too_long": _l("一次最多 %(most)s 人，请分几次登记。"),
    "person_number": _l("登记号应是 1 到 %(most)s 的整数。"),
    "person_twice": _l("登记号 %(number)s 出现了两次。"),
    "person_left": _l("已经记为不再服务。"),
    "group_unknown": _l("没有“%(group)s”这类服务对象，请填代码或名称，如 B02。"),
    "age_band_unknown": _l("看不懂年龄“%(band)s”，请填岁数，如 72。"),
    # Review meetings
    "meeting_not_reviewable": _l("请选一次关于这份合同、已经开过、还没有登记的评议会。"),
    "opinion_counts": _l("三项合计应在 1 到 %(present)s（到会人数）之间，每项不小于 0。"),
}

ACTIONS = {
    "register.keep": _l("登记了服务对象"),
    "register.leave": _l("记下一位服务对象不再服务"),
    "register.forget": _l("清除了服务对象的称呼"),
    "survey.draw": _l("抽取了居民评价的样本"),
    "survey.open": _l("开始了居民评价"),
    "survey.extend": _l("延长了居民评价"),
    "survey.close": _l("结束了居民评价"),
    "survey.publish": _l("公布了居民评价"),
    "survey.settle": _l("居民评价到期结束，小组的信息已去掉"),
    "survey.withdraw": _l("作废了居民评价"),
    "survey.void": _l("作废了一份问卷"),
    "survey.answer": _l("收到一份回答"),
    "survey.enter": _l("录入了一份回答"),
    "survey.review": _l("登记了评议会的意见"),
}
