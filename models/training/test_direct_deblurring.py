"""Tests of the network that deblurs directly: python -m unittest (needs the packages of requirements.txt)."""

import contextlib
import io
import pathlib
import tempfile
import unittest
from unittest import mock

import direct_deblurring
import network
import numpy as np
import tifffile
import torch
import train
from scipy import ndimage


class DirectDeblurringTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.generator = torch.Generator().manual_seed(0)

    def test_a_measurement_is_the_blurred_image_and_noise(self):
        image = torch.rand(1, 1, 24, 24) * 2 - 1
        mean = direct_deblurring.measure(image.expand(4000, -1, -1, -1), self.generator)
        blurred = ndimage.gaussian_filter(image[0, 0].numpy(), 2, mode="reflect", truncate=10)
        error = mean.mean(0)[0].numpy() - blurred
        # The error of the mean of 4,000 measurements is 0.1 / sqrt(4000) = 0.0016.
        self.assertLess(np.abs(error).max(), 5 * 0.0016)
        self.assertAlmostEqual((mean - mean.mean(0)).std().item(), 0.1, delta=0.001)

    def test_it_learns_to_restore_what_it_is_shown(self):
        rows = torch.arange(24.0)
        waves = torch.stack([torch.sin(rows / 3 + phase) for phase in torch.arange(0, 6, 0.1)])
        patches = waves[:, None, :].expand(-1, 24, -1).half()
        pool = train.Pool(patches, 16, torch.device("cpu"))
        model = network.Denoiser(network.UNet(widths=(8, 12, 16), embedding=16))
        # So small a network can learn faster than that of a prior.
        with mock.patch.object(direct_deblurring, "LEARNING_RATE", 2e-3):
            model.load_state_dict(direct_deblurring.train(model, pool, 6400, 1))
        truth = direct_deblurring.stretched(pool.batch(64, np.random.default_rng(2)))
        y = direct_deblurring.measure(truth, self.generator)
        with torch.no_grad():
            restored = direct_deblurring.restore(model.eval(), y)
        gain = direct_deblurring.decibels(restored, truth) - direct_deblurring.decibels(y, truth)
        self.assertGreater(gain, 6)

    def test_it_prints_a_line_for_each_image(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            tifffile.imwrite(folder / "edge.tif", np.sign(np.arange(16) - 7.5)[None].repeat(16, 0))
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                # A network that changes nothing.
                direct_deblurring.judge(lambda y, sigma: y, folder, 1, torch.device("cpu"))
        words = printed.getvalue().split()
        self.assertEqual(words[0], "edge:")
        self.assertEqual(words[2].rstrip(","), words[4])


if __name__ == "__main__":
    unittest.main()
