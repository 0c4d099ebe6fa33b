"""Procedural fluorescence-like images: sharp, noise-free, with known truth.

Every public generator takes ``(rng, height, width)`` and keyword options, and
returns a ``float32`` image in [0, 1] whose background is dark and whose
brightest pixel is 1 (or 0, if nothing fell inside a tiny image). All
randomness comes from the ``numpy.random.Generator`` passed in, so that a seed
fixes the image. An option left at ``None`` is drawn at random, within what is
plausible for its structure.

The images are *sharp* in the sense of a well-sampled microscope, not of a
drawing: every structure is convolved with a Gaussian of at least
``MIN_SIGMA`` pixels standard deviation. A Gaussian fitted to the in-focus
wide-field point spread function has sigma = 0.21 wavelength / NA (Zhang,
Zerubia & Olivo-Marin, Applied Optics 46:1819, 2007), which is 78 nm for
520 nm and NA 1.4: 0.8 pixels of 0.1 micron. At that width hardly any power is
left at the Nyquist frequency, so edges and lines show no staircase.

Thin structures are sets of weighted points ("strokes") added to the pixel
grid with a quadratic B-spline, then blurred by the rest of the Gaussian. The
intensities of structures that cross add up, as fluorescence does.

Only NumPy and SciPy are needed. Lengths are in pixels, angles in radians, and
pixel centres have integer coordinates.
"""

from typing import NamedTuple

import numpy as np
from scipy import fft, ndimage, spatial, special

# Narrowest Gaussian (standard deviation, pixels) any structure is blurred by.
MIN_SIGMA = 0.8

# Variance of the quadratic B-spline that deposits a point on the pixel grid.
_SPLINE_VARIANCE = 0.25

# Points outside the image still reach into it with the tails of their blur.
_MARGIN = 6

# Distance between the points of a curve. Below MIN_SIGMA, so that a row of
# points is indistinguishable from a continuous line after the blur.
_STEP = 0.5


class Ellipse(NamedTuple):
    """Where a nucleus lies: its semi-axes are radius * stretch and radius / stretch."""

    y: float
    x: float
    radius: float
    stretch: float
    angle: float


