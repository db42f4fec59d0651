package dev.shootdown.stress;

/**
 * How much has to be seen before a result counts.
 *
 * @param contended samples of a safe race in which a free was attempted while a walk that saw the old entry was open
 * @param freedInSample samples of a safe race in which the table was really freed, or began its next life, before the sample ended
 * @param requiredHits sightings of the failure of an unsafe race
 */
public record GateLimits(long contended, long freedInSample, long requiredHits) {
    /** The limits a verdict is published with. A profile that uses others says so in its summary. */
    public static final GateLimits STANDARD = new GateLimits(1_000, 1_000, 100);
}
