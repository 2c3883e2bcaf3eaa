"""Reads what the other nodes left, and writes the page and the figures."""

import json
import pathlib
import uuid
from typing import Any

from tfx import types
from tfx.dsl.components.base import base_executor
from tfx.types import artifact_utils
from tfx.utils import io_utils

from components.errors import UsageError
from components.report.figures import closing_figures
from components.report.page import render_page
from components.report.run_results import read_run_results

PAGE_FILE = "report.html"
FIGURES_FILE = "summary.json"


class Executor(base_executor.BaseExecutor):
    """See `components.report.component.Report`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Writes `report.html` and `summary.json`, and copies the page to `report_path`.

        Args:
            input_dict: as `components.report.component.ReportSpec` has them; `statistics` may be absent.
            output_dict: `report`.
            exec_properties: `report_path`.

        Raises:
            UnreadableInputError: a file of another node is missing or is not what it should be.
            UsageError: `report_path` cannot be written.
        """
        report_path = exec_properties["report_path"]
        results = read_run_results(input_dict)
        page = render_page(results)
        figures = closing_figures(results, report_path)
        uri = artifact_utils.get_single_uri(output_dict["report"])
        io_utils.write_string_file(f"{uri}/{PAGE_FILE}", page)
        io_utils.write_string_file(f"{uri}/{FIGURES_FILE}", json.dumps(figures, indent=1))
        _replace(pathlib.Path(report_path), page)


def _replace(path: pathlib.Path, text: str) -> None:
    """Writes beside the target and renames, so that a reader meets the old page or the new one, never half of it."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another workspace.") from error
