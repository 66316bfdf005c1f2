"""Set every weight of a model for the activations that follow it, as its own captured step shows them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import torch
from torch import Tensor, nn

from nonlin.base.columns import table
from nonlin.base.errors import NonlinError
from nonlin.base.language import Language, Text, default_language
from nonlin.catalogue import Simplex
from nonlin.checker.capture import capture_model
from nonlin.checker.following import Weight, weights
from nonlin.checker.graph import Graph
from nonlin.checker.target import capture_guessing, examples_of
from nonlin.facts.moments import moments
from nonlin.recognise import Recognised, recognise

_HEAD = (
    Text("weight", "权重"),
    Text("followed by", "其后"),
    Text("gain", "增益"),
    Text("std", "标准差"),
    Text("", ""),
)
_NORM = Text("a norm follows and sets the scale", "其后有归一化层，尺度由它决定")
_EMBEDDING = Text("shared with an embedding: left as it was", "与嵌入层共享，未改动")
_FROZEN = Text("frozen: left as it was", "已冻结，未改动")
_IDLE = Text("did not run as a plain parameter: left as it was", "未作为普通参数参与运算，未改动")
_XAVIER = Text("Xavier, each gate alone", "Xavier，逐门设置")
_ORTHOGONAL = Text("orthogonal, each gate alone", "正交，逐门设置")
_ATTENTION = Text("Xavier, each projection alone", "Xavier，逐投影设置")
_SUMMARY = Text(
    "{model}: {set} weights set, {left} left as they were", "{model}：设置了 {set} 个权重，{left} 个未改动"
)
_MAPS = (
    nn.Linear,
    nn.Conv1d,
    nn.Conv2d,
    nn.Conv3d,
    nn.ConvTranspose1d,
    nn.ConvTranspose2d,
    nn.ConvTranspose3d,
)
_GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}


@dataclass(frozen=True, slots=True)
class Filled:
    """One weight: the activations that follow it, and the standard deviation that it was given (None: left)."""

    name: str
    follows: tuple[str, ...] = ()
    gain: float | None = None
    std: float | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Initialised:
    """What `initialise_` did, weight by weight; prints as a table."""

    model: str
    weights: tuple[Filled, ...]

    def __iter__(self) -> Iterator[Filled]:
        return iter(self.weights)

    def __len__(self) -> int:
        return len(self.weights)

    def render(self, language: Language | None = None) -> str:
        """The table, and a line that counts."""
        language = language or default_language()
        rows = [[head.to(language) for head in _HEAD]]
        for one in self.weights:
            numbers = ["-" if number is None else f"{number:.4g}" for number in (one.gain, one.std)]
            rows.append(
                [one.name, ", ".join(one.follows) or "-", *numbers, one.note.to(language) if one.note else ""]
            )
        done = sum(one.std is not None for one in self.weights)
        count = _SUMMARY.to(language).format(model=self.model, set=done, left=len(self.weights) - done)
        return "\n".join([*table(rows, right=(2, 3)), "", count])

    def __str__(self) -> str:
        return self.render()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.render())}</pre>"


def initialise_(
    model: nn.Module, inputs: Any = None, *, generator: torch.Generator | None = None
) -> Initialised:
    """Give every weight of a model the scale that suits the activation which follows it, and set its biases to zero.

    The model runs once, so that its tape shows what follows what: modules, functional calls, and gated units alike.
    A linear or convolutional weight is drawn from N(0, gain^2 / fan_in) with the activation's `nonlin.gain`; with 1
    where none follows, as before an output, a softmax or an attention; with 1 / sqrt of the mean E[f^2] where several
    do. Norms, moves, pools and one sum may stand between. As in He et al., the first layer is treated like the others.
    Recurrent layers get Xavier for the inputs and orthogonal matrices for the state, attention's input projections
    Xavier, each gate and projection by itself. Norms, embeddings, frozen weights and what did not run stay.

    Residual branches are not made smaller. Where a model adds N of them without norms, scale the last weight of each
    by 1 / sqrt(N), as GPT-2 does (Radford et al. 2019, Language Models are Unsupervised Multitask Learners, 2.3).

    Args:
        model: any module, in its present mode.
        inputs: as for `nonlin.check`: a tensor, several, keyword arguments, or a shape as text such as "8x3x32x32";
            guessed where None.
        generator: where the numbers come from; torch's own by default. The same state gives the same weights.

    Returns:
        A table of what was set: print it.

    Raises:
        NonlinError: the model accepts no guessed input. Errors of the model on given inputs pass through.

    Source: He, Zhang, Ren and Sun 2015, arXiv:1502.01852.
    """
    graph = _captured(model, inputs)
    activations = {
        path or type(model).__name__: found
        for path, module in model.named_modules()
        if (found := recognise(module)) is not None
    }
    names = {id(parameter): name for name, parameter in model.named_parameters()}
    done: dict[int, Filled] = {}
    with torch.no_grad():
        for module in model.modules():
            for parameter, filled in _by_parts(module, names, generator):
                done.setdefault(id(parameter), filled)
        embedded = {
            id(module.weight)
            for module in model.modules()
            if isinstance(module, (nn.Embedding, nn.EmbeddingBag))
        }
        for weight in weights(graph, activations):
            parameter = weight.value.tensor()
            if id(parameter) in names and id(parameter) not in done:
                name = names[id(parameter)]
                done[id(parameter)] = (
                    Filled(name, note=_EMBEDDING)
                    if id(parameter) in embedded
                    else _fill(name, parameter, weight, generator)
                )
        for path, module in model.named_modules():
            if isinstance(module, _MAPS) and id(module.weight) not in done:
                done[id(module.weight)] = Filled(f"{path}.weight".removeprefix("."), note=_IDLE)
    order = {name: index for index, name in enumerate(names.values())}
    rows = sorted(done.values(), key=lambda filled: order.get(filled.name, len(order)))
    return Initialised(type(model).__name__, tuple(rows))


def _captured(model: nn.Module, inputs: Any) -> Graph:
    if inputs is None:
        return capture_guessing(model, type(model).__name__, "inputs=")
    given, _ = examples_of(model, inputs)
    return capture_model(model, given)


def _fill(name: str, parameter: Tensor, weight: Weight, generator: torch.Generator | None) -> Filled:
    follows = tuple(dict.fromkeys(found.record.name for found in weight.next))
    if not parameter.requires_grad:
        return Filled(name, follows, note=_FROZEN)
    gain = _gain(weight.next)
    std = gain / math.sqrt(weight.fan_in)
    parameter.normal_(0, std, generator=generator)
    for bias in weight.biases:
        held = bias.tensor()
        if held.requires_grad:
            held.zero_()
    return Filled(name, follows, gain, std, _NORM if weight.normalised else None)


def _gain(found: Sequence[Recognised]) -> float:
    """1 / sqrt of the mean E[f^2] over those activations that have one; 1 if there are none."""
    seconds = [_second(one) for one in found if not isinstance(one.record, Simplex)]
    mean = sum(seconds) / len(seconds) if seconds else 1.0
    return 1 / math.sqrt(mean) if 0 < mean < math.inf else 1.0


def _second(found: Recognised) -> float:
    """E[f^2], with the mean of a learned parameter; 1 where it cannot be told."""
    params = {
        name: float(value.detach().float().mean())
        if isinstance(value, Tensor) and not value.is_meta
        else value
        for name, value in found.params.items()
    }
    try:
        return moments(found.record, **params).second
    except NonlinError:
        return 1.0


def _by_parts(
    module: nn.Module, names: dict[int, str], generator: torch.Generator | None
) -> Iterator[tuple[Tensor, Filled]]:
    """Fill the weights of recurrent layers and of attention, which stand several to a tensor."""
    recurrent = isinstance(module, (nn.RNNBase, nn.RNNCellBase))
    if not (recurrent or isinstance(module, nn.MultiheadAttention)):
        return
    gates = next((n for kind, n in _GATES.items() if type(module).__name__.startswith(kind)), 1)
    for name, parameter in module.named_parameters(recurse=False):
        if id(parameter) not in names:
            continue
        if not parameter.requires_grad:
            filled = Filled(names[id(parameter)], note=_FROZEN)
        elif parameter.dim() < 2:
            parameter.zero_()
            continue
        elif not recurrent:
            if not name.endswith("proj_weight"):  # bias_k and bias_v are learned positions
                continue
            parts = parameter.chunk(3 if name == "in_proj_weight" else 1)
            filled = _each(parts, names[id(parameter)], _ATTENTION, generator)
        else:
            parts = parameter.chunk(1 if "hr" in name else gates)
            note = _ORTHOGONAL if "_hh" in name else _XAVIER
            filled = _each(parts, names[id(parameter)], note, generator)
        yield parameter, filled


def _each(parts: Sequence[Tensor], name: str, note: Text, generator: torch.Generator | None) -> Filled:
    fan_out, fan_in = parts[0].shape
    for part in parts:
        if note is _ORTHOGONAL:
            nn.init.orthogonal_(part, generator=generator)
        else:
            nn.init.xavier_uniform_(part, generator=generator)
    std = 1 / math.sqrt(max(fan_out, fan_in)) if note is _ORTHOGONAL else math.sqrt(2 / (fan_in + fan_out))
    return Filled(name, (), 1.0, std, note)
