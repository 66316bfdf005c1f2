"""The generator of a GAN."""

from __future__ import annotations

from nonlin.advice.networks._code import model, stack
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import GOODFELLOW_2014, GULRAJANI_2017, IOFFE_2015, RADFORD_2015
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    layers = [
        "nn.Linear(16, 32 * 4 * 4, bias=False)",
        "nn.Unflatten(1, (32, 4, 4))",
        "nn.BatchNorm2d(32)",
        plan.hidden,
        "nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1, bias=False)",
        "nn.BatchNorm2d(16)",
        plan.hidden,
    ]
    head = f"nn.ConvTranspose2d(16, {plan.units}, 4, 2, padding=1)"
    return model(stack(layers), head, plan.output.format(z="self.head(self.body(x))"))


_INPUTS = """x = torch.randn(64, 16)
features = F.interpolate(torch.randn(64, 3, 4, 4), size=16, mode="bilinear")"""
_INIT = """def initialise(module):
    if isinstance(module, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, std=0.02)


model.apply(initialise)"""
_STEPS = """discriminator = nn.Sequential(
    nn.Conv2d(y.shape[1], 16, 4, stride=2, padding=1),
    nn.LeakyReLU(0.2),
    nn.Conv2d(16, 32, 4, stride=2, padding=1),
    nn.LeakyReLU(0.2),
    nn.Flatten(),
    nn.Linear(32 * 4 * 4, 1),
)
discriminator.apply(initialise)
criterion = nn.BCEWithLogitsLoss()
real, fake = torch.ones(len(y), 1), torch.zeros(len(y), 1)
rates = {"lr": 0.0002, "betas": (0.5, 0.999)}
generator_optimizer = torch.optim.Adam(model.parameters(), **rates)
weights = discriminator.parameters()
discriminator_optimizer = torch.optim.Adam(weights, **rates)
for step in range(21):
    images = model(x)
    loss = criterion(discriminator(y), real)
    loss = loss + criterion(discriminator(images.detach()), fake)
    discriminator_optimizer.zero_grad()
    loss.backward()
    discriminator_optimizer.step()
    generator_loss = criterion(discriminator(images), real)
    generator_optimizer.zero_grad()
    generator_loss.backward()
    generator_optimizer.step()
    if step % 10 == 0:
        print(f"step {step}: loss {loss.item():.4f}")
        print(f"generator {generator_loss.item():.4f}")"""


NETWORK = Network(
    title=Text("the generator of a GAN", "GAN 的生成器"),
    aliases=("generator", "gan", "dcgan"),
    hidden=Choice(
        "relu",
        Text(
            "ReLU after batch normalisation; none before the output's own",
            "ReLU，置于批归一化之后；输出层用自己的激活",
        ),
        claim(
            "the published recipe of DCGAN: ReLU in the generator, a bounded output that covers the data's range",
            "DCGAN 论文的做法：生成器用 ReLU，输出有界并覆盖数据范围",
            RADFORD_2015,
        ),
    ),
    init=claim("normal with std 0.02", "正态分布，标准差 0.02", RADFORD_2015),
    loss=Choice(
        "BCEWithLogitsLoss",
        Text(
            "nn.BCEWithLogitsLoss() of a discriminator, with the fakes called real",
            "判别器的 nn.BCEWithLogitsLoss()，把生成的图像标为真",
        ),
        claim(
            "the non-saturating loss: its gradient is large where the discriminator sees through the fakes",
            "不饱和的损失：判别器识破之处梯度反而大",
            GOODFELLOW_2014,
        ),
    ),
    alternatives=(
        option(
            ("a Wasserstein critic (network gan-critic)", "Wasserstein 评论家（网络类型 gan-critic）"),
            "steadier, and its loss tells the quality; several steps of the critic for one of the generator",
            "更稳定，损失能反映质量；生成器每走一步，评论家要走几步",
            GULRAJANI_2017,
        ),
    ),
    avoid=(
        claim(
            "data and output of different range: images in [0, 255] or [0, 1] beside a tanh are told apart at once",
            "数据与输出的范围不能不同：[0, 255] 或 [0, 1] 的图像配 tanh，判别器一眼就能分辨",
            RADFORD_2015,
            rule="NL215",
        ),
        claim(
            "minimising log(1 - D(G(z))): its gradient vanishes while the discriminator is sure; maximise log D(G(z))",
            "不要最小化 log(1 - D(G(z)))：判别器有把握时梯度消失；应最大化 log D(G(z))",
            GOODFELLOW_2014,
        ),
        claim(
            "batch normalisation on the output layer, or a bias before batch normalisation",
            "输出层不要用批归一化，批归一化之前也不要加偏置",
            RADFORD_2015,
            IOFFE_2015,
        ),
    ),
    layouts=("rows", "map"),
    task="image-signed",
    tasks=("image-signed", "image-unit"),
    adversarial=True,
    code=NetworkCode(inputs=lambda _: _INPUTS, model=_model, init=lambda _: _INIT, steps=_STEPS),
)
