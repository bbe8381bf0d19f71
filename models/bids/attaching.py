"""Attachments of a draft: checked when they come, hidden like the draft, their names too."""

import json
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.bids.draft import BidDraft, DraftFile
from models.bids.taking_part import refuse_unless_open
from models.errors import Invalid, NotFound
from models.files import checked
from models.sealing.content import Attachment, Content, pack
from models.sealing.drafts import DraftKeeper
from models.sealing.envelope import MEGABYTE, SIZES
from models.sealing.keys import Envelope


def attach(
    session: Session,
    draft: BidDraft,
    act: Act,
    *,
    name: str,
    content: bytes,
    keeper: DraftKeeper,
    in_price: bool = False,
) -> DraftFile:
    """Add a file to one of the envelopes. It must be what it says, and still fit with the others."""
    ensure(act, Permission.BID_SUBMIT, draft)
    refuse_unless_open(session, draft.lot, act)
    session.refresh(draft, with_for_update=True)
    known, media_type = checked(name=name, content=content)
    new = Attachment(known, media_type, content)
    envelope = Envelope.PRICE if in_price else Envelope.TECHNICAL
    packed = pack(Content({}, (*attachments(draft, act, envelope, keeper=keeper), new)))
    if len(packed) > SIZES[envelope][-1]:
        limit = SIZES[envelope][-1] // MEGABYTE
        raise Invalid("envelope_too_large", field="file", envelope=envelope, limit_mb=limit)
    key = uuid4()
    file = DraftFile(
        id=key,
        position=max((each.position for each in draft.files), default=0) + 1,
        in_price=in_price,
        size=len(content),
        hidden=keeper.hide(_packed(new), draft_id=key),
        added_at=act.at,
    )
    draft.files.append(file)
    session.flush()  # whoever reads the draft next sees the file
    return file


def detach(session: Session, draft: BidDraft, act: Act, *, file_id: UUID) -> None:
    """Take a file off again."""
    ensure(act, Permission.BID_SUBMIT, draft)
    refuse_unless_open(session, draft.lot, act)
    draft.files.remove(_file(draft, file_id))


def read_file(draft: BidDraft, act: Act, file_id: UUID, *, keeper: DraftKeeper) -> Attachment:
    """A file of one's own draft."""
    ensure(act, Permission.BID_SUBMIT, draft)
    return _shown(_file(draft, file_id), keeper)


def attachments(
    draft: BidDraft, act: Act, envelope: Envelope, *, keeper: DraftKeeper
) -> tuple[Attachment, ...]:
    """The files of one envelope, in the bidder's order."""
    ensure(act, Permission.BID_SUBMIT, draft)
    wanted = envelope == Envelope.PRICE
    return tuple(_shown(each, keeper) for each in draft.files if each.in_price == wanted)


def _file(draft: BidDraft, file_id: UUID) -> DraftFile:
    found = next((each for each in draft.files if each.id == file_id), None)
    if found is None:
        raise NotFound("not_found")
    return found


def _packed(file: Attachment) -> bytes:
    head = json.dumps({"name": file.name, "media_type": file.media_type}).encode()
    return head + b"\n" + file.content


def _shown(file: DraftFile, keeper: DraftKeeper) -> Attachment:
    head, _, content = keeper.show(file.hidden, draft_id=file.id).partition(b"\n")
    named = json.loads(head)
    return Attachment(named["name"], named["media_type"], content)
