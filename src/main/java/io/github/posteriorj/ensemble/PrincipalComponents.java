package io.github.posteriorj.ensemble;

import io.github.posteriorj.progress.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * The directions in which samples differ most: eigenvectors of their covariance, found by the small
 * eigenproblem of their Gram matrix.
 *
 * <p>With the deviations d_i = x_i - mean of m samples and the Gram matrix G_ij = d_i . d_j / (m -
 * 1), each eigenvalue of G is a variance, and its unit eigenvector v gives the direction, scaled to
 * one standard deviation, s = sum_i v_i d_i / sqrt(m - 1).
 *
 * <p>Source: Sirovich, "Turbulence and the dynamics of coherent structures, part I", Quarterly of
 * Applied Mathematics 1987, the method of snapshots.
 *
 * @param mean the samples' mean
 * @param deviations of each component, the image of one standard deviation; brighter on the whole,
 *     not darker
 * @param shares of each component, the share of the samples' total variance, in falling order
 */
public record PrincipalComponents(float[] mean, List<float[]> deviations, double[] shares) {

  /**
   * Analyses samples.
   *
   * @param samples at least 2, alike in size; they are overwritten by their deviations
   * @param most components that are wanted; of m samples there are at most m - 1
   * @param progress hears how far it is
   * @throws IllegalArgumentException if all samples are equal, or hold numbers that are not finite
   */
  public static PrincipalComponents of(List<float[]> samples, int most, Progress progress) {
    float[] mean = takeMeanOff(samples);
    double[][] gram = gram(samples, progress);
    double total = IntStream.range(0, gram.length).mapToDouble(i -> gram[i][i]).sum();
    if (!Double.isFinite(total)) {
      throw new IllegalArgumentException(
          "The samples hold values that are not finite. Choose the samples of a plane that was"
              + " restored.");
    }
    if (total == 0) {
      throw new IllegalArgumentException("The samples are all equal: they differ in no direction.");
    }
    EigenDecomposition eigen = new EigenDecomposition(MatrixUtils.createRealMatrix(gram));
    double[] variances = eigen.getRealEigenvalues();
    int[] order =
        IntStream.range(0, variances.length)
            .boxed()
            .sorted((a, b) -> Double.compare(variances[b], variances[a]))
            .limit(Math.min(most, variances.length - 1))
            .mapToInt(Integer::intValue)
            .toArray();
    return new PrincipalComponents(
        mean,
        Arrays.stream(order)
            .mapToObj(i -> deviation(samples, eigen.getEigenvector(i).toArray()))
            .toList(),
        Arrays.stream(order).mapToDouble(i -> Math.max(0, variances[i]) / total).toArray());
  }

  /** The image that lies so many standard deviations from the mean along a component. */
  public float[] image(int component, double standardDeviations) {
    float[] image = mean.clone();
    float[] deviation = deviations.get(component);
    for (int i = 0; i < image.length; i++) {
      image[i] += (float) (standardDeviations * deviation[i]);
    }
    return image;
  }

  private static float[] takeMeanOff(List<float[]> samples) {
    double[] sum = new double[samples.get(0).length];
    for (float[] sample : samples) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += sample[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      double exact = sum[i] / samples.size();
      mean[i] = (float) exact;
      for (float[] sample : samples) {
        sample[i] = (float) (sample[i] - exact);
      }
    }
    return mean;
  }

  private static double[][] gram(List<float[]> deviations, Progress progress) {
    int count = deviations.size();
    double[][] gram = new double[count][count];
    for (int i = 0; i < count; i++) {
      int row = i;
      IntStream.rangeClosed(0, i)
          .parallel()
          .forEach(
              j -> {
                gram[row][j] = dot(deviations.get(row), deviations.get(j)) / (count - 1);
                gram[j][row] = gram[row][j];
              });
      progress.advanced("Comparing samples", i + 1, count);
    }
    return gram;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] deviation(List<float[]> deviations, double[] weights) {
    double[] sum = new double[deviations.get(0).length];
    for (int sample = 0; sample < weights.length; sample++) {
      float[] one = deviations.get(sample);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weights[sample] * one[i];
      }
    }
    // An eigenvector's sign is anyone's choice.
    double sign = Math.signum(Arrays.stream(sum).sum()) < 0 ? -1 : 1;
    double scale = sign / Math.sqrt(weights.length - 1.0);
    float[] deviation = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      deviation[i] = (float) (scale * sum[i]);
    }
    return deviation;
  }
}
