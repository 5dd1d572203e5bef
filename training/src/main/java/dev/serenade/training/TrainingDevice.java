package dev.serenade.training;

import ai.djl.engine.Engine;
import dev.serenade.whisper.onnx.Device;

/**
 * What heads are trained on: the processor, unless another device is chosen, which holds for the
 * whole process.
 */
public final class TrainingDevice {

  private static volatile ai.djl.Device current = ai.djl.Device.cpu();

  private TrainingDevice() {}

  /**
   * Chooses the device of trainings that begin from now on.
   *
   * @throws IllegalArgumentException if there is no such GPU, or the engine is built without CUDA
   */
  public static void use(Device device) {
    current =
        switch (device.kind()) {
          case CPU -> ai.djl.Device.cpu();
          case AUTO -> gpus() > 0 ? ai.djl.Device.gpu(0) : ai.djl.Device.cpu();
          case CUDA -> {
            int found = gpus();
            if (device.index() >= found) {
              throw new IllegalArgumentException(
                  "%s: PyTorch finds %d GPUs; training on one needs its driver, and pytorch-native-cu124 in place of pytorch-native-cpu on the class path"
                      .formatted(device, found));
            }
            yield ai.djl.Device.gpu(device.index());
          }
        };
  }

  private static int gpus() {
    return Engine.getEngine(TrainingEngine.NAME).getGpuCount();
  }

  static ai.djl.Device current() {
    return current;
  }
}
