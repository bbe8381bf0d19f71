"""Words for evaluations: stages, phases, items and how points came, refusals, messages, what happened."""

from flask_babel import lazy_gettext as _l

from models.evaluations.evaluation import EvaluationPhase
from models.evaluations.evidence import EvaluationEvidenceKind
from models.evaluations.rescore import RescoreOrigin, RescorePhase, ScoreStanding
from models.evaluations.sheet import ReportKind
from models.evaluations.todo import EvaluationTask
from models.rulebook.stages import Stage
from models.scoring.grades import Grade
from models.scoring.indicators import FromRegister, ItemKind
from models.scoring.score import Came

LABELS = {
    Stage: {
        Stage.START: _l("开始核查"),
        Stage.MIDTERM: _l("中期评估"),
        Stage.FINAL: _l("终期评估"),
        Stage.FOLLOW_UP: _l("跟踪评估"),
    },
    EvaluationPhase: {
        EvaluationPhase.PLANNED: _l("已排定"),
        EvaluationPhase.STARTED: _l("评估中"),
        EvaluationPhase.DRAFTED: _l("机构答复中"),
        EvaluationPhase.ANSWERED: _l("待定稿"),
        EvaluationPhase.FINAL: _l("已定稿，待公开"),
        EvaluationPhase.PUBLISHED: _l("结果已公开"),
        EvaluationPhase.CANCELLED: _l("已取消"),
    },
    RescorePhase: {
        RescorePhase.ORDERED: _l("等候复评"),
        RescorePhase.SUBMITTED: _l("已复评"),
        RescorePhase.REVIEWED: _l("已审查差距"),
        RescorePhase.WAIVED: _l("不再复评"),
    },
    RescoreOrigin: {
        RescoreOrigin.DRAWN: _l("抽样抽中"),
        RescoreOrigin.ORDERED: _l("单独安排"),
    },
    ScoreStanding: {
        ScoreStanding.FIRST: _l("以第一次的分数为准"),
        ScoreStanding.SECOND: _l("以复评的分数为准"),
    },
    ReportKind: {
        ReportKind.DRAFT: _l("报告初稿"),
        ReportKind.FINAL: _l("定稿报告"),
        ReportKind.RESCORE: _l("复评评分表"),
    },
    EvaluationEvidenceKind: {
        EvaluationEvidenceKind.DOCUMENT: _l("文件资料"),
        EvaluationEvidenceKind.PHOTO: _l("照片"),
        EvaluationEvidenceKind.INTERVIEW: _l("访谈"),
        EvaluationEvidenceKind.OBSERVATION: _l("现场看到的"),
    },
    EvaluationTask: {
        EvaluationTask.START: _l("开始评估"),
        EvaluationTask.MARK: _l("填评分表，交报告初稿"),
        EvaluationTask.REPLY: _l("答复意见，定稿"),
        EvaluationTask.RESCORE: _l("独立复评"),
        EvaluationTask.ANSWER: _l("答复报告初稿"),
        EvaluationTask.PLAN: _l("排评估"),
        EvaluationTask.DRAW: _l("抽取评估机构"),
        EvaluationTask.REVIEW: _l("审查复评差距"),
        EvaluationTask.PUBLISH: _l("公开评估结果"),
        EvaluationTask.CHASE: _l("催评估初稿"),
    },
    Grade: {
        Grade.EXCELLENT: _l("优秀"),
        Grade.GOOD: _l("良好"),
        Grade.PASS: _l("合格"),
        Grade.FAIL: _l("不合格"),
    },
    FromRegister: {
        FromRegister.PEOPLE: _l("对照服务登记册的人数"),
        FromRegister.YOUNGER: _l("对照服务登记册的各年龄段人数"),
    },
    ItemKind: {
        ItemKind.MARKED: _l("评估人按证据评分"),
        ItemKind.RATIO: _l("完成数除以计划数"),
        ItemKind.SURVEY: _l("居民满意率"),
        ItemKind.ASSEMBLY: _l("评议会满意率"),
    },
    Came: {
        Came.MARKED: _l("评估人评分"),
        Came.RATIO: _l("按完成率计分"),
        Came.SURVEY: _l("按居民满意率计分"),
        Came.ASSEMBLY: _l("按评议会满意率计分"),
        Came.UNMARKED: _l("没有评分，计 0 分"),
        Came.NO_EVIDENCE: _l("没有证据，计 0 分"),
        Came.NO_SURVEY: _l("没有做满意度调查，计 0 分"),
        Came.NOT_RATED: _l("有效答卷不足 20 份，不作评定，计 0 分"),
        Came.NO_ASSEMBLY: _l("没有开评议会，计 0 分"),
    },
}

