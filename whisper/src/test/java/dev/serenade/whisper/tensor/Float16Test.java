package dev.serenade.whisper.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {

  private static final int PATTERNS = 1 << 16;

  @Test
  void everyPatternComesBack() {
    for (int bits = 0; bits < PATTERNS; bits++) {
      float value = Float16.toFloat((short) bits);
      short back = Float16.fromFloat(value);
      if (Float.isNaN(value)) {
        assertThat(Float16.toFloat(back)).as("0x%04X", bits).isNaN();
      } else {
        assertThat(back).as("0x%04X", bits).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void everyPatternEqualsTheJdk() throws Throwable {
    assumeTrue(Runtime.version().feature() >= 20, "skipped: the JDK converts binary16 from 20 on");
    MethodHandle jdk =
        MethodHandles.lookup()
            .findStatic(
                Float.class, "float16ToFloat", MethodType.methodType(float.class, short.class));
    for (int bits = 0; bits < PATTERNS; bits++) {
      float expected = (float) jdk.invokeExact((short) bits);
      assertThat(Float.floatToIntBits(Float16.toFloat((short) bits)))
          .as("0x%04X", bits)
          .isEqualTo(Float.floatToIntBits(expected));
    }
  }

  /** Halfway between neighbours goes to the even one; a hair to either side decides. */
  @Test
  void midpointsGoToTheEvenNeighbour() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      float lower = Float16.toFloat((short) bits);
      float upper = Float16.toFloat((short) (bits + 1));
      float middle = lower + (upper - lower) / 2;
      short even = (short) (bits % 2 == 0 ? bits : bits + 1);
      assertThat(Float16.fromFloat(middle)).as("%s", middle).isEqualTo(even);
      assertThat(Float16.fromFloat(-middle)).as("-%s", middle).isEqualTo((short) (even | 0x8000));
      assertThat(Float16.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Float16.fromFloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65504, 0x7BFF",
    "65519.99, 0x7BFF",
    "65520, 0x7C00",
    "1e30, 0x7C00",
    "-65520, 0xFC00",
    "Infinity, 0x7C00",
    "-Infinity, 0xFC00",
    "NaN, 0x7E00",
    "0, 0x0000",
    "-0.0, 0x8000",
    "1e-45, 0x0000",
    "-1e-45, 0x8000",
    "5.9604645e-8, 0x0001",
    "2.9802322e-8, 0x0000",
    "2.9802326e-8, 0x0001",
    "6.1035156e-5, 0x0400"
  })
  void extremesAreAsInIeee754(float value, String bits) {
    assertThat(Float16.fromFloat(value)).isEqualTo((short) Integer.decode(bits).intValue());
  }
}
