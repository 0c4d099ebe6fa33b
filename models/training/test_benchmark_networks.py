"""Tests of the networks of benchmarks."""

import pathlib
import tempfile
import unittest

import benchmark_networks
import numpy as np
import torch


class SegmentsTest(unittest.TestCase):
    def test_a_pixel_is_of_a_structure_if_it_stands_out(self):
        image = torch.full((1, 48, 48), -0.9)
        image[:, 8:16, 8:16] = -0.4
        image[:, 30:38, 30:38] = 0.6
        found = benchmark_networks.segments(image)[0]
        self.assertEqual([found[y, y] for y in (2, 12, 24, 34)], [0, 1, 0, 2])


class NetworkTest(unittest.TestCase):
    def test_a_class_has_the_largest_logit_of_its_structures(self):
        classes = benchmark_networks.Classes(lambda x: x)
        logits = torch.tensor([[0.0, 1, 5, 2, 3, 4, -1, -2, -3]])
        self.assertEqual(classes(logits).tolist(), [[0, 5, -1]])

    def test_written_networks_take_images_of_any_size(self):
        outputs = {"structure-classes": (2, 3), "structure-segments": (2, 3, 31, 58)}
        for name, plan in benchmark_networks.NETWORKS.items():
            network = plan.make().eval().requires_grad_(False)
            shape = outputs[name.removesuffix("-judge")]
            if plan.classifies:
                network = benchmark_networks.Classes(network)
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                benchmark_networks.write(network, name, pathlib.Path(folder))
                written = torch.jit.load(f"{folder}/{name}/{name}.pt")
                images = torch.randn(2, 1, 31, 58)
                self.assertEqual(written(images).shape, shape)
                torch.testing.assert_close(written(images), network(images))


class TrainingTest(unittest.TestCase):
    def test_the_halves_of_the_patches_share_none(self):
        with tempfile.TemporaryDirectory() as folder:
            data = pathlib.Path(folder)
            pool = np.arange(7, dtype=np.float16)[:, None, None] * np.ones((48, 48), np.float16)
            np.save(data / "pool.npy", pool)
            shown = ["nuclei", "generated", "actin", "puncta", "nuclei", "generated", "actin"]
            np.save(data / "pool-structures.npy", np.array(shown))
            halves = [benchmark_networks.training_patches(data, half) for half in (0, 1)]
        numbers = [patches[:, 0, 0].tolist() for patches, _ in halves]
        self.assertEqual(numbers, [[0, 3, 6], [2, 4]])
        named = [[benchmark_networks.STRUCTURES[label] for label in labels] for _, labels in halves]
        self.assertEqual(named, [["nuclei", "puncta", "actin"], ["actin", "nuclei"]])


if __name__ == "__main__":
    unittest.main()
