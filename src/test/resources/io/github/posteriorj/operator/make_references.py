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

light = np.round(random.uniform(0, 2, (4, 5)), 2)
add("Background " + " ".join(str(b) for b in light.ravel()), x, x + light)
add("NetworkOperator torch.tanh(torch.mul(x, 2))", x, np.tanh(2 * x))

x = picture(3, 4, 5)
add("ColorToGray 0.299 0.587 0.114", x, [0.299 * x[0] + 0.587 * x[1] + 0.114 * x[2]])


def fourier_magnitude(image, padding):
    """Matrix products with the Fourier matrices of the padded image's rows and columns."""
    for axis in (0, 1):
        zeros = int(padding * image.shape[axis] + 0.5)
        image = np.pad(image, [(zeros, zeros) if a == axis else (0, 0) for a in (0, 1)])
    height, width = image.shape
    places = [np.arange(n) for n in (height, width)]
    frequencies = [place - place.size // 2 for place in places]
    left, right = [np.exp(-2j * np.pi * np.outer(f, p) / p.size) for f, p in zip(frequencies, places)]
    return abs(left @ image @ right.T) / np.sqrt(height * width)


x = picture(2, 6, 9)
for padding in (0.25, 0, 0.5):
    add(f"FourierMagnitude {padding}", x, [fourier_magnitude(channel, padding) for channel in x])

x = picture(1, 7, 10)
reach = 15
axis = np.exp(-np.arange(-reach, reach + 1.0) ** 2 / (2 * 1.5**2))
kernel = np.outer(axis, axis) / axis.sum() ** 2
add("GaussianBlur 1.5", x, convolved(x, kernel, reach, reach, mirrored))


def point(size):
    """A single bright pixel in the middle."""
    image = np.zeros((1, size, size))
    image[0, size // 2, size // 2] = 1
    return image


def wrapped(index, size):
    """The pixel that stands for an index beyond the border of an image that repeats itself."""
    return index % size


def described(kernel):
    """A kernel as the test reads it: width, height, values."""
    return f"weights {kernel.shape[1]} {kernel.shape[0]} " + " ".join(f"{value:g}" for value in kernel.ravel())


def origin(kernel):
    """Row and column of the pixel nearest to the centre of mass."""
    rows, columns = np.indices(kernel.shape)
    return round((rows * kernel).sum() / kernel.sum()), round((columns * kernel).sum() / kernel.sum())


def bessel(order, v):
    """J_order(v) by Bessel's integral; the rectangle rule is exact for periodic functions."""
    angle = (np.arange(100) + 0.5) * np.pi / 100
    return np.cos(order * angle - v[..., None] * np.sin(angle)).mean(-1)


def airy(radius, wavelength, aperture):
    v = 2 * np.pi * aperture * radius / wavelength
    return (2 * bessel(1, v) / v) ** 2


def born_wolf(radius, wavelength, aperture, index, defocus):
    rho = (np.arange(4000) + 0.5) / 4000
    table = np.linspace(0, radius.max(), 1000)
    v = 2 * np.pi * aperture / wavelength * table
    u = 2 * np.pi * aperture**2 * defocus / (index * wavelength)
    waves = np.exp(-0.5j * u * rho**2) * rho
    amplitude = np.array([2 * (bessel(0, one * rho) * waves).mean() for one in v])
    return np.interp(radius, table, abs(amplitude) ** 2)


def pixels(intensity, size, pixel_size):
    """The integral of a round pattern over each pixel, as a kernel."""
    places, shares = np.polynomial.legendre.leggauss(24)
    axis = (np.arange(size)[:, None] - size // 2 + places / 2).ravel()
    fine = intensity(pixel_size * np.hypot(axis[:, None], axis[None, :]))
    kernel = np.einsum("iajb,a,b->ij", fine.reshape(size, 24, size, 24), shares, shares)
    return kernel / kernel.sum()


def motion(length, angle, size):
    """Light along a line through the middle, shared out by linear interpolation."""
    along = ((np.arange(200000) + 0.5) / 200000 - 0.5) * length
    x, y = along * np.cos(np.radians(angle)), -along * np.sin(np.radians(angle))
    offsets = np.arange(size) - size // 2
    shares = [np.maximum(0, 1 - abs(offsets[:, None] - place)) for place in (y, x)]
    return shares[0] @ shares[1].T / 200000


x = picture(2, 6, 7)
for kernel in (random.integers(1, 9, (3, 4)).astype(float), random.integers(-1, 9, (4, 3)).astype(float), random.integers(0, 9, (1, 5)).astype(float)):
    row, column = origin(np.maximum(kernel, 0))
    add("MirroredConvolution " + described(kernel), x, convolved(x, kernel / kernel.sum(), row, column, mirrored))
    add("CircularConvolution " + described(kernel), x, convolved(x, kernel / kernel.sum(), row, column, wrapped))

add("MirroredConvolution airy 0.5 1.25 0.1 11", point(11), pixels(lambda r: airy(r, 0.5, 1.25), 11, 0.1)[None])
add("MirroredConvolution airy 600 0.7 900 3", point(5), np.pad(pixels(lambda r: airy(r, 600, 0.7), 3, 900), 1)[None])
add("MirroredConvolution born-wolf 0.5 1.2 1.5 0.8 0.1 9", point(9), pixels(lambda r: born_wolf(r, 0.5, 1.2, 1.5, 0.8), 9, 0.1)[None])
add("MirroredConvolution motion 6.3 30", point(11), motion(6.3, 30, 11)[None])
add("CircularConvolution motion 5 -90", point(9), motion(5, -90, 9)[None])

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
