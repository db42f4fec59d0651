package dev.shootdown.hart;

/** What a fence empties: the translations that harts have cached. A machine without a hardware walker has none. */
@FunctionalInterface
public interface TranslationCaches {
    /** No caches: a fence is only counted. */
    TranslationCaches NONE = (hart, fence) -> {};

    /**
     * Forgets what {@code fence} covers on {@code hart}, which is in no hardware walk. Called by whoever fences there.
     *
     * @param hart the one whose caches are meant; the calling thread need not be its own
     * @param fence what to forget
     */
    void invalidate(Hart hart, SfenceVma fence);
}
