"""Files people attach as evidence, kept in the database: a backup is one thing, access one rule."""

import hashlib
import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, Session, deferred, mapped_column

from models.act import Act
from models.base import Base, Id, Short
from models.errors import Invalid
from models.wording import clean

MAXIMUM_BYTES = 10 * 1024 * 1024
SIGNATURES = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": b"PK\x03\x04",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK\x03\x04",
}
"""What may be attached, and how its content must begin."""

ENDINGS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class StoredFile(Base):
    """One file. Who may read it is decided by the record it is attached to."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    id: Mapped[Id]
    name: Mapped[Short]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


def checked(*, name: str, content: bytes) -> tuple[str, str]:
    """The file's name and media type, if its size, its ending and how its content begins are right."""
    name = clean(re.split(r"[/\\]", name)[-1]).replace("\n", " ").replace("\t", " ")
    ending = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    media_type = ENDINGS.get(ending)
    if media_type is None:
        raise Invalid("file_kind_unknown", field="file", name=name, allowed=" ".join(ENDINGS))
    if not content:
        raise Invalid("file_empty", field="file", name=name)
    if len(content) > MAXIMUM_BYTES:
        raise Invalid("file_too_large", field="file", name=name, limit_mb=MAXIMUM_BYTES // 2**20)
    if not content.startswith(SIGNATURES[media_type]):
        raise Invalid("file_not_what_it_says", field="file", name=name)
    return name[-200:], media_type


def store(session: Session, act: Act, *, name: str, content: bytes) -> StoredFile:
    """Keep a file that is what it says."""
    name, media_type = checked(name=name, content=content)
    file = StoredFile(
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=act.actor.person_id,
        uploaded_at=act.at,
        content=content,
    )
    session.add(file)
    return file
