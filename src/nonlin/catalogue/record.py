"""What an activation is: a record around a tensor function, with only the facts that code cannot compute."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Concatenate, Generic, ParamSpec, TypeAlias, get_type_hints

import torch
from torch import Tensor

from nonlin.base.errors import NonlinError, unknown
from nonlin.base.recompute import replayed, thrifty, thrifty_halves
from nonlin.base.rewritten import Rewritten, faster

P = ParamSpec("P")
_INF = math.inf

# Arguments that choose how a function runs or where, not which function it is.
_SWITCHES = frozenset({"inplace", "dtype", "generator"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that make sense: lo to hi, without the ends if `open`; `typical` is where to search."""

    lo: float = -_INF
    hi: float = _INF
    typical: tuple[float, float] = (0.0, 1.0)
    open: bool = False

    def hold(self, value: float) -> bool:
        """Whether a value is finite and inside."""
        inside = self.lo < value < self.hi if self.open else self.lo <= value <= self.hi
        return inside and math.isfinite(value)

    def __str__(self) -> str:
        left = "(" if self.open or self.lo == -_INF else "["
        right = ")" if self.open or self.hi == _INF else "]"
        return f"{left}{self.lo}, {self.hi}{right}"


@dataclass(frozen=True, slots=True)
class Choices:
    """The words that a parameter may be."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Learnable:
    """Marks a parameter that may be a tensor, with a gradient; modules learn it where asked to."""


Learned: TypeAlias = Annotated[float | Tensor, Learnable()]
LearnedPositive: TypeAlias = Annotated[Learned, Bounds(0.0, _INF, typical=(0.5, 2.0), open=True)]
LearnedReal: TypeAlias = Annotated[Learned, Bounds(typical=(-1.0, 1.0))]
Positive: TypeAlias = Annotated[float, Bounds(0.0, _INF, typical=(0.5, 2.0), open=True)]
Real: TypeAlias = Annotated[float, Bounds(typical=(-1.0, 1.0))]


class Required:
    """The default of a parameter that has none."""

    def __repr__(self) -> str:
        return "required"


REQUIRED = Required()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an activation: its default (REQUIRED: none) and the values that make sense."""

    name: str
    default: Any = REQUIRED
    bounds: Bounds | None = None
    choices: tuple[str, ...] = ()
    learnable: bool = False

    @property
    def required(self) -> bool:
        """It has no default."""
        return self.default is REQUIRED

    def objection(self, value: Any) -> str | None:
        """Why a value makes no sense, or None. Tensors pass: looking into them would make a GPU wait."""
        if self.choices and value not in self.choices:
            return f"{self.name}={value!r} is not one of {', '.join(map(repr, self.choices))}"
        if self.bounds is None or isinstance(value, Tensor):
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return f"{self.name}={value!r} is not a number"
        if self.bounds.hold(value):
            return None
        low, high = self.bounds.typical
        return f"{self.name}={value:g} lies outside {self.bounds}; try {low} to {high}"


@dataclass(frozen=True, slots=True)
class Waves:
    """Turns without end.

    Attributes:
        turn: the k-th turn, ascending in the integer k; NaN where there is none of this number.
        rank: from a place to a number r: the turns left of it have k < r + 1, those right of it k > r - 1.
        within: from two ends, infinite ones too, to a lower and an upper bound of f between them.

    Over any interval f is least and greatest at an end, at one of its first or last turns or its kinks, or at one
    of the turns nearest zero.
    """

    turn: Callable[[int], float]
    rank: Callable[[float], float]
    within: Callable[[float, float], tuple[float, float]]

    def numbers(self, lo: float, hi: float) -> range:
        """The k of the turns from lo to hi, and of up to two beside each end."""
        return range(math.ceil(self.rank(lo)) - 1, math.floor(self.rank(hi)) + 2)


