"""Images in [0, 1]."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import DOCS_BCE_LOGITS, HINTON_2006, KARPATHY_2019, LOAIZA_GANEM_2019, ZHAO_2015
from nonlin.base.language import Text

TASK = Task(
    title=Text("images with pixels in [0, 1]", "像素在 [0, 1] 内的图像"),
    aliases=("image", "image-01", "images", "pixels"),
    output=Choice(
        "sigmoid",
        Text("sigmoid", "sigmoid"),
        claim(
            "its range is the range of the pixels, so that no prediction must be cut",
            "值域正是像素的范围，预测无需截断",
            HINTON_2006,
        ),
    ),
    loss=Choice(
        "MSELoss",
        Text("nn.MSELoss()", "nn.MSELoss()"),
        claim(
            "normal errors of one size for all pixels; what PSNR measures",
            "所有像素方差相同的正态误差；与 PSNR 的度量一致",
            ZHAO_2015,
        ),
    ),
    scaling=claim(
        "divide 8-bit pixels by 255; do not standardise the target",
        "8 位像素除以 255；目标不要再标准化",
        HINTON_2006,
    ),
    bias=claim(
        "logit of each channel's mean: the first output is the mean image",
        "各通道均值的 logit：最初的输出就是平均图像",
        KARPATHY_2019,
    ),
    alternatives=(
        option(
            ("L1Loss", "L1Loss"),
            "sharper edges, less blur; its optimum is the median",
            "边缘更清晰，模糊更少；最优解是中位数",
            ZHAO_2015,
        ),
        option(
            ("none and BCEWithLogitsLoss", "不加激活，BCEWithLogitsLoss"),
            "its gradient does not vanish at black and white; not a density of grey values",
            "在纯黑和纯白处梯度不消失；但不是灰度值的密度",
            DOCS_BCE_LOGITS,
        ),
        option(
            ("the continuous Bernoulli", "连续伯努利分布"),
            "the density that binary cross entropy is often taken for, for a VAE",
            "人们常误以为二元交叉熵就是这个密度；适合 VAE",
            LOAIZA_GANEM_2019,
        ),
    ),
    avoid=(
        claim(
            "tanh: half of its range lies below black",
            "不要用 tanh：它的值域有一半低于纯黑",
            HINTON_2006,
        ),
        claim(
            "ReLU or clamp on the output in training: a pixel that is cut off has no gradient",
            "训练时输出不要用 ReLU 或 clamp：被截断的像素没有梯度",
            HINTON_2006,
        ),
    ),
    layout="map",
    code=TaskCode(
        data="y = torch.sigmoid(2 * features)",
        units="y.shape[1]",
        output="torch.sigmoid({z})",
        bias="model.head.bias.copy_(y.transpose(0, 1).flatten(1).mean(dim=1).logit())",
        criterion="criterion = nn.MSELoss()",
        predict="prediction = (255 * output).round()",
    ),
)