def filaments(
    rng,
    height,
    width,
    *,
    layout=None,
    density=None,
    persistence_length=None,
    profile_sigma=None,
    avoid=None,
):
    """Semi-flexible filaments: microtubules, actin, intermediate filaments.

    The filaments are worm-like chains, some of them branched, some of them
    bundles whose strands drift apart and meet again.

    layout: "scattered" (no preferred place or direction), "aligned" (stress
        fibres with a common direction) or "aster" (microtubules that radiate
        from an organising centre).
    density: length of filament per area, in 1/pixel.
    persistence_length: of the chains; cytoplasmic microtubules bend over tens
        of microns, thin actin over about ten.
    profile_sigma: (lowest, highest) standard deviation of the profile across
        a filament; 0.8 to 1.25 is 1.9 to 2.9 pixels full width at half maximum.
    avoid: the Ellipse of a nucleus that the filaments bend round.
    """
    if layout is None:
        layout = rng.choice(["scattered", "aligned", "aster"])
    if density is None:
        density = np.exp(rng.uniform(np.log(0.05), np.log(0.18)))
    if persistence_length is None:
        persistence_length = np.exp(rng.uniform(np.log(60), np.log(500)))
    if profile_sigma is None:
        profile_sigma = MIN_SIGMA, rng.uniform(0.85, 1.25)

    extent = max(height, width)
    mean_length = np.clip(rng.uniform(0.6, 1.2) * extent, 60, 300)
    count = max(2, round(density * height * width / mean_length))
    length = mean_length * rng.uniform(0.4, 1.6, count)

    if layout == "aster":
        centre_y, centre_x = rng.uniform(0.25, 0.75, 2) * (height, width)
        if avoid is not None:
            # The organising centre sits beside the nucleus, not on it.
            direction = rng.uniform(0, 2 * np.pi)
            centre_y = avoid.y + 0.6 * avoid.radius * np.sin(direction)
            centre_x = avoid.x + 0.6 * avoid.radius * np.cos(direction)
        angle = rng.uniform(0, 2 * np.pi, count)
        # Filaments begin around the centre rather than in it: otherwise they
        # would all add up to one overwhelmingly bright pixel.
        start_y = centre_y + rng.normal(0, 5, count)
        start_x = centre_x + rng.normal(0, 5, count)
        anchor = np.zeros(count)
    else:
        spread = 0.15 if layout == "aligned" else np.pi
        angle = rng.uniform(0, 2 * np.pi) + spread * rng.uniform(-1, 1, count)
        start_y = rng.uniform(0, height, count)
        start_x = rng.uniform(0, width, count)
        anchor = rng.uniform(0.2, 0.8, count)

    y, x, theta, inside = _worm_like_chains(
        rng, start_y, start_x, angle, length, persistence_length, anchor
    )
    brightness = np.clip(rng.lognormal(-0.7, 0.5, count), 0.12, 1.2)

    branch_count = rng.binomial(count, rng.uniform(0, 0.6))
    if branch_count:
        parent, at = _points_on_chains(rng, inside, branch_count)
        side = rng.choice([-1.0, 1.0], branch_count)
        branch = _worm_like_chains(
            rng,
            y[parent, at],
            x[parent, at],
            theta[parent, at] + side * rng.uniform(0.25, 1.2, branch_count),
            length[parent] * rng.uniform(0.15, 0.5, branch_count),
            persistence_length,
            np.zeros(branch_count),
            steps=y.shape[1],
        )
        y, x, theta, inside = (
            np.concatenate(pair) for pair in zip((y, x, theta, inside), branch)
        )
        brightness = np.append(brightness, brightness[parent] * rng.uniform(0.4, 0.9, branch_count))

    # Bundles: several strands that share a course, each with its own smoothly
    # varying offset across it.
    strands = np.where(rng.random(len(y)) < 0.25, rng.integers(2, 6, len(y)), 1)
    row = np.repeat(np.arange(len(y)), strands)
    spread = np.where(strands > 1, rng.uniform(0.8, 3.0, len(y)), 0.0)[row]
    offset = spread[:, None] * _waves(rng, len(row), y.shape[1], 60, 250)
    y = y[row] + offset * np.cos(theta[row])
    x = x[row] - offset * np.sin(theta[row])
    inside = inside[row]
    brightness = (brightness / np.sqrt(strands))[row]

    step = _STEP
    if avoid is not None:
        y, x, inside, step = _bend_round(y, x, inside, avoid)

    # Fluorophores sit on a filament at random: a speckle along it, on top of
    # slow variation of the labelling.
    weight = brightness[:, None] * (1 + 0.35 * _waves(rng, len(row), y.shape[1], 15, 120))
    weight = weight * _speckle(rng, y.shape) * step * inside

    image = np.zeros((height, width))
    sigmas = np.linspace(*profile_sigma, 3)
    choice = rng.integers(0, len(sigmas), len(row))
    for index, sigma in enumerate(sigmas):
        chosen = choice == index
        image += _draw(y[chosen], x[chosen], weight[chosen], sigma, height, width)
    return _to_unit_peak(image)


def nuclei(rng, height, width, *, radius=None, count=None, bodies=None, chromocentres=None):
    """Cell nuclei with chromatin texture and nucleoli, as in a DNA stain.

    An outline is an ellipse whose radius is perturbed by a Fourier series of
    the angle. Inside, log-normal chromatin at two scales, dark nucleoli, a
    slightly brighter rim and, in some images, bright chromocentres (as in
    mouse cells). Nuclei touch but hardly overlap.

    radius: mean radius.
    count: how many nuclei to try to place.
    bodies: Ellipses to use instead of random ones.
    chromocentres: whether the nuclei have bright foci.
    """
    if radius is None:
        radius = np.exp(rng.uniform(np.log(9), np.log(32)))
    if chromocentres is None:
        chromocentres = rng.random() < 0.3
    if bodies is None:
        if count is None:
            crowding = rng.uniform(0.15, 0.5)
            count = max(1, round(crowding * height * width / (np.pi * radius**2)))
        places = _separated_places(rng, height, width, count, 1.9 * radius)
        bodies = [_random_ellipse(rng, *place, radius) for place in places]

    texture = np.exp(
        rng.uniform(0.1, 0.25) * _smooth_field(rng, height, width, rng.uniform(1.2, 2.0))
        + rng.uniform(0.1, 0.25) * _smooth_field(rng, height, width, rng.uniform(3, 5))
    )
    image = np.zeros((height, width))
    for body in bodies:
        _add_nucleus(rng, image, texture, body, chromocentres)
    return _to_unit_peak(ndimage.gaussian_filter(image, MIN_SIGMA, mode="nearest"))


