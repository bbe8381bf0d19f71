"""A client at a late hour: everything that the factories bring about has happened."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from web import db

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
Get = Callable[..., Any]


@pytest.fixture
def get(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> Get:
    """`get("/ocds/releases", at=...)` -> what stands there, read by nobody in particular."""

    def fetch(path: str, at: datetime = NEW_YEAR, status: int = 200) -> Any:
        session.commit()
        monkeypatch.setattr(db, "now", lambda: at)
        answer = app.test_client().get(path)
        assert answer.status_code == status, answer.text
        return answer.get_json() if status == 200 else answer

    return fetch
