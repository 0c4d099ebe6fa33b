"""Tests of microscopy_generator: python3 -m unittest discover models/training."""

import unittest

import numpy as np

import microscopy_generator as generator

GENERATORS = [*generator.KINDS, generator.mixture]
SHAPES = [(64, 64), (33, 71), (128, 50), (17, 16)]


def power_above(image, frequency):
    """Share of an image's power, its mean apart, above a radial frequency in cycles/pixel."""
    height, width = image.shape
    window = np.hanning(height)[:, None] * np.hanning(width)
    mean = (image * window).sum() / window.sum()
    power = np.abs(np.fft.fft2((image - mean) * window)) ** 2
    radius = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width))
    return power[radius > frequency].sum() / power.sum()


def each(seeds, shapes):
    """Every generator at every shape and seed: what it is (for messages), and how to make it."""
    for make in GENERATORS:
        for shape in shapes:
            for seed in range(seeds):
                yield f"{make.__name__} {shape} seed {seed}", make, shape, seed


def image_of(make, shape, seed):
    return make(np.random.default_rng(seed), *shape)


class MicroscopyGeneratorTest(unittest.TestCase):
    def test_same_seed_same_image(self):
        for what, make, shape, seed in each(5, SHAPES[:2]):
            image = image_of(make, shape, seed)
            np.testing.assert_array_equal(image, image_of(make, shape, seed), what)
            self.assertFalse(np.array_equal(image, image_of(make, shape, seed + 1000)), what)

    def test_type_shape_and_range(self):
        for what, make, shape, seed in each(25, SHAPES):
            image = image_of(make, shape, seed)
            self.assertEqual(image.dtype, np.float32, what)
            self.assertEqual(image.shape, shape, what)
            self.assertTrue(np.isfinite(image).all(), what)
            self.assertGreaterEqual(image.min(), 0, what)
            self.assertEqual(image.max(), 1, what)

    def test_no_plateau_of_saturated_pixels(self):
        for what, make, shape, seed in each(25, SHAPES[:3]):
            self.assertLess(np.mean(image_of(make, shape, seed) > 0.995), 0.005, what)

    def test_dark_background(self):
        # Small cells or a large nucleus may fill a small image: take large ones.
        for what, make, shape, seed in each(4, [(192, 200)]):
            self.assertLess(np.percentile(image_of(make, shape, seed), 5), 0.15, what)

    def test_band_limited(self):
        # A point blurred by MIN_SIGMA = 0.8 has exp(-(2 pi 0.8 0.4)^2) = 1.8 %
        # of its power above 0.4 cycles/pixel, longer or wider structures have
        # less. Taking off the mean raises the share of sparse images a little.
        for what, make, shape, seed in each(25, [(64, 64), (96, 80)]):
            self.assertLess(power_above(image_of(make, shape, seed), 0.4), 0.025, what)

    def test_band_limit_notices_aliasing(self):
        y, x = np.mgrid[:64, :64]
        staircase = (np.abs(y - 0.3 * x - 20) < 0.6).astype(float)
        self.assertGreater(power_above(staircase, 0.4), 0.05)

    def test_position_of_a_point(self):
        # A point's centre of mass and variance do not depend on where it lies
        # between the pixel centres.
        y, x = np.mgrid[:24, :30]
        for at_y, at_x in [(11.0, 13.0), (11.25, 13.4), (10.5, 14.5), (11.9, 12.7)]:
            drawn = generator._draw(
                np.array([at_y]), np.array([at_x]), np.array([2.0]), 1.0, 24, 30
            )
            self.assertAlmostEqual(drawn.sum(), 2.0, delta=1e-3)
            mean_y, mean_x = (y * drawn).sum() / 2, (x * drawn).sum() / 2
            self.assertAlmostEqual(mean_y, at_y, delta=1e-2)
            self.assertAlmostEqual(mean_x, at_x, delta=1e-2)
            self.assertAlmostEqual(((y - mean_y) ** 2 * drawn).sum() / 2, 1.0, delta=0.02)

    def test_worm_like_chain_decorrelates_as_cited(self):
        chains, persistence, separation = 4000, 50.0, 40.0
        rng = np.random.default_rng(0)
        zero = np.zeros(chains)
        _, _, theta, _ = generator._worm_like_chains(
            rng, zero, zero, zero, np.full(chains, 60.0), persistence, zero
        )
        steps = int(separation / generator._STEP)
        correlation = np.cos(theta[:, 10 + steps] - theta[:, 10]).mean()
        self.assertAlmostEqual(correlation, np.exp(-separation / (2 * persistence)), delta=0.02)


if __name__ == "__main__":
    unittest.main()
