package dev.serenade.examples.service;

import dev.serenade.recognition.EmotionRecognizer;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application with one recogniser, which is loaded once and closed with it. */
@SpringBootApplication(proxyBeanMethods = false)
public class EmotionService {

  /** Starts it at port 8080, or at {@code --server.port}. */
  public static void main(String[] arguments) {
    SpringApplication.run(EmotionService.class, arguments);
  }

  /** Returns the recogniser that all requests share. */
  @Bean
  EmotionRecognizer recognizer() throws IOException {
    return EmotionRecognizer.loadDefault();
  }
}
