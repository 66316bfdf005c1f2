"""The discriminator of a GAN."""

from __future__ import annotations

from nonlin.advice.networks._code import images, model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import ARJOVSKY_2017, GULRAJANI_2017, MIYATO_2018, RADFORD_2015
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    layers = [
        "nn.Conv2d(3, 16, 4, stride=2, padding=1)",
        plan.hidden,
        "nn.Conv2d(16, 32, 4, stride=2, padding=1)",
        plan.hidden,
        "nn.Flatten()",
    ]
    output = plan.output.format(z="self.head(self.body(x))")
    return model(stack(layers), f"nn.Linear(32 * 4 * 4, {plan.units})", output)


_INIT = """def initialise(module):
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.normal_(module.weight, std=0.02)
        nn.init.zeros_(module.bias)


model.apply(initialise)"""


NETWORK = Network(
    title=Text("the discriminator of a GAN", "GAN 的判别器"),
    aliases=("discriminator",),
    hidden=Choice(
        "leaky_relu",
        Text("LeakyReLU(0.2)", "LeakyReLU(0.2)"),
        claim(
            "the generator learns only through the discriminator's slope: it must not be zero on half of the line",
            "生成器只能通过判别器的梯度学习，因此斜率不能在半条数轴上为零",
            RADFORD_2015,
        ),
        params={"negative_slope": 0.2},
    ),
    init=claim("normal with std 0.02", "正态分布，标准差 0.02", RADFORD_2015),
    alternatives=(
        option(
            (
                "spectral normalisation (torch.nn.utils.parametrizations)",
                "谱归一化（torch.nn.utils.parametrizations）",
            ),
            "bounds the slope and steadies training; one power iteration for each layer and step",
            "限制斜率、稳定训练；每层每步多一次幂迭代",
            MIYATO_2018,
        ),
        option(
            ("a Wasserstein critic (network gan-critic)", "Wasserstein 评论家（网络类型 gan-critic）"),
            "its loss does not saturate; must be kept Lipschitz",
            "损失不会饱和；但必须保持 Lipschitz 性质",
            ARJOVSKY_2017,
            GULRAJANI_2017,
        ),
    ),
    avoid=(
        claim(
            "a sigmoid of its own before BCEWithLogitsLoss: the loss holds one",
            "BCEWithLogitsLoss 之前不要再加 sigmoid：损失内部已有",
            RADFORD_2015,
            rule="NL202",
        ),
        claim(
            "max pooling and ReLU: they leave the generator sparse gradients; take strides and LeakyReLU",
            "不要用最大池化和 ReLU：它们给生成器的梯度稀疏；改用步长卷积和 LeakyReLU",
            RADFORD_2015,
        ),
    ),
    task="binary",
    tasks=("binary",),
    code=NetworkCode(inputs=images, model=_model, init=lambda _: _INIT),
)
