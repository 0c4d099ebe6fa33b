"""Writes references.yaml: what each forward operator makes of small images, computed with NumPy alone.

Nothing here shares a line or a method with the Java classes: sums are written out, in double precision, straight
from the definitions. The test OperatorReferencesTest compares. Run from anywhere:

    python make_references.py
"""

from pathlib import Path

import numpy as np

random = np.random.default_rng(20)
references = []


def add(name, image, measurement):
    """Keeps one operator's input and output; both are [C, H, W]."""
    references.append((name, np.asarray(image), np.asarray(measurement)))


def picture(channels, height, width):
    """Random intensities of the model's range, exact in float32."""
    return random.uniform(-1.2, 1.2, (channels, height, width)).astype(np.float32).astype(float)


def mirrored(index, size):
    """The pixel that stands for an index beyond the border: d c b a | a b c d | d c b a."""
    index %= 2 * size
    return index if index < size else 2 * size - 1 - index


def convolved(image, kernel, row, column, border):
    """The sum over all q of k(q) x(p - q); the kernel's origin lies at (row, column)."""
    result = np.zeros_like(image)
    channels, height, width = image.shape
    for y in range(height):
        for x in range(width):
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    source = border(y - (i - row), height), border(x - (j - column), width)
                    result[:, y, x] += kernel[i, j] * image[:, source[0], source[1]]
    return result


x = picture(2, 5, 6)
add("Identity", x, x)

visible = random.random((5, 6)) < 0.4
add("PixelMask " + "".join(str(int(v)) for v in visible.ravel()), x, np.where(visible, x, 0))

x = picture(2, 6, 9)
pooled = np.array([[[x[c, 3 * i : 3 * i + 3, 3 * j : 3 * j + 3].sum() / 9 for j in range(3)] for i in range(2)] for c in range(2)])
add("AveragePooling 3", x, pooled)

x = picture(1, 4, 5)
add("ClippedGain 2 -1 1", x, np.minimum(np.maximum(2 * x, -1), 1))
add("Affine -3 0.5", x, -3 * x + 0.5)

weights = np.round(random.uniform(0, 2, (4, 5)), 2)
add("PatternIllumination " + " ".join(str(w) for w in weights.ravel()), x, weights * x)

x = picture(1, 7, 10)
reach = 15
axis = np.exp(-np.arange(-reach, reach + 1.0) ** 2 / (2 * 1.5**2))
kernel = np.outer(axis, axis) / axis.sum() ** 2
add("GaussianBlur 1.5", x, convolved(x, kernel, reach, reach, mirrored))

x = picture(1, 4, 6)
binned = np.array([[[x[0, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].mean() for j in range(3)] for i in range(2)]])
add("Composition: AveragePooling 2, ClippedGain 2 -1 1", x, np.clip(2 * binned, -1, 1))
add("LinearComposition: AveragePooling 2, Identity", x, binned)


def text(name, array):
    """A block of YAML: shape and values, with the nine digits that float32 needs."""
    values = ", ".join(f"{value:.9g}" for value in array.ravel())
    return f"  {name}:\n    shape: {list(array.shape)}\n    values: [{values}]\n"


with open(Path(__file__).with_name("references.yaml"), "w", encoding="utf-8") as file:
    file.write("# Made by make_references.py.\n")
    for name, image, measurement in references:
        file.write(f'- operator: "{name}"\n' + text("image", image) + text("measurement", measurement))