@dataclass(frozen=True, slots=True)
class Shape:
    """The landmarks of a curve.

    Attributes:
        left, right: the limits of f at minus and plus infinity; NaN where waves leave none.
        turns: every x, ascending, where the slope changes sign; none, and no waves, means monotonic.
        kinks: every x, ascending, where the slope or the value jumps.
        waves: the turns, where there are infinitely many; `turns` is empty then.
    """

    left: float
    right: float
    turns: tuple[float, ...] = ()
    kinks: tuple[float, ...] = ()
    waves: Waves | None = None

    def turns_in(self, lo: float, hi: float) -> tuple[float, ...]:
        """Every turn from lo to hi, both finite."""
        turns = map(self.waves.turn, self.waves.numbers(lo, hi)) if self.waves else self.turns
        return tuple(x for x in turns if lo <= x <= hi)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How far torch's kernels stray from the exact value v: `(ulps * |v| + slack) * eps + floor`.

    eps is that of the dtype. The first number of each pair is for the value, the second for the slope. `slack` is
    not zero only where a kernel cancels, `floor` only where it holds a constant in single precision; ulps = 0
    says that every value is exact.
    """

    ulps: tuple[float, float] = (4.0, 4.0)
    slack: tuple[float, float] = (0.0, 0.0)
    floor: tuple[float, float] = (0.0, 0.0)

    def error(self, value: float, eps: float, *, slope: bool = False) -> float:
        """The bound on the error of a value, or of a slope, in a dtype of this eps."""
        return (self.ulps[slope] * abs(value) + self.slack[slope]) * eps + self.floor[slope]


EXACT = Accuracy(ulps=(0.0, 0.0))


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Record(Generic[P]):
    """What all activations have in common; abstract. A record equals only itself; it can be pickled."""

    fn: Callable[Concatenate[Tensor, P], Tensor]
    formula: str
    """A sympy expression, written apart from `fn` so that each checks the other."""
    source: str
    class_name: str
    aliases: tuple[str, ...] = ()
    kernel: str | None = None
    """The base name of torch's aten operator that computes it; None where torch composes it."""
    serves: tuple[str, ...] | None = None
    """The aten operators whose calls mean this record; as a rule `kernel` alone."""
    rule: Callable[[Mapping[str, Any]], str | None] | None = None
    """An objection to parameters that make no sense together."""
    accuracy: Accuracy = Accuracy()
    params: Mapping[str, Parameter] = field(init=False)
    _run: Callable[..., Tensor] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", parameters(self.fn))
        object.__setattr__(self, "_run", self.fn)

    @property
    def name(self) -> str:
        """The canonical name: that of the function."""
        return str(self.fn.__name__)

    @property
    def family(self) -> str:
        """The file of the catalogue that holds the entry."""
        return self.fn.__module__.rpartition(".")[2]

    @property
    def summary(self) -> str:
        """The first line of the description."""
        return (inspect.getdoc(self.fn) or "").partition("\n")[0]

    def __call__(self, x: Tensor, /, *args: P.args, **kwargs: P.kwargs) -> Tensor:
        """Apply the function.

        Raises:
            NonlinError: the input is no tensor, or of a dtype for which torch has no such function.
        """
        try:
            return self._run(x, *args, **kwargs)
        except (RuntimeError, TypeError, AttributeError) as error:
            if not isinstance(x, Tensor):
                raise NonlinError(
                    f"{self.name}: the input is a {type(x).__name__}, not a torch.Tensor"
                ) from error
            if not x.is_floating_point():
                kind = str(x.dtype).removeprefix("torch.")
                raise NonlinError(
                    f"{self.name}: the input is {kind}; give it floating-point numbers, e.g. x.float()"
                ) from error
            raise

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All parameters: those given, and the defaults of the others.

        Raises:
            NonlinError: one does not exist, or one without a default is missing.
        """
        for name in given:
            if name not in self.params:
                raise unknown(f"parameter of {self.name}", name, self.params)
        bound = {p.name: given.get(p.name, p.default) for p in self.params.values()}
        for name, value in bound.items():
            if value is REQUIRED:
                bounds = self.params[name].bounds
                hint = f", e.g. {name}={bounds.typical[0]}" if bounds else ""
                raise NonlinError(f"{self.name} needs {name}{hint}")
        return bound

    def validate(self, **given: Any) -> None:
        """Refuse parameters that make no sense.

        Raises:
            NonlinError: says which, what is allowed, and what to try.
        """
        bound = self.bind(given)
        for name, value in bound.items():
            objection = self.params[name].objection(value)
            if objection:
                raise NonlinError(f"{self.class_name}: {objection}")
        objection = self.rule(bound) if self.rule else None
        if objection:
            raise NonlinError(f"{self.class_name}: {objection}")

    def __reduce__(self) -> tuple[Any, ...]:
        from nonlin.catalogue import get

        return get, (self.name,)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def _repr_html_(self) -> str:
        """What a notebook shows; `nonlin` hands out the picture, which is drawn far above this layer."""
        import nonlin

        return nonlin.plot.shown(self)


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Activation(Record[P]):
    """One scalar function, applied to every element. The output has the shape and dtype of the input."""

    shape: Shape | Callable[..., Shape]
    """The landmarks, or a function from (some of) the parameters to them."""
    between: Callable[..., Sequence[Mapping[str, Any]]] | None = None
    """Parameter sets between whose values every output lies, where one set does not fix the function.

    A parameter that is a tensor with several values arrives as (least, greatest).
    """
    variants: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(parameter, value) -> the record that it turns this one into."""
    rewritten: Rewritten | None = None
    """The function and its slope in operators that run faster on a CPU than torch's own kernel."""

    _shaping: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.rewritten:
            object.__setattr__(self, "_run", faster(self.fn, self.rewritten))
        elif self.kernel is None or self.serves == ():  # in half precision, a cast and a kernel
            object.__setattr__(self, "_run", thrifty(self.fn))
        if not isinstance(self.shape, Shape):
            object.__setattr__(self, "_shaping", tuple(inspect.signature(self.shape).parameters))

    def shape_of(self, **given: Any) -> Shape:
        """The landmarks for these parameters.

        Raises:
            NonlinError: a parameter does not exist, or one without a default is missing.
        """
        bound = self.bind(given)
        if isinstance(self.shape, Shape):
            return self.shape
        return self.shape(**{name: bound[name] for name in self._shaping})


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Gated(Record[P]):
    """Halves one dimension into a and b and returns a * gate(b): the *second* half gates, as in torch's GLU.

    The output has half the size of the input along `dim`. In the formula the halves are called a and b.
    """

    gate: Activation[Any]
    main: Activation[Any] | None = None
    """What is applied to the first half, as the tanh of the GTU; None leaves it as it is."""
    rounds_once: bool = False
    """Half precision is computed in single, so that a product of parts overflows only where it must."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kernel is None and [*self.params] == ["dim"]:
            object.__setattr__(self, "_run", thrifty_halves(self.fn, self._product))

    def _product(self, a: Tensor, b: Tensor) -> Tensor:
        dtype = a.dtype
        if self.rounds_once:
            a, b = widened(a), widened(b)
        return ((a if self.main is None else self.main.fn(a)) * self.gate.fn(b)).to(dtype)


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Simplex(Record[P]):
    """A map of whole vectors along `dim`, like softmax.

    In the formula the vector is x[1] .. x[n], and the expression is element i of the output.
    """

    outputs: tuple[float, float] = (0.0, 1.0)
    """The interval that holds every element of every output."""
    resized: Callable[[int], int] | None = None
    """From the size of `dim` to that of the output; None leaves it as it is."""
    where: str | None = None
    """What is zero at the value of the symbol tau, if the formula has one; it falls as tau grows."""

    def __post_init__(self) -> None:
        super().__post_init__()
        draws = "generator" in inspect.signature(self.fn).parameters  # run again, it would draw anew
        if self.kernel is None and not draws:
            object.__setattr__(self, "_run", replayed(self.fn))


def parameters(fn: Callable[..., Any]) -> dict[str, Parameter]:
    """The parameters that a function declares after its input, with the bounds in their annotations."""
    hints = get_type_hints(fn, include_extras=True)
    found = {}
    for name, parameter in list(inspect.signature(fn).parameters.items())[1:]:
        if name in _SWITCHES:
            continue
        marks = getattr(hints[name], "__metadata__", ())
        found[name] = Parameter(
            name,
            REQUIRED if parameter.default is inspect.Parameter.empty else parameter.default,
            next((mark for mark in marks if isinstance(mark, Bounds)), None),
            next((mark.words for mark in marks if isinstance(mark, Choices)), ()),
            any(isinstance(mark, Learnable) for mark in marks),
        )
    return found


def _exists(name: str, x: Tensor, dim: int) -> None:
    if not -x.ndim <= dim < x.ndim:
        raise NonlinError(f"{name}: dim={dim} does not exist in an input of shape {tuple(x.shape)}")


def halves(name: str, x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """The two halves of a dimension.

    Raises:
        NonlinError: the dimension does not exist or has an odd size.
    """
    _exists(name, x, dim)
    if x.shape[dim] % 2:
        raise NonlinError(
            f"{name}: dimension {dim} has size {x.shape[dim]}, which has no two equal halves; "
            f"give it an even size, twice the output's"
        )
    first, second = torch.chunk(x, 2, dim)
    return first, second


def dim_is_named(params: Mapping[str, Any]) -> str | None:
    """An objection where `dim` is None."""
    return (
        "dim is missing: say along which dimension the vectors lie, e.g. dim=-1"
        if params["dim"] is None
        else None
    )


def named(name: str, dim: int | None) -> int:
    """The dimension.

    Raises:
        NonlinError: it is None.
    """
    if dim is None:
        raise NonlinError(f"{name}: {dim_is_named({'dim': dim})}")
    return dim


def existing(name: str, x: Tensor, dim: int | None) -> int:
    """The dimension.

    Raises:
        NonlinError: it is None, or the input has no such dimension.
    """
    found = named(name, dim)
    _exists(name, x, found)
    return found


def widened(x: Tensor) -> Tensor:
    """In single precision what is in half: composed functions then round once, at their end, as kernels do.

    Raises:
        RuntimeError: the input holds no floating-point numbers; torch's kernels say the same.
    """
    if not x.is_floating_point():
        raise RuntimeError(f"not implemented for {x.dtype}")
    return x.float() if x.dtype in (torch.float16, torch.bfloat16) else x


def scalar(value: float | Tensor, like: Tensor) -> Tensor:
    """A parameter as a tensor of this dtype and device; its gradient passes."""
    return torch.as_tensor(value, dtype=like.dtype, device=like.device)
