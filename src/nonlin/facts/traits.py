"""Traits of an activation: yes or no, or None where the question has no meaning for its kind.

A trait is one function with a label in both languages; `nonlin list --is` and every page derive from `TRAITS`.
They hold at the default parameters (where there is no default, at what is typical). Limits, turns and kinks are
exact, from the record; the rest compares values in double precision at places that the record's landmarks choose.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import torch

from nonlin.base.errors import unknown
from nonlin.base.interval import ANYTHING, Interval
from nonlin.base.language import Text
from nonlin.catalogue import Activation, Gated, Record, Shape, Simplex, get
from nonlin.facts.image import image
from nonlin.facts.moments import moments
from nonlin.facts.probe import derivatives, example

_INF = math.inf
# A formula without these words is analytic, so it has all derivatives.
_PIECES = re.compile(r"\b(Piecewise|Abs|Max|Min|sign|Heaviside|floor|ceiling|Mod)\b")
# Where a curve is compared with its mirror image: binary fractions, and numbers that are none.
_MIRRORED = tuple(k / 16 for k in range(1, 161)) + tuple(0.0731 * k for k in range(1, 100))


@dataclass(frozen=True, slots=True)
class Trait:
    """A question about an activation, and what "yes" means in words."""

    name: str
    label: Text
    holds: Callable[[Record[Any]], bool | None]


TRAITS: dict[str, Trait] = {}
"""By name, in the order of this file."""


def _trait(zh: str) -> Callable[[Callable[[Record[Any]], bool | None]], Callable[[Record[Any]], bool | None]]:
    """Enter a trait; its docstring is what "yes" means in English."""

    def enter(holds: Callable[[Record[Any]], bool | None]) -> Callable[[Record[Any]], bool | None]:
        name = holds.__name__.replace("_", "-")
        known = cache(holds)
        TRAITS[name] = Trait(name, Text((holds.__doc__ or "").removesuffix("."), zh), known)
        return known

    return enter


def trait(name: str) -> Trait:
    """The trait of this name.

    Raises:
        NonlinError: there is none; the message names the nearest.
    """
    if name not in TRAITS:
        raise unknown("trait", name, TRAITS)
    return TRAITS[name]


def has(activation: str | Record[Any], name: str) -> bool | None:
    """Whether an activation has the trait of this name; None where the question has no meaning for it.

    Raises:
        NonlinError: there is no such activation or trait; the message names the nearest.
    """
    return trait(name).holds(get(activation))


def traits(activation: str | Record[Any]) -> dict[str, bool | None]:
    """Every trait of an activation, by name."""
    return {name: found.holds(get(activation)) for name, found in TRAITS.items()}


def reach(record: Record[Any]) -> Interval:
    """The range at the parameters of `example`."""
    return image(record, ANYTHING, **example(record))


@cache
def landmarks(record: Activation[Any]) -> Shape:
    """The shape at the parameters of `example`."""
    return record.shape_of(**example(record))


def _at(record: Activation[Any], *places: float, order: int = 0) -> list[float]:
    return derivatives(partial(record.fn, **example(record)), places, order)[order]


def _sides(record: Activation[Any], order: int = 0) -> list[tuple[float, float]]:
    """The values (or slopes) just below and just above each kink."""
    near = [math.nextafter(x, side) for x in landmarks(record).kinks for side in (-_INF, _INF)]
    values = _at(record, *near, order=order) if near else []
    return list(zip(values[::2], values[1::2], strict=True))


def _meet(sides: list[tuple[float, float]]) -> bool:
    """Whether no pair is further apart than 1e-8, as where torch's softplus hands over to a straight line."""
    return all(math.isclose(a, b, rel_tol=1e-8, abs_tol=1e-8) for a, b in sides)


@_trait("值域上下都有界")
def bounded(record: Record[Any]) -> bool | None:
    """Both ends of the range are finite."""
    return math.isfinite(reach(record).lo) and math.isfinite(reach(record).hi)


@_trait("值域有下界")
def bounded_below(record: Record[Any]) -> bool | None:
    """The range has a finite lower end."""
    return math.isfinite(reach(record).lo)


@_trait("输出不为负")
def non_negative(record: Record[Any]) -> bool | None:
    """No output is negative."""
    return reach(record).lo >= 0


@_trait("输出都在 [0, 1] 内")
def unit_range(record: Record[Any]) -> bool | None:
    """Every output lies in [0, 1]."""
    return reach(record).lo >= 0 and reach(record).hi <= 1


@_trait("f(0) = 0")
def zero_at_zero(record: Record[Any]) -> bool | None:
    """f(0) = 0."""
    return _at(record, 0.0)[0] == 0 if isinstance(record, Activation) else None


@_trait("输入为 N(0, 1) 时，输出均值不到其均方根的 1 %")
def zero_centred(record: Record[Any]) -> bool | None:
    """For N(0, 1) inputs the mean output is below 1 % of the root mean square."""
    if not isinstance(record, Activation):
        return None
    found = moments(record, **example(record))
    return abs(found.mean) < 0.01 * math.sqrt(found.second)


@_trait("奇函数：f(-x) = -f(x)")
def odd(record: Record[Any]) -> bool | None:
    """f(-x) = -f(x)."""
    return _mirrors(record, -1) if isinstance(record, Activation) else None


@_trait("偶函数：f(-x) = f(x)")
def even(record: Record[Any]) -> bool | None:
    """f(-x) = f(x)."""
    return _mirrors(record, 1) if isinstance(record, Activation) else None


def _mirrors(record: Activation[Any], sign: int) -> bool:
    right, left = _at(record, *_MIRRORED), _at(record, *(-x for x in _MIRRORED))
    return all(abs(a - sign * b) <= 1e-12 * max(1.0, abs(a)) for a, b in zip(right, left, strict=True))


