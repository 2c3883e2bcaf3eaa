"""How the page's templates are read and filled."""

import jinja2
import markupsafe

from components.report.axes import HEIGHT, WIDTH


def environment(*packages: str) -> jinja2.Environment:
    """Returns the templates of `templates/`, with the filters that they use; all that is filled in is escaped.

    Args:
        *packages: other packages with a folder `templates`, whose pages are made of the same parts.
    """
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(package) for package in (*packages, "components.report")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(width=WIDTH, height=HEIGHT)
    made.filters.update(
        count="{:,}".format,
        score="{:.4f}".format,
        signed="{:+.4f}".format,
        percent="{:.1%}".format,
        sentence=_sentence,
        word=_word,
    )
    return made


def _word(label: str) -> markupsafe.Markup:
    """Lets a long label break where its words end."""
    return markupsafe.Markup("_<wbr>").join(label.split("_"))


def _sentence(text: str) -> str:
    """Begins with a capital letter; the rest keeps its own."""
    return text[:1].upper() + text[1:]
