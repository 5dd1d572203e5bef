package dev.serenade.hub;

import java.nio.file.Path;

/**
 * What a download came to.
 *
 * @param folder where the model is
 * @param record what it is
 * @param sizeBytes of its files
 * @param wasThere whether it was there before, so that nothing was downloaded
 */
public record Pulled(Path folder, PullRecord record, long sizeBytes, boolean wasThere) {}
