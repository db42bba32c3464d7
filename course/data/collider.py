"""A made-up collider: pairs of light particles, a few of them from a resonance.

Two massless particles ("products") fly out of each collision. In a *background* event they come
from a process with no preferred mass; in a *signal* event from a scalar particle of mass 500 GeV.
Nothing here is real data: every event is drawn from a seed, by the rules in this table.

| quantity | signal | background |
|---|---|---|
| mass of the pair | Breit–Wigner, M = 500 GeV, Γ = 10 GeV | falls as exp(−m / 150 GeV) |
| cos θ* in the pair's rest frame | flat (spin 0) | 3/8 (1 + cos² θ*) (vector exchange) |
| transverse momentum of the pair | exponential, mean 90 GeV | exponential, mean 40 GeV |
| rapidity of the pair | normal, σ = 0.8 | normal, σ = 1.1 |
| azimuths | flat | flat |

Masses lie in 200–1000 GeV. θ* is the angle to the beam after a direct boost to the rest frame.

The detector then smears energy E (in GeV) and direction of each product by normal errors:
σ_E/E = 0.1/√E ⊕ 0.01 and σ_η = σ_φ = 0.002 where |η| < 1.5 ("central"), 0.5/√E ⊕ 0.06 and 0.01
farther out ("forward"); ⊕ adds in quadrature. Natural units: momenta and masses in GeV.

Source for the formulas: Particle Data Group, Review of Particle Physics, "Kinematics".
"""

from dataclasses import dataclass

import numpy as np

from course.validation.arrays import require_whole

MASS, WIDTH = 500.0, 10.0
LOW, HIGH = 200.0, 1000.0
SCALE = 150.0
PAIR_PT = {"signal": 90.0, "background": 40.0}
RAPIDITY = {"signal": 0.8, "background": 1.1}

FORWARD = 1.5
"""The |η| above which the resolution is worse."""

STOCHASTIC, CONSTANT, ANGLE = (0.1, 0.5), (0.01, 0.06), (0.002, 0.01)
"""Central and forward: σ_E/E = stochastic/√E ⊕ constant; σ_η = σ_φ = angle."""

EXPECTED = {"signal": 150.0, "background": 20_000.0}
"""Expected numbers of events of each kind in a year of data, before any cut."""

FEATURES = ("mass", "pair pT", "leading pT", "cos θ*", "pair rapidity", "largest |η|")
"""The columns of `Collisions.X`; masses and momenta in GeV."""


@dataclass(frozen=True)
class Truth:
    """Each event before smearing, which the detector does not measure, arrays (m,)."""

    mass: np.ndarray
    cos_theta: np.ndarray
    pair_pt: np.ndarray
    rapidity: np.ndarray


@dataclass(frozen=True)
class Collisions:
    """A sample of events.

    Attributes
    ----------
    X : (m, 6) array
        Measured features; the columns are `FEATURES`.
    y : (m,) array of int
        1 for signal, 0 for background.
    group : (m,) array of int
        The number of products measured in the forward region: 0, 1 or 2.
    truth : Truth
    """

    X: np.ndarray
    y: np.ndarray
    group: np.ndarray
    truth: Truth

    def __len__(self) -> int:
        return len(self.y)


def collisions(signal: int, background: int, seed: int) -> Collisions:
    """Draw a sample of collisions, in random order; the same seed gives the same sample.

    Parameters
    ----------
    signal, background : int
        Numbers of events of each kind; at least one event in total.
    seed : int

    Raises
    ------
    ValueError
        If a count is negative or not whole, or both are 0.

    Examples
    --------
    >>> collisions(300, 700, seed=5).X.shape
    (1000, 6)
    """
    require_whole(signal=signal, background=background, seed=seed)
    require_whole(least=1, events=signal + background)
    rng = np.random.default_rng(seed)
    kinds = [_draw(kind, n, rng) for kind, n in (("signal", signal), ("background", background))]
    order = rng.permutation(signal + background)
    truth = Truth(*(np.concatenate(pair)[order] for pair in zip(*kinds, strict=True)))
    y = np.repeat([1, 0], [signal, background])[order]
    X, group = _measure(_products(truth, rng), rng)
    return Collisions(X, y, group, truth)


