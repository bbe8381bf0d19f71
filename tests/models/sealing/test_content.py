"""The container is the same for the same content, and refuses whatever it would not have written."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Invalid
from models.sealing import archive
from models.sealing.content import MOST_ATTACHMENTS, MOST_BYTES, Attachment, Content, pack, unpack

PLAN = Attachment("服务方案.pdf", "application/pdf", b"%PDF-1.7 plan")
STAFF = Attachment("staff list.xlsx", "application/vnd.ms-excel", b"PK\x03\x04 staff")
CONTENT = Content({"价格": "480000.00", "lines": [{"days": 3}]}, (PLAN, STAFF))
PACKED = pack(CONTENT)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words
)
documents = st.dictionaries(words, st.recursive(plain, lambda each: st.lists(each, max_size=3), max_leaves=5))
names = st.from_regex(r"[a-z0-9案表][a-z0-9 ._案表-]{0,20}[a-z0-9案表]", fullmatch=True)
attachments = st.builds(Attachment, names, st.just("application/pdf"), st.binary(max_size=50))
attached = st.lists(attachments, max_size=4, unique_by=lambda each: each.name).map(tuple)


def code_of(packed: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        unpack(packed)
    return refused.value.code


def rezip(change: dict[str, bytes | None] | None = None, *, method: int = zipfile.ZIP_STORED) -> bytes:
    """Our file, packed by somebody else with some entries changed, left out or added."""
    with zipfile.ZipFile(BytesIO(PACKED)) as ours:
        entries: dict[str, bytes | None] = {name: ours.read(name) for name in ours.namelist()}
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as theirs:
        for name, content in {**entries, **(change or {})}.items():
            if content is not None:
                theirs.writestr(name, content)
    return file.getvalue()


def manifest(**change: Any) -> bytes:
    """The manifest with its first attachment changed."""
    with zipfile.ZipFile(BytesIO(PACKED)) as ours:
        read = json.loads(ours.read("manifest.json"))
    read["attachments"][0].update(change)
    return json.dumps(read).encode()


@given(document=documents, files=attached)
def test_what_is_packed_is_what_is_unpacked(document: dict[str, Any], files: tuple[Attachment, ...]) -> None:
    content = Content(document, files)
    packed = pack(content)
    assert unpack(packed) == content
    assert pack(unpack(packed)) == packed


def test_the_order_of_keys_does_not_change_the_bytes_and_that_of_attachments_is_kept() -> None:
    other = Content({"lines": [{"days": 3}], "价格": "480000.00"}, (PLAN, STAFF))
    assert pack(other) == PACKED
    assert unpack(pack(Content({}, (STAFF, PLAN)))).attachments == (STAFF, PLAN)


def test_any_zip_program_reads_it() -> None:
    with zipfile.ZipFile(BytesIO(PACKED)) as file:
        assert file.testzip() is None
        assert file.namelist() == [
            "manifest.json",
            "document.json",
            "attachments/服务方案.pdf",
            "attachments/staff list.xlsx",
        ]
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


SLIPS = [
    "../etc/passwd",
    "a/b.pdf",
    "a\\b.pdf",
    "..",
    ".",
    "",
    "/root",
    "C:x",
    "nul\0.pdf",
    "line\nbreak.pdf",
]
DISGUISES = [" lead.pdf", "trail.pdf ", "trail.", "gpj.\u202eexe", "\ud800.pdf", "n" * 201, "e\u0301.pdf"]


@pytest.mark.parametrize("name", [*SLIPS, *DISGUISES])
def test_a_name_that_is_no_plain_file_name_is_refused(name: str) -> None:
    with pytest.raises(Invalid, match="attachment_name"):
        pack(Content({}, (Attachment(name, "application/pdf", b""),)))


@pytest.mark.parametrize("name", ["../../evil.pdf", "a/b.pdf", "a\\b.pdf", "..", "/root", "C:x"])
def test_a_zip_slip_that_its_manifest_confirms_is_refused(name: str) -> None:
    stated = json.loads(manifest(name=name))
    del stated["attachments"][1]
    entries = {
        "manifest.json": json.dumps(stated).encode(),
        "document.json": b"{}",
        f"attachments/{name}": PLAN.content,
    }
    assert code_of(archive.write(entries)) == "attachment_name"


def test_names_that_differ_only_in_capitals_are_the_same_on_many_systems() -> None:
    twice = (Attachment("Plan.pdf", "application/pdf", b"1"), Attachment("plan.PDF", "application/pdf", b"2"))
    with pytest.raises(Invalid, match="attachment_twice"):
        pack(Content({}, twice))


@pytest.mark.filterwarnings("ignore:Duplicate name")  # zipfile's, about the file we make on purpose
def test_an_entry_twice_is_refused() -> None:
    file = BytesIO(PACKED)
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("attachments/服务方案.pdf", b"another plan")
    assert code_of(file.getvalue()) == "content_unreadable"


@pytest.mark.parametrize(
    "change",
    [
        {"attachments/more.pdf": b"not in the manifest"},
        {"attachments/服务方案.pdf": None},
        {"manifest.json": None},
        {"document.json": None},
        {"document.json": b"[]"},
        {"document.json": b'{"a":1,"a":2}'},
        {"document.json": b'{ "a": 1 }'},
        {"document.json": b'{"a":NaN}'},
        {"document.json": b'{"a":"\\ud800"}'},
        {"document.json": b"\xff"},
        {"document.json": b"[" * 100_000},
        {"manifest.json": b"[]"},
        {"manifest.json": b"{}"},
        {"manifest.json": b'{"attachments":{"a":1}}'},
        {"manifest.json": b'{"attachments":[3]}'},
        {"manifest.json": manifest(name=3)},
        {"manifest.json": manifest(name="missing.pdf")},
    ],
)
def test_what_does_not_fit_together_is_unreadable(change: dict[str, bytes | None]) -> None:
    assert code_of(rezip(change)) == "content_unreadable"


@pytest.mark.parametrize(
    "change",
    [
        {"attachments/服务方案.pdf": b"%PDF-1.7 plan of somebody else"},
        {"manifest.json": manifest(sha256="0" * 64)},
        {"manifest.json": manifest(size=1)},
        {"manifest.json": manifest(more="facts")},
    ],
)
def test_a_hash_or_size_that_differs_is_refused(change: dict[str, bytes | None]) -> None:
    assert code_of(rezip(change)) == "content_altered"


def test_files_are_read_whatever_program_zipped_them_but_never_compressed() -> None:
    assert unpack(rezip()) == CONTENT
    assert code_of(rezip(method=zipfile.ZIP_DEFLATED)) == "content_unreadable"


def test_a_bomb_is_not_read() -> None:
    bomb = rezip({"attachments/服务方案.pdf": bytes(MOST_BYTES * 2)}, method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < MOST_BYTES / 100
    assert code_of(bomb) == "content_unreadable"


def test_entries_that_overlap_are_not_read() -> None:
    """One stored content that many entries of the directory point to."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("0", bytes(10_000))
        packed.filelist += [_pointing(packed.filelist[0], str(n)) for n in range(1, 20)]
        packed._didModify = True
    assert code_of(file.getvalue()) == "content_unreadable"


