"""Tests the export on random weights that have the published names, and fewer channels."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import torch

SCRIPT = pathlib.Path(__file__).with_name("export_kernel_wizard.py")
WIDTH = 4
CODE = 6


def published():
    """A state dict like the published one, of two and three residual blocks."""
    shapes = {"feature_extractor.0": (WIDTH, 3, 3), "feature_extractor.2": (WIDTH, WIDTH, 3)}
    shapes["feature_extractor.4"] = (WIDTH, WIDTH, 3)
    for prefix, first, count in (("feature_extractor", 6, 2), ("recon_trunk", 0, 3)):
        for block in range(first, first + count):
            shapes[f"{prefix}.{block}.conv1"] = shapes[f"{prefix}.{block}.conv2"] = (WIDTH, WIDTH, 3)
    shapes["recon_trunk.3"] = shapes["recon_trunk.6"] = (4 * WIDTH, WIDTH, 3)
    shapes["recon_trunk.9"] = (WIDTH, WIDTH, 3)
    shapes["recon_trunk.11"] = (3, WIDTH, 3)
    weights = {}
    generator = torch.Generator().manual_seed(1)
    for name, (outputs, inputs, side) in shapes.items():
        weights[f"{name}.weight"] = torch.randn(outputs, inputs, side, side, generator=generator) / 6
        weights[f"{name}.bias"] = torch.randn(outputs, generator=generator) / 10
    name = "adapter.model"
    channels = [WIDTH, WIDTH, 2 * WIDTH, 4 * WIDTH, CODE, CODE]
    for level in range(5):
        outer, inner = channels[level], channels[level + 1]
        weights[f"{name}.down.{min(level, 1)}.weight"] = torch.randn(inner, outer, 4, 4, generator=generator) / 8
        weights[f"{name}.up.1.weight"] = torch.randn(2 * inner, outer, 4, 4, generator=generator) / 8
        name += ".submodule"
    weights["adapter.model.up.1.bias"] = torch.zeros(WIDTH)
    weights["kernel_extractor.model.1.weight"] = torch.zeros(5, 5, 3, 3)
    return weights


class ExportTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def export(self, weights, *options):
        source = pathlib.Path(self.folder.name, "weights.pth")
        target = pathlib.Path(self.folder.name, "network.pt")
        torch.save(weights, source)
        done = subprocess.run([sys.executable, SCRIPT, source, target, *options], capture_output=True, text=True)
        if done.returncode:
            raise ValueError(done.stderr)
        return torch.jit.load(target)

    def test_images_keep_their_size_and_a_batch_is_its_images(self):
        blur = self.export(published())
        code = torch.randn(1, CODE, 8, 8)
        for shape in (3, 3, 128, 128), (2, 1, 37, 150), (1, 3, 16, 1100):
            x = 2 * torch.rand(shape) - 1
            y = blur(x, code)
            self.assertEqual(x.shape, y.shape)
            self.assertLess((y[:1] - blur(x[:1], code)).abs().max(), 1e-5)
            self.assertGreater((y - blur(x, code + 1)).abs().max(), 1e-3)

    def test_a_gray_image_is_the_mean_of_three_equal_channels(self):
        blur = self.export(published())
        code = torch.randn(1, CODE, 8, 8)
        x = 2 * torch.rand(1, 1, 40, 50) - 1
        self.assertLess((blur(x, code) - blur(x.expand(-1, 3, -1, -1), code).mean(1)).abs().max(), 1e-5)

    def test_a_frozen_code_is_that_of_its_seed(self):
        blur = self.export(published())
        frozen = self.export(published(), "--seed", "7")
        code = torch.randn(1, CODE, 8, 8, generator=torch.Generator().manual_seed(7))
        x = 2 * torch.rand(1, 3, 40, 50) - 1
        self.assertTrue(torch.equal(frozen(x), blur(x, code)))

    def test_other_weights_are_refused(self):
        with self.assertRaisesRegex(ValueError, "no weights of a KernelWizard"):
            self.export({"conv.weight": torch.zeros(1)})
        with self.assertRaisesRegex(ValueError, "another version"):
            self.export(published() | {"another.weight": torch.zeros(3)})


if __name__ == "__main__":
    unittest.main()
