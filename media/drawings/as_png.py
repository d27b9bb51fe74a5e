"""How is a scene written as PNG? Painted three times as large as described, then made small: edges become soft."""

from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

from media.drawings.canvas import Clip, Outline, Point, Scene, Shape, Tiling, bounds, sampled
from media.drawings.palette import SILK_LIGHT

OVERSAMPLING = 3
WIDEST = 3200


def write_png(scene: Scene, *, width: int) -> bytes:
    """The picture at this width in pixels, without any metadata."""
    out = BytesIO()
    picture(scene, width=width).save(out, format="PNG", compress_level=6)
    return out.getvalue()


def picture(scene: Scene, *, width: int) -> Image.Image:
    if not 1 <= width <= WIDEST:
        raise ValueError(f"A drawing is between 1 and {WIDEST} pixels wide, not {width}.")
    across, down = scene.size
    large = _painted(
        scene.shapes, scene.ground or SILK_LIGHT, size=(across * OVERSAMPLING, down * OVERSAMPLING), origin=(0, 0)
    )
    height = max(1, round(width * down / across))
    if width == across:
        return large.reduce(OVERSAMPLING)
    return large.resize((width, height), Image.Resampling.BOX if width < across else Image.Resampling.LANCZOS)


def _painted(shapes: tuple[Shape, ...], ground: str, *, size: tuple[int, int], origin: Point) -> Image.Image:
    image = Image.new("RGB", size, ground)
    brush = _Brush(image, origin=origin)
    for shape in shapes:
        brush.paint(shape)
    return image


class _Brush:
    """Paints on one image whose top left corner lies at `origin` (in large pixels) of the whole picture."""

    def __init__(self, image: Image.Image, *, origin: Point) -> None:
        self.image = image
        self.origin = origin
        self.draw = ImageDraw.Draw(image, "RGBA")

    def paint(self, shape: Shape) -> None:
        if isinstance(shape, Outline):
            self._outline(shape)
        elif isinstance(shape, Clip):
            self._clip(shape)
        else:
            self._tiling(shape)

    def _outline(self, outline: Outline) -> None:
        alpha = round(outline.opacity * 255)
        for run in outline.runs:
            points = self._points(sampled(run, scale=OVERSAMPLING))
            if outline.fill:
                self.draw.polygon(points, fill=(*_rgb(outline.fill), alpha))
            if outline.stroke:
                pen = points + points[:1] if run.closed else points
                self._stroke(pen, (*_rgb(outline.stroke), alpha), max(1, round(outline.width * OVERSAMPLING)))

    def _points(self, points: list[Point]) -> list[Point]:
        left, top = self.origin
        return [(x * OVERSAMPLING - left, y * OVERSAMPLING - top) for x, y in points]

    def _stroke(self, points: list[Point], colour: tuple[int, ...], width: int) -> None:
        if colour[3] == 255 or len(points) == 2:
            _pen_line(self.draw, points, colour, width)
            return
        box = self._box(points, margin=width)
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        shifted = [(x - box[0], y - box[1]) for x, y in points]
        _pen_line(ImageDraw.Draw(mask), shifted, colour[3], width)
        self.image.paste(colour[:3], box, mask)

    def _box(self, points: list[Point], *, margin: float = 0) -> tuple[int, int, int, int] | None:
        """The points' box on this image, or nothing where they lie outside of it."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
        right = min(self.image.width, int(max(xs) + margin) + 1)
        bottom = min(self.image.height, int(max(ys) + margin) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _clip(self, clip: Clip) -> None:
        left, top, right, bottom = bounds(clip.inside)
        box = self._box(self._points([(left, top), (right, bottom)]))
        if box is None:
            return
        part = self.image.crop(box)
        origin = (self.origin[0] + box[0], self.origin[1] + box[1])
        inner = _Brush(part, origin=origin)
        for shape in clip.shapes:
            inner.paint(shape)
        mask = Image.new("L", part.size, 0)
        pen = ImageDraw.Draw(mask)
        for run in clip.inside.runs:
            pen.polygon(inner._points(sampled(run, scale=OVERSAMPLING)), fill=255)
        self.image.paste(part, box, mask)

    def _tiling(self, tiling: Tiling) -> None:
        width, height = (side * OVERSAMPLING for side in tiling.tile)
        tile = _painted(tiling.shapes, tiling.ground, size=(width, height), origin=(0, 0))
        left, top, across, down = (side * OVERSAMPLING for side in tiling.area)
        cloth = Image.new("RGB", (across, down))
        for y in range(0, down, height):
            for x in range(0, across, width):
                cloth.paste(tile, (x, y))
        self.image.paste(cloth, (round(left - self.origin[0]), round(top - self.origin[1])))


def _pen_line(pen: ImageDraw.ImageDraw, points: list[Point], colour: int | tuple[int, ...], width: int) -> None:
    """A line with round joints and ends, as the SVG has them; a hairline needs neither."""
    for start, end in pairwise(points):
        pen.line((start, end), fill=colour, width=width)
    if width < 6 or (len(points) == 2 and isinstance(colour, tuple) and colour[3] < 255):
        return
    r = width / 2 - 0.5
    for x, y in points:
        pen.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _rgb(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)
