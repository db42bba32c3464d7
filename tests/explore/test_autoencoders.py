"""Rotate and LatentPlane, computed without a browser."""

import re

import numpy as np
import pytest
from sklearn.decomposition import PCA

from course.data.clouds import CLOUDS, rotation_path
from course.data.digits import digits
from course.explore import LatentPlane, Rotate
from course.explore.autoencoders import latent_plane as module
from course.explore.autoencoders.rotate import STEPS
from course.models.latent_planes import DEPTHS, held_out, pca_error, stored_plane


@pytest.mark.parametrize("cloud", list(CLOUDS))
@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_turn_ends_in_the_principal_axes(cloud: str, k: int) -> None:
    frame = Rotate(cloud=cloud, k=k).frame()
    ratios = PCA(svd_solver="full").fit(CLOUDS[cloud]).explained_variance_ratio_
    assert frame.arrays["kept"][-1] == pytest.approx(100 * ratios[:k].sum(), abs=1e-3)
    assert frame.scalars["best"] == pytest.approx(100 * ratios[:k].sum(), abs=1e-3)
    given = CLOUDS[cloud].var(axis=0)
    assert np.allclose(frame.arrays["variances"][0], given, atol=1e-5)
    assert np.allclose(frame.arrays["variances"].sum(axis=1), given.sum(), rtol=1e-5)
    assert frame.arrays["kept"].max() <= frame.scalars["best"] + 1e-3


