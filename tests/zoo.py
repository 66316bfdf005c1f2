"""Published architectures, built without weights on the meta device."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch import nn

Built = tuple[nn.Module, Any]

TIMM = (
    "resnet50",
    "resnext50_32x4d",
    "densenet121",
    "mobilenetv3_large_100",
    "efficientnet_b0",
    "regnety_008",
    "convnext_tiny",
    "vit_small_patch16_224",
    "swin_tiny_patch4_window7_224",
    "mixer_s32_224",
    "levit_128",
    "mobilevit_s",
    "skresnet18",
    "resnest14d",
    "vgg11_bn",
    "xcit_tiny_12_p16_224",
)

# One of each further family, by library; `tools/zoo.py` checks them all, in both modes.
FURTHER = {
    "timm": (
        "beit_base_patch16_224",
        "cait_xxs24_224",
        "coatnet_nano_rw_224",
        "convit_tiny",
        "crossvit_9_240",
        "cs3darknet_s",
        "dla34",
        "dpn48b",
        "edgenext_xx_small",
        "eva02_tiny_patch14_224",
        "fastvit_t8",
        "focalnet_tiny_srf",
        "ghostnetv2_100",
        "gmlp_s16_224",
        "hardcorenas_a",
        "hgnetv2_b0",
        "inception_v4",
        "mvitv2_tiny",
        "nfnet_l0",
        "poolformerv2_s12",
        "repvgg_a0",
        "res2net50_14w_8s",
        "volo_d1_224",
    ),
    "transformers": (
        "clip",
        "deepseek_v3",
        "gemma3_text",
        "mamba",
        "mixtral",
        "qwen3_next",
        "recurrent_gemma",
        "segformer",
        "vit",
        "wav2vec2",
        "whisper",
        "xlnet",
    ),
}

# transformers model type -> sizes that keep the capture short; the architecture stays the published one.
TRANSFORMERS: dict[str, dict[str, Any]] = {
    "gpt2": {"n_layer": 3},
    "llama": {"num_hidden_layers": 3},
    "bert": {"num_hidden_layers": 3},
    "t5": {"num_layers": 3, "decoder_start_token_id": 0},
    "distilbert": {"n_layers": 3},
    "electra": {"num_hidden_layers": 3},
    "mistral": {"num_hidden_layers": 3},
    "gpt_neox": {"num_hidden_layers": 3},
    "albert": {"num_hidden_layers": 3},
    "bart": {"encoder_layers": 2, "decoder_layers": 2},
}


@cache
def declare_operators() -> None:
    """timm and transformers import torchvision, whose Python part wants three operators of its compiled one."""
    library = torch.library.Library("torchvision", "DEF")
    for schema in (
        "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
        "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
        (
            "deform_conv2d(Tensor input, Tensor weight, Tensor offset, Tensor mask, Tensor bias, int a, int b, int c, "
            "int d, int e, int f, int g, int h, bool use_mask) -> Tensor"
        ),
    ):
        library.define(schema)
    declare_operators.library = library  # type: ignore[attr-defined] # the operators live as long as this


def timm_model(name: str, *, train: bool, device: str = "meta", **settings: Any) -> Built:
    """A timm architecture and an input for it."""
    declare_operators()
    import timm

    with torch.device(device):
        model = timm.create_model(name, pretrained=False, **settings).train(train)
        return model, torch.randn(2, *model.default_cfg["input_size"])


def transformers_model(kind: str, *, train: bool, device: str = "meta", **settings: Any) -> Built:
    """A transformers architecture with its loss, and inputs for it."""
    declare_operators()
    import transformers

    config = transformers.AutoConfig.for_model(kind, **TRANSFORMERS[kind], **settings)
    makers: list[Callable[..., Any]] = [transformers.AutoModelForCausalLM, transformers.AutoModelForSeq2SeqLM]
    if kind in ("bert", "distilbert", "electra", "albert"):
        makers = [transformers.AutoModelForMaskedLM]
    elif kind in ("t5", "bart"):
        makers = makers[1:]
    with torch.device(device):
        model = makers[0].from_config(config, attn_implementation="eager").train(train)
        tokens = torch.zeros(2, 12, dtype=torch.int64)
    return model, {"input_ids": tokens, "labels": tokens}
