"""The image of an interval holds every value, whatever the parameters, and is no larger than it must be."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from nonlin.base.interval import ANYTHING, Interval
from nonlin.catalogue import Activation, Gated, Shape, Simplex, get, records
from nonlin.facts.image import image
from references import settings, still

INF = math.inf
ELEMENTWISE = [r for r in records() if isinstance(r, Activation)]
elementwise = pytest.mark.parametrize("record", ELEMENTWISE, ids=lambda r: r.name)

ENDS = st.one_of(
    st.floats(-30, 30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, -1.5, 3.0, -3.0, 0.5, -0.5, 20.0, 1e-300, -1e-300, 6.0]),
)
ODD = st.one_of(st.floats(-4, 4), st.sampled_from([0.0, -1.0, 1.0, 20.0, 1e-9, 1e9]))


def values(kind: str):
    """Values of a parameter, odd ones among them."""
    return {"training": st.just(False), "approximate": st.sampled_from(["none", "tanh"])}.get(kind, ODD)


def places(landmarks: Shape) -> list[float]:
    """The turns; of infinitely many those near zero."""
    turns = map(landmarks.waves.turn, range(-99, 100)) if landmarks.waves else landmarks.turns
    return [x for x in turns if math.isfinite(x)]


def inside(lo: float, hi: float, landmarks: tuple[float, ...]) -> torch.Tensor:
    """Many points of an interval: spread evenly, near its ends, and near the landmarks."""
    low, high = max(lo, -1.7e308), min(hi, 1.7e308)
    steps = torch.linspace(0, 1, 101, dtype=torch.float64)
    near = torch.tensor([low, high, 0.0, *landmarks], dtype=torch.float64)
    close = torch.cat([near + s * 2.0**k for s in (-1, 1) for k in range(-60, 9, 3)])
    beside = [math.nextafter(x, side) for x in near.tolist() for side in (-INF, INF)]
    points = torch.cat(
        [low + (high / 2 - low / 2) * 2 * steps, near, close, torch.tensor(beside, dtype=torch.float64)]
    )
    return points[(points >= lo) & (points <= hi) & points.isfinite()]


@elementwise
@budget(max_examples=30)
@given(data=st.data())
def test_every_value_lies_in_the_image(record, data):
    lo, hi = sorted((data.draw(ENDS), data.draw(ENDS)))
    lo = data.draw(st.sampled_from([lo, lo, -INF]))
    hi = data.draw(st.sampled_from([hi, hi, INF]))
    params = {name: data.draw(values(name)) for name in record.params}

    found = image(record, Interval(lo, hi), **params)

    try:
        landmarks = record.shape_of(**params)
        y = record(inside(lo, hi, (*places(landmarks), *landmarks.kinks)), **params)
    except (RuntimeError, ValueError, ZeroDivisionError):  # torch refuses these parameters
        assert found == ANYTHING
    else:
        assert y.isfinite().all() or found.unbounded or math.inf in (found.lo, found.hi, -found.lo)
        wrong = y[(y < found.lo) | (y > found.hi)]
        assert wrong.tolist() == []


@pytest.mark.parametrize(
    ("beta", "threshold", "ends"),
    [
        (0.5, 0.0, (0.0, 1.0)),
        (1e-305, 0.0, (0.0, 1.0)),
        (0.3, 1e-323, (0.0, 1e-320)),
        (1.0, 1e9, (0.0, 2e9)),
        (-2.2e-313, -1.0, (0.0, INF)),
    ],
    ids=["half_of_the_least", "underflow", "tiny_threshold", "overflow", "beyond_the_largest"],
)
def test_the_step_of_softplus_is_seen_wherever_rounding_puts_it(beta, threshold, ends):
    x = inside(*ends, get("softplus").shape_of(beta=beta, threshold=threshold).kinks)

    found = image("softplus", Interval(*ends), beta=beta, threshold=threshold)

    y = get("softplus").fn(x, beta, threshold)
    assert found.lo <= float(y.min())
    assert float(y.max()) <= found.hi


@elementwise
@pytest.mark.parametrize("ends", [(-5.0, 3.0), (-1.0, -0.25), (0.5, 7.0), (-30.0, 30.0), (-2.0, 0.0)])
def test_the_image_is_no_larger_than_it_must_be(record, ends):
    for params in settings(record):
        landmarks = record.shape_of(**params)
        y = record(inside(*ends, (*places(landmarks), *landmarks.kinks)), **params)

        found = image(record, Interval(*ends), **params)

        assert found.lo == pytest.approx(float(y.min()), rel=1e-14, abs=1e-14)
        assert found.hi == pytest.approx(float(y.max()), rel=1e-14, abs=1e-14)


@elementwise
def test_the_whole_line_maps_onto_the_limits_and_the_peaks(record):
    for params in settings(record):
        shape = record.shape_of(**params)

        found = image(record, ANYTHING, **params)

        assert not found.lo > min(shape.left, shape.right)
        assert not found.hi < max(shape.left, shape.right)
        if not shape.waves and not shape.turns and not shape.kinks:
            assert found == Interval(min(shape.left, shape.right), max(shape.left, shape.right))


@pytest.mark.parametrize(
    ("name", "ends", "wanted"),
    [
        ("relu", (-INF, INF), (0, INF)),
        ("relu", (-3, -1), (0, 0)),
        ("relu6", (-INF, INF), (0, 6)),
        ("sigmoid", (-INF, INF), (0, 1)),
        ("tanh", (-INF, 40), (-1, 1)),
        ("logsigmoid", (-INF, INF), (-INF, 0)),
        ("hardtanh", (-9, 9), (-1, 1)),
        ("identity", (2, 3), (2, 3)),
        ("softmax", (-INF, INF), (0, 1)),
        ("sin", (-INF, INF), (-1, 1)),
        ("sin", (1e200, 1e300), (-1, 1)),
        ("gcu", (3.0, INF), (-INF, INF)),
        ("softmin", (-1, 1), (0, 1)),
        ("log_softmax", (-1, 1), (-INF, 0)),
    ],
)
def test_exact_ends_stay_exact(name, ends, wanted):
    assert image(name, Interval(*ends)) == Interval(*wanted)


@pytest.mark.parametrize("record", [r for r in records() if isinstance(r, Gated)], ids=lambda r: r.name)
@budget(max_examples=15)
@given(ends=st.tuples(st.floats(-20, 20), st.floats(-20, 20)))
def test_products_of_both_halves_lie_in_the_image(record, ends):
    lo, hi = sorted(ends)
    points = inside(lo, hi, record.gate.shape_of().turns)
    a, b = torch.cartesian_prod(points[::7], points).T

    found = image(record, Interval(lo, hi))

    y = record(torch.stack([a, b], -1))
    assert found.lo <= float(y.min())
    assert float(y.max()) <= found.hi
    assert found.bounded


@pytest.mark.parametrize("record", [r for r in records() if isinstance(r, Simplex)], ids=lambda r: r.name)
def test_vectors_lie_in_the_image(record):
    torch.manual_seed(0)
    x = torch.randn(50, 4, 2, 2, dtype=torch.float64) * 30

    found = image(record, Interval(-1, 1), dim=1, half_to_float=False)

    y = record(x, **({"dim": 1} if "dim" in record.params else {}), **still(record))
    assert found.lo <= float(y.min())
    assert float(y.max()) <= found.hi


def test_attributes_of_the_operator_are_understood():
    alpha, scale = 1.6732632423543772, 1.0507009873554805

    as_elu = image("elu", Interval(-4, 2), alpha=alpha, scale=scale, input_scale=1)

    wanted = image("selu", Interval(-4, 2))
    assert as_elu.lo == pytest.approx(wanted.lo, rel=1e-14)
    assert as_elu.hi == pytest.approx(wanted.hi, rel=1e-14)
    assert image("elu", Interval(-4, 2), scale=-1.0).lo == pytest.approx(-2)
    assert image("elu", Interval(-4, 2), alpha=1.0, scale=1.0, input_scale=0.5) == ANYTHING
    assert image("gelu", ANYTHING, approximate="tanh") == image("gelu_tanh", ANYTHING)
    assert image("gelu", ANYTHING, approximate="tanh") != image("gelu", ANYTHING)


def test_random_slopes_take_in_both_ends():
    found = image("rrelu", Interval(-3, 1), lower=-0.5, upper=2.0, training=True)

    torch.manual_seed(0)
    y = torch.nn.functional.rrelu(torch.linspace(-3, 1, 999, dtype=torch.float64), -0.5, 2.0, training=True)
    assert found.lo == pytest.approx(-6)
    assert found.hi == pytest.approx(1.5)
    assert found.lo <= float(y.min()) < float(y.max()) <= found.hi


def test_a_tensor_stands_for_all_its_elements():
    weight = torch.tensor([0.5, -2.0, 0.25])

    assert image("prelu", Interval(-1, 0), weight=weight).within(Interval(-0.51, 2.01))
    assert Interval(-0.5, 2.0).within(image("prelu", Interval(-1, 0), weight=weight))
    assert image("prelu", Interval(-1, 0), weight=torch.tensor([0.5])).hi == 0


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("prelu", {}),
        ("threshold", {"threshold": 0.0}),
        ("relu", {"unheard_of": 1}),
        ("elu", {"alpha": math.nan}),
        ("elu", {"alpha": None}),
        ("elu", {"alpha": [1.0]}),
        ("gelu", {"approximate": "fast"}),
        ("hardtanh", {"min_val": 1.0, "max_val": -1.0}),
        ("celu", {"alpha": 0.0}),
        ("softshrink", {"lambd": -1.0}),
        ("prelu", {"weight": torch.empty(2, device="meta")}),
        ("prelu", {"weight": torch.empty(0)}),
        ("prelu", {"weight": torch.tensor([math.nan, 1.0])}),
    ],
)
def test_what_it_cannot_tell_is_anything(name, params):
    assert image(name, Interval(-1, 1), **params) == ANYTHING