def test_variance_kept_grows_with_k() -> None:
    shares = [Rotate(cloud="pancake", k=k).frame().arrays["kept"][-1] for k in (1, 2, 3)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(100)
    assert "Nothing is lost" in Rotate(cloud="ellipse", k=2).frame().summary


def test_kept_points_are_projections() -> None:
    frame = Rotate(cloud="ellipse", k=1).frame()
    X = CLOUDS["ellipse"][:, :2]
    model = PCA(1).fit(X)
    expected = model.inverse_transform(model.transform(X))
    found = np.column_stack([frame.arrays["kept_x"][-1], frame.arrays["kept_y"][-1]])
    assert np.allclose(found, expected, atol=1e-5)
    everything = Rotate(cloud="pancake", k=3).frame().arrays
    assert np.allclose(everything["kept_x"][7], everything["x"], atol=1e-5)


def test_every_step_of_the_turn_is_a_rotation() -> None:
    rng = np.random.default_rng(3)
    for _ in range(20):
        axes = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        steps = rotation_path(axes, STEPS)
        assert np.allclose(np.swapaxes(steps, 1, 2) @ steps, np.eye(3), atol=1e-9)
        assert np.allclose(np.linalg.det(steps), 1)
        assert np.allclose(steps[0], np.eye(3))
        assert np.allclose(np.abs(steps[-1].T @ axes), np.eye(3), atol=1e-9)
    assert np.allclose(rotation_path(np.eye(3), 4), np.eye(3))


def test_a_students_pca_turns_the_axes() -> None:
    def pca(X, k):
        _, s, Vt = np.linalg.svd(X - X.mean(axis=0))
        return X.mean(axis=0), Vt[:k].T, s[:k] ** 2 / len(X)

    for cloud in CLOUDS:
        own = Rotate(pca=pca, cloud=cloud).frame()
        course = Rotate(cloud=cloud).frame()
        assert np.allclose(own.arrays["kept"][-1], course.arrays["kept"][-1], atol=1e-4)
    last = Rotate(pca=lambda X, k: (0, pca(X, k)[1][:, ::-1], 0), cloud="cigar").frame()
    assert last.arrays["kept"][-1] < last.scalars["best"] / 2
    broken = Rotate(pca=lambda X, k: (0, np.ones((k, k)), 0)).frame()
    assert "not orthonormal" in broken.summary
    assert "Your pca raises" in Rotate(pca=lambda X, k: 1 / 0).frame().summary


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_image_is_what_the_stored_network_draws(depth: int) -> None:
    seen = stored_plane(depth)
    frame = LatentPlane(z1=0.6, z2=-1.2, depth=depth).frame()
    image = np.clip(seen.decode(np.array([[0.6, -1.2]])), 0, 1).reshape(8, 8)
    assert np.abs(frame.arrays["decoded"][0] / 255 - image).max() <= 0.5 / 255 + 1e-6
    assert np.allclose(seen.codes.mean(axis=0), 0, atol=0.2)


def test_depth_beats_the_straight_plane_and_depth_0_is_pca() -> None:
    errors = [stored_plane(depth).error for depth in DEPTHS]
    known, fresh = (part.X for part in digits())
    model = PCA(2).fit(known)
    left = fresh - model.inverse_transform(model.transform(fresh))
    assert pca_error() == pytest.approx(np.mean(np.sum(left**2, axis=1)))
    assert errors[0] == pytest.approx(pca_error(), rel=0.02)
    assert max(errors[1:]) < 0.8 * pca_error()
    for depth in DEPTHS:  # half-precision weights draw as the trained ones did
        assert stored_plane(depth).error == pytest.approx(stored_plane(depth).losses[-1], rel=0.01)


def test_all_points_of_the_plane_are_sent_ahead() -> None:
    shown = LatentPlane()
    single, plane, depths = shown.prefetch(shown.state)
    assert single.axes == []
    assert [key for key, _ in plane.axes] == ["z1", "z2"]
    assert len(plane.frames) == module.POSITIONS**2
    assert dict(depths.axes) == {"depth": [0, 1, 2, 3]}
    z1, z2 = plane.axes[0][1], plane.axes[1][1]
    for i, j in ((0, 0), (3, 17), (30, 12)):
        alone = shown.compute(module.State(z1[i], z2[j], 2))
        there = plane.frames[i * module.POSITIONS + j]
        assert there.summary == alone.summary
        difference = there.arrays["decoded"].astype(int) - alone.arrays["decoded"]
        assert np.abs(difference).max() <= 1  # sums in another order
    assert all(f.arrays["codes_x"] is plane.frames[0].arrays["codes_x"] for f in plane.frames)
    assert sum(array.nbytes for array in plane.frames[0].arrays.values() if array.ndim == 3) == 64


def test_the_nearest_digit_is_reported() -> None:
    codes, labels = stored_plane(2).codes, held_out().labels
    inside = np.flatnonzero(np.abs(codes).max(axis=1) < module.EDGE)
    for i in inside[:5]:
        frame = LatentPlane(z1=codes[i, 0], z2=codes[i, 1]).frame()
        assert re.search(rf"is an? {labels[i]}\.$", frame.summary)
    assert "makes something up" in LatentPlane(z1=3.0, z2=-3.0).frame().summary


def test_a_students_models_have_a_place_of_their_own() -> None:
    def encoder(X):
        return X[:, [20, 43]] * 10 + 4

    def decoder(codes):
        return np.repeat(codes[:, :1], 64, axis=1)

    shown = LatentPlane(encoder=encoder, decoder=decoder, depth=4)
    assert shown.frame().summary.startswith("Your models")
    codes = encoder(held_out().X)
    expected = (codes - codes.mean(axis=0)) / codes.std(axis=0)
    assert np.allclose(shown.frame().arrays["codes_x"], expected[:300, 0], atol=1e-4)
    assert len(list(shown.prefetch(shown.state))) == 3
    wide = LatentPlane(encoder=lambda X: X, decoder=decoder, depth=4)
    assert "Your encoder returns shape (597, 64); expected (597, 2)" in wide.frame().summary
    assert len(list(wide.prefetch(wide.state))) == 1
    with pytest.raises(ValueError, match="both"):
        LatentPlane(encoder=encoder)
    with pytest.raises(ValueError, match="depth"):
        LatentPlane(depth=4)


@pytest.mark.parametrize("explorable", [Rotate(), LatentPlane()], ids=["rotate", "latent"])
def test_permalinks_and_pages(explorable) -> None:
    again = type(explorable).from_permalink(explorable.to_permalink())
    assert again.state == explorable.state
    assert again.frame().summary == explorable.frame().summary
    page = explorable.to_html()
    assert len(page) < 1.5e6
    assert not re.search(r"https?:|<link|<img|url\((?!#)", page)


def test_what_is_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="k = 0"):
        Rotate(k=0)
    with pytest.raises(ValueError, match="did you mean 'pancake'"):
        Rotate(cloud="pancakes")
    with pytest.raises(ValueError, match="z1"):
        LatentPlane(z1=5)
