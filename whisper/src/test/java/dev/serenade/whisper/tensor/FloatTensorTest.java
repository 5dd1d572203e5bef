package dev.serenade.whisper.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FloatTensorTest {

  private static final int[] SIZES = {1, 4, 13, 16, 17, 25, 207};

  @Test
  void transposedSwapsRowsAndColumns() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        FloatTensor matrix = counting(rows, columns);
        FloatTensor transposed = matrix.transposed();
        assertThat(transposed.shape()).containsExactly(columns, rows);
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            assertThat(transposed.get(column * rows + row))
                .as("%d x %d, element %d, %d", rows, columns, row, column)
                .isEqualTo(row * columns + column);
          }
        }
        assertThat(transposed.transposed().toArray()).isEqualTo(matrix.toArray());
      }
    }
  }

  private static FloatTensor counting(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return FloatTensor.of(values, rows, columns);
  }

  @Test
  void onlyMatricesAreTransposed() {
    assertThatThrownBy(() -> FloatTensor.of(new float[3], 3).transposed())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("only a matrix can be transposed, the shape is [3]");
  }

  @Test
  void laterChangesOfTheSourceAreNotSeen() {
    float[] values = {1, 2};
    long[] shape = {2};
    FloatTensor tensor = FloatTensor.of(values, shape);
    values[0] = 9;
    shape[0] = 9;
    tensor.shape()[0] = 9;
    tensor.toArray()[0] = 9;
    assertThat(tensor.get(0)).isEqualTo(1f);
    assertThat(tensor.shape()).containsExactly(2);
    assertThat(tensor.values().isReadOnly()).isTrue();
  }

  @Test
  void wrapTakesWhatRemainsOfTheBuffer() {
    FloatBuffer buffer = FloatTensor.allocate(5).put(new float[] {0, 1, 2, 3, 4});
    FloatTensor tensor = FloatTensor.wrap(buffer.position(1).limit(4), 3);
    assertThat(tensor.toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void shapeAndValuesMustFit() {
    assertThatThrownBy(() -> FloatTensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 3] needs 6 values, found 5");
    assertThatThrownBy(() -> FloatTensor.wrap(FloatTensor.allocate(5), 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shape [2, 3] needs ");
    assertThatThrownBy(() -> FloatTensor.allocate(1 << 29))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a tensor may hold at most 536870911 values, shape [536870912] holds 536870912");
  }
}
