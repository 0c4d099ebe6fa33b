"""Tests of what is measured of a prior."""

import pathlib
import shutil
import tempfile
import unittest
from unittest import mock

import export
import judge
import make_prior
import numpy as np
import prepare
import prior_folder
import restoration
import tifffile
import tiny_prior
import torch
import train
import yaml
from PIL import Image
from torch.nn import functional


def generated_images(count, size, seed):
    rng = np.random.default_rng(seed)
    patches = [prepare.generated_patch(rng, size) for _ in range(count)]
    return torch.from_numpy(np.stack(patches))[:, None]


class Scaling(torch.nn.Module):
    """D(x, sigma) = factor x."""

    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x, sigma):
        return self.factor * x


class DistanceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.images = generated_images(48, 32, 0)
        cls.blurred = functional.avg_pool2d(cls.images, 5, stride=1, padding=2)

    def test_a_set_has_no_distance_to_itself(self):
        self.assertEqual(judge.spectrum_distance(self.images, self.images), 0)
        self.assertEqual(judge.histogram_distance(self.images, self.images), 0)

    def test_blurred_images_are_farther_than_others_of_their_kind(self):
        others = generated_images(48, 32, 1)
        for distance in (judge.spectrum_distance, judge.sliced_wasserstein):
            blurred, alike = (distance(x, self.images) for x in (self.blurred, others))
            self.assertGreater(blurred, 1.5 * alike, distance.__name__)

    def test_a_factor_of_the_contrast_is_its_decibels(self):
        # Power goes with the square of the contrast.
        expected = 20 * np.log10(2)
        self.assertAlmostEqual(judge.spectrum_distance(2 * self.images, self.images), expected, 4)

    def test_an_offset_is_the_distance_of_the_histograms(self):
        self.assertAlmostEqual(judge.histogram_distance(self.images + 0.25, self.images), 0.25, 5)

    def test_the_pyramid_adds_up_to_the_image(self):
        levels = judge.laplacian_levels(generated_images(2, 64, 2))
        self.assertEqual([level.shape[-1] for level in levels], [64, 32, 16])
        image = levels[-1]
        for level in reversed(levels[:-1]):
            image = level + functional.interpolate(image, scale_factor=2.0)
        torch.testing.assert_close(image, generated_images(2, 64, 2))


class ErrorTest(unittest.TestCase):
    def test_what_returns_its_input_leaves_the_noise(self):
        images = torch.zeros(64, 1, 32, 32)
        errors = judge.denoising_errors(Scaling(1.0), images, torch.device("cpu"))
        self.assertEqual(list(errors), judge.LEVELS)
        for level, error in errors.items():
            # Four standard errors of a deviation from 65536 values, and the four written decimals.
            delta = 4 * level / np.sqrt(2 * 64 * 32 * 32) + 5e-5
            self.assertAlmostEqual(error, level, delta=delta)

    def test_what_returns_nothing_loses_the_image(self):
        images = torch.full((4, 1, 16, 16), 0.5)
        errors = judge.denoising_errors(Scaling(0.0), images, torch.device("cpu"))
        self.assertEqual(set(errors.values()), {0.5})


class NearestTest(unittest.TestCase):
    def test_a_turned_training_patch_is_found(self):
        pool = torch.from_numpy(
            np.stack([prepare.generated_patch(np.random.default_rng(s), 48) for s in range(20)])
        )
        window = pool[13, None, None, 16:48, 0:32]
        copied = judge.turned(window, True, (3,))
        own = generated_images(1, 32, 99)
        similarity, found = judge.nearest_training_patches(torch.cat([copied, own]), pool, 32)
        self.assertAlmostEqual(similarity[0].item(), 1, places=5)
        torch.testing.assert_close(found[:1], copied)
        self.assertLess(similarity[1].item(), 0.99)


