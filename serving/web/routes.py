"""The routes of the drawing page: its files, and what it has to know of the model.

The page asks for predictions as any other client of TensorFlow Serving's REST API does. That API tells no words, and
the game needs some to ask for, so one route of our own does.
"""

import asyncio
from pathlib import Path

from aiohttp import web
from tensorflow_serving.apis import model_pb2

from components.trainer.assets import LABELS_FILE, labels_from_text
from serving.server.errors import ServingError
from serving.server.models.model_manager import ModelManager
from serving.web.static_files import handler, read_static_files

_STATIC_FOLDER = Path(__file__).parent / "static"
_PAGE = "index.html"
_MODEL_PATH = "/model.json"


def page_routes(manager: ModelManager) -> list[web.RouteDef]:
    """Returns the page at `/`, its files beside it and `/model.json`, which is about the version that answers now."""

    async def model(_request: web.Request) -> web.Response:
        return await _model(manager)

    files = read_static_files(_STATIC_FOLDER)
    return [
        *(web.get("/" if file.name == _PAGE else f"/{file.name}", handler(file)) for file in files),
        web.get(_MODEL_PATH, model),
    ]


async def _model(manager: ModelManager) -> web.Response:
    """Answers the first model's name and its words, none if it was not trained here; the error if none is served."""
    name = next(iter(manager.versions), "")
    try:
        folder = manager.acquire(model_pb2.ModelSpec(name=name)).path
    except ServingError as error:
        return web.json_response({"error": error.message}, status=error.http_status)
    words = await asyncio.to_thread(_read_words, folder / LABELS_FILE)
    return web.json_response({"name": name, "words": words}, headers={"Cache-Control": "no-store"})


def _read_words(path: Path) -> list[str]:
    try:
        return labels_from_text(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
