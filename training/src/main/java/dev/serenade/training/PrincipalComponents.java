package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions in which the frames of training clips vary most.
 *
 * <p>With x_n what the projector sees of frame n, of F frames of all clips, each weighing the same:
 *
 * <pre>{@code
 * m = 1/F sum_n x_n                          shape (D)
 * C = 1/F sum_n (x_n - m) (x_n - m)^T        covariance, shape (D, D), in double precision
 * C r_i = l_i r_i                            l_1 >= l_2 >= .., |r_i| = 1
 * }</pre>
 *
 * <p>Frames are read twice, some clips at a time, once for m and once for C. The sign of r_i is
 * such that its largest element is positive, the first of them if there are several. Frames that
 * vary in fewer than P directions leave some r_i undetermined: these are any that are at right
 * angles to the others, the same ones each time.
 *
 * @param rows r_1 .. r_P, shape (P, D)
 * @param offsets -r_i . m, shape (P)
 * @param variances l_1 .. l_P, shape (P), not below 0 but for rounding
 */
record PrincipalComponents(FloatTensor rows, FloatTensor offsets, FloatTensor variances) {

  private static final int CLIPS_AT_ONCE = 16;

  /**
   * Measures these clips; pass training clips only.
   *
   * @param spec how wide the result is, and what happens to frames before
   * @param standardisation of these clips, for a head that folds it into its projector
   * @throws InterruptedException if the thread was interrupted, some clips after it was
   */
  static PrincipalComponents of(HeadSpec spec, ExampleSet training, Standardisation standardisation)
      throws InterruptedException {
    TrainingEngine.prepareThread(false);
    try (NDManager sums = TrainingEngine.newManager()) {
      ProjectorInputs inputs = new ProjectorInputs(spec, training, standardisation);
      long frames = inputs.frames();
      NDArray mean = sums.zeros(new Shape(1, inputs.width()), DataType.FLOAT64);
      inputs.forEach(x -> mean.addi(x.sum(new int[] {0}, true)));
      mean.divi(frames);
      NDArray covariance = sums.zeros(new Shape(inputs.width(), inputs.width()), DataType.FLOAT64);
      inputs.forEach(
          x -> {
            NDArray centred = x.sub(mean);
            covariance.addi(centred.transpose().matMul(centred));
          });
      covariance.divi(frames);
      return of(mean.toDoubleArray(), covariance.toDoubleArray(), spec.projectionWidth());
    }
  }

  /**
   * Returns the first components.
   *
   * @param mean m
   * @param covariance C, row by row
   * @param count P, at most D
   */
  static PrincipalComponents of(double[] mean, double[] covariance, int count) {
    int width = mean.length;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(width, true, true);
    if (!eigen.decompose(new DMatrixRMaj(width, width, true, covariance))) {
      throw new IllegalStateException(
          "no principal components of %d dimensions were found".formatted(width));
    }
    int[] order =
        IntStream.range(0, width)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    float[] rows = new float[count * width];
    float[] offsets = new float[count];
    float[] variances = new float[count];
    for (int i = 0; i < count; i++) {
      double[] direction = withSign(eigen.getEigenVector(order[i]).getData());
      double offset = 0;
      for (int d = 0; d < width; d++) {
        rows[i * width + d] = (float) direction[d];
        offset -= direction[d] * mean[d];
      }
      offsets[i] = (float) offset;
      variances[i] = (float) eigen.getEigenvalue(order[i]).getReal();
    }
    return new PrincipalComponents(
        FloatTensor.of(rows, count, width),
        FloatTensor.of(offsets, count),
        FloatTensor.of(variances, count));
  }

  private static double[] withSign(double[] direction) {
    int largest = 0;
    for (int d = 1; d < direction.length; d++) {
      if (Math.abs(direction[d]) > Math.abs(direction[largest])) {
        largest = d;
      }
    }
    double sign = Math.signum(direction[largest]);
    return Arrays.stream(direction).map(value -> sign * value).toArray();
  }

  /** What the projector of a head sees of some clips, some clips at a time. */
  private record ProjectorInputs(
      HeadSpec spec, ExampleSet training, Standardisation standardisation) {

    /** Takes frames, double precision, shape (frames, D). */
    @FunctionalInterface
    interface Visitor {
      void visit(NDArray frames);
    }

    int width() {
      return spec.fusion().fusedWidth(spec.inputWidth());
    }

    long frames() {
      return training.examples().stream()
          .mapToLong(example -> training.features().frames(example.clip()))
          .sum();
    }

    void forEach(Visitor visitor) throws InterruptedException {
      Batch.Assembler assembler = new Batch.Assembler(training.features());
      List<Example> examples = training.examples();
      for (int start = 0; start < examples.size(); start += CLIPS_AT_ONCE) {
        if (Thread.interrupted()) {
          throw new InterruptedException(
              "interrupted while principal components were measured, before step 1 of training");
        }
        int end = Math.min(start + CLIPS_AT_ONCE, examples.size());
        try (NDManager manager = TrainingEngine.newManager()) {
          visitor.visit(inputs(assembler.assemble(manager, examples.subList(start, end))));
        }
      }
    }

    private NDArray inputs(Batch batch) {
      // There are no parameters before a projector that can be measured.
      EngineOperators operators = new EngineOperators(Map.of(), UnaryOperator.identity());
      NDArray inputs = spec.projectorInput(operators, new PackedFrames(batch), batch.packed());
      NDArray precise = inputs.toType(DataType.FLOAT64, false);
      if (!spec.foldsStandardisation()) {
        return precise;
      }
      return precise
          .sub(row(batch, standardisation.mean()))
          .div(row(batch, standardisation.deviation()));
    }

    private static NDArray row(Batch batch, FloatTensor values) {
      NDManager manager = batch.packed().getManager();
      return manager
          .create(values.toArray(), new Shape(1, values.size()))
          .toType(DataType.FLOAT64, false);
    }
  }
}