def _draw(kind: str, n: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Draw the true mass, cos θ*, transverse momentum and rapidity of `n` events of one kind."""
    u = rng.random(n)
    if kind == "signal":
        # Inverse of the distribution function of a Breit–Wigner cut off at LOW and HIGH.
        ends = np.arctan((np.array([LOW, HIGH]) - MASS) / (WIDTH / 2))
        mass = MASS + WIDTH / 2 * np.tan(ends[0] + u * (ends[1] - ends[0]))
        cos_theta = rng.uniform(-1, 1, n)
    else:
        drop = 1 - np.exp(-(HIGH - LOW) / SCALE)
        mass = LOW - SCALE * np.log(1 - u * drop)
        # 3/8 (1 + c²) = 3/4 of a flat density and 1/4 of 3/2 c², the cube root of a flat one.
        flat = rng.uniform(-1, 1, n)
        cos_theta = np.where(rng.random(n) < 0.75, flat, np.cbrt(flat))
    return mass, cos_theta, rng.exponential(PAIR_PT[kind], n), rng.normal(0, RAPIDITY[kind], n)


def _products(truth: Truth, rng: np.random.Generator) -> np.ndarray:
    """Return the four-momenta (2, m, 4) of both products in the laboratory: E, p_x, p_y, p_z."""
    m, pt, phi = truth.mass, truth.pair_pt, rng.uniform(-np.pi, np.pi, len(truth.mass))
    transverse_mass = np.hypot(m, pt)
    pair = np.stack(
        [
            pt * np.cos(phi),
            pt * np.sin(phi),
            transverse_mass * np.sinh(truth.rapidity),
        ],
        axis=1,
    )
    energy = transverse_mass * np.cosh(truth.rapidity)
    turn = rng.uniform(-np.pi, np.pi, len(m))
    sine = np.sqrt(1 - truth.cos_theta**2)
    unit = np.stack([sine * np.cos(turn), sine * np.sin(turn), truth.cos_theta], axis=1)
    both = []
    for direction in (unit, -unit):
        p = direction * (m / 2)[:, None]
        along = np.einsum("ij,ij->i", p, pair)
        boosted = p + pair * (along / (m * (energy + m)) + 0.5)[:, None]
        both.append(np.column_stack([energy / 2 + along / m, boosted]))
    return np.array(both)


def _measure(products: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Smear both products and return the features (m, 6) and the number of forward products."""
    energy = products[..., 0]
    eta = np.arctanh(products[..., 3] / energy)
    phi = np.arctan2(products[..., 2], products[..., 1])
    forward = (np.abs(eta) > FORWARD).astype(int)
    stochastic, constant, angle = (np.array(v)[forward] for v in (STOCHASTIC, CONSTANT, ANGLE))
    resolution = np.hypot(stochastic / np.sqrt(energy), constant)
    energy = energy * np.maximum(1 + resolution * rng.standard_normal(energy.shape), 0.01)
    eta = eta + angle * rng.standard_normal(eta.shape)
    phi = phi + angle * rng.standard_normal(phi.shape)
    pt = energy / np.cosh(eta)
    px, py, pz = (pt * np.cos(phi)).sum(0), (pt * np.sin(phi)).sum(0), (pt * np.sinh(eta)).sum(0)
    mass = np.sqrt(2 * pt[0] * pt[1] * (np.cosh(eta[0] - eta[1]) - np.cos(phi[0] - phi[1])))
    X = [
        mass,
        np.hypot(px, py),
        pt.max(axis=0),
        np.abs(np.tanh((eta[0] - eta[1]) / 2)),
        np.abs(np.arctanh(pz / energy.sum(0))),
        np.abs(eta).max(axis=0),
    ]
    return np.column_stack(X), forward.sum(axis=0)
