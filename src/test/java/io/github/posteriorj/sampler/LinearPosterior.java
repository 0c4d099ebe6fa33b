package io.github.posteriorj.sampler;

import ai.djl.ndarray.types.Shape;
import io.github.posteriorj.library.PriorFolders;
import io.github.posteriorj.likelihood.GaussianLikelihood;
import io.github.posteriorj.operator.GaussianBlur;
import io.github.posteriorj.prior.ConsistencyModel;
import io.github.posteriorj.prior.CroppedPrior;
import io.github.posteriorj.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * A posterior that is known in closed form: prior x = Phi(z) = W z + b by a TorchScript network, y
 * = A x + noise. With M = A W, the posterior of z is normal with precision P = I + M^T M / sigma^2
 * and mean P^-1 M^T (y - A b) / sigma^2.
 */
final class LinearPosterior implements AutoCloseable {

  static final int SIZE = 16;
  static final int PIXELS = SIZE * SIZE;
  static final double NOISE = 1;

  private static final double BLUR_SIGMA = 0.8;
  private static final GaussianBlur BLUR = new GaussianBlur(BLUR_SIGMA);
  private static final double OFFSET = 0.2;
  private static final String MATRIX = "[" + SIZE + ", " + SIZE + "]";

  final ConsistencyModel model;
  final Posterior posterior;

  /** W: from noise to image. */
  final RealMatrix generator;

  final RealMatrix precision;
  final RealVector meanNoise;

  private LinearPosterior(ConsistencyModel model, RealMatrix left, RealMatrix right) {
    this.model = model;
    this.generator = kronecker(left, right);
    CroppedPrior prior = new CroppedPrior(model.oneStep(), new Shape(1, SIZE, SIZE));
    float[] y = RandomStream.of(5, 0).gaussian(PIXELS);
    this.posterior = new Posterior(prior, BLUR, new GaussianLikelihood(NOISE), y, model::newScope);
    RealMatrix forward = blurMatrix().multiply(generator);
    RealVector residual = new ArrayRealVector(PIXELS);
    for (int i = 0; i < PIXELS; i++) {
      // The blur keeps a constant image constant: A b = b.
      residual.setEntry(i, y[i] - OFFSET);
    }
    this.precision =
        MatrixUtils.createRealIdentityMatrix(PIXELS)
            .add(forward.transpose().multiply(forward).scalarMultiply(1 / (NOISE * NOISE)));
    this.meanNoise =
        new CholeskyDecomposition(precision)
            .getSolver()
            .solve(forward.transpose().operate(residual).mapMultiply(1 / (NOISE * NOISE)));
  }

  /** Makes the posterior; its network L z R + b lies in the folder. */
  static LinearPosterior in(Path folder) throws IOException {
    RealMatrix left = matrix(1);
    RealMatrix right = matrix(2);
    Path prior =
        PriorFolders.write(
            folder,
            SIZE,
            "z = torch.div(x, 80.0)",
            "left = torch.reshape(torch.tensor(" + entries(left) + "), " + MATRIX + ")",
            "right = torch.reshape(torch.tensor(" + entries(right) + "), " + MATRIX + ")",
            "return torch.add(torch.matmul(torch.matmul(left, z), right), " + OFFSET + ")");
    return new LinearPosterior(PriorFolders.open(prior), left, right.transpose());
  }

  /** The largest eigenvalue of the precision: the largest curvature of the potential. */
  double largestCurvature() {
    RealVector vector = new ArrayRealVector(PIXELS, 1);
    double length = 0;
    for (int i = 0; i < 200; i++) {
      vector = precision.operate(vector);
      length = vector.getNorm();
      vector.mapDivideToSelf(length);
    }
    return length;
  }

  RealVector meanImage() {
    return generator.operate(meanNoise).mapAdd(OFFSET);
  }

  /** The image's covariance for a covariance of the noise. */
  RealMatrix imageCovariance(RealMatrix noiseCovariance) {
    return generator.multiply(noiseCovariance).multiply(generator.transpose());
  }

  @Override
  public void close() {
    model.close();
  }

  private static RealMatrix matrix(int stream) {
    RealMatrix matrix = new Array2DRowRealMatrix(SIZE, SIZE);
    float[] entries = RandomStream.of(3, stream).gaussian(PIXELS);
    for (int i = 0; i < PIXELS; i++) {
      // Singular values between 0 and about 2, whatever the size.
      matrix.setEntry(i / SIZE, i % SIZE, entries[i] / Math.sqrt(SIZE));
    }
    return matrix;
  }

  private static String entries(RealMatrix matrix) {
    return Arrays.toString(
        Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray());
  }

  /** (L kron R)(i, j) with rows of the image running slowest. */
  private static RealMatrix kronecker(RealMatrix left, RealMatrix right) {
    RealMatrix product = new Array2DRowRealMatrix(PIXELS, PIXELS);
    for (int i = 0; i < PIXELS; i++) {
      for (int j = 0; j < PIXELS; j++) {
        product.setEntry(
            i, j, left.getEntry(i / SIZE, j / SIZE) * right.getEntry(i % SIZE, j % SIZE));
      }
    }
    return product;
  }

  /** The blur as a matrix, column by column, by a formula that shares no code with the operator. */
  private static RealMatrix blurMatrix() {
    RealMatrix axis = new Array2DRowRealMatrix(SIZE, SIZE);
    int reach = 8;
    double sum = 0;
    for (int offset = -reach; offset <= reach; offset++) {
      sum += Math.exp(-offset * offset / (2 * BLUR_SIGMA * BLUR_SIGMA));
    }
    for (int i = 0; i < SIZE; i++) {
      for (int offset = -reach; offset <= reach; offset++) {
        int j = i + offset;
        while (j < 0 || j >= SIZE) {
          j = j < 0 ? -1 - j : 2 * SIZE - 1 - j;
        }
        axis.addToEntry(i, j, Math.exp(-offset * offset / (2 * BLUR_SIGMA * BLUR_SIGMA)) / sum);
      }
    }
    return kronecker(axis, axis);
  }
}
