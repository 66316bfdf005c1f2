"""The critic of a Wasserstein GAN."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in, images, model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import ARJOVSKY_2017, GULRAJANI_2017, HE_2015, MIYATO_2018, RADFORD_2015
from nonlin.base.language import Text

_PENALTY = """


def penalty(model, fake, real):
    share = torch.rand(len(fake), 1, 1, 1)
    between = (share * fake + (1 - share) * real).requires_grad_()
    total = model(between).sum()
    (slope,) = torch.autograd.grad(total, between, create_graph=True)
    return ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()"""


def _model(plan: Plan) -> str:
    layers = [
        "nn.Conv2d(3, 16, 4, stride=2, padding=1)",
        plan.hidden,
        "nn.Conv2d(16, 32, 4, stride=2, padding=1)",
        plan.hidden,
        "nn.Flatten()",
    ]
    output = plan.output.format(z="self.head(self.body(x))")
    return model(stack(layers), f"nn.Linear(32 * 4 * 4, {plan.units})", output) + _PENALTY


NETWORK = Network(
    title=Text("the critic of a Wasserstein GAN", "Wasserstein GAN 的评论家"),
    aliases=("critic", "wgan", "wgan-gp"),
    hidden=Choice(
        "leaky_relu",
        Text("LeakyReLU(0.2), without batch normalisation", "LeakyReLU(0.2)，不用批归一化"),
        claim(
            "the critic's slope is what the generator learns from; the penalty on it is one per sample, which batch "
            "normalisation would mix",
            "生成器靠评论家的梯度学习；对梯度的惩罚按样本计算，批归一化会把样本混在一起",
            GULRAJANI_2017,
            RADFORD_2015,
        ),
        params={"negative_slope": 0.2},
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in)", "正态分布，标准差 = {gain} / sqrt(fan_in)", HE_2015
    ),
    alternatives=(
        option(
            ("spectral normalisation in place of the penalty", "用谱归一化代替梯度惩罚"),
            "cheaper: no second derivative; the bound is looser",
            "更便宜：不需要二阶导数；但约束较松",
            MIYATO_2018,
        ),
        option(
            ("layer normalisation", "层归一化"),
            "goes together with the penalty, for each sample is normalised by itself",
            "可与梯度惩罚同用，因为每个样本各自归一化",
            GULRAJANI_2017,
        ),
    ),
    avoid=(
        claim(
            "sigmoid on the score: a critic estimates a distance, not a probability",
            "分数不要加 sigmoid：评论家估计的是距离，不是概率",
            ARJOVSKY_2017,
            rule="NL216",
        ),
        claim(
            "clipping of the weights to keep the slope bounded: it wastes capacity, and gradients explode or vanish",
            "不要靠裁剪权重来限制斜率：浪费容量，梯度会爆炸或消失",
            GULRAJANI_2017,
        ),
    ),
    task="critic",
    tasks=("critic",),
    code=NetworkCode(
        inputs=images,
        model=_model,
        init=lambda plan: fan_in(plan.gain, "(nn.Conv2d, nn.Linear)"),
        loss="criterion(model(x), y) + 10 * penalty(model, x[~y], x[y])",
    ),
)
