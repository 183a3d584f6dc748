"""How a typed value is read: by a parser of ours, as text, or as a path.

The framework would read them through pydantic, which takes longer to load than a short command takes to run.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin

import typer
from typer._coercion import RuntimeParam
from typer._param_types import coerce_cli_path

from jamsostek_cli.messages import text

if TYPE_CHECKING:
    from typer._click import Context, Parameter
    from typer.core import TyperArgument, TyperOption


@dataclass(frozen=True)
class _Read(RuntimeParam):
    """How the values of one parameter are read."""

    kind: Callable[[Any], object]
    """What makes a value of what is typed: a parser, or the type that is declared."""
    several: bool

    def _coerce_value(self, value: Any, param: Any, ctx: "Context") -> object:  # noqa: ANN401 - as the framework's own
        if not self.several:
            return self._one(value, param, ctx)
        return [self._one(each, param, ctx) for each in value]

    def _one(self, value: object, param: Any, ctx: "Context") -> object:  # noqa: ANN401 - as above
        try:
            made = self.kind(value)
        except ValueError:  # thousands of digits are no number to Python
            raise typer.BadParameter(text("usage.other"), ctx=ctx, param=param) from None
        if self.kind is Path:
            assert isinstance(made, Path)  # noqa: S101 - for mypy: it was made just now
            return coerce_cli_path(made, self.parameter_info, path_type=Path, param=param, ctx=ctx)
        return made


def read_plainly(params: "Iterable[Parameter]") -> None:
    """Have the values of these parameters read so."""
    for param in params:
        described = cast("TyperArgument | TyperOption", param).type_descriptor
        annotation: Any = described.annotation
        several = get_origin(annotation) is list
        kind = described.parameter_info.parser or (get_args(annotation)[0] if several else annotation)
        read = _Read(described.parameter_info, annotation, kind, several)
        vars(param)["_runtime_param"] = read  # the framework makes its own where none is