@_trait("单调")
def monotonic(record: Record[Any]) -> bool | None:
    """It never falls, or never rises."""
    if not isinstance(record, Activation):
        return None
    shape = landmarks(record)
    if shape.turns or shape.waves:
        return False
    if continuous(record):
        return True
    # A step may go against the slope.
    steps = [shape.left, *itertools.chain.from_iterable(_sides(record)), shape.right]
    return steps in (sorted(steps), sorted(steps, reverse=True))


@_trait("无休止地起伏，极值点无穷多")
def oscillating(record: Record[Any]) -> bool | None:
    """It turns without end, as a sine does."""
    return landmarks(record).waves is not None if isinstance(record, Activation) else None


@_trait("连续")
def continuous(record: Record[Any]) -> bool | None:
    """The value has no step."""
    if not isinstance(record, Activation):
        return None
    return _meet(_sides(record))


@_trait("导数连续")
def differentiable(record: Record[Any]) -> bool | None:
    """The slope has no step."""
    if not isinstance(record, Activation):
        return None
    return _meet(_sides(record)) and _meet(_sides(record, order=1))


@_trait("任意阶可导")
def smooth(record: Record[Any]) -> bool | None:
    """It has all derivatives."""
    if not isinstance(record, Activation):
        return None
    if not _PIECES.search(record.formula):
        return differentiable(record)
    # torch's softplus: two pieces that meet in every derivative, up to a rounding.
    return bool(landmarks(record).kinks) and all(_meet(_sides(record, order)) for order in (0, 1, 2))


@_trait("导数有界，即满足 Lipschitz 条件")
def lipschitz(record: Record[Any]) -> bool | None:
    """Its slope is bounded, so it is Lipschitz."""
    if not isinstance(record, Activation):
        return None
    near, far = ([abs(s) for s in _at(record, *places, order=1)] for places in ((-1e3, 1e3), (-1e6, 1e6)))
    return continuous(record) is True and math.isfinite(max(far)) and max(far) <= 1.5 * max(*near, 1.0)


@_trait("左侧饱和：x → -∞ 时趋于有限值")
def saturates_left(record: Record[Any]) -> bool | None:
    """It tends to a finite value on the left."""
    return math.isfinite(landmarks(record).left) if isinstance(record, Activation) else None


@_trait("右侧饱和：x → +∞ 时趋于有限值")
def saturates_right(record: Record[Any]) -> bool | None:
    """It tends to a finite value on the right."""
    return math.isfinite(landmarks(record).right) if isinstance(record, Activation) else None


@_trait("左侧自某点起导数恒为零")
def dies_left(record: Record[Any]) -> bool | None:
    """Its slope is exactly zero from some point to the left."""
    return _flat(record, -1) if isinstance(record, Activation) else None


@_trait("右侧自某点起导数恒为零")
def dies_right(record: Record[Any]) -> bool | None:
    """Its slope is exactly zero from some point to the right."""
    return _flat(record, 1) if isinstance(record, Activation) else None


@_trait("中间有一段导数恒为零")
def dead_zone(record: Record[Any]) -> bool | None:
    """Its slope is exactly zero on an interval in the middle."""
    if not isinstance(record, Activation):
        return None
    between = [(a + b) / 2 for a, b in itertools.pairwise(landmarks(record).kinks)]
    return any(_at(record, x, order=1)[0] == 0 and not _at_turn(record, x) for x in between)


def _at_turn(record: Activation[Any], x: float) -> bool:
    """Whether the slope is zero at this one place, and not around it."""
    return any(slope != 0 for slope in _at(record, x - 1e-3, x + 1e-3, order=1))


def _flat(record: Activation[Any], side: int) -> bool:
    """Whether the curve is constant far on one side, and no mere tail: a tail still has a slope this near."""
    shape = landmarks(record)
    if not _PIECES.search(record.formula) or not math.isfinite(shape.left if side < 0 else shape.right):
        return False
    marks = [side * x for x in (0.0, *shape.turns, *shape.kinks)]
    places = [side * (max(marks) + step) for step in (3.0, 4.0, 6.0)]
    return all(slope == 0 for slope in _at(record, *places, order=1))


@_trait("逐元素函数")
def elementwise(record: Record[Any]) -> bool | None:
    """It is applied to each element alone."""
    return isinstance(record, Activation)


@_trait("门控单元：输入的一半控制另一半")
def gated(record: Record[Any]) -> bool | None:
    """One half of the input gates the other."""
    return isinstance(record, Gated)


@_trait("向量映射，如 softmax")
def simplex(record: Record[Any]) -> bool | None:
    """It maps whole vectors, as softmax does."""
    return isinstance(record, Simplex)


@_trait("含可训练参数")
def learnable(record: Record[Any]) -> bool | None:
    """It has parameters that can be trained."""
    # Of torch's own modules PReLU alone has weights.
    return record.name == "prelu" or any(p.learnable for p in record.params.values())


@_trait("torch 自带相应的函数或模块")
def in_torch(record: Record[Any]) -> bool | None:
    """Torch has a function or module for it."""
    homes = (torch.nn.functional, torch.special, torch)
    found = any(hasattr(home, name) for home in homes for name in (record.name, *record.aliases))
    return record.kernel is not None or found or hasattr(torch.nn, record.class_name)


@_trait("由 torch 的单个算子完成")
def one_kernel(record: Record[Any]) -> bool | None:
    """One operator of torch computes it."""
    return record.kernel is not None


@_trait("训练时带随机性")
def stochastic(record: Record[Any]) -> bool | None:
    """It draws random numbers in training."""
    return "training" in record.params