class CardTest(unittest.TestCase):
    """What a tiny prior's card tells, made by the one command."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        cls.data = tiny_prior.prepare_data(cls.root)
        cls.settings_file = tiny_prior.write_settings(cls.root)
        cls.calls = []
        cls.install = cls.root / "general"
        cls.make(cls.settings_file, "run", cls.install)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def make(cls, settings_file, run, install):
        with (
            mock.patch.object(judge, "COUNT", 8),
            mock.patch.object(judge, "SHOWN", 4),
            mock.patch.object(restoration, "benchmark", cls.benchmark),
        ):
            settings = train.read_settings(settings_file)
            make_prior.make_prior(settings, cls.data, cls.root / run, install, True)

    @classmethod
    def benchmark(cls, settings, data, run, priors):
        """In the place of the Java program."""
        cls.calls.append([folder.name for folder in priors])
        rows = ["operator,image,method,psnr,iterations"]
        for image, gain in (("nuclei-1", 1), ("actin-1", 2)):
            rows += [f'"blur, wide",{image},measurement,20.00,']
            rows += [f'"blur, wide",{image},Richardson-Lucy,{20 + gain},7']
            rows += [f'"blur, wide",{image},{folder.name},{23 + gain},' for folder in priors]
        (run / "restoration.csv").write_text("\r\n".join(rows))

    def quality(self, folder):
        return yaml.safe_load((folder / "rdf.yaml").read_text())["config"]["posteriorj"]["quality"]

    def test_every_part_is_in_the_card(self):
        quality = self.quality(self.install)
        distances = quality["distance to validation patches"]
        self.assertEqual(
            list(distances),
            [
                "teacher",
                "consistency model, one step",
                "consistency model, two steps",
                "training patches",
                "other validation patches",
            ],
        )
        for values in distances.values():
            self.assertEqual(len(values), 3)
            self.assertTrue(np.isfinite(list(values.values())).all())
        errors = quality["denoising error (root mean square) at noise level"]
        self.assertEqual(list(errors), ["consistency model", "teacher"])
        self.assertEqual(list(errors["teacher"]), judge.LEVELS)
        self.assertIn("mean", quality[next(k for k in quality if k.startswith("consistency error"))])
        self.assertIn("8 patches of 32 x 32", quality["validation"])

    def test_the_restorations_are_tabulated_by_operator(self):
        tables = self.quality(self.install)[export.RESTORATION]
        self.assertEqual(
            tables["mean of the images"]["blur, wide"],
            {"measurement": 20.0, "Richardson-Lucy": 21.5, "this-prior": 24.5},
        )
        self.assertEqual(tables["each image"]["blur, wide"]["actin-1"][restoration.ITERATIONS], 7)

    def test_pictures_have_a_row_for_each_way(self):
        self.assertEqual(
            self.quality(self.install)["quality-samples.png from the top"],
            [
                "teacher",
                "consistency model, one step",
                "consistency model, two steps",
                "validation patches",
            ],
        )
        with Image.open(self.install / "quality-samples.png") as picture:
            self.assertEqual(picture.size, (4 * 32, 4 * 32))
        with Image.open(self.install / "quality-nearest.png") as picture:
            self.assertEqual(picture.size, (4 * 32, 2 * 32))

    def test_a_finished_prior_is_not_measured_again(self):
        before = len(self.calls)
        self.make(self.settings_file, "run", self.install)
        self.assertEqual(len(self.calls), before)

    def test_a_prior_is_installed_even_if_the_benchmark_fails(self):
        installed = self.root / "unrestored"
        failure = mock.Mock(side_effect=SystemExit("failed"))
        with mock.patch.object(CardTest, "benchmark", failure):
            with self.assertRaises(SystemExit):
                self.make(self.settings_file, "unrestored-run", installed)
        self.assertNotIn(export.RESTORATION, self.quality(installed))
        self.make(self.settings_file, "unrestored-run", installed)
        self.assertIn(export.RESTORATION, self.quality(installed))

    def test_a_failure_of_maven_is_said(self):
        with mock.patch.object(restoration.subprocess, "run") as run:
            run.return_value.returncode = 1
            with self.assertRaisesRegex(SystemExit, "benchmark failed"):
                restoration.benchmark(
                    tiny_prior.SETTINGS, self.data, self.root / "failed", [self.install]
                )

    def test_the_prior_that_is_replaced_is_compared_with(self):
        installed = self.root / "replaced"
        self.make(self.settings_file, "first", installed)
        self.make(self.settings_file, "second", installed)
        self.assertEqual(self.calls[-2:], [["this-prior"], ["this-prior", "previous-prior"]])

    def test_a_prior_that_goes_on_from_itself_is_compared_with_what_it_was(self):
        installed = self.root / "improved"
        shutil.copytree(self.install, installed)
        settings_file = tiny_prior.write_settings(self.root, "more.yaml", start="improved", seed=2)
        self.make(settings_file, "more", installed)
        self.assertEqual(self.calls[-1], ["this-prior", "previous-prior"])
        constants = yaml.safe_load((installed / "rdf.yaml").read_text())["config"]["posteriorj"]
        before = prior_folder.sha256(self.install / "consistency-model.pt")
        self.assertEqual(constants["parent"]["sha256"], before)
        self.assertNotEqual(constants["sha256"], before)

    def test_a_specialised_prior_is_judged_beside_the_general_one(self):
        settings_file = tiny_prior.write_settings(
            self.root, "nuclei.yaml", start="general", structures=["nuclei"]
        )
        special = self.root / "nuclei"
        self.make(settings_file, "special", special)
        self.assertEqual(self.calls[-1], ["this-prior", "general"])
        quality = self.quality(special)
        self.assertIn(f"{judge.PARENT}, one step", quality["distance to validation patches"])
        errors = quality["denoising error (root mean square) at noise level"]
        self.assertEqual(errors[judge.PARENT].keys(), errors["consistency model"].keys())

    def test_patches_show_the_wanted_structures(self):
        folder = self.data / "validation"
        patches, shown = judge.validation_patches(folder, ["nuclei"], 5, 32, 0)
        self.assertEqual((patches.shape, set(shown)), ((5, 1, 32, 32), {"nuclei"}))
        structures = judge.structures_of(folder)
        _, shown = judge.validation_patches(folder, structures, 3, 32, 0)
        self.assertEqual(shown, ["actin", "nuclei", "actin"])
        with self.assertRaisesRegex(SystemExit, "No image in .* shows tubulin"):
            judge.validation_patches(folder, ["tubulin"], 3, 32, 0)

    def test_images_to_restore_fill_the_range(self):
        folder = self.root / "restored"
        restoration.write_images(tiny_prior.SETTINGS, self.data, folder)
        names = ["actin-1.tif", "actin-2.tif", "nuclei-1.tif", "nuclei-2.tif"]
        self.assertEqual(sorted(file.name for file in folder.iterdir()), names)
        for name in names:
            image = tifffile.imread(folder / name)
            self.assertEqual((image.shape, image.dtype), ((48, 48), np.float32))
            self.assertEqual((image.min(), image.max()), (-1, 1))

    def test_without_maven_it_is_said_what_to_do(self):
        with mock.patch.object(restoration.shutil, "which", return_value=None):
            with self.assertRaisesRegex(SystemExit, "--no-restoration"):
                restoration.require_maven()


if __name__ == "__main__":
    unittest.main()
