"""Where digits come from, and what is said when a file is not what it should be."""

import contextlib
import functools
import hashlib
import http.server
import os
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow
from typer.testing import CliRunner

from autograder.authoring.unit_text import read_unit
from autograder.paths import SOURCE
from course.cli import app
from course.data import load_mnist, mnist
from course.data.mnist import DataFileError, cache_path, fetch, read_images, small_digits


def write(path: Path, **changes: np.ndarray) -> Path:
    rng = np.random.default_rng(4)
    arrays = {
        "x_train": rng.integers(256, size=(20, 28, 28), dtype=np.uint8),
        "y_train": rng.integers(10, size=20, dtype=np.uint8),
        "x_test": rng.integers(256, size=(10, 28, 28), dtype=np.uint8),
        "y_test": rng.integers(10, size=10, dtype=np.uint8),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **(arrays | changes))
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keras's folder is empty and nothing is named."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("COURSE_MNIST", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


@contextlib.contextmanager
def serving(handler: Callable[..., Any]) -> Iterator[str]:
    """Let a server answer on this computer; its address of Keras's file is given."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/mnist.npz"
        server.shutdown()


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keras's file is a small one on a server of this computer; where it lies there."""
    path = write(home / "served" / "mnist.npz")
    monkeypatch.setattr(mnist, "SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    files = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(path.parent))
    with serving(files) as address:
        monkeypatch.setattr(mnist, "SOURCE", address)
        yield path


def other_images(path: Path) -> None:
    """Write a file of MNIST's layout that is another."""
    write(path, y_test=np.zeros(10, np.uint8))


def login_page(path: Path) -> None:
    """Write what a network answers that wants a login first."""
    path.write_text("<html>Welcome! Please log in.</html>")


def test_a_named_file_comes_first(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COURSE_MNIST", str(write(home / "mine.npz")))
    (x, y), (x_test, _) = load_mnist()
    assert x.shape == (20, 28, 28)
    assert y.shape == (20,)
    assert x_test.shape == (10, 28, 28)
    reported = capsys.readouterr().out
    assert reported.count("\n") == 1
    assert "mine.npz, 20 training and 10 test images of 28 × 28" in reported


def test_then_the_cache(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(cache_path())
    assert load_mnist()[0][0].shape == (20, 28, 28)
    assert "Keras's cache" in capsys.readouterr().out


def test_a_broken_cache_is_reported_and_smaller_digits_serve(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(cache_path()).write_bytes(cache_path().read_bytes()[:500])
    (x, _), _ = load_mnist()
    assert x.shape == (1437, 8, 8)
    reported = capsys.readouterr().out
    assert "not MNIST" in reported
    assert "cut off" in reported


@pytest.fixture
def graded(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be a notebook that is graded; TensorFlow compiles again afterwards."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    yield
    tensorflow.config.run_functions_eagerly(False)


@pytest.mark.usefixtures("graded")
def test_while_grading_there_are_few_and_nothing_is_fetched() -> None:
    (x, y), (x_test, _) = load_mnist()
    assert len(x) == len(y) == 600
    assert len(x_test) == 300
    assert not cache_path().parent.exists()
    assert tensorflow.config.functions_run_eagerly()


def test_for_a_student_tensorflow_compiles(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    load_mnist()
    assert not tensorflow.config.functions_run_eagerly()


@pytest.mark.parametrize(
    ("changes", "reported"),
    [
        ({"x_train": np.zeros((20, 8, 8), np.uint8)}, "expected uint8 (m, 28, 28)"),
        ({"x_test": np.zeros((10, 28, 28))}, "float64"),
        ({"y_test": np.zeros(9, np.uint8)}, "beside 10 images"),
        ({"y_train": np.full(20, 11, np.uint8)}, "digits from 0 to 9"),
    ],
)
def test_what_is_wrong_with_a_file_is_reported(
    tmp_path: Path, changes: dict[str, np.ndarray], reported: str
) -> None:
    with pytest.raises(DataFileError) as raised:
        read_images(write(tmp_path / "mnist.npz", **changes))
    assert reported in str(raised.value)


def test_a_file_without_its_arrays_a_text_and_none_at_all(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    with pytest.raises(DataFileError, match="lacks x_train"):
        read_images(tmp_path / "other.npz")
    (tmp_path / "text.npz").write_text("no archive")
    with pytest.raises(DataFileError, match="cut off, or no"):
        read_images(tmp_path / "text.npz")
    with pytest.raises(DataFileError, match="no such file"):
        read_images(tmp_path / "nothing.npz")


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    good = write(tmp_path / "good.npz").read_bytes()
    single = tmp_path / "single.npy"
    np.save(single, np.zeros(3))
    damaged = {
        "half": good[: len(good) // 2],
        "empty": b"",
        "overwritten": good[:300] + bytes(200) + good[500:],
        "single array": single.read_bytes(),
    }
    for name, content in damaged.items():
        path = tmp_path / f"{name}.npz"
        path.write_bytes(content)
        with pytest.raises(DataFileError, match=f"{name}.npz: cut off, or no .npz"):
            read_images(path)


def test_a_server_that_ends_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"x" * 400)

    to = tmp_path / "cache" / "mnist.npz"
    with serving(Handler) as address:
        monkeypatch.setattr(mnist, "SOURCE", address)
        with pytest.raises(OSError, match="ended after 400 of 1,000 bytes"):
            fetch(to)
    assert list(to.parent.iterdir()) == []


def test_what_is_not_at_hand_is_fetched_once(
    served: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = served.read_bytes()
    for _ in range(2):
        assert load_mnist()[0][0].shape == (20, 28, 28)
        served.unlink(missing_ok=True)
    assert cache_path().read_bytes() == whole
    assert [path.name for path in cache_path().parent.iterdir()] == ["mnist.npz"]
    assert capsys.readouterr().out.count("MNIST from Keras's cache, 20 training") == 2


@pytest.mark.parametrize("spoil", [other_images, login_page])
def test_another_file_in_its_place_is_reported_and_not_kept(
    served: Path, spoil: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(served)
    (x, _), _ = load_mnist()
    assert x.shape == (1437, 8, 8)
    reported = capsys.readouterr().out
    assert reported.count("\n") == 1
    assert f"{served.stat().st_size:,} bytes whose checksum is not MNIST's" in reported
    assert list(cache_path().parent.iterdir()) == []
    run = CliRunner().invoke(app, ["data", "mnist"])
    assert run.exit_code == 1
    assert "checksum is not MNIST's" in run.output
    assert "Delete" not in run.output


class Garbage(socketserver.StreamRequestHandler):
    """Answers, but is no web server."""

    def handle(self) -> None:
        """Say something else."""
        self.rfile.readline()
        self.wfile.write(b"220 mail ready\r\n")


@contextlib.contextmanager
def offline() -> Iterator[str]:
    """Give the address of a server that has ended."""
    with serving(Garbage) as address:
        pass
    yield address


@pytest.mark.parametrize(
    ("answering", "reason"),
    [
        (offline, "refused"),
        (lambda: serving(http.server.BaseHTTPRequestHandler), "Unsupported method"),
        (lambda: serving(Garbage), "no web server"),
    ],
)
def test_without_a_server_smaller_digits_serve_and_one_line_says_why(
    home: Path,
    answering: Callable[[], contextlib.AbstractContextManager[str]],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with answering() as address:
        monkeypatch.setattr(mnist, "SOURCE", address)
        (x, _), _ = load_mnist()
        run = CliRunner().invoke(app, ["data", "mnist"])
    assert x.shape == (1437, 8, 8)
    reported = capsys.readouterr().out
    assert reported.count("\n") == 1
    assert "MNIST could not be fetched (" in reported
    assert run.exit_code == 1
    assert "MNIST could not be fetched (" in run.output
    assert reason in reported
    assert reason in run.output


def test_what_a_killed_fetch_has_left_goes_at_the_next(served: Path) -> None:
    folder = cache_path().parent
    folder.mkdir(parents=True)
    long_ago = time.time() - 60
    for name, old in ((".mnist.npz-killed", True), (".mnist.npz-lives", False), ("mine", True)):
        (folder / name).write_bytes(b"half")
        if old:
            os.utime(folder / name, (long_ago, long_ago))
    fetch(cache_path())
    assert {path.name for path in folder.iterdir()} == {".mnist.npz-lives", "mine", "mnist.npz"}


def test_the_smaller_digits_are_real_ones() -> None:
    (x, y), (x_test, y_test) = small_digits()
    assert x.shape == (1437, 8, 8)
    assert x_test.shape == (360, 8, 8)
    assert x.dtype == np.uint8
    assert x.max() == 255
    assert set(y) == set(y_test) == set(range(10))


def test_the_command_checks_ahead(served: Path) -> None:
    def command(named: Path | None = None) -> Any:
        return CliRunner().invoke(
            app, ["data", "mnist"], env={"COURSE_MNIST": named and str(named)}
        )

    mine = served.with_name("mine.npz")
    run = command(mine)
    assert run.exit_code == 1
    assert "no such file" in run.output
    assert not cache_path().exists()
    other_images(mine)
    run = command(mine)
    assert run.exit_code == 0, run.output
    assert "20 training and 10 test images of 28 × 28 pixels, readable" in run.output
    for _ in range(2):  # fetched, then there
        run = command()
        assert run.exit_code == 0, run.output
        assert (
            f"{cache_path()}: 20 training and 10 test images of 28 × 28 pixels, intact"
            in run.output
        )
    other_images(cache_path())
    run = command()
    assert run.exit_code == 1
    assert "checksum is not MNIST's" in run.output
    assert f"Delete {cache_path()}" in run.output


def test_nothing_before_the_training_imports_tensorflow(tmp_path: Path) -> None:
    """What a notebook does before it imports Keras: set-up, data; and each explorable's picture."""
    code = (
        "import sys\n"
        "from course.checks import keras_mnist\n"
        "from course.data import load_mnist\n"
        "from course.models.keras_training import SealedTestSet, epochs, timed, train_by_hand\n"
        "from course.explore import Confusion, DrawDigit, LearningRates, TrainLive\n"
        "load_mnist()\n"
        "for kind in (Confusion, DrawDigit, LearningRates, TrainLive): kind().frame()\n"
        "sys.exit(bool({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    named = {"COURSE_MNIST": str(write(tmp_path / "mnist.npz"))}
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | named, check=False)
    assert done.returncode == 0


def test_unit_04_trains_on_as_many_as_its_text_tells(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = {"x_train": np.zeros((10_001, 28, 28), np.uint8), "y_train": np.zeros(10_001, np.uint8)}
    monkeypatch.setenv("COURSE_MNIST", str(write(home / "mnist.npz", **many)))
    scope: dict[str, Any] = {}
    code = [c for c in read_unit(SOURCE / "04_keras_mnist.py").cells if c.cell_type == "code"]
    for cell in code[:2]:
        exec(cell.source, scope)
    assert len(scope["images"]) == len(scope["labels"]) == 10_000
