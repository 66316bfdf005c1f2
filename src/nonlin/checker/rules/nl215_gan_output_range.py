"""The generator's final activation cannot produce values that the real data has.

## What it finds

A generator that ends in sigmoid, ReLU, tanh or another bounded function, while real data that
meets the same discriminator lies outside that function's range: images in [-1, 1] against a
sigmoid, standardised data against a ReLU. The finding says which share of the values. A range
wider than the data, such as tanh for data in [0, 1], is not reported.

## Why it is bad

The discriminator needs no more than the range to tell the two apart: one negative pixel proves
that an image is real. If a share p of the real samples has such a value, the Jensen-Shannon
divergence can never fall to 0; it stays at 0.216 or more for p = 0.5 and at its maximum log 2 =
0.693 for p = 1, whatever the generator learns. In that last case a perfect discriminator exists,
its loss goes to 0, and the gradient that it gives the generator vanishes.

The generator is pushed toward the end of its range meanwhile, into the flat part of its
activation.

## How to fix

Make the two ranges agree: tanh for data in [-1, 1], sigmoid for data in [0, 1], no activation
for standardised data. Or scale the real data to the generator's range, and undo the scaling when
you show samples.

## When to silence

When the values outside are outliers that the generator should not imitate. Put
`# nonlin: ignore[NL215]` on the line of the activation.

## Sources

- Radford, Metz and Chintala 2015, "Unsupervised Representation Learning with Deep Convolutional
  Generative Adversarial Networks", arXiv:1511.06434 (images scaled to the range of tanh)
- Arjovsky and Bottou 2017, "Towards Principled Methods for Training Generative Adversarial
  Networks", arXiv:1701.04862
- The same disagreement the other way round, tanh and data in [0, 1]:
  https://github.com/voletiv/self-attention-GAN-pytorch/issues/6
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nonlin.base.finding import Finding, Fix
from nonlin.base.interval import Interval
from nonlin.base.language import Text
from nonlin.checker.mend import recipes
from nonlin.checker.rule import rule
from nonlin.checker.rules._common import also, spelled

if TYPE_CHECKING:
    from nonlin.checker.run import Run

ZH = """生成器最后的激活函数产生不了真实数据中的一部分取值。

## 它发现什么

生成器以 sigmoid、ReLU、tanh 等值域受限的函数结尾，而送入同一个判别器的真实数据落在该值域之外：
图像在 [-1, 1]，生成器却用 sigmoid；数据已标准化，生成器却用 ReLU。报告会给出所占比例。值域比数
据更宽的情形（例如数据在 [0, 1]，生成器用 tanh）不报告。

## 为什么不好

判别器只看取值范围就能区分真假：只要有一个负像素，图像必为真。若真实样本中有比例 p 含有这样的值，
Jensen-Shannon 散度就永远不可能降到 0：无论生成器学到什么，p = 0.5 时它至少为 0.216，p = 1 时恒
为最大值 log 2 = 0.693。在后一种情形下存在完美的判别器，它的损失趋于 0，传给生成器的梯度随之消
失。

与此同时，生成器被推向值域的端点，进入激活函数的平坦区。

## 怎样修正

让两个范围一致：数据在 [-1, 1] 用 tanh，在 [0, 1] 用 sigmoid，标准化的数据不加激活函数。或者把真
实数据缩放到生成器的值域，展示样本时再还原。

## 何时忽略

值域之外的取值是不应模仿的离群点时。在激活函数所在的行写上 `# nonlin: ignore[NL215]`。

## 来源

- Radford, Metz, Chintala 2015, "Unsupervised Representation Learning with Deep Convolutional
  Generative Adversarial Networks", arXiv:1511.06434（图像缩放到 tanh 的值域）
- Arjovsky, Bottou 2017, "Towards Principled Methods for Training Generative Adversarial
  Networks", arXiv:1701.04862
- 方向相反的同类不一致（tanh 与 [0, 1] 的数据）：
  https://github.com/voletiv/self-attention-GAN-pytorch/issues/6
"""


@rule("NL215", severity="error", zh=ZH, since="0.1")
def gan_output_range(run: Run) -> Iterator[Finding]:
    """A generator's range cannot hold the real data that meets the same layer of the discriminator."""
    done = set()
    for fake, real, layer in run.meetings():
        limit = run.limiter(fake)
        if limit is None or limit in done or run.range(fake).unbounded:
            continue
        image = run.range(fake)
        room = 1e-3 * (image.width if image.bounded else 1.0)
        share = run.share_outside(real, Interval(image.lo - room, image.hi + room))
        if share is None or share < 0.01:
            continue
        done.add(limit)
        yield Finding(
            limit.site,
            Text(
                f"{spelled(limit)} confines the generated data to {image}, but {share:.0%} of the real data lies outside",
                f"{spelled(limit)} 把生成的数据限制在 {image}，而真实数据有 {share:.0%} 在此范围之外",
            ),
            evidence={"share_outside": share, "low": str(image.lo), "high": str(image.hi), **run.ends(real)},
            proof=Text(
                "the discriminator tells the two apart by the range alone, so the generator cannot win",
                "判别器只看取值范围就能区分两者，生成器不可能获胜",
            ),
            fix=Fix(
                Text(
                    "end the generator with an activation of the data's range (tanh for [-1, 1]), or rescale the data",
                    "让生成器以与数据范围一致的激活结尾（[-1, 1] 用 tanh），或重新缩放数据",
                ),
                edits=recipes.swap(run.graph, limit, "tanh", "Tanh", options=False)
                if run.share_outside(real, Interval(-1.0, 1.0)) == 0
                else (),
            ),
            related=also(layer),
        )
