"""What batch normalisation and residual branches change, whatever the task."""

from __future__ import annotations

from collections.abc import Mapping

from nonlin.advice.record import Claim, Switch, claim
from nonlin.advice.sources import DOCS_BATCH_NORM, GOYAL_2017, HE_2016, IOFFE_2015

NOTES: Mapping[Switch, tuple[Claim, ...]] = {
    "batch_norm": (
        claim(
            "with batch normalisation: linear layer without bias, normalisation, activation; the normalisation sets "
            "the scale, so the gain matters little",
            "使用批归一化时：顺序为不带偏置的线性层、归一化、激活；尺度由归一化决定，因此增益影响不大",
            IOFFE_2015,
        ),
        claim(
            "call model.eval() before predicting: in training mode each prediction depends on its batch",
            "预测前调用 model.eval()：训练模式下，每个预测都受同批样本影响",
            DOCS_BATCH_NORM,
        ),
    ),
    "residual": (
        claim(
            "with residual branches: the last layer of each branch zero and without activation, so that the network "
            "begins as a shallow one and nothing blocks the sum",
            "使用残差分支时：每个分支的最后一层置零且不加激活，网络从浅层状态开始，求和路径上没有阻碍",
            GOYAL_2017,
            HE_2016,
        ),
    ),
}
