"""A multilayer perceptron."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, model, rows, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import (
    GLOROT_2010,
    HE_2015,
    HENDRYCKS_2016,
    KLAMBAUER_2017,
    RAMACHANDRAN_2017,
)
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    norm = ["nn.BatchNorm1d(64)"] if plan.batch_norm else []
    bias = ", bias=False" if plan.batch_norm else ""
    output = plan.output.format(z="self.head(self.body(x))")
    if not plan.residual:
        layer = [f"nn.Linear(64, 64{bias})", *norm, plan.hidden]
        body = stack([f"nn.Linear(16, 64{bias})", *norm, plan.hidden, *layer])
        return model(body, f"nn.Linear(64, {plan.units})", output)
    inner = ", ".join([f"nn.Linear(64, 64{bias})", *norm, plan.hidden, "nn.Linear(64, 64)"])
    block = f"""class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.branch = nn.Sequential({inner})

    def forward(self, x):
        return x + self.branch(x)


"""
    body = stack(["nn.Linear(16, 64)", "Block()", "Block()", plan.hidden])
    return model(body, f"nn.Linear(64, {plan.units})", output, before=block)


def _init(plan: Plan) -> str:
    if not plan.residual:
        return fan_in(plan.gain)
    zero = """for block in model.body:
    if isinstance(block, Block):
        nn.init.zeros_(block.branch[-1].weight)"""
    return f"{fan_in(plan.gain)}\n{zero}"


NETWORK = Network(
    title=Text("a multilayer perceptron (dense layers)", "多层感知机（全连接层）"),
    aliases=("dense", "feedforward", "fully-connected"),
    hidden=Choice(
        "relu",
        Text("ReLU", "ReLU"),
        claim(
            "cheap, does not saturate for positive inputs, and has an exact initialisation",
            "计算便宜，正半轴不饱和，并且有精确的初始化公式",
            HE_2015,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in), biases zero: the second moment of the signal stays the same "
        "from layer to layer",
        "正态分布，标准差 = {gain} / sqrt(fan_in)，偏置为零：信号的二阶矩逐层保持不变",
        HE_2015,
    ),
    alternatives=(
        option(
            ("GELU or SiLU", "GELU 或 SiLU"),
            "smooth, often slightly better; several times the cost of ReLU where no fused kernel is used",
            "平滑，效果往往略好；若没有融合算子，开销是 ReLU 的数倍",
            HENDRYCKS_2016,
            RAMACHANDRAN_2017,
        ),
        option(
            ("Tanh", "Tanh"),
            "smooth and zero-centred: good for small networks and physics; its slope vanishes with depth",
            "平滑且以零为中心，适合小网络和物理问题；网络加深后梯度会消失",
            GLOROT_2010,
        ),
        option(
            ("SELU (network deep-mlp)", "SELU（网络类型 deep-mlp）"),
            "keeps a deep network without normalisation stable; asks for LeCun initialisation and AlphaDropout",
            "无需归一化即可让深层网络保持稳定；但必须配合 LeCun 初始化和 AlphaDropout",
            KLAMBAUER_2017,
        ),
    ),
    avoid=(
        claim(
            "sigmoid between hidden layers: its slope is at most 1/4, and its mean is far from zero",
            "不要在隐藏层之间用 sigmoid：斜率至多 1/4，且均值远离零",
            GLOROT_2010,
        ),
    ),
    switches={"batch_norm": False, "residual": False},
    code=NetworkCode(inputs=lambda _: rows(16), model=_model, init=_init),
)
