"""Every code of a failure that the package's own source can give a home, found in the source itself."""

import ast
from collections.abc import Iterator

from .running_host import PACKAGE

# Whoever is called so is given a code first.
_PROBLEMS = ("Problem", "SecretsProblem", "RecordProblem")


def codes_in_code() -> set[str]:
    sources = (PACKAGE / "nameplate_homes").rglob("*.py")
    return {code for source in sources for code in _codes(ast.parse(source.read_text()))}


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _PROBLEMS and node.args:
            # Anything else than a word hands on another problem's code.
            if isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            for key, value in pairs:
                if isinstance(key, ast.Constant) and key.value == "code" and isinstance(value, ast.Constant):
                    yield str(value.value)
