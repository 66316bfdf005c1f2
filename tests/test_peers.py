"""What other checkers show in their own documents, as far as it concerns activations or losses, is found on its line.

The examples are written anew after the bug gallery in torchtest2's README (0.1.0), the rules of torch-audit (0.3.0) and
the fixtures of TorchFix (0.7.0). Their other examples are about optimisers, data loaders, devices and renamed functions.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import checked, found, marks

EXAMPLES = sorted((Path(__file__).parent / "peers").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_peers_own_example_is_found_on_its_line(path: Path) -> None:
    wanted = marks(path)

    assert wanted
    assert wanted <= found(checked(path))
