"""Words for people, units and organisations."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from models.parties.dealing import DealingKind
from models.parties.independence import Independence
from models.parties.organisation import Certificate, Grade, ListFlag, OrganisationType, ReportResult
from models.parties.unit import AdministrativeUnit, CommunityType, UnitKind
from web.format import as_written, language

LABELS = {
    Independence: {
        Independence.INDEPENDENT: _l("独立机构"),
        Independence.SEMI_OFFICIAL: _l("半官方机构（政府单位发起）"),
        Independence.UNKNOWN: _l("没有声明"),
    },
    OrganisationType: {
        OrganisationType.ASSOCIATION: _l("社会团体"),
        OrganisationType.SERVICE_ORGANISATION: _l("社会服务机构"),
        OrganisationType.FOUNDATION: _l("基金会"),
    },
    DealingKind: {
        DealingKind.CONSORTIUM: _l("同一联合体"),
        DealingKind.SUBCONTRACT: _l("分包"),
    },
    Grade: {
        Grade.A5: _l("5A 级"),
        Grade.A4: _l("4A 级"),
        Grade.A3: _l("3A 级"),
        Grade.A2: _l("2A 级"),
        Grade.A1: _l("1A 级"),
    },
    ReportResult: {
        ReportResult.PASSED: _l("合格"),
        ReportResult.BASICALLY_PASSED: _l("基本合格"),
        ReportResult.FAILED: _l("不合格"),
        ReportResult.NOT_FILED: _l("未报送"),
    },
    ListFlag: {
        ListFlag.ABNORMAL: _l("活动异常名录"),
        ListFlag.DISHONEST: _l("严重违法失信名单"),
    },
    Certificate: {
        Certificate.ASSISTANT: _l("助理社会工作师"),
        Certificate.SOCIAL_WORKER: _l("社会工作师"),
        Certificate.SENIOR: _l("高级社会工作师"),
    },
    UnitKind: {
        UnitKind.CITY: _l("市"),
        UnitKind.DISTRICT: _l("区"),
        UnitKind.STREET: _l("街道（镇）"),
        UnitKind.NEIGHBOURHOOD: _l("居民区"),
    },
    CommunityType: {
        CommunityType.C1: _l("老公房、售后公房"),
        CommunityType.C2: _l("里弄、旧改"),
        CommunityType.C3: _l("商品房"),
        CommunityType.C4: _l("保障房、动迁安置大居"),
        CommunityType.C5: _l("别墅、国际社区"),
        CommunityType.C6: _l("城乡结合、村"),
        CommunityType.C7: _l("混合"),
    },
}

SENTENCES = {
    "independence_own_words": _l("独立性只能由机构自己声明。"),
    "independence_share_missing": _l("请填写去年政府购买和补助占收入的百分比，没有就填 0。"),
    "independence_share": _l("百分比要在 0 到 100 之间，请填写整数。"),
    "independence_founder": _l("请写明发起的单位。"),
    "too_many_attempts": _l("登录失败次数太多，请 %(minutes)s 分钟后再试，或请管理员重设密码。"),
    "password_too_short": _l("密码至少要 %(least)s 个字符。"),
    "password_wrong": _l("原密码不对，请重新输入。"),
    "unit_code_wrong": _l("区划代码“%(code)s”不对：应为数字，长度与级别相符，并以上级代码开头。"),
    "unit_exists": _l("区划代码“%(code)s”已经有了。"),
    "stratum_unknown": _l("不认识人群分层“%(stratum)s”，请按模板中的名称填写。"),
    "login_wrong": _l("登录名“%(login)s”不合要求：用小写字母开头，只含字母、数字、点和短横，至少 3 个字符。"),
    "login_taken": _l("登录名“%(login)s”已被使用，请换一个。"),
    "name_missing": _l("请填写姓名。"),
    "role_needs_other_scope": _l("“%(role)s”要设在对应的单位或机构下，请重新选择。"),
    "roles_conflict": _l("此人已是“%(held)s”，不能同时担任“%(role)s”。"),
    "role_needs_other_unit": _l("“%(role)s”不能设在“%(kind)s”一级，请选择对应的单位。"),
    "role_held": _l("此人在这里已经是“%(role)s”了。"),
    "own_account": _l("不能停用自己的账号，也不能结束自己正在用的身份，请另一位管理员来做。"),
    "account_open": _l("这个账号没有停用。"),
    "role_ended": _l("这个身份已经结束。"),
    "account_disabled": _l("这个账号已经停用。"),
    "person_not_found": _l("没有登录名为“%(login)s”的账号。"),
    "words_too_long": _l("这里最多写 %(limit)s 个字，现在有 %(length)s 个字，请缩短。"),
    "credit_code_length": _l("统一社会信用代码应是 18 位，现在是 %(length)s 位，请对照登记证书重填。"),
    "credit_code_sign": _l(
        "统一社会信用代码“%(code)s”里有不该出现的字符：只用数字和大写字母，不用 I、O、S、V、Z。"
    ),
    "credit_code_check_digit": _l(
        "统一社会信用代码“%(code)s”的校验位不对，可能有一位写错了，请对照登记证书重填。"
    ),
    "credit_code_type": _l("“%(type)s”的统一社会信用代码应以 %(prefix)s 开头，请检查代码或机构类型。"),
    "credit_code_taken": _l("统一社会信用代码“%(code)s”的机构已经登记过了。"),
    "organisation_name_missing": _l("请填写机构的登记名称。"),
    "unit_unknown": _l("没有代码为“%(code)s”的区划，请重新选择。"),
    "established_in_future": _l("成立日期不能晚于今天。"),
    "website_wrong": _l("网址应以 https:// 或 http:// 开头。"),
    "grade_issue_missing": _l("请填写评估等级的发证日期。"),
    "grade_in_future": _l("发证日期不能晚于今天。"),
    "grade_too_early": _l("登记满 %(years)s 年才能参加评估，请检查发证日期和成立日期。"),
    "grade_period_wrong": _l("等级有效期最长 %(years)s 年，截止日期要晚于发证日期。"),
    "report_year_wrong": _l("年检年份不对，最近可填 %(latest)s 年。"),
    "listed_in_future": _l("列入日期不能晚于今天。"),
    "listed_already": _l("这家机构已在“%(flag)s”中，不能重复列入。"),
    "not_listed": _l("这家机构不在“%(flag)s”中，不用移出。"),
    "removed_date_wrong": _l("移出日期应在列入日期之后，且不晚于今天。"),
    "people_too_many": _l("最多登记 %(most)s 人。"),
}

ACTIONS = {
    "organisation.state_independence": _l("声明了独立性"),
    "administrative_unit.create": _l("建立了单位"),
    "person.create": _l("建立了账号"),
    "person.disable": _l("停用了账号"),
    "person.enable": _l("重新启用了账号"),
    "person.set_password": _l("重设了密码"),
    "person.change_password": _l("修改了密码"),
    "person.sign_in": _l("登录"),
    "person.sign_out": _l("退出"),
    "person.switch_role": _l("切换了身份"),
    "organisation.register": _l("登记了机构"),
    "organisation.amend": _l("更正了登记信息"),
    "organisation.edit": _l("修改了机构介绍"),
    "organisation.grade": _l("更新了评估等级"),
    "organisation.report": _l("录入了年检结果"),
    "organisation.put_on_list": _l("录入了列入名单"),
    "organisation.take_off_list": _l("录入了移出名单"),
    "organisation.add_staff": _l("增加了工作人员"),
    "organisation.remove_staff": _l("移除了工作人员"),
    "organisation.add_board_member": _l("增加了理事"),
    "organisation.remove_board_member": _l("移除了理事"),
    "membership.give": _l("给予了身份"),
    "membership.end": _l("结束了身份"),
}


def place_words(unit: AdministrativeUnit) -> str:
    """A unit's name as plain words, for a choice in a list; in English where it has an English name."""
    return unit.name_en if language() == "en" and unit.name_en else unit.name


def only_chinese(units: Iterable[AdministrativeUnit]) -> bool:
    """Whether a list of names is to be marked as Chinese: some have no English one."""
    return any(not unit.name_en for unit in units)


def unit_name(unit: AdministrativeUnit) -> str:
    """A unit's name on a page; where it has no English one, marked as Chinese."""
    return place_words(unit) if unit.name_en else as_written(unit.name)
