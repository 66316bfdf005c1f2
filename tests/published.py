"""Every architecture of timm and of transformers that can be built from its configuration, with inputs that it accepts."""

from __future__ import annotations

import importlib
import inspect
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from nonlin.checker.capture import capture_model, tensors_in
from nonlin.checker.graph import Graph
from zoo import declare_operators, timm_model

Loss = Callable[[Any], torch.Tensor] | None
Attempt = Callable[[], tuple[nn.Module, Any, Loss]]
LIBRARIES = ("timm", "transformers")
# Findings that are real, (model, rule): `test_zoo.py` proves each.
PROVEN = {
    # The softmax is over an axis of one, as the authors confirm: https://github.com/Amshaker/SwiftFormer/issues/2
    ("swiftformer", "NL302"),
}
# Heads of transformers by preference: those that train with a loss of their own come first.
_HEADS = (
    "CAUSAL_LM",
    "SEQ_TO_SEQ_CAUSAL_LM",
    "MASKED_LM",
    "IMAGE_TEXT_TO_TEXT",
    "SPEECH_SEQ_2_SEQ",
    "CTC",
    "IMAGE_CLASSIFICATION",
    "VIDEO_CLASSIFICATION",
    "AUDIO_CLASSIFICATION",
    "SEQUENCE_CLASSIFICATION",
    "SEMANTIC_SEGMENTATION",
    "OBJECT_DETECTION",
    "DEPTH_ESTIMATION",
    "PRETRAINING",
)
_DEPTHS = (
    "num_hidden_layers",
    "n_layer",
    "n_layers",
    "num_layers",
    "encoder_layers",
    "decoder_layers",
    "depth",
)
_FEW = 4  # hybrids attend in every fourth block
# Without numbers some models cannot choose their way; with numbers a large one would take minutes.
_MOST_REAL = 400_000_000


def names(library: str) -> list[str]:
    """Every architecture of a library, in an order that mixes the families and is always the same."""
    declare_operators()
    if library == "timm":
        import timm

        found = timm.list_models()
    else:
        from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES

        found = list(CONFIG_MAPPING_NAMES)
    return random.Random(0).sample(sorted(found), len(found))


def prepare() -> None:
    """Import what the first model of each library imports, so that processes that part later need not."""
    torch.set_num_threads(1)
    tape("timm", "test_vit", train=False)
    tape("transformers", "bert", train=False)


def tape(library: str, name: str, *, train: bool) -> Graph:
    """The tape of an architecture, with its own loss where it has one; on the meta device if it can run there.

    Raises:
        RefusedError: it cannot be built, or accepts no guessed input; the message is the first refusal.
        Exception: what the capture raises, where the model itself runs.
    """
    declare_operators()
    refusal = ""
    for attempt in _timm(name, train=train) if library == "timm" else _transformers(name, train=train):
        try:
            model, inputs, loss = attempt()
        except Exception as error:  # noqa: BLE001 - whatever a model raises
            refusal = refusal or _said(error)
            continue
        try:
            return capture_model(model, inputs, loss=loss)
        except Exception as error:
            refusal = refusal or _said(error)
            if _runs(model, inputs):
                raise
    raise RefusedError(refusal or "no class makes a model of it")


class RefusedError(Exception):
    """An architecture cannot be built from its configuration alone, or fed."""


def _said(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[-1][:120]}"


def _runs(model: nn.Module, inputs: Any) -> bool:
    """Whether a model runs when nothing watches it."""
    try:
        model(**inputs) if isinstance(inputs, dict) else model(inputs)
    except Exception:  # noqa: BLE001 - whatever a model raises
        return False
    return True


def _timm(name: str, *, train: bool) -> Iterator[Attempt]:
    def loss(out: Any) -> torch.Tensor:
        if isinstance(out, torch.Tensor) and out.dim() == 2:
            return functional.cross_entropy(out, torch.zeros(len(out), dtype=torch.int64, device=out.device))
        return torch.stack([tensor.float().mean() for tensor in tensors_in(out)]).sum()

    def with_numbers() -> tuple[nn.Module, Any, Loss]:
        import timm

        model = timm.create_model(name, pretrained=False).train(train)
        return model, torch.randn(2, *model.default_cfg["input_size"]), loss

    yield lambda: (*timm_model(name, train=train), loss)
    yield with_numbers


def _transformers(name: str, *, train: bool) -> Iterator[Attempt]:
    """Each head that the type has and each input that its signature suggests, without numbers and with."""
    import transformers
    from transformers.models.auto import modeling_auto

    try:
        config = transformers.AutoConfig.for_model(name)
        _shorten(config)
    except Exception as error:
        raise RefusedError(_said(error)) from error
    mappings = {head: getattr(modeling_auto, f"MODEL_FOR_{head}_MAPPING") for head in _HEADS}
    makers = [(head, mapping[type(config)]) for head, mapping in mappings.items() if type(config) in mapping]
    if type(config) in modeling_auto.MODEL_MAPPING:
        makers.append(("", modeling_auto.MODEL_MAPPING[type(config)]))
    if not makers:
        makers = [("", one) for one in _parts(type(config))]
    # Grouped products of experts exist without numbers in bfloat16 only.
    for device, dtype in (("meta", torch.float32), ("meta", torch.bfloat16), ("cpu", torch.float32)):
        for head, maker in makers:
            for one in maker if isinstance(maker, tuple) else (maker,):
                yield from _fed(head, one, config, device, dtype, train=train)


