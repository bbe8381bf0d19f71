"""No text is encoded twice, also by two processes that share one file."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matcher.encoder import CachedEncoder, EncoderError, LocalEncoder
from matcher.encoder.protocol import Rows
from tests.matcher.encoder import tiny

TEXTS = ["老人", "助餐", "老人", ""]
ROOT = Path(__file__).parents[3]
PROCESS = """
import sys
from pathlib import Path
from matcher.encoder import CachedEncoder, LocalEncoder
encoder = CachedEncoder(LocalEncoder(Path(sys.argv[1])), Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
texts = ["老" * (number % 7) + "人" * (number // 7) for number in range(70)]
sys.stdout.write(encoder.encode(texts[:: int(sys.argv[3])]).tobytes().hex())
"""


class Counted:
    """An encoder that keeps what it was asked; a text's vector is made of its name and length."""

    def __init__(self, name: str = "counted", width: int = 2) -> None:
        self.name = name
        self.width = width
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Rows:
        self.asked += texts
        rows = [[len(text), len(self.name), 0.1][: self.width] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.width)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite"


def test_a_text_is_encoded_once(path: Path) -> None:
    first, second = Counted(), Counted()
    found = CachedEncoder(first, path).encode(TEXTS)
    assert first.asked == ["老人", "助餐", ""]
    assert np.array_equal(
        CachedEncoder(second, path).encode([*TEXTS, "灯"]), Counted().encode([*TEXTS, "灯"])
    )
    assert second.asked == ["灯"]
    assert np.array_equal(found, Counted().encode(TEXTS))
    assert found.dtype == np.float32


def test_another_encoder_has_its_own_vectors(path: Path) -> None:
    CachedEncoder(Counted(), path).encode(TEXTS)
    other = Counted("another name")
    assert np.array_equal(CachedEncoder(other, path).encode(TEXTS), other.encode(TEXTS))


def test_no_text_needs_no_vector(path: Path) -> None:
    assert CachedEncoder(Counted(), path).encode([]).shape == (0, 2)


def test_what_was_encoded_is_kept_when_the_encoder_fails_later(path: Path) -> None:
    class Failing(Counted):
        def encode(self, texts: Sequence[str]) -> Rows:
            if "灯" in texts:
                raise EncoderError("refused")
            return super().encode(texts)

    many = [f"老{number}" for number in range(300)]
    with pytest.raises(EncoderError, match="refused"):
        CachedEncoder(Failing(), path).encode([*many, "灯"])
    again = Counted()
    CachedEncoder(again, path).encode([*many, "灯"])
    assert len(again.asked) < 100
    assert "灯" in again.asked


def test_one_name_has_one_width(path: Path) -> None:
    CachedEncoder(Counted(width=2), path).encode(["老人"])
    with pytest.raises(EncoderError, match="differ in length"):
        CachedEncoder(Counted(width=3), path).encode(["老人", "灯"])


@pytest.mark.parametrize("content", ["no database, and longer than the header of one" * 30, ""])
def test_what_is_no_cache_is_one_error(path: Path, content: str) -> None:
    path.write_text(content)
    if not content:
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE vectors (something INTEGER)")
        other.close()
    with pytest.raises(EncoderError) as raised:
        CachedEncoder(Counted(), path).encode(TEXTS)
    assert raised.value.code == "bad_cache"
    assert raised.value.facts["file"] == str(path)


def test_two_processes_share_one_file(path: Path, tmp_path: Path) -> None:
    folder = tiny.folder(tmp_path / "tiny")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(folder), str(path), step],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for step in ("1", "-1")
    ]
    for process in started:  # both have to be there before either begins
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    forward, backward = (np.frombuffer(bytes.fromhex(each), np.float32).reshape(70, 8) for each in answers)
    assert np.array_equal(forward, backward[::-1])
    texts = ["老" * (number % 7) + "人" * (number // 7) for number in range(70)]
    assert np.array_equal(forward, LocalEncoder(folder).encode(texts))
    with sqlite3.connect(path) as kept:
        assert kept.execute("SELECT count(*) FROM vectors").fetchone() == (70,)
    kept.close()
