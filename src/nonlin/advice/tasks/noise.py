"""The noise of a diffusion model."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import HO_2020
from nonlin.base.language import Text

TASK = Task(
    title=Text("the noise in an image, for a diffusion model", "图像中的噪声（扩散模型）"),
    aliases=("diffusion", "denoising", "score"),
    output=Choice(
        None,
        Text("none", "不加激活"),
        claim("noise is normal and has no bounds", "噪声服从正态分布，没有界限", HO_2020),
    ),
    loss=Choice(
        "MSELoss",
        Text("nn.MSELoss()", "nn.MSELoss()"),
        claim(
            "the simplified bound: every noise level counts alike",
            "简化后的变分界：各噪声水平权重相同",
            HO_2020,
        ),
    ),
    scaling=claim(
        "the noise has variance 1 already; scale the images to [-1, 1]",
        "噪声方差本来就是 1；图像缩放到 [-1, 1]",
        HO_2020,
    ),
    bias=claim("zero: noise has mean zero", "零：噪声均值为零", HO_2020),
    alternatives=(
        option(
            ("predict the clean image", "预测干净图像"),
            "needs the output of the image's range; in the paper the noise gave better samples",
            "输出需匹配图像范围；论文中预测噪声的样本质量更好",
            HO_2020,
        ),
    ),
    avoid=(
        claim(
            "tanh or sigmoid on the output: a third of normal noise lies outside [-1, 1]",
            "输出不要加 tanh 或 sigmoid：正态噪声有三分之一在 [-1, 1] 之外",
            HO_2020,
        ),
    ),
    layout="map",
    code=TaskCode(
        data="y = 0.8 * features + 0.6 * torch.randn_like(features)",
        units="y.shape[1]",
        criterion="criterion = nn.MSELoss()",
        predict="prediction = output",
    ),
)
