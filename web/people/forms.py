"""Forms on accounts and roles."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from models.act import Role
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit
from web.form import Form, Required, tidy
from web.labels import label

UNIT, ORGANISATION = "unit:", "organisation:"


class RoleForm(Form):
    """A role somewhere: one list of places, units first."""

    role = SelectField(_l("身份"))
    place = SelectField(
        _l("所在单位或机构"), description=_l("社会组织和评估人员选机构，其他身份选单位；级别要与身份相符。")
    )

    def __init__(
        self, units: Iterable[AdministrativeUnit], organisations: Iterable[Organisation], **options: Any
    ) -> None:
        super().__init__(**options)
        self.role.choices = [(role.value, label(role)) for role in Role if role is not Role.SYSTEM]
        self.place.choices = {
            _("单位"): [(f"{UNIT}{unit.code}", indented(unit)) for unit in units],
            _("社会组织"): [(f"{ORGANISATION}{each.id}", each.name) for each in organisations],
        }

    @property
    def unit_code(self) -> Any:
        """Where a refusal of the unit is shown."""
        return self.place


class PersonForm(RoleForm):
    """A new account with its first role."""

    name = StringField(_l("姓名"), [Required(_l("请填写姓名。"))], filters=[tidy])
    login = StringField(
        _l("登录名"),
        [Required(_l("请填写登录名。"))],
        filters=[tidy],
        description=_l("小写字母开头，可以有数字、点和短横，如 wang.liping。"),
    )


def indented(unit: AdministrativeUnit) -> str:
    """A unit's name, set in by its level."""
    return "\u3000" * {2: 0, 6: 0, 9: 1, 12: 2}.get(len(unit.code), 0) + unit.name
