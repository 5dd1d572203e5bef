package dev.serenade.whisper.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FloatTensorTest {

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
