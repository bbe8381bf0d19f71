"""Words for sheets: kinds, columns, and what is wrong with a row."""

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from models.exchange.batch import SheetKind

LABELS = {
    SheetKind: {
        SheetKind.NEEDS: _l("需求信息"),
        SheetKind.SERVICES: _l("服务信息"),
        SheetKind.ORGANISATIONS: _l("社会组织信息"),
        SheetKind.TICKETS: _l("热线和网格工单"),
    },
}

COLUMNS = {
    "unit_code": _l("居民区代码"),
    "street": _l("街道"),
    "community": _l("居民区"),
    "title": _l("标题"),
    "description": _l("说明"),
    "service_codes": _l("服务编码"),
    "beneficiary_codes": _l("人群编码"),
    "affected_people": _l("受益人数"),
    "severity": _l("严重程度（1–5）"),
    "urgency": _l("紧迫程度（1–5）"),
    "since": _l("从何时开始"),
    "start_month": _l("希望开始的月份"),
    "months": _l("持续月数"),
    "budget_yuan": _l("预算（元）"),
    "source": _l("来源"),
    "existing_supply": _l("已有的服务"),
    "engagement": _l("合作方式"),
    "raiser_kind": _l("提出的小组"),
    "raiser_name": _l("小组名称"),
    "raiser_covers": _l("包括哪些楼"),
    "raiser_households": _l("小组户数"),
    "number": _l("工单编号"),
    "ticket_words": _l("诉求内容"),
    "received_on": _l("受理时间"),
    "category": _l("诉求类别"),
    "service_id": _l("服务编号"),
    "coverage_districts": _l("服务区域"),
    "unit_price_yuan": _l("单价（元）"),
    "price_unit": _l("计价单位"),
    "capacity_per_year": _l("全年能力"),
    "languages_qualifications": _l("语言与资质"),
    "minimum_age": _l("最小年龄"),
    "available_from": _l("从哪天起提供"),
    "available_to": _l("提供到哪天"),
    "maximum_age": _l("最大年龄"),
    "credit_code": _l("统一社会信用代码"),
    "name": _l("名称"),
    "type": _l("类型"),
    "registered_place": _l("登记地"),
    "established_on": _l("成立日期"),
    "website": _l("网站"),
    "grade": _l("评估等级"),
    "grade_issued_on": _l("等级评定日期"),
    "grade_expires_on": _l("等级到期日期"),
}

HELP = {
    "unit_code": _l("12 位；不知道可以不填，改填街道和居民区"),
    "title": _l("不填时取说明的第一句"),
    "description": _l("谁、遇到什么、多久了"),
    "service_codes": _l("如 EL-01；有几个用分号隔开"),
    "beneficiary_codes": _l("如 B02；有几个用分号隔开"),
    "start_month": _l("1 到 12"),
    "source": _l("走访、问卷、12345热线、三会、网格；有几个用分号隔开"),
    "engagement": _l("活动、项目、托管或派驻；没定就不填"),
    "raiser_kind": _l("楼组、弄堂、业主小组或居民小组；居委会提出的不填"),
    "raiser_covers": _l("写楼号，不要写门牌和姓名"),
    "number": _l("同一编号只收一次"),
    "ticket_words": _l("姓名、电话、证件号和门牌会先隐去再保存"),
    "service_id": _l("新服务不填；填已有编号则修改那一项"),
    "coverage_districts": _l("全市、区名、街道名或代码；有几个用分号隔开"),
    "unit_price_yuan": _l("不填表示面议"),
    "price_unit": _l("人次、场、期、项目、户/年……"),
    "type": _l("社会团体、社会服务机构或基金会"),
    "registered_place": _l("区名或代码"),
    "grade": _l("5A 到 1A；没有就不填"),
}

HELP_OF_KIND = {SheetKind.TICKETS: {"source": _l("12345热线或网格；不填算 12345热线")}}

SENTENCES = {
    "cell_missing": _l("这一格要填。"),
    "cell_not_a_number": _l("“%(typed)s”不是数字。"),
    "cell_too_precise": _l("“%(typed)s”最多保留两位小数。"),
    "cell_out_of_range": _l("“%(typed)s”应在 %(least)s 到 %(most)s 之间，且为整数。"),
    "cell_not_a_date": _l("“%(typed)s”不是日期，请写成 2026-11-20。"),
    "cell_unknown": _l("不认识“%(typed)s”，请按模板的说法填写。"),
    "unit_unknown": _l("没有叫“%(typed)s”的单位，请核对名称或改填代码。"),
    "unit_ambiguous": _l("有几个单位都叫“%(typed)s”，请改填代码。"),
    "service_not_yours": _l("没有编号为“%(typed)s”的服务，或者它不属于本机构。"),
    "column_missing": _l("表里缺少“%(column)s”这一列，没有读入。请对照模板补上。"),
    "column_twice": _l("“%(column)s”这一列出现了两次，请删去一列。"),
    "sheet_empty": _l("表里没有内容。请在标题行下面填写后再传。"),
    "sheet_too_long": _l("表里有 %(rows)s 行，一次最多 %(most)s 行，请拆分后再传。"),
    "sheet_too_large": _l("文件超过 %(limit_mb)s MB，没有读入。请拆分后再传。"),
    "sheet_kind_unknown": _l("请上传 xlsx 或 csv 文件。"),
    "not_a_workbook": _l("这个文件打不开，不像是 xlsx 表格。请用表格软件另存为 xlsx 后再传。"),
    "not_readable": _l("这个文件读不懂，请另存为 UTF-8 的 csv 或 xlsx 后再传。"),
    "batch_confirmed": _l("这批内容已经导入过了，共 %(imported)s 条，没有重复导入。"),
    "batch_has_nothing_good": _l("没有一行可以导入，请按原因改好后重新上传。"),
}

ACTIONS = {
    "import_batch.upload": _l("上传了表格"),
    "import_batch.confirm": _l("确认了导入"),
}


ALIASES = {
    "工单号": "number",
    "受理编号": "number",
    "工单内容": "ticket_words",
    "诉求描述": "ticket_words",
    "问题描述": "ticket_words",
    "来电时间": "received_on",
    "上报时间": "received_on",
    "问题类别": "category",
    "所属街道": "street",
    "所属街镇": "street",
    "居委会": "community",
    "所属居委": "community",
    "所属居委会": "community",
}
"""What exports of the hotline and the grid call their columns."""


def headings() -> dict[str, str]:
    """What a heading may be called, in either language or by its key -> the key."""
    known = {key: key for key in COLUMNS} | ALIASES
    for locale in ("zh_Hans_CN", "en"):
        with force_locale(locale):
            known |= {str(words): key for key, words in COLUMNS.items()}
    return known