def mitochondria(rng, height, width, *, tube_radius=None, density=None, length=None, avoid=None):
    """Mitochondria: bent tubes, from fragments to branched networks.

    Tubes are worm-like chains of short persistence length with round ends and
    a radius that varies along them. Across a tube, the profile is that of a
    projected cylinder: filled (matrix stain) or hollow (outer-membrane stain).
    They crowd around the nucleus and bend round it.

    tube_radius: mean radius of the tubes.
    density: length of tube per area, in 1/pixel.
    length: median length of a tube; short means a fragmented network.
    avoid: the Ellipse of the nucleus, which may lie outside the image.
    """
    if tube_radius is None:
        tube_radius = rng.uniform(1.0, 2.2)
    if density is None:
        density = rng.uniform(0.03, 0.08)
    if length is None:
        length = np.exp(rng.uniform(np.log(7), np.log(45)))
    if avoid is None:
        centre = rng.uniform(-0.2, 1.2, 2) * (height, width)
        # Small enough to leave room for mitochondria in a small image.
        largest = min(40, 0.35 * max(height, width))
        avoid = _random_ellipse(rng, *centre, rng.uniform(0.3, 1.0) * largest)
    hollow = rng.random() < 0.25

    count = max(3, round(density * height * width / length))
    start_y, start_x = _places_near(rng, height, width, count, avoid, rng.uniform(30, 110))
    tube_length = np.clip(length * rng.lognormal(0, 0.5, count), 2 * tube_radius, 150)
    angle = rng.uniform(0, 2 * np.pi, count)
    persistence = rng.uniform(10, 35)
    y, x, theta, inside = _worm_like_chains(
        rng, start_y, start_x, angle, tube_length, persistence, np.full(count, 0.5)
    )
    brightness = rng.uniform(0.35, 1.0, count)

    branch_count = rng.binomial(count, 0.35 if length > 15 else 0.1)
    if branch_count:
        parent, at = _points_on_chains(rng, inside, branch_count)
        side = rng.choice([-1.0, 1.0], branch_count)
        branch_length = tube_length[parent] * rng.uniform(0.3, 0.8, branch_count)
        branch = _worm_like_chains(
            rng,
            y[parent, at],
            x[parent, at],
            theta[parent, at] + side * rng.uniform(0.8, 1.6, branch_count),
            branch_length,
            persistence,
            np.zeros(branch_count),
            steps=y.shape[1],
        )
        y, x, theta, inside = (
            np.concatenate(pair) for pair in zip((y, x, theta, inside), branch)
        )
        tube_length = np.append(tube_length, branch_length)
        brightness = np.append(brightness, brightness[parent])

    y, x, inside, step = _bend_round(y, x, inside, avoid)
    unit = np.maximum(step, 1e-9)
    normal_y, normal_x = np.gradient(x, axis=1) / unit, -np.gradient(y, axis=1) / unit

    # Local radius: slow swelling and constriction, and hemispherical ends.
    radius = tube_radius * rng.uniform(0.75, 1.25, len(y))[:, None]
    radius = radius * (1 + 0.25 * _waves(rng, len(y), y.shape[1], 8, 40))
    along = _STEP * np.arange(y.shape[1])
    to_end = np.clip(np.minimum(along, tube_length[:, None] - along) / radius, 0, 1)
    radius = radius * np.sqrt(1 - (1 - to_end) ** 2)

    # Cross-section as lines along the tube, at offsets q (in tube radii). A
    # filled cylinder has the chord sqrt(1 - q^2) above q; points at equal
    # angles on a circle are the projection of a thin shell.
    phase = (np.arange(6) + 0.5) * np.pi / 6
    q = np.cos(phase)
    # Equal angles give dq proportional to sin(phase), which is the chord too.
    share = np.ones(6) if hollow else np.sin(phase) ** 2
    thickness = radius if hollow else radius**2
    weight = brightness[:, None] * (1 + 0.25 * _waves(rng, len(y), y.shape[1], 6, 30))
    weight = weight * thickness * step * inside
    tube_y = y + q[:, None, None] * radius * normal_y
    tube_x = x + q[:, None, None] * radius * normal_x
    image = _draw(tube_y, tube_x, share[:, None, None] * weight, MIN_SIGMA, height, width)
    return _to_unit_peak(image)