SENTENCES = {
    "register_nobody": _l("服务登记册里还没有人，没有可以作为证据的数字。"),
    # The file of `duijie evaluate`
    "evaluate_not_readable": _l("读不到文件 %(place)s。"),
    "evaluate_not_utf8": _l("文件不是 UTF-8 编码（%(place)s）。"),
    "evaluate_not_json": _l("文件不是 JSON（%(place)s）。"),
    "evaluate_nested_too_deep": _l("%(place)s 嵌套太深。"),
    "evaluate_not_an_object": _l("%(place)s 应是一个对象，现在是 %(value)s。"),
    "evaluate_key_twice": _l("%(place)s 写了两次。"),
    "evaluate_field_unknown": _l("不认识 %(place)s 这一项。"),
    "evaluate_field_missing": _l("缺少 %(place)s。"),
    "evaluate_not_a_list": _l("%(place)s 应是一个列表，现在是 %(value)s。"),
    "evaluate_not_words": _l("%(place)s 应是 1 到 %(limit)s 个字的文字，现在是 %(value)s。"),
    "evaluate_not_a_choice": _l("%(place)s 应是 %(choices)s 之一，现在是 %(value)s。"),
    "evaluate_not_a_figure": _l("%(place)s 应是字符串写的数字，最多两位小数，现在是 %(value)s。"),
    "evaluate_not_above_zero": _l("%(place)s 应大于 0，现在是 %(value)s。"),
    "evaluate_not_a_share": _l("%(place)s 应是 0 到 1 的分数，如 2/3，现在是 %(value)s。"),
    "evaluate_not_a_count": _l("%(place)s 应是字符串写的整数，现在是 %(value)s。"),
    "evaluate_item_unknown": _l("指标里没有 %(place)s。"),
    "evaluate_item_not_asked": _l("%(stage)s 这一阶段不评 %(place)s。"),
    "evaluate_item_counted": _l("%(place)s 按 %(source)s 自动计分，不能填分。"),
    "evaluate_points_above": _l("%(place)s 的得分 %(value)s 超过满分 %(maximum)s。"),
    "evaluate_satisfied_above": _l("%(place)s 的满意数 %(value)s 超过答卷数 %(answers)s。"),
    "evaluate_evidence_twice": _l("%(place)s 的证据 %(value)s 写了两次。"),
    "evaluate_veto_unknown": _l("指标里没有 %(place)s 这一否决项。"),
    # Indicator sets
    "indicators_not_hundred": _l("分值合计应是 100，现在是 %(total)s（%(place)s）。"),
    "indicators_lines": _l("%(place)s：分数线应从高到低，优秀不超过 100，三条线不能相同。"),
    "indicators_bands": _l("%(place)s：完成率的档次应从高到低，最高一档得全分。"),
    "indicators_code": _l("%(place)s 的代码 %(value)s 不对，应如 E1.2；否决项用小写字母。"),
    "indicators_code_twice": _l("%(place)s 的代码 %(value)s 用了两次。"),
    "indicators_too_large": _l("指标文件太大，请控制在 200 KB 以内。"),
    # Planning and drawing
    "evaluation_contract_not_in_force": _l("合同没有生效或者已经结束，不能排评估。"),
    "evaluation_started": _l("评估已经开始或者已经取消，不能再改日期。"),
    "evaluation_too_early": _l("还没到这一阶段，最早 %(day)s开始。要提前，请采购人改日期并写明原因。"),
    "evaluation_not_drawn": _l("现在没有可以接手的评估机构：抽取的机构申报没有利害关系之后才行。"),
    # Sheets and evidence
    "evaluation_not_started": _l("请先按“开始评估”。"),
    "evaluation_sheet_closed": _l("评分表已经交出，不能再改。"),
    "sheet_changed_meanwhile": _l(
        "您打开页面之后，别人保存过这张评分表，这次没有保存。请另开一页看新的内容，再填一次。"
    ),
    "mark_item_unknown": _l("这一阶段没有 %(item)s 这一项，或者它不用填分。"),
    "mark_above_maximum": _l("%(item)s 满分 %(most)s 分，不能超过。"),
    "mark_figure": _l("%(item)s 的数字不能小于 0，最多两位小数。"),
    "mark_planned_zero": _l("%(item)s 的计划数应大于 0。"),
    "mark_ratio_halved": _l("%(item)s 要同时填计划数和完成数。"),
    "mark_and_missing": _l("%(item)s 写了没有证据的原因，就不能再填分数或数量。"),
    "mark_is_counted": _l("%(item)s 自动计分，不能改分，只写答复。"),
    "veto_unknown": _l("指标里没有这一否决项。"),
    "evidence_item_missing": _l("请选择这份证据用于哪些指标。"),
    "evidence_file_missing": _l("文件资料和照片要上传文件。"),
    "evidence_too_many": _l("一次评估最多 %(most)s 份证据。"),
    "photo_is_no_picture": _l("“%(name)s”不是照片，请上传 jpg 或 png。"),
    "photo_unreadable": _l("这张照片打不开，可能已经损坏，请换一张。"),
    "photo_too_many_pixels": _l("这张照片太大，请控制在 %(most)s00 万像素以内。"),
    "visit_unknown": _l("没有这次走访，请重新选择。"),
    "visit_time": _l("走访时间应在评估开始之后、现在之前。"),
    # Reports, answers, replies
    "evaluation_survey_runs": _l("满意度调查还没有结束，结束之后才能交报告初稿。"),
    "answer_period_runs": _l("机构的答复期还没有满，最后一天是 %(until)s（五个工作日，R37）。"),
    "answer_period_over": _l("答复期已过，或者已经答复完毕。"),
    "answer_still_open": _l("机构还在答复，答复完毕或者期满之后再逐项答复。"),
    "veto_contested": _l("机构对这一项有意见，请在答复里维持或者撤销，并写明理由。"),
    "answers_unreplied": _l("还有机构的意见没有答复，逐项答复之后才能定稿。"),
    "rescore_open": _l("复评还没有交来，或者差距还没有审查，现在不能公开。"),
    # Marking again
    "rescore_not_final": _l("只有终期评估才复评。"),
    "rescore_wrong_time": _l("报告初稿交出之后、结果公开之前才能安排复评。"),
    "rescore_ordered": _l("这次评估已经安排过复评。"),
    "rescore_no_gap": _l("两次分数还没有都交来，或者差距没有超过限度，不用审查。"),
}

