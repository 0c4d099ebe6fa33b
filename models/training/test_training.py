"""Tests of the training pipeline: python -m unittest (needs the packages of requirements.txt)."""

import csv
import pathlib
import shutil
import tempfile
import unittest
from unittest import mock

import consistency
import diffusion
import export
import network
import numpy as np
import prepare
import prior_folder
import tiny_prior
import torch
import train
import yaml

HERE = pathlib.Path(__file__).parent


class GaussianDenoiser(torch.nn.Module):
    """The exact denoiser of images of white noise with standard deviation sigma_data."""

    def forward(self, x, sigma):
        level = sigma[:, None, None, None]
        return x * network.SIGMA_DATA**2 / (network.SIGMA_DATA**2 + level**2)


class NetworkTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        self.model = network.Denoiser(network.UNet(widths=(8, 12, 16), embedding=16))
        # The last layer starts at zero, and would hide what the others do.
        torch.nn.init.normal_(self.model.network.last.weight, std=0.1)
        self.model.eval().requires_grad_(False)

    def test_at_the_lowest_level_an_image_is_returned_as_it_is(self):
        x = torch.randn(2, 1, 24, 32)
        sigma = torch.full((2,), network.SIGMA_MIN)
        torch.testing.assert_close(self.model(x, sigma), x, rtol=0, atol=1e-6)

    def test_a_shift_of_the_input_shifts_the_output_away_from_the_border(self):
        x = torch.randn(1, 1, 256, 256)
        sigma = torch.tensor([1.0])
        whole = self.model(x, sigma)[..., 8:, 8:]
        part = self.model(x[..., 8:, 8:], sigma)
        middle = np.s_[..., 100:-100, 100:-100]
        torch.testing.assert_close(whole[middle], part[middle], rtol=0, atol=1e-5)

    def test_the_reach_is_how_far_away_a_pixel_counts(self):
        for widths in ((8,), (8, 12), (8, 12, 16)):
            unet = network.UNet(widths=widths, embedding=16)
            for layer in unet.modules():
                if isinstance(layer, network.nn.Conv2d):
                    torch.nn.init.normal_(layer.weight, std=0.1)
            model = network.Denoiser(unet.requires_grad_(False))
            farthest = 0
            for pixel in range(256, 256 + 2 ** len(widths)):
                x = torch.randn(1, 1, 16, 512).requires_grad_(True)
                model(x, torch.ones(1))[0, 0, 8, pixel].backward()
                seen = x.grad[0, 0].abs().amax(0).nonzero()
                farthest = max(farthest, pixel - seen.min().item(), seen.max().item() - pixel)
            self.assertEqual(unet.reach(), farthest)

    def test_the_same_network_gives_the_same_file(self):
        with tempfile.TemporaryDirectory() as folder:
            hashes = set()
            for name in ("one", "other"):
                path = pathlib.Path(folder) / name / "model.pt"
                path.parent.mkdir()
                prior_folder.write_torchscript(self.model, path)
                hashes.add(prior_folder.sha256(path))
                # What a process has traced before must not count.
                torch.jit.trace(self.model, (torch.zeros(1, 1, 16, 16), torch.ones(1)))
            self.assertEqual(len(hashes), 1)

    def test_the_exported_file_computes_the_same_for_any_size_and_batch(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "model.pt"
            prior_folder.write_torchscript(self.model, path)
            loaded = torch.jit.load(path)
            for shape in ((1, 1, 16, 16), (3, 1, 40, 64)):
                x, sigma = torch.randn(shape), torch.rand(shape[0]) + 0.1
                torch.testing.assert_close(loaded(x, sigma), self.model(x, sigma))
            self.assertNotIn(str(HERE).encode(), path.read_bytes())


class DiffusionTest(unittest.TestCase):
    def test_levels_fall_from_the_highest_to_the_lowest(self):
        levels = diffusion.karras_levels(18)
        self.assertAlmostEqual(levels[0].item(), network.SIGMA_MAX, places=3)
        self.assertAlmostEqual(levels[-1].item(), network.SIGMA_MIN, places=6)
        self.assertTrue((levels.diff() < 0).all())

    def test_a_heun_step_is_of_second_order(self):
        x = torch.randn(2, 1, 4, 4, generator=torch.Generator().manual_seed(4))
        start = torch.tensor([2.0, 5.0], dtype=torch.float64)
        deviation = (start**2 + network.SIGMA_DATA**2).sqrt()

        def error(share):
            # The exact solution for Gaussian images: x grows like their noisy deviation.
            end = start * (1 - share)
            exact = x * ((end**2 + network.SIGMA_DATA**2).sqrt() / deviation)[:, None, None, None]
            step = diffusion.heun_step(GaussianDenoiser(), x.double(), start, end)
            return (step - exact).abs().max().item()

        # A local error of third order: eight times less at half the step; 10 % for the next order.
        self.assertAlmostEqual(error(0.02) / error(0.01), 8, delta=0.8)

    def test_heun_samples_of_a_gaussian_have_its_deviation(self):
        noise = torch.randn(64, 1, 32, 32, generator=torch.Generator().manual_seed(1))
        images = diffusion.heun_samples(GaussianDenoiser(), noise, 40)
        # Four standard errors of a deviation from 65536 values, and Heun's error.
        self.assertAlmostEqual(images.std().item(), network.SIGMA_DATA, delta=0.01)

    def test_the_exact_denoiser_has_the_least_loss(self):
        images = network.SIGMA_DATA * torch.randn(256, 1, 16, 16)
        settings = {"mean": -0.6, "deviation": 1.4}

        def loss(factor):
            exact = GaussianDenoiser()
            generator = torch.Generator().manual_seed(2)
            return diffusion.denoising_loss(
                lambda x, s: factor * exact(x, s), images, settings, generator
            )

        self.assertLess(loss(1.0), loss(0.95))
        self.assertLess(loss(1.0), loss(1.05))


class ConsistencyTest(unittest.TestCase):
    def test_the_gap_halves(self):
        t = torch.tensor([0.5, 5.0, 50.0])
        gaps = [t - consistency.lower_level(t, halvings) for halvings in (4, 5)]
        torch.testing.assert_close(gaps[0], 2 * gaps[1])

    def test_the_exact_consistency_function_of_a_gaussian_has_no_loss_against_its_teacher(self):
        def exact(x, sigma):
            level = sigma[:, None, None, None]
            deviation = network.SIGMA_DATA**2
            lowest = (deviation + network.SIGMA_MIN**2) ** 0.5
            return x * lowest / (deviation + level**2).sqrt()

        def loss(model):
            settings = {"mean": -0.8, "deviation": 1.8, "halvings": 5}
            generator = torch.Generator().manual_seed(3)
            images = network.SIGMA_DATA * torch.randn(64, 1, 16, 16, generator=generator)
            return consistency.consistency_loss(
                model, images, settings, generator, GaussianDenoiser()
            ).item()

        self.assertLess(loss(exact), 0.05 * loss(lambda x, s: 0.9 * exact(x, s) + 0.1 * x))

    def test_the_ends_of_a_pair_lie_on_one_trajectory(self):
        t, r = torch.tensor([2.0]), torch.tensor([1.0])
        image = torch.zeros(1, 1, 8, 8)
        noisy, less = consistency.pair(image, t, r, torch.Generator().manual_seed(0), None)
        torch.testing.assert_close(noisy, 2 * less)


class TrainingTest(unittest.TestCase):
    """A tiny prior from a folder of images to an exported folder."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        cls.data = tiny_prior.prepare_data(cls.root)
        cls.settings = tiny_prior.SETTINGS
        cls.run_folder = tiny_prior.trained_run(cls.settings, cls.data, cls.root / "run")
        cls.settings_file = tiny_prior.write_settings(cls.root)
        cls.general = cls.root / "general"
        export.install(cls.settings_file, cls.run_folder, cls.general)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_training(self, name, settings=tiny_prior.SETTINGS):
        run = tiny_prior.trained_run(settings, self.data, self.root / name)
        return torch.load(run / "tuning.pt")["average"]

    def test_background_becomes_minus_one_and_the_brightest_plus_one(self):
        plane = np.full((100, 100), 300.0)
        plane[40:60, 40:60] = 900
        self.assertEqual(set(np.unique(prepare.normalised(plane))), {-1.0, 1.0})

    def test_every_file_is_reported(self):
        with open(self.data / "images.csv", newline="") as file:
            uses = [(row["file"], row["use"]) for row in csv.DictReader(file)]
        use = {"0.tif": "training", "1.tif": "training", "2.tif": "validation"}
        expected = [(f"{s}/{n}", u) for s in ("nuclei", "actin") for n, u in use.items()]
        self.assertEqual(uses, expected)

    def test_the_default_recipe_keeps_every_fifth_image(self):
        report = []
        images = self.root / "six"
        images.mkdir()
        for number, file in enumerate(sorted((self.root / "images").glob("*/*"))):
            shutil.copy(file, images / f"{number}.tif")
        prepare.load(images, prepare.DEFAULT_RECIPE, report)
        uses = [row["use"] for row in report]
        self.assertEqual(uses, ["training"] * 4 + ["validation", "training"])

    def test_patches_of_a_structure_are_found_again(self):
        shown = np.load(self.data / "pool-structures.npy")
        pool = np.load(self.data / "pool.npy")
        self.assertEqual(set(shown), {"nuclei", "actin", prepare.GENERATED})
        found = train.read_pool(self.data, ["nuclei"]).numpy()
        np.testing.assert_array_equal(found, pool[shown == "nuclei"])
        with self.assertRaisesRegex(SystemExit, "No patch .* shows tubulin"):
            train.read_pool(self.data, ["tubulin"])

    def test_patches_have_the_wanted_size_and_are_turned(self):
        pool = train.Pool(train.read_pool(self.data), 32, torch.device("cpu"))
        batch = pool.batch(16, np.random.default_rng(5))
        self.assertEqual(batch.shape, (16, 1, 32, 32))
        self.assertEqual(batch.dtype, torch.float32)

    def test_turned_patches_are_windows_of_the_pool(self):
        rows = np.arange(48 * 48, dtype=np.float32).reshape(1, 48, 48)
        pool = train.Pool(torch.from_numpy(rows), 32, torch.device("cpu"))
        batch = pool.batch(32, np.random.default_rng(6))[:, 0].numpy()
        orientations = set()
        for patch in batch:
            least = patch.min()
            top, left = divmod(int(least), 48)
            window = rows[0, top : top + 32, left : left + 32]
            for transposed in (False, True):
                for flips in ((), (0,), (1,), (0, 1)):
                    turned = np.flip(window.T if transposed else window, flips)
                    if np.array_equal(turned, patch):
                        orientations.add((transposed, flips))
        # 32 draws miss one of eight orientations with probability 8 (7/8)^32 = 0.11: one may miss.
        self.assertGreaterEqual(len(orientations), 7)

    def test_float32_is_not_rounded_by_a_gpu(self):
        train.best_device()
        self.assertFalse(torch.backends.cudnn.allow_tf32)

    def test_bfloat16_leaves_every_weight_its_gradient(self):
        # The first of the two passes has no gradient, and autocast keeps rounded weights.
        model = train.new_model(self.settings, torch.device("cpu"))
        torch.nn.init.normal_(model.network.last.weight, std=0.1)
        settings = {"mean": -0.8, "deviation": 1.8, "halvings": 1}
        with train.autocast({"precision": "bfloat16"}, torch.device("cpu")):
            loss = consistency.consistency_loss(
                model, torch.randn(4, 1, 32, 32), settings, torch.Generator().manual_seed(1)
            )
        loss.backward()
        for name, weights in model.named_parameters():
            self.assertIsNotNone(weights.grad, name)

    def test_an_interruption_changes_nothing(self):
        uninterrupted = train.trained_weights(self.settings, self.run_folder)[1]
        settings = self.settings | {"checkpoint_minutes": 0}
        with mock.patch.object(train, "preview", side_effect=[None, None, KeyboardInterrupt]):
            with self.assertRaises(KeyboardInterrupt):
                self.run_training("cut", settings)
        resumed = self.run_training("cut")
        for key, value in uninterrupted.items():
            torch.testing.assert_close(resumed[key], value, rtol=0, atol=0)

    def test_the_same_seed_gives_the_same_weights(self):
        first = train.trained_weights(self.settings, self.run_folder)[1]
        second = self.run_training("again")
        for key, value in first.items():
            torch.testing.assert_close(second[key], value, rtol=0, atol=0)

    def test_the_prior_is_exported_with_its_card(self):
        target = self.general
        card = yaml.safe_load((target / "rdf.yaml").read_text())
        self.assertEqual(card["name"], "Tiny")
        self.assertEqual(
            card["config"]["posteriorj"]["sha256"], prior_folder.sha256(target / "consistency-model.pt")
        )
        # Three levels, as in the bundled priors.
        self.assertEqual(card["config"]["posteriorj"]["reach"], 123)
        self.assertIn("A prior of nothing much.", (target / card["documentation"]).read_text())
        clean = torch.jit.load(target / "consistency-model.pt")(
            torch.from_numpy(np.load(target / "test-noisy.npy")),
            torch.from_numpy(np.load(target / "test-sigma.npy")),
        )
        torch.testing.assert_close(clean, torch.from_numpy(np.load(target / "test-clean.npy")))

    def test_a_readme_that_is_there_stays(self):
        target = self.root / "described"
        target.mkdir()
        (target / "README.md").write_text("by hand")
        export.install(self.settings_file, self.run_folder, target)
        self.assertEqual((target / "README.md").read_text(), "by hand")

    def test_a_specialised_prior_starts_from_the_general_one(self):
        # A rate of zero leaves each network what it was at its start.
        frozen = tiny_prior.SETTINGS["defaults"] | {"learning_rate": 0.0}
        path = tiny_prior.write_settings(
            self.root,
            "special.yaml",
            start="general",
            structures=["nuclei"],
            defaults=frozen,
            white=0.4,
        )
        special = self.root / "special"
        tiny_prior.trained_run(train.read_settings(path), self.data, self.root / "frozen")
        export.install(path, self.root / "frozen", special)
        for file in ("denoiser.pt", "consistency-model.pt"):
            before = torch.jit.load(self.general / file).state_dict()
            after = torch.jit.load(special / file).state_dict()
            for key, value in before.items():
                torch.testing.assert_close(after[key], value, rtol=0, atol=0)
        constants = yaml.safe_load((special / "rdf.yaml").read_text())["config"]["posteriorj"]
        sha = prior_folder.sha256(self.general / "consistency-model.pt")
        self.assertEqual(constants["parent"], {"name": "Tiny", "sha256": sha})
        self.assertEqual(constants["training"]["settings"]["structures"], ["nuclei"])
        self.assertEqual(constants["value_range"], [-1, 0.4])

    def test_a_start_of_another_network_is_refused(self):
        path = tiny_prior.write_settings(
            self.root, "wider.yaml", start="general", network={"widths": [8, 12]}
        )
        with self.assertRaisesRegex(SystemExit, "another network"):
            train.starting_weights(train.read_settings(path))


if __name__ == "__main__":
    unittest.main()
