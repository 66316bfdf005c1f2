"""An order of items."""

from __future__ import annotations

from nonlin.advice.record import Choice, Task, TaskCode, claim, option
from nonlin.advice.sources import BURGES_2005, CAO_2007
from nonlin.base.language import Text

TASK = Task(
    title=Text("an order of items: search results, recommendations", "对象的先后顺序：搜索结果、推荐"),
    aliases=("rank", "ranknet", "learning-to-rank", "preference"),
    output=Choice(
        None,
        Text("none: one score for each item", "不加激活：每个对象一个分数"),
        claim("only differences of scores matter", "只有分数之差有意义", BURGES_2005),
    ),
    loss=Choice(
        None,
        Text(
            "F.softplus(-(better - worse)).mean() over pairs",
            "对所有成对样本取 F.softplus(-(better - worse)).mean()",
        ),
        claim(
            "the logistic likelihood that the better item gets the greater score",
            "较好者得分更高的逻辑斯谛似然",
            BURGES_2005,
        ),
    ),
    scaling=claim(
        "none: only the order of the relevances is used; form pairs within a query",
        "不缩放：只用相关度的次序；只在同一查询内组成对",
        BURGES_2005,
    ),
    bias=claim("of no effect: it cancels in every pair", "没有作用：在每一对中都抵消", BURGES_2005),
    alternatives=(
        option(
            (
                "ListNet: cross entropy between softmax of relevances and of scores",
                "ListNet：相关度的 softmax 与分数的 softmax 之间的交叉熵",
            ),
            "sees a whole list and weighs its top; needs lists of one query",
            "看到整个列表并看重前几名；需要按查询成组的列表",
            CAO_2007,
        ),
        option(
            ("nn.MarginRankingLoss", "nn.MarginRankingLoss"),
            "stops at a margin that must be chosen",
            "间隔达到后不再优化；间隔要自己选",
            BURGES_2005,
        ),
    ),
    avoid=(
        claim(
            "sigmoid or softplus on the score: it presses the differences together",
            "分数不要加 sigmoid 或 softplus：它会压缩分数差",
            BURGES_2005,
        ),
        claim(
            "MSELoss on the relevance: it spends its effort on numbers that the order does not need",
            "不要对相关度用 MSELoss：精力会花在次序并不需要的数值上",
            BURGES_2005,
        ),
    ),
    code=TaskCode(
        data="y = features[:, 0].round()",
        units="1",
        criterion="""def criterion(output, y):
    better = y[:, None] > y[None, :]
    return F.softplus(-(output - output.T)[better]).mean()

""",
        predict="prediction = output.flatten().argsort(descending=True)",
    ),
)
