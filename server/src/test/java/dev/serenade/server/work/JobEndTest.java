package dev.serenade.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobEndTest {

  private final Job job = new Job("id", "call.wav", Instant.EPOCH);

  @Test
  void aJobThatWasDeletedMeanwhileSaysSoWhenItIsDone() {
    job.cancel();

    assertThat(job.finish(new JsonObject())).isFalse();
    assertThat(job.view(0).status()).isEqualTo(Job.Status.FAILED);
    assertThat(job.view(0).result()).isEmpty();
  }

  @Test
  void aJobThatIsDoneCannotBeStoppedAnyMore() {
    assertThat(job.finish(new JsonObject())).isTrue();
    job.cancel();

    assertThat(job.view(0).status()).isEqualTo(Job.Status.DONE);
    assertThat(job.view(0).result()).isPresent();
  }
}
