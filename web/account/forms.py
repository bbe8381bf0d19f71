"""Forms of one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import EqualTo

from web.form import Form, Required, tidy


class SignInForm(Form):
    """Login and password."""

    login = StringField(_l("登录名"), [Required(_l("请填写登录名。"))], filters=[tidy])
    password = PasswordField(_l("密码"), [Required(_l("请填写密码。"))])


class PasswordForm(Form):
    """A new password, twice."""

    old = PasswordField(_l("现在的密码"), [Required(_l("请填写现在的密码。"))])
    password = PasswordField(
        _l("新密码"),
        [Required(_l("请填写新密码。"))],
        description=_l("至少 10 个字符，可以是一句自己记得住的话。"),
    )
    again = PasswordField(_l("再输入一次新密码"), [EqualTo("password", _l("两次输入的新密码不一样。"))])


class MailForm(Form):
    """Where reminders go, and whether they are wanted."""

    email = StringField(
        _l("邮箱地址"),
        filters=[tidy],
        description=_l("例如 name@example.org。留空就不发邮件，在“消息”里照样能看到。"),
    )
    wants_mail = BooleanField(_l("收到新消息和期限提醒时，给我发邮件"))
