"""A variational autoencoder."""

from __future__ import annotations

from nonlin.advice.networks._code import fan_in
from nonlin.advice.record import Choice, Network, NetworkCode, Plan, claim, option
from nonlin.advice.sources import HE_2015, KINGMA_2013, LOAIZA_GANEM_2019
from nonlin.base.language import Text


def _model(plan: Plan) -> str:
    return f"""class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(x.shape[1], 64),
            {plan.hidden},
        )
        self.mean = nn.Linear(64, 4)
        self.log_variance = nn.Linear(64, 4)
        self.decoder = nn.Sequential(
            nn.Linear(4, 64),
            {plan.hidden},
        )
        self.head = nn.Linear(64, {plan.units})

    def forward(self, x):
        hidden = self.encoder(x)
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        variance = log_variance.exp()
        kl = 0.5 * (mean**2 + variance - 1 - log_variance)
        self.kl = kl.sum(dim=1).mean()
        noise = torch.randn_like(mean) if self.training else 0.0
        code = mean + variance.sqrt() * noise
        return {plan.output.format(z="self.head(self.decoder(code))")}


model = Model()"""


def _init(plan: Plan) -> str:
    return f"""{fan_in(plan.gain)}
nn.init.normal_(model.mean.weight, std=0.01)
nn.init.normal_(model.log_variance.weight, std=0.01)"""


NETWORK = Network(
    title=Text("a variational autoencoder", "变分自编码器"),
    aliases=("variational-autoencoder",),
    hidden=Choice(
        "relu",
        Text(
            "ReLU; none on the code's mean and log-variance; on the output what the data ask for",
            "ReLU；编码的均值和对数方差都不加；输出层由数据决定",
        ),
        claim(
            "a mean takes any sign, and so does the logarithm of a variance: exp makes it positive where it is used",
            "均值可正可负，方差的对数也是：使用时再由 exp 变成正数",
            KINGMA_2013,
        ),
    ),
    init=claim(
        "normal with std = {gain} / sqrt(fan_in); mean and log-variance near zero, so that the code begins at its "
        "prior",
        "正态分布，标准差 = {gain} / sqrt(fan_in)；均值和对数方差接近零，使编码从先验开始",
        HE_2015,
        KINGMA_2013,
    ),
    penalty=Text(
        "KL of the code from its prior / values in a sample",
        "编码与先验之间的 KL 散度 / 每个样本的数值个数",
    ),
    alternatives=(
        option(
            ("the continuous Bernoulli for data in [0, 1]", "数据在 [0, 1] 内时用连续伯努利分布"),
            "a true density where binary cross entropy is none; one more term in the loss "
            "(torch.distributions.ContinuousBernoulli)",
            "它是真正的密度，而二元交叉熵不是；损失多一项（torch.distributions.ContinuousBernoulli）",
            LOAIZA_GANEM_2019,
        ),
    ),
    avoid=(
        claim(
            "ReLU on the mean or the log-variance, or as a variance: it excludes half of the codes and divides by zero",
            "不要在均值或对数方差上用 ReLU，也不要用它得到方差：它排除一半编码，还会除以零",
            KINGMA_2013,
        ),
        claim(
            "a mean over units in one term of the loss and a sum in the other: the balance of the two is lost",
            "不要一项对维度取均值、另一项取和：两项的平衡会被破坏",
            KINGMA_2013,
        ),
    ),
    task="image-unit",
    tasks=("image-signed", "image-unit", "multi-label", "regression"),
    code=NetworkCode(
        inputs=lambda _: "features = torch.randn(256, 4) @ torch.randn(4, 16) / 2",
        late_inputs="x = y",
        model=_model,
        init=_init,
        loss="criterion(model(x), y) + model.kl / y[0].numel()",
    ),
)
