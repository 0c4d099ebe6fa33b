"""Tests of the timing of gradients: python -m unittest (needs the packages of requirements.txt)."""

import contextlib
import io
import pathlib
import tempfile
import time
import unittest
from unittest import mock

import gradient_time
import network
import prior_folder
import torch


class GradientTimeTest(unittest.TestCase):
    def test_the_gradient_is_that_of_the_sum(self):
        image = torch.arange(4.0).reshape(1, 1, 2, 2)
        found = gradient_time.gradient(lambda x, sigma: sigma * x**2, image)
        torch.testing.assert_close(found, 2 * gradient_time.LEVEL * image)

    def test_a_slower_network_takes_longer(self):
        def slow(x, sigma):
            end = time.process_time() + 0.01
            while time.process_time() < end:
                pass
            return x

        fast, slow = gradient_time.milliseconds([lambda x, sigma: x, slow], torch.zeros(1, 1, 8, 8), 3)
        for less, more in zip(fast, slow):
            self.assertLess(less, more)
            self.assertGreaterEqual(more, 10)

    def test_it_prints_a_line_for_each_prior_size_and_number_of_threads(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "tiny"
            folder.mkdir()
            model = network.Denoiser(network.UNet(widths=(8, 12, 16), embedding=16))
            prior_folder.write_torchscript(model, folder / prior_folder.NETWORK)
            printed = io.StringIO()
            words = ["gradient_time.py", str(folder), "--threads", "1", "2", "--repetitions", "2"]
            with (
                mock.patch.object(gradient_time, "SIZES", (16, 24)),
                mock.patch("sys.argv", words),
                contextlib.redirect_stdout(printed),
            ):
                threads = torch.get_num_threads()
                self.addCleanup(torch.set_num_threads, threads)
                gradient_time.main()
        rows = [line.split("|")[1:4] for line in printed.getvalue().splitlines()[2:]]
        cells = [[cell.strip() for cell in row] for row in rows]
        sizes = ("16 x 16", "24 x 24")
        self.assertEqual(cells, [["tiny", size, threads] for size in sizes for threads in "12"])


if __name__ == "__main__":
    unittest.main()
