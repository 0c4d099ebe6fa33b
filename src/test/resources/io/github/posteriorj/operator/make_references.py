"""Writes references.yaml: what each forward operator makes of small images, computed with NumPy alone.

Nothing here shares a line or a method with the Java classes: sums are written out, in double precision, straight
from the definitions. The test ForwardOperatorsTest compares. Run from anywhere:

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
index = np.arange(30).reshape(5, 6)
add("identity", x, x)
add("pixel mask", x, np.where(index**2 % 5 < 2, x, 0))
add("clipped gain", x, np.minimum(np.maximum(2 * x, -1), 1))
add("censored gain", x, np.where(np.arange(60).reshape(2, 5, 6) % 7 / 4 > 0.75, np.minimum(2 * x, 1), 2 * x))
add("affine", x, -3 * x + 0.5)
add("scaling", x, 2.5 * x)
add("background", x, x + np.arange(60).reshape(2, 5, 6) % 7 / 4)
add("pattern illumination", x, x * np.array([1, 0.5, 0, 0.8, 1])[:, None])
add("soft saturation", x, np.tanh(2 * x))
add("faint saturation", x, np.tanh(0.2 * x))


def pooled(image, factor):
    channels, height, width = image.shape
    result = np.zeros((channels, height // factor, width // factor))
    for i in range(height):
        for j in range(width):
            result[:, i // factor, j // factor] += image[:, i, j] / factor**2
    return result


x = picture(2, 6, 9)
add("average pooling by 3", x, pooled(x, 3))

x = picture(3, 4, 5)
add("luma", x, [0.299 * x[0] + 0.587 * x[1] + 0.114 * x[2]])


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
    add(f"Fourier magnitude {padding}", x, [fourier_magnitude(channel, padding) for channel in x])

reach = 15
axis = np.exp(-np.arange(-reach, reach + 1.0) ** 2 / (2 * 1.5**2))
gaussian = np.outer(axis, axis) / axis.sum() ** 2
x = picture(1, 8, 10)
blurred = convolved(x, gaussian, reach, reach, mirrored)
add("Gaussian blur", x, blurred)
add("blur, pooling", x, pooled(blurred, 2))
add("blur, pooling, clipped gain", x, np.clip(2 * pooled(blurred, 2), -1, 1))


def point(size):
    """A single bright pixel in the middle."""
    image = np.zeros((1, size, size))
    image[0, size // 2, size // 2] = 1
    return image


def wrapped(index, size):
    """The pixel that stands for an index beyond the border of an image that repeats itself."""
    return index % size


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
for width, height in ((4, 3), (5, 6)):
    kernel = ((7.0 * np.arange(width * height) + 3) % 11).reshape(height, width)
    kernel /= kernel.sum()
    add(f"mirrored {width} x {height}", x, convolved(x, kernel, *origin(kernel), mirrored))
    add(f"circular {width} x {height}", x, convolved(x, kernel, *origin(kernel), wrapped))

add("mirrored Airy disk", point(11), pixels(lambda r: airy(r, 0.5, 1.25), 11, 0.1)[None])
add("coarse Airy disk", point(5), np.pad(pixels(lambda r: airy(r, 600, 0.7), 3, 900), 1)[None])
add("mirrored Born-Wolf", point(9), pixels(lambda r: born_wolf(r, 0.5, 1.2, 1.5, 0.8), 9, 0.1)[None])
add("mirrored motion", point(11), motion(6.3, 30, 11)[None])
add("circular motion", point(9), motion(5, -90, 9)[None])


def text(name, numbers):
    """A line of YAML, with the nine digits that float32 needs."""
    return f"  {name}: [{', '.join(f'{number:.9g}' for number in numbers)}]\n"


with open(Path(__file__).with_name("references.yaml"), "w", encoding="utf-8") as file:
    file.write("# Made by make_references.py: images [C, H, W] and what operators make of them.\n")
    for name, image, measurement in references:
        file.write(f"- operator: {name}\n")
        file.write(text("image", image.shape) + text("x", image.ravel()))
        file.write(text("measurement", measurement.shape) + text("y", measurement.ravel()))
