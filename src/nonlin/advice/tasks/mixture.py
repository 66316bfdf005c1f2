"""A density with several peaks."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BISHOP_1994, KARPATHY_2019, KOENKER_1978, LECUN_1998, NIX_1994
from nonlin.base.language import Text

TASK = Task(
    title=Text("a density with several peaks (mixture density network)", "多峰密度（混合密度网络）"),
    aliases=("mdn", "mixture-density", "multimodal"),
    output=Choice(
        None,
        Text(
            "none for weights (logits) and means; softplus + 1e-2 for the spreads",
            "权重（logits）和均值不加激活；标准差用 softplus + 1e-2",
        ),
        claim(
            "weights sum to one by the log-softmax in the loss; spreads must stay above zero",
            "权重由损失中的 log-softmax 归一；标准差必须大于零",
            BISHOP_1994,
        ),
    ),
    loss=Choice(
        None,
        Text(
            "-torch.distributions.MixtureSameFamily(..).log_prob(y)",
            "-torch.distributions.MixtureSameFamily(..).log_prob(y)",
        ),
        claim(
            "the likelihood of the mixture, summed by logsumexp",
            "混合分布的似然，用 logsumexp 求和",
            BISHOP_1994,
        ),
    ),
    scaling=claim("standardise", "标准化", LECUN_1998),
    bias=claim(
        "means spread over the targets' quantiles, else all components learn the same peak; the rest zero",
        "各均值分布在目标的分位数上，否则所有分量学成同一个峰；其余为零",
        BISHOP_1994,
        KARPATHY_2019,
    ),
    alternatives=(
        option(
            ("one normal (task gaussian)", "单个正态（任务 gaussian）"),
            "far easier to train, where there is one peak",
            "只有一个峰时训练容易得多",
            NIX_1994,
        ),
        option(
            ("quantiles (task quantiles)", "分位数（任务 quantiles）"),
            "no shape is assumed; no density either",
            "不假定形状；也得不到密度",
            KOENKER_1978,
        ),
    ),
    avoid=(
        claim(
            "softmax on the weights before Categorical(logits=..): it is applied twice",
            "在 Categorical(logits=..) 之前不要对权重做 softmax：它会作用两次",
            BISHOP_1994,
        ),
        claim(
            "a spread without a floor: a component on a single sample makes the likelihood infinite",
            "标准差不能没有下限：某个分量缩到单个样本上会使似然无穷大",
            BISHOP_1994,
        ),
    ),
    code=TaskCode(
        data="""components = 3
side = torch.where(torch.rand(len(features), 1) < 0.5, -1.0, 1.0)
y = side * (2 + 0.5 * features[:, :1]) + 0.1 * torch.randn(len(features), 1)
mean, std = y.mean(), y.std()
y = (y - mean) / std""",
        units="3 * components",
        bias="""model.head.bias.zero_()
peaks = y.flatten().quantile(torch.tensor([0.2, 0.5, 0.8]))
model.head.bias[components : 2 * components] = peaks""",
        criterion="""def mixture(output):
    logits, mean, raw = output.chunk(3, dim=1)
    return torch.distributions.MixtureSameFamily(
        torch.distributions.Categorical(logits=logits),
        torch.distributions.Normal(mean, F.softplus(raw) + 0.001),
    )


def criterion(output, y):
    return -mixture(output).log_prob(y.squeeze(1)).mean()

""",
        predict="prediction = mixture(output).sample() * std + mean",
    ),
)
