"""Log-softmax is left out: the NLL loss falls without limit as the raw scores grow.

Reaches: test accuracy 0.27
Expect: NL206 nll-on-raw-logits
"""

import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

EPOCHS = 6

torch.manual_seed(0)
images, labels = load_digits(return_X_y=True)
x, x_test, y, y_test = map(
    torch.tensor, train_test_split((images / 16).astype("float32"), labels, random_state=0)
)
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True, drop_last=True)


def block(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(inputs, outputs, bias=False),
        nn.BatchNorm1d(outputs),
        nn.ReLU(),
    )


model = nn.Sequential(
    block(64, 64),
    block(64, 64),
    nn.Linear(64, 10),
)
criterion = nn.NLLLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)

for _ in range(EPOCHS):
    model.train()
    for batch, target in loader:
        optimizer.zero_grad()
        loss = criterion(model(batch), target)
        loss.backward()
        optimizer.step()

model.eval()
with torch.no_grad():
    accuracy = (model(x_test).argmax(1) == y_test).float().mean()
print(f"test accuracy {accuracy:.3f}")
