package dev.serenade.whisper.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTensorTest {

  private static StoredTensor halves(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Float16.fromFloat(value));
    }
    return new StoredTensor(ElementType.F16, List.of(1L, (long) values.length), bytes.rewind());
  }

  @Test
  void halvesBecomeFloatsOfTheSameValue() {
    FloatTensor floats = halves(0.5f, -3, 65504).toFloats();
    assertThat(floats.shape()).containsExactly(1, 3);
    assertThat(floats.toArray()).containsExactly(0.5f, -3, 65504);
  }

  @Test
  void floatsComeBackAsTheyWere() {
    FloatTensor tensor = FloatTensor.of(new float[] {1.1f, -2.2f, 3.3f, 4.4f}, 2, 2);
    FloatTensor again = StoredTensor.of(tensor).toFloats();
    assertThat(again.shape()).containsExactly(2, 2);
    assertThat(again.toArray()).containsExactly(1.1f, -2.2f, 3.3f, 4.4f);
  }

  @Test
  void outsideTheHeapIsTheSameElsewhere() {
    StoredTensor outside = halves(1, 2, 3).outsideTheHeap();
    assertThat(outside.bytes().isDirect()).isTrue();
    assertThat(outside.toFloats().toArray()).containsExactly(1, 2, 3);
    assertThat(outside.outsideTheHeap()).isSameAs(outside);
  }

  @Test
  void readingMovesNothing() {
    StoredTensor tensor = halves(7, 8);
    tensor.bytes().getShort();
    assertThat(tensor.bytes().remaining()).isEqualTo(4);
    assertThat(tensor.bytes().isReadOnly()).isTrue();
  }

  @Test
  void bytesMustFitTheShape() {
    assertThatThrownBy(() -> new StoredTensor(ElementType.F16, List.of(3L), ByteBuffer.allocate(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [3] of F16 takes 6 bytes, found 5");
  }
}