def _parts(config: type) -> list[type[nn.Module]]:
    """Classes for a configuration that no list holds: parts of other models, such as their vision towers."""
    try:
        home = importlib.import_module(config.__module__.replace("configuration_", "modeling_"))
    except ImportError:
        return []
    return [
        made
        for name, made in vars(home).items()
        if isinstance(made, type)
        and issubclass(made, nn.Module)
        and getattr(made, "config_class", None) is config
        and not name.endswith("PreTrainedModel")
    ]


def _fed(
    head: str, maker: Any, config: Any, device: str, dtype: torch.dtype, *, train: bool
) -> Iterator[Attempt]:
    try:
        with torch.device("meta"):
            model = maker._from_config(config).to(dtype)
        if device == "cpu":
            if sum(p.numel() for p in model.parameters()) > _MOST_REAL:
                return
            model = maker._from_config(config)
        model.train(train)
        options = list(_inputs(head, model, config))
    except Exception as error:  # noqa: BLE001 - whatever a model raises
        refusal = error

        def refuse() -> tuple[nn.Module, Any, Loss]:
            raise refusal

        yield refuse
        return
    for inputs in options:
        given = {
            key: item.to(device, dtype if item.is_floating_point() else None) for key, item in inputs.items()
        }
        yield partial(_made, model, given)


def _made(model: nn.Module, inputs: dict[str, Any]) -> tuple[nn.Module, Any, Loss]:
    return model, inputs, None


def _shorten(config: Any, level: int = 0) -> None:
    """Keep a few of the blocks: the architecture stays the published one."""
    for key, number in list(vars(config).items()):
        if isinstance(number, int) and number > _FEW and key in _DEPTHS:
            setattr(config, key, _FEW)
        elif key == "layer_types" and isinstance(number, list):
            config.layer_types = number[:_FEW]
        elif hasattr(number, "to_dict") and level < 3:
            _shorten(number, level + 1)


def _inputs(head: str, model: nn.Module, config: Any) -> Iterator[dict[str, torch.Tensor]]:
    """What the signature of `forward` and the head suggest, the likeliest first."""
    accepted = inspect.signature(model.forward).parameters
    tokens = torch.full((2, 16), 5)
    size = _image_size(config)
    channels = int(_of(config, "num_channels", 3))
    images = torch.ones(2, channels, size, size)
    bins = int(_of(config, "num_mel_bins", _of(config, "input_feat_per_channel", 80)))
    sounds = {
        "input_values": [torch.ones(2, 16000), torch.ones(2, int(_of(config, "max_length", 1024)), bins)],
        "input_features": [
            torch.ones(2, bins, 2 * int(_of(config, "max_source_positions", 1500))),
            torch.ones(2, 160, bins),
        ],
    }
    labels = {
        "CTC": torch.full((2, 4), 5),
        "SEMANTIC_SEGMENTATION": torch.zeros(2, size, size, dtype=torch.int64),
    }
    told = labels.get(
        head,
        tokens if "LM" in head or "2_SEQ" in head or "TEXT_TO" in head else torch.zeros(2, dtype=torch.int64),
    )
    main: list[dict[str, torch.Tensor]] = []
    if "input_ids" in accepted:
        main.append({"input_ids": tokens})
    if "pixel_values" in accepted:
        main.append({"pixel_values": images})
        frames = int(_of(config, "num_frames", 8))
        if "input_ids" in accepted:
            main.append({"input_ids": tokens, "pixel_values": images})
        main.append({"pixel_values": images[:, None].expand(-1, frames, -1, -1, -1)})
    main += [{name: sound} for name, options in sounds.items() if name in accepted for sound in options]
    named = getattr(model, "main_input_name", "")
    main.sort(key=lambda given: not set([named] if isinstance(named, str) else named) & given.keys())
    for given in main:
        extra = {"decoder_input_ids": tokens} if "decoder_input_ids" in accepted else {}
        if "labels" in accepted and head:
            yield {**given, "labels": told}
        yield given
        if extra:
            yield {**given, **extra}


def _of(config: Any, name: str, default: Any) -> Any:
    """An entry of a configuration, or of one inside it."""
    found = getattr(config, name, None)
    if found is None:
        inside = [
            getattr(config, part, None)
            for part in ("vision_config", "audio_config", "backbone_config", "text_config")
        ]
        found = next(
            (n for part in inside if part is not None and (n := getattr(part, name, None)) is not None), None
        )
    return default if found is None or isinstance(found, (list, tuple, dict)) else found


def _image_size(config: Any) -> int:
    held = getattr(config, "image_size", None)
    return int(held[0]) if isinstance(held, (list, tuple)) else int(_of(config, "image_size", 224))