def puncta(rng, height, width, *, density=None, vesicle_share=None):
    """Spots: vesicles, endosomes, RNA or receptor clusters.

    Most are diffraction-limited spots whose brightness is log-normal, partly
    gathered in clusters; some are large enough to be seen as rings.

    density: spots per pixel.
    vesicle_share: share of the spots that are rings.
    """
    if density is None:
        density = np.exp(rng.uniform(np.log(0.002), np.log(0.015)))
    if vesicle_share is None:
        vesicle_share = rng.choice([0.0, 0.03, 0.1])
    count = max(3, round(density * height * width))
    y, x = rng.uniform(-2, height + 2, count), rng.uniform(-2, width + 2, count)

    # A part of the spots gathers around a few centres, as near the Golgi.
    clustered = rng.random(count) < rng.uniform(0, 0.5)
    heart = rng.uniform(0, 1, (max(1, count // 25), 2)) * (height, width)
    which = rng.integers(0, len(heart), count)
    y = np.where(clustered, heart[which, 0] + rng.normal(0, 12, count), y)
    x = np.where(clustered, heart[which, 1] + rng.normal(0, 12, count), x)

    brightness = np.clip(rng.lognormal(-1.2, 0.7, count), 0.05, 1.0)
    ring = rng.random(count) < vesicle_share
    image = np.zeros((height, width))
    sigmas = np.array([0.85, 1.05, 1.35])
    choice = rng.integers(0, len(sigmas), count)
    for index, sigma in enumerate(sigmas):
        chosen = (choice == index) & ~ring
        # The same number of fluorophores spread wider has a lower peak, but
        # larger vesicles carry more of them: keep the peak at the brightness.
        weight = brightness[chosen] * 2 * np.pi * sigma**2
        image += _draw(y[chosen], x[chosen], weight, sigma, height, width)

    rings = np.count_nonzero(ring)
    if rings:
        radius = rng.uniform(1.6, 3.6, rings)[:, None]
        turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        flatten = rng.uniform(0.75, 1.0, rings)[:, None]
        tilt = rng.uniform(0, np.pi, rings)[:, None]
        along, across = radius * np.cos(turn), flatten * radius * np.sin(turn)
        ring_y = y[ring, None] + along * np.sin(tilt) + across * np.cos(tilt)
        ring_x = x[ring, None] + along * np.cos(tilt) - across * np.sin(tilt)
        weight = brightness[ring, None] * 2 * np.pi * radius / len(turn)
        weight = weight * (1 + 0.4 * np.cos(turn - rng.uniform(0, 2 * np.pi, (rings, 1))))
        image += _draw(ring_y, ring_x, weight, MIN_SIGMA, height, width)
    return _to_unit_peak(image)


def membranes(rng, height, width, *, cell_size=None, profile_sigma=None):
    """Cell membranes of a tissue: Voronoi cells with bent edges.

    The seeds are a jittered hexagonal lattice, stretched in one direction.
    Inclined membranes smear sideways in an optical section: a faint, wider
    copy of the edges stands for that.

    cell_size: mean distance between neighbouring cells.
    profile_sigma: standard deviation of the profile across a membrane.
    """
    if cell_size is None:
        # Small enough that a small image sees more than the inside of a cell.
        cell_size = min(np.exp(rng.uniform(np.log(14), np.log(50))), 0.75 * max(height, width))
    if profile_sigma is None:
        profile_sigma = rng.uniform(MIN_SIGMA, 1.4)

    # The lattice covers a disc around the image, so that stretching and
    # rotating it leaves no part of the image without cells.
    reach = 0.5 * np.hypot(height, width) + 4 * cell_size
    rows = np.arange(-reach, reach, cell_size * np.sqrt(3) / 2)
    columns = np.arange(-reach, reach, cell_size)
    seed_y, seed_x = np.meshgrid(rows, columns, indexing="ij")
    seed_x = seed_x + 0.5 * cell_size * (np.arange(len(rows)) % 2)[:, None]
    jitter = rng.uniform(0.12, 0.26) * cell_size
    seeds = np.stack([seed_y.ravel(), seed_x.ravel()], axis=1)
    seeds = seeds + rng.normal(0, jitter, seeds.shape)
    stretch, turn = np.sqrt(rng.uniform(1.0, 1.6)), rng.uniform(0, np.pi)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    seeds = seeds @ (np.diag([stretch, 1 / stretch]) @ rotation)
    seeds = seeds + rng.uniform(-1, 1, 2) * cell_size
    within = np.abs(seeds) < 0.5 * np.array([height, width]) + 3.5 * cell_size
    seeds = seeds[within.all(axis=1)] + (0.5 * height, 0.5 * width)

    voronoi = spatial.Voronoi(seeds)
    edges = np.array([ridge for ridge in voronoi.ridge_vertices if ridge[0] >= 0])
    # Sorted, because Qhull promises no order of the edges: the random numbers
    # below must meet the same edge every time.
    edges = edges[np.lexsort(np.sort(edges, axis=1).T)]
    start, end = voronoi.vertices[edges[:, 0]], voronoi.vertices[edges[:, 1]]
    low, high = np.minimum(start, end), np.maximum(start, end)
    # Wider than the margin of the grid, since the edges are bent.
    near = np.all((low < (height + 9, width + 9)) & (high > -9), axis=1)
    start, end = start[near], end[near]
    length = np.hypot(*(end - start).T)
    points = max(2, int(np.ceil(length.max(initial=0) / _STEP)))
    t = (np.arange(points) + 0.5) / points

    # Neighbours differ in pressure, which bends their common edge into an arc.
    bend = rng.normal(0, 0.07, (len(length), 1)) * np.sin(np.pi * t)
    bend = bend + rng.normal(0, 0.03, (len(length), 1)) * np.sin(2 * np.pi * t)
    (along_y, along_x) = (end - start).T[:, :, None]
    y = start[:, :1] + t * along_y + bend * along_x
    x = start[:, 1:] + t * along_x - bend * along_y

    brightness = np.clip(rng.lognormal(-0.4, 0.3, len(length)), 0.2, 1.2)
    weight = brightness[:, None] * (1 + 0.25 * _waves(rng, len(length), points, 10, 60))
    weight = weight * _speckle(rng, y.shape) * (length / points)[:, None]
    image = _draw(y, x, weight, profile_sigma, height, width)
    image += rng.uniform(0, 1.2) * _draw(y, x, weight, rng.uniform(3, 6), height, width)
    return _to_unit_peak(image)


def cell(rng, height, width, *, nucleus_radius=None):
    """A nucleus and the filaments around it, in one channel."""
    if nucleus_radius is None:
        nucleus_radius = min(height, width) * rng.uniform(0.15, 0.25)
    centre = rng.uniform(0.4, 0.6, 2) * (height, width)
    body = _random_ellipse(rng, *centre, nucleus_radius)
    nucleus = nuclei(rng, height, width, radius=nucleus_radius, bodies=[body])
    around = filaments(
        rng,
        height,
        width,
        layout=rng.choice(["scattered", "aster"]),
        density=rng.uniform(0.07, 0.15),
        persistence_length=rng.uniform(80, 300),
        avoid=body,
    )
    return _to_unit_peak(around + rng.uniform(0.3, 0.7) * nucleus)


# The kinds a mixture draws from, with the probability of each. Large smooth
# bodies are rarer: they teach a prior less than fine structure does.
KINDS = {
    filaments: 0.27,
    mitochondria: 0.21,
    membranes: 0.17,
    puncta: 0.14,
    nuclei: 0.13,
    cell: 0.08,
}


def mixture(rng, height, width):
    """One kind, or (one time in four) two kinds overlaid, drawn at random.

    Four images in ten have a faint smooth haze, as of unbound fluorophores.
    """
    kinds, shares = list(KINDS), list(KINDS.values())
    draw = rng.choice(len(kinds), size=2, replace=False, p=shares)
    image = kinds[draw[0]](rng, height, width)
    if rng.random() < 0.25:
        image = image + rng.uniform(0.2, 1.0) * kinds[draw[1]](rng, height, width)
    if rng.random() < 0.4:
        field = _smooth_field(rng, height, width, rng.uniform(10, 40))
        image = image + rng.uniform(0.01, 0.05) * np.exp(0.5 * field)
    return _to_unit_peak(image)


def _to_unit_peak(image):
    """Scales the image linearly to a maximum of 1; nothing is clipped at the top."""
    peak = image.max()
    scaled = image / peak if peak > 0 else image
    # The fast Fourier transform and float32 may leave values just below zero.
    return np.maximum(scaled, 0).astype(np.float32)


def _draw(y, x, weight, sigma, height, width):
    """Adds weighted points to a grid as Gaussians of standard deviation sigma.

    The points are deposited with a quadratic B-spline, whose variance is 1/4
    wherever a point lies between the pixel centres; the blur is the rest.
    """
    rows, columns = height + 2 * _MARGIN, width + 2 * _MARGIN
    y, x, weight = y.ravel() + _MARGIN, x.ravel() + _MARGIN, weight.ravel()
    kept = (weight > 0) & (y >= 1) & (y < rows - 2) & (x >= 1) & (x < columns - 2)
    y, x, weight = y[kept], x[kept], weight[kept]
    row, column = np.rint(y).astype(np.intp), np.rint(x).astype(np.intp)
    spline_y, spline_x = _quadratic_spline(y - row), _quadratic_spline(x - column)
    neighbours = np.arange(-1, 2)
    index = ((row + neighbours[:, None]) * columns)[:, None] + (column + neighbours[:, None])
    value = (weight * spline_y)[:, None] * spline_x
    grid = np.bincount(index.ravel(), value.ravel(), minlength=rows * columns)
    rest = np.sqrt(sigma**2 - _SPLINE_VARIANCE)
    # Without any points, bincount returns integers.
    grid = grid.reshape(rows, columns).astype(np.float64, copy=False)
    grid = ndimage.gaussian_filter(grid, rest, mode="constant")
    return grid[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]


def _quadratic_spline(t):
    """Weights of the three pixels nearest to a point at t in [-1/2, 1/2] from the middle one."""
    return np.stack([0.5 * (0.5 - t) ** 2, 0.75 - t**2, 0.5 * (0.5 + t) ** 2])


def _worm_like_chains(rng, y, x, angle, length, persistence_length, anchor, steps=None):
    """Worm-like chains in the plane, one a row, in steps of _STEP.

    The direction performs a random walk along the chain. In two dimensions
    <cos(theta(s) - theta(0))> = exp(-s / (2 P)) with the persistence length P
    (Kratky & Porod 1949), so theta changes by a normal number of variance
    ds / P over a step ds.

    anchor is the share of the length at which the chain passes (y, x) with
    the given angle. Returns y, x, the direction, and which points lie within
    each chain's length.
    """
    if steps is None:
        steps = max(2, int(np.ceil(length.max() / _STEP)))
    turn = rng.normal(0, np.sqrt(_STEP / persistence_length), (len(y), steps))
    theta = np.cumsum(turn, axis=1)
    rows = np.arange(len(y))
    at = np.minimum((anchor * length / _STEP).astype(int), steps - 1)
    theta += (angle - theta[rows, at])[:, None]
    chain_y = np.cumsum(_STEP * np.sin(theta), axis=1)
    chain_x = np.cumsum(_STEP * np.cos(theta), axis=1)
    chain_y += (y - chain_y[rows, at])[:, None]
    chain_x += (x - chain_x[rows, at])[:, None]
    inside = np.arange(steps) * _STEP < length[:, None]
    return chain_y, chain_x, theta, inside


def _points_on_chains(rng, inside, count):
    """Random chains, and on each a random point away from its ends."""
    chain = rng.integers(0, len(inside), count)
    at = rng.uniform(0.15, 0.85, count) * np.count_nonzero(inside[chain], axis=1)
    return chain, at.astype(int)


def _random_ellipse(rng, y, x, mean_radius):
    """An Ellipse at a place, of random size and elongation."""
    radius = mean_radius * rng.uniform(0.85, 1.15)
    return Ellipse(y, x, radius, np.sqrt(rng.uniform(1.0, 1.7)), rng.uniform(0, np.pi))


def _squared_radius(y, x, ellipse):
    """Squared distance from an ellipse's centre in units of its radius: 1 on the ellipse."""
    dy, dx = y - ellipse.y, x - ellipse.x
    cos, sin = np.cos(ellipse.angle), np.sin(ellipse.angle)
    along = (cos * dx + sin * dy) / (ellipse.radius * ellipse.stretch)
    across = (cos * dy - sin * dx) / (ellipse.radius / ellipse.stretch)
    return along**2 + across**2


def _bend_round(y, x, inside, ellipse):
    """Pushes curves out of an ellipse, so that they bend round it.

    With r the distance from the centre in units of the ellipse's radius,
    r -> sqrt(r^2 + 1) maps the plane onto the outside of the ellipse and
    preserves areas, so the density of curves does not jump at its border.
    Near the centre the map tears curves apart: there they end, while the
    points are at most 2.7 _STEP apart, still a continuous line after the blur.

    Returns the new y, x and inside, and the distance between neighbouring
    points, which the map changes.
    """
    squared = np.maximum(_squared_radius(y, x, ellipse), 1e-9)
    scale = np.sqrt(1 + 1 / squared)
    y, x = ellipse.y + scale * (y - ellipse.y), ellipse.x + scale * (x - ellipse.x)
    step = np.hypot(np.gradient(y, axis=1), np.gradient(x, axis=1))
    return y, x, inside & (squared > 0.4**2), step


def _waves(rng, rows, points, shortest, longest):
    """Smooth random functions along curves: rows of values in [-1, 1].

    Each is a mean of three cosines, with wavelengths between shortest and
    longest (pixels) and random phases.
    """
    wavelength = rng.uniform(shortest, longest, (rows, 3, 1))
    phase = rng.uniform(0, 2 * np.pi, (rows, 3, 1))
    along = _STEP * np.arange(points)
    return np.cos(2 * np.pi * along / wavelength + phase).mean(axis=1)


def _speckle(rng, shape):
    """Random weights of mean 1: fluorophores bind here and there along a curve."""
    order = rng.uniform(2.0, 10.0)
    return rng.gamma(order, 1 / order, shape)


def _smooth_field(rng, height, width, correlation):
    """Gaussian random field of variance about 1, smooth over the given length.

    White noise filtered with a Gaussian in the Fourier domain, where the cost
    does not grow with its width; the margin hides the periodicity.
    """
    margin = int(np.ceil(3 * correlation))
    shape = [fft.next_fast_len(size + margin, real=True) for size in (height, width)]
    squared = fft.fftfreq(shape[0])[:, None] ** 2 + fft.rfftfreq(shape[1]) ** 2
    transfer = np.exp(-2 * (np.pi * correlation) ** 2 * squared)
    spectrum = fft.rfft2(rng.standard_normal(shape)) * transfer
    field = fft.irfft2(spectrum, s=shape)[:height, :width]
    # White noise of variance 1 keeps 1 / (4 pi sigma^2) after the filter.
    return field * (2 * np.sqrt(np.pi) * correlation)


def _separated_places(rng, height, width, count, distance):
    """Up to count random places at least the distance apart, the first inside."""
    places = [rng.uniform(0.15, 0.85, 2) * (height, width)]
    low, span = -0.25 * distance, np.array([height, width]) + 0.5 * distance
    for candidate in low + rng.uniform(0, 1, (12 * count, 2)) * span:
        if len(places) >= count:
            break
        if np.min(np.hypot(*(np.array(places) - candidate).T)) >= distance:
            places.append(candidate)
    return places


def _places_near(rng, height, width, count, ellipse, decay):
    """Random places that _bend_round takes to places near the ellipse.

    The density of the latter falls off exponentially with the distance from it.
    """
    y = rng.uniform(-5, height + 5, 8 * count)
    x = rng.uniform(-5, width + 5, 8 * count)
    distance = np.hypot(y - ellipse.y, x - ellipse.x)
    squared = _squared_radius(y, x, ellipse)
    # Relative to the nearest candidate, since the ellipse may be far outside;
    # no probability is zero, which a draw without replacement would not take.
    likelihood = np.exp(-(distance - distance.min()) / decay) * (squared > 1.2) + 1e-9
    chosen = rng.choice(len(y), count, replace=False, p=likelihood / likelihood.sum())
    # The inverse of the map of _bend_round: r = sqrt(r'^2 - 1).
    scale = np.sqrt(np.maximum(1 - 1 / np.maximum(squared[chosen], 1e-9), 0))
    return (
        ellipse.y + scale * (y[chosen] - ellipse.y),
        ellipse.x + scale * (x[chosen] - ellipse.x),
    )


def _add_nucleus(rng, image, texture, place, chromocentres):
    """Adds one nucleus to the image, within the box it can reach."""
    height, width = image.shape
    size = place.radius
    # The outline perturbs the longer semi-axis by at most 1.3; then the soft edge.
    reach = int(1.3 * size * place.stretch + 5)
    top, left = max(0, int(place.y) - reach), max(0, int(place.x) - reach)
    bottom, right = min(height, int(place.y) + reach), min(width, int(place.x) + reach)
    if top >= bottom or left >= right:
        return
    y = np.arange(top, bottom)[:, None] - place.y
    x = np.arange(left, right)[None, :] - place.x

    # Ellipse in polar form, times a Fourier series that falls off with the order.
    angle = np.arctan2(y, x) - place.angle
    outline = size / np.hypot(np.cos(angle) / place.stretch, np.sin(angle) * place.stretch)
    wobble = np.ones_like(outline)
    for order in range(2, 7):
        amplitude = rng.normal(0, 0.11 / order**1.3)
        wobble += amplitude * np.cos(order * angle + rng.uniform(0, 2 * np.pi))
    outline = outline * np.clip(wobble, 0.7, 1.3)
    distance = np.hypot(y, x)
    relative = distance / outline
    depth = outline - distance

    # A soft edge (error function: a step blurred by a Gaussian) times the
    # thickness of a flattened body, which falls off towards the rim.
    edge = rng.uniform(0.7, 1.2)
    body = 0.5 * (1 + special.erf(depth / (np.sqrt(2) * edge)))
    flatness = rng.uniform(0.4, 0.8)
    body = body * (flatness + (1 - flatness) * np.sqrt(np.clip(1 - relative**2, 0, 1)))
    body = body * texture[top:bottom, left:right]
    body = body * (1 + rng.uniform(0, 0.25) * np.exp(-((depth / 2.5) ** 2)))

    def blob(spread, blob_radius):
        """A soft round spot at a random place within the given share of the nucleus."""
        direction, share = rng.uniform(0, 2 * np.pi), spread * np.sqrt(rng.random())
        blob_y, blob_x = share * size * np.sin(direction), share * size * np.cos(direction)
        squared = (y - blob_y) ** 2 + (x - blob_x) ** 2
        # Flatter than a Gaussian: a body of its own, not a point.
        return np.exp(-((squared / blob_radius**2) ** 1.5))

    for _ in range(rng.integers(1, 5)):
        nucleolus = blob(0.6, size * rng.uniform(0.1, 0.24))
        body = body * (1 - rng.uniform(0.35, 0.7) * nucleolus)
    if chromocentres:
        for _ in range(rng.integers(6, 16)):
            focus = blob(0.85, max(1.5, size * rng.uniform(0.05, 0.11)))
            body = body * (1 + rng.uniform(0.5, 1.8) * focus)
    image[top:bottom, left:right] += rng.uniform(0.4, 1.0) * body