MESSAGES = {
    "evaluation_drafted": _l("评估 %(reference)s 的报告初稿请在 %(day)s前答复。"),
    "evaluation_answered": _l("机构已答复评估 %(reference)s，请逐项答复并定稿。"),
    "evaluation_final": _l("评估 %(reference)s 的报告已定稿。"),
    "evaluation_published": _l("评估 %(reference)s 的结果已公开。"),
    "rescore_ordered": _l("评估 %(reference)s 请您独立复评。"),
    "rescore_submitted": _l("评估 %(reference)s 的复评已交来。"),
    "rescore_reviewed": _l("评估 %(reference)s 的复评差距已审查，请看以哪次为准。"),
}

ACTIONS = {
    "indicators.publish": _l("公布了评估指标"),
    "evaluation.plan": _l("排定了评估"),
    "evaluation.recompute": _l("按合同期限重算了日期"),
    "evaluation.move": _l("调整了评估日期"),
    "evaluation.reassign": _l("换了评估机构"),
    "evaluation.start": _l("开始了评估"),
    "evaluation.mark": _l("保存了评分表"),
    "evaluation.veto": _l("记了一票否决项"),
    "evaluation.lift_veto": _l("撤销了一票否决项"),
    "evaluation.add_evidence": _l("加了证据"),
    "evaluation.remove_evidence": _l("移除了证据"),
    "evaluation.visit": _l("记了走访"),
    "evaluation.draft": _l("交出了报告初稿"),
    "evaluation.answer_item": _l("写了对初稿的意见"),
    "evaluation.answer": _l("答复完毕"),
    "evaluation.contest_veto": _l("写了对一票否决项的意见"),
    "evaluation.reply_veto": _l("答复了对一票否决项的意见"),
    "evaluation.reply": _l("答复了机构的意见"),
    "evaluation.finalise": _l("定稿了报告"),
    "evaluation.publish": _l("公开了结果"),
    "evaluation.cancel": _l("取消了评估"),
    "rescore.order": _l("安排了复评"),
    "rescore.mark": _l("保存了复评评分表"),
    "rescore.submit": _l("提交了复评"),
    "rescore.review": _l("审查了复评差距"),
    "rescore.waive": _l("决定不再等复评"),
}