def _pointing(first: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.file_size, info.compress_size = first.file_size, first.compress_size
    info.CRC, info.header_offset = first.CRC, first.header_offset
    return info


def test_more_than_the_largest_envelope_holds_is_refused() -> None:
    with pytest.raises(Invalid, match="content_too_large"):
        pack(Content({}, (Attachment("large.pdf", "application/pdf", bytes(MOST_BYTES)),)))
    assert code_of(bytes(MOST_BYTES + 1)) == "content_too_large"


def test_more_attachments_than_allowed_are_refused() -> None:
    files = tuple(Attachment(f"{n}.pdf", "application/pdf", b"") for n in range(MOST_ATTACHMENTS + 1))
    assert unpack(pack(Content({}, files[1:]))).attachments == files[1:]
    with pytest.raises(Invalid, match="too_many_attachments"):
        pack(Content({}, files))


@pytest.mark.parametrize(
    "media_type", ["", "pdf", "application/", "text/html; charset=x", "Text/HTML", "a/b\n"]
)
def test_a_media_type_is_one(media_type: str) -> None:
    with pytest.raises(Invalid, match="attachment_media_type"):
        pack(Content({}, (Attachment("a.pdf", media_type, b""),)))


@settings(max_examples=500)
@given(place=st.integers(0, len(PACKED) - 1), value=st.integers(0, 255))
def test_any_changed_byte_gives_the_same_content_or_a_refusal(place: int, value: int) -> None:
    """Never a crash, and never another document or attachment."""
    altered = bytearray(PACKED)
    altered[place] = value
    try:
        assert unpack(bytes(altered)) == CONTENT
    except Invalid:
        assert bytes(altered) != PACKED


@given(junk=st.binary(max_size=300), end=st.integers(0, len(PACKED) - 1))
def test_what_is_no_zip_or_cut_short_is_unreadable(junk: bytes, end: int) -> None:
    assert code_of(junk) == "content_unreadable"
    assert code_of(PACKED[:end]) == "content_unreadable"
