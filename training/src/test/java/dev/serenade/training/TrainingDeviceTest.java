package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.serenade.whisper.onnx.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingDeviceTest {

  @AfterEach
  void back() {
    TrainingDevice.use(Device.CPU);
  }

  @Test
  void gpuThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> TrainingDevice.use(Device.cuda(99)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cuda:99: PyTorch finds ");
    assertThat(TrainingDevice.current()).isEqualTo(ai.djl.Device.cpu());
  }

  @Test
  void arraysLieOnTheDeviceInUse() {
    TrainingDevice.use(Device.AUTO);
    try (NDManager manager = TrainingEngine.newManager()) {
      assertThat(manager.zeros(new ai.djl.ndarray.types.Shape(2)).getDevice())
          .isEqualTo(TrainingDevice.current());
    }
  }
}
