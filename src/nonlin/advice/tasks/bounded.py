"""Numbers between two known bounds."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BISHOP_2006, DOCS_BCE_LOGITS, LECUN_1998, MCCULLAGH_1989, PAPKE_1996
from nonlin.advice.tasks._bias import logit_mean
from nonlin.base.language import Text

TASK = Task(
    title=Text(
        "numbers between two known bounds: shares, scores, percentages",
        "介于两个已知界限之间的数：占比、评分、百分率",
    ),
    aliases=("bounded-regression", "fraction", "share", "percentage", "proportion"),
    output=Choice(
        None,
        Text("none: the loss holds the sigmoid", "不加激活：损失内部含 sigmoid"),
        claim(
            "low + (high - low) * sigmoid(z) stays within the bounds; inside the loss it is exact and does not vanish",
            "low + (high - low) * sigmoid(z) 始终在界内；放进损失中计算既精确，梯度也不会消失",
            PAPKE_1996,
        ),
    ),
    loss=Choice(
        "BCEWithLogitsLoss",
        Text(
            "nn.BCEWithLogitsLoss() on (y - low) / (high - low)",
            "对 (y - low) / (high - low) 用 nn.BCEWithLogitsLoss()",
        ),
        claim(
            "takes targets anywhere in [0, 1]; its optimum is the conditional mean, whatever the distribution",
            "目标可以是 [0, 1] 内任意数；无论分布如何，最优解都是条件均值",
            PAPKE_1996,
            DOCS_BCE_LOGITS,
        ),
    ),
    scaling=claim(
        "to [0, 1] by the bounds that are known, not by the least and the greatest target seen",
        "按已知的界限缩放到 [0, 1]，而不是按见到的最小和最大目标",
        PAPKE_1996,
    ),
    bias=claim("logit of the mean of the scaled targets", "缩放后目标均值的 logit", MCCULLAGH_1989),
    alternatives=(
        option(
            ("sigmoid on the output, MSELoss", "输出加 sigmoid，用 MSELoss"),
            "errors in units of the target; the gradient vanishes where the sigmoid is flat and the target far",
            "误差与目标同单位；在 sigmoid 平坦而目标较远处梯度会消失",
            BISHOP_2006,
        ),
        option(
            ("tanh on the output, for bounds [-1, 1]", "界限为 [-1, 1] 时输出加 tanh"),
            "the same as a scaled sigmoid; scale the targets a little inside, where tanh has slope",
            "等价于缩放的 sigmoid；目标略往里缩，落在 tanh 仍有斜率的地方",
            LECUN_1998,
        ),
    ),
    avoid=(
        claim(
            "clamp on the output in training: outside it has no gradient",
            "训练时不要用 clamp 截断输出：界外没有梯度",
            BISHOP_2006,
        ),
        claim(
            "sigmoid before BCEWithLogitsLoss: the loss applies it again",
            "BCEWithLogitsLoss 之前不要加 sigmoid：损失会再做一次",
            DOCS_BCE_LOGITS,
            rule="NL202",
        ),
    ),
    code=TaskCode(
        data="""low, high = 0.0, 10.0
y = low + (high - low) * torch.sigmoid(features[:, :1])
y = (y - low) / (high - low)""",
        units="1",
        bias="model.head.bias.copy_(y.mean(dim=0).logit())",
        criterion="criterion = nn.BCEWithLogitsLoss()",
        predict="prediction = low + (high - low) * output.sigmoid()",
    ),
    bias_of=logit_mean,
)
