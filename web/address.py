"""The address of the page being shown, with some of its questions changed."""

from urllib.parse import urlencode

from flask import Flask, request


def here(**changes: object) -> str:
    """This page with the query string changed: None takes a key away, a list repeats it.

    Built from the path and not by url_for, because a reader's own query string may
    hold names such as _external or _scheme that url_for would obey.
    """
    questions: dict[str, list[str]] = request.args.to_dict(flat=False)
    for key, value in changes.items():
        questions.pop(key, None)
        if value is not None:
            many = value if isinstance(value, list | tuple) else [value]
            questions[key] = [str(each) for each in many]
    query = urlencode(questions, doseq=True)
    path = request.script_root + request.path
    return f"{path}?{query}" if query else path


def register(app: Flask) -> None:
    """Let templates and macros ask for `here(page=2)`."""
    app.jinja_env.globals["here"] = here
