"""How is a scene written as SVG? As paths only: no script, no style, no reference but to its own definitions."""

from dataclasses import dataclass, field
from html import escape

from media.drawings.canvas import Clip, Outline, Point, Run, Scene, Shape, Tiling


def write_svg(scene: Scene, *, name: str) -> str:
    """The whole document. The name keeps its definitions apart from those of other drawings on one page."""
    pen = _Pen(name)
    width, height = scene.size
    body = "".join(pen.draw(shape) for shape in scene.shapes)
    ground = f'<path fill="{scene.ground}" d="M0 0H{width}V{height}H0Z"/>' if scene.ground else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" stroke-linecap="round" stroke-linejoin="round"><title>{escape(scene.title)}</title>'
        f"{ground}{body}</svg>\n"
    )


@dataclass
class _Pen:
    name: str
    count: int = field(default=0)

    def draw(self, shape: Shape) -> str:
        if isinstance(shape, Outline):
            return f'<path{_look(shape)} d="{"".join(_run(run) for run in shape.runs)}"/>'
        self.count += 1
        definition = f"{self.name}-{self.count}"
        return self._clip(shape, definition) if isinstance(shape, Clip) else self._tiling(shape, definition)

    def _clip(self, clip: Clip, definition: str) -> str:
        inside = "".join(_run(run) for run in clip.inside.runs)
        body = "".join(self.draw(shape) for shape in clip.shapes)
        return (
            f'<clipPath id="{definition}"><path d="{inside}"/></clipPath><g clip-path="url(#{definition})">{body}</g>'
        )

    def _tiling(self, tiling: Tiling, definition: str) -> str:
        (width, height), (left, top, across, down) = tiling.tile, tiling.area
        body = "".join(self.draw(shape) for shape in tiling.shapes)
        return (
            f'<pattern id="{definition}" patternUnits="userSpaceOnUse" x="{left}" y="{top}"'
            f' width="{width}" height="{height}"><path fill="{tiling.ground}" d="M0 0H{width}V{height}H0Z"/>'
            f'{body}</pattern><path fill="url(#{definition})" d="M{left} {top}h{across}v{down}h-{across}Z"/>'
        )


def _look(outline: Outline) -> str:
    parts = [f' fill="{outline.fill or "none"}"']
    if outline.stroke:
        parts.append(f' stroke="{outline.stroke}" stroke-width="{_number(outline.width)}"')
    if outline.opacity < 1:
        parts.append(f' opacity="{_number(outline.opacity, places=2)}"')
    return "".join(parts)


def _run(run: Run) -> str:
    strokes = [f"M{_point(run.start)}"]
    for curve in run.curves:
        strokes.append(("L" if len(curve) == 1 else "C") + " ".join(_point(point) for point in curve))
    return "".join(strokes) + ("Z" if run.closed else "")


def _point(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float, *, places: int = 1) -> str:
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
