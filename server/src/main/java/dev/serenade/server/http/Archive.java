package dev.serenade.server.http;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finished analyses that are kept, if they are. */
public interface Archive {

  /** Keeps nothing. */
  Archive NONE =
      new Archive() {
        @Override
        public boolean isOpen() {
          return false;
        }

        @Override
        public Optional<JsonObject> find(String id) {
          return Optional.empty();
        }

        @Override
        public Set<String> known(List<String> ids) {
          return Set.of();
        }

        @Override
        public void list(int limit, Optional<String> cursor, JsonObject page) {}

        @Override
        public boolean delete(String id) {
          return false;
        }
      };

  /** Returns whether analyses are kept. */
  boolean isOpen();

  /** Returns what clients are told of a kept analysis. */
  Optional<JsonObject> find(String id);

  /** Returns those of the names that are kept. */
  Set<String> known(List<String> ids);

  /** Adds to {@code analyses} of a page, newest first, and says where the next one begins. */
  void list(int limit, Optional<String> cursor, JsonObject page);

  /** Removes an analysis; returns whether there was one. */
  boolean delete(String id);
}
