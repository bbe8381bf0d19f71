"""Signing in and out, one's own password, role and language."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.errors import DomainError, NotFound
from models.parties import signing
from models.parties.mail import set_mail
from models.session import transaction
from web.account.forms import MailForm, PasswordForm, SignInForm
from web.db import TOKEN
from web.guards import public, signed_in
from web.i18n import LOCALES

bp = Blueprint("account", __name__)


def local(address: str | None) -> str | None:
    """The address, if it leads to a page of this portal and nowhere else."""
    if not address or not address.startswith("/") or address.startswith("//") or not address.isprintable():
        return None  # browsers leave out tabs and line ends: "/<tab>/elsewhere" is another house
    return None if "\\" in address else address


def readable(address: str | None) -> str | None:
    """The address, if one can go there: the page of a refused form stands where only forms are taken."""
    wanted = local(address)
    routes = current_app.create_url_adapter(request)
    return wanted if wanted and routes and routes.test(urlsplit(wanted).path, "GET") else None


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> str | Response | tuple[str, int]:
    """Sign in, and go on to where one wanted to be."""
    if request.method != "POST" and g.sign_in is not None:
        return redirect(local(request.args.get("next")) or url_for("home.home"), 303)
    form = SignInForm()
    if request.method != "POST":
        return render_template("account/sign_in.html", form=form)
    status = 422
    if form.validate():
        token = None
        try:
            with transaction(g.db):
                token = signing.sign_in(
                    g.db,
                    g.act,
                    login=form.login.data,
                    password=form.password.data,
                    address=request.remote_addr or "-",
                )
        except DomainError as error:
            form.refuse(error)
            status = 429
        else:
            if token is None:
                form.form_errors.append(_("登录名或密码不对，请重新输入。"))
        if token:
            locale = session.get("locale")
            session.clear()  # a fresh session: nothing planted before signing in survives
            session.permanent = True
            session[TOKEN] = token
            if locale:
                session["locale"] = locale
            return redirect(local(request.args.get("next")) or url_for("home.home"), 303)
    return render_template("account/sign_in.html", form=form), status


@bp.post("/sign-out")
@signed_in
def sign_out() -> Response:
    """End the session here and on the server."""
    with transaction(g.db):
        signing.sign_out(g.db, g.sign_in, g.act)
    locale = session.get("locale")
    session.clear()
    if locale:
        session["locale"] = locale
    flash(_("您已退出登录。"))
    return redirect(url_for("main.landing"), 303)


@bp.post("/role")
@signed_in
def switch_role() -> Response:
    """Act in another of one's roles."""
    try:
        wanted = UUID(request.form.get("membership_id", ""))
    except ValueError:
        raise NotFound("not_found") from None
    with transaction(g.db):
        signing.switch_role(g.db, g.sign_in, wanted, g.act)
    return redirect(url_for("home.home"), 303)


@bp.post("/language")
@public
def language() -> Response:
    """Read the portal in another language; remembered with the account, if there is one."""
    wanted = request.form.get("locale")
    if wanted in LOCALES:
        session["locale"] = wanted
        if g.sign_in is not None:
            with transaction(g.db):
                g.sign_in.person.locale = wanted
    return redirect(readable(request.form.get("next")) or url_for("main.landing"), 303)


@bp.route("/me", methods=["GET", "POST"])
@signed_in
def me() -> str | Response | tuple[str, int]:
    """Who I am here, my roles, and my password."""
    form = PasswordForm()
    if form.is_submitted():
        if form.validate():
            try:
                with transaction(g.db):
                    signing.change_password(g.db, g.sign_in, g.act, old=form.old.data, new=form.password.data)
            except DomainError as error:
                form.refuse(error)
            else:
                flash(_("密码已修改，其他设备上的登录已全部退出。"))
                return redirect(url_for(".me"), 303)
        return _me(form=form), 422
    return _me(form=form)


@bp.post("/me/mail")
@signed_in
def mail() -> Response | tuple[str, int]:
    """Where my mail goes, and whether I want any."""
    form = MailForm()
    if form.validate():
        try:
            with transaction(g.db):
                set_mail(
                    g.db,
                    g.sign_in.person,
                    g.act,
                    email=form.email.data,
                    wants_mail=form.wants_mail.data,
                )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(_("邮件设置已保存。"))
            return redirect(url_for(".me"), 303)
    return _me(mail_form=form), 422


def _me(*, form: PasswordForm | None = None, mail_form: MailForm | None = None) -> str:
    """The page with both forms; the one that was not sent is fresh."""
    person = g.sign_in.person
    return render_template(
        "account/me.html",
        form=form or PasswordForm(formdata=None),
        mail_form=mail_form or MailForm(formdata=None, obj=person),
        person=person,
    )
