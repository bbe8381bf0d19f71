"""Forms about organisations."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from models.parties.organisation import Certificate, Grade, ListFlag, OrganisationType, ReportResult
from models.parties.unit import AdministrativeUnit
from web.form import Day, Form, Required, WholeNumber, tidy
from web.labels import label
from web.labels.parties import only_chinese, place_words


def options(kind: type[StrEnum], none: Any = None) -> list[tuple[str, str]]:
    """The members of an enum to choose from, after "none of them" where that is a choice."""
    members = [(each.value, label(each)) for each in kind]
    return members if none is None else [("", str(none)), *members]


class RegistrationForm(Form):
    """What the register says."""

    id = HiddenField()
    revision = HiddenField()
    credit_code = StringField(
        _l("统一社会信用代码"),
        [Required(_l("请填写登记证书上的统一社会信用代码。"))],
        filters=[tidy],
        description=_l("18 位，全角和小写字母会自动转换，校验位会当场核对。"),
    )
    name = StringField(_l("登记名称"), [Required(_l("请填写机构的登记名称。"))], filters=[tidy])
    type = SelectField(_l("机构类型"))
    registered_place = SelectField(_l("登记地"))
    established_on = Day(_l("成立日期"), [Optional()])

    def __init__(self, places: Iterable[AdministrativeUnit], **options_: Any) -> None:
        super().__init__(**options_)
        self.type.choices = options(OrganisationType)
        units = list(places)
        self.registered_place.choices = [(unit.code, place_words(unit)) for unit in units]
        self.only_chinese = only_chinese(units)


class ProfileForm(Form):
    """What an organisation says of itself."""

    revision = HiddenField()
    description = TextAreaField(
        _l("机构介绍"),
        [Required(_l("请写几句机构的介绍。"))],
        filters=[tidy],
        description=_l("做什么、服务谁、做了多久、有什么特长。社区和街道会先看这一段。"),
    )
    name_en = StringField(_l("英文名称"), [Optional()], filters=[tidy])
    website = StringField(_l("网址"), [Optional()], filters=[tidy])


class OwnProfileForm(ProfileForm):
    """The profile, with what only the organisation itself can say of its independence."""

    founded_by = SelectField(
        _l("是不是由政府单位发起设立"),
        choices=[
            SelectChoice("", _l("还没有声明")),
            SelectChoice("no", _l("不是")),
            SelectChoice("yes", _l("是")),
        ],
    )
    founder = StringField(_l("发起的单位"), [Optional()], filters=[tidy])
    government_share = WholeNumber(_l("去年收入中，政府购买和补助占百分之几"), [Optional()])


class StaffForm(Form):
    """Somebody who works there."""

    id = HiddenField()
    name = StringField(_l("姓名"), [Required(_l("请填写姓名。"))], filters=[tidy])
    title = StringField(_l("岗位"), [Optional()], filters=[tidy])
    certificate = SelectField(_l("社工证书"))
    full_time = BooleanField(_l("专职"), default=True)

    def __init__(self, **options_: Any) -> None:
        super().__init__(**options_)
        self.certificate.choices = options(Certificate, _l("没有证书"))


class BoardForm(Form):
    """Somebody on the board."""

    id = HiddenField()
    name = StringField(_l("姓名"), [Required(_l("请填写姓名。"))], filters=[tidy])
    position = StringField(_l("职务"), [Optional()], filters=[tidy])
    is_resident = BooleanField(_l("是本地居民"))


class GradeForm(Form):
    """The grade and its period."""

    grade = SelectField(_l("评估等级"))
    grade_issued_on = Day(_l("发证日期"), [Optional()])
    grade_expires_on = Day(
        _l("有效期至"), [Optional()], description=_l("不填就按发证后 5 年计算，到这一天等级不再有效。")
    )

    def __init__(self, **options_: Any) -> None:
        super().__init__(**options_)
        self.grade.choices = options(Grade, _l("没有等级"))


class ReportForm(Form):
    """The result of one year's report."""

    year = WholeNumber(_l("年度"), [Required(_l("请填写年度，如 2025。"))])
    result = SelectField(_l("年检（年报）结果"))

    def __init__(self, **options_: Any) -> None:
        super().__init__(**options_)
        self.result.choices = options(ReportResult)


class ListForm(Form):
    """Onto a public list."""

    flag = SelectField(_l("名单"))
    listed_on = Day(_l("列入日期"), [Required(_l("请填写列入日期。"))])
    reason = StringField(_l("列入原因"), [Optional()], filters=[tidy])

    def __init__(self, **options_: Any) -> None:
        super().__init__(**options_)
        self.flag.choices = options(ListFlag)


class RemovalForm(Form):
    """Off a public list."""

    flag = SelectField(_l("名单"))
    removed_on = Day(_l("移出日期"), [Required(_l("请填写移出日期。"))])

    def __init__(self, flags: Iterable[ListFlag], **options_: Any) -> None:
        super().__init__(**options_)
        self.flag.choices = [(flag.value, label(flag)) for flag in flags]
