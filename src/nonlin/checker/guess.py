"""Guess an input that a model accepts, from the first layer that takes one."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn

Shape = tuple[tuple[int, ...], torch.dtype]


def guessed_inputs(model: nn.Module) -> Iterator[list[Shape]]:
    """Lists of (shape, dtype) for the model's arguments, the likeliest first."""
    for module in model.modules():
        shapes = list(_for_layer(module))
        if shapes:
            for shape in shapes:
                yield [shape]
            return


def _for_layer(module: nn.Module) -> Iterator[Shape]:
    if isinstance(module, nn.Embedding):
        yield (2, 16), torch.int64
        yield (2,), torch.int64
    elif isinstance(module, nn.Linear):
        yield (4, module.in_features), torch.float32
        yield (2, 16, module.in_features), torch.float32
        # The first linear layer may stand behind a flatten of square images.
        for channels in (1, 3):
            side = round((module.in_features / channels) ** 0.5)
            if side * side * channels == module.in_features:
                yield (2, channels, side, side), torch.float32
    elif isinstance(module, (nn.Conv1d, nn.Conv2d, nn.Conv3d)):
        n = len(module.kernel_size)
        for side in (32, 224, 28, 64, 8):
            yield (2, module.in_channels, *[side] * n), torch.float32
    elif isinstance(module, nn.RNNBase):
        yield (4, 16, module.input_size), torch.float32
    elif isinstance(module, (nn.BatchNorm1d, nn.LayerNorm)):
        n = module.num_features if isinstance(module, nn.BatchNorm1d) else module.normalized_shape[-1]
        yield (4, n), torch.float32
