package com.example.strategy;

import dev.shootdown.memory.FrameKind;
import dev.shootdown.memory.PhysicalMemory;
import dev.shootdown.race.OutcomeClassifier;
import dev.shootdown.race.OwnOutcome;
import dev.shootdown.race.RaceSite;
import dev.shootdown.walk.WalkOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Outcomes of one's own, one of each grade: what became of the table, whatever the walker saw. */
record TableFate(String name) implements OutcomeClassifier {
    private static final OwnOutcome FREED = OwnOutcome.acceptable("TABLE_FREED");
    /** Allowed, and worth knowing how often: the walker came through in time, and keeps the page when its table is gone. */
    private static final OwnOutcome FREED_BEHIND_A_PIN = OwnOutcome.interesting("TABLE_FREED_BEHIND_A_PIN");

    private static final OwnOutcome LEAKED = OwnOutcome.forbidden("TABLE_LEAKED");

    @Override
    public List<OwnOutcome> outcomes() {
        return List.of(FREED, FREED_BEHIND_A_PIN, LEAKED);
    }

    @Override
    public Optional<OwnOutcome> classify(RaceSite site, List<WalkOutcome> walks) {
        if (hasLeaked(site.machine().memory())) {
            return Optional.of(LEAKED);
        }
        return Optional.of(walks.contains(WalkOutcome.PINNED) ? FREED_BEHIND_A_PIN : FREED);
    }

    /** Whether a table is hooked in nowhere, and not free either, now that everybody is done. */
    private static boolean hasLeaked(PhysicalMemory memory) {
        return LongStream.range(memory.firstFrame(), memory.firstFrame() + memory.frames())
                .anyMatch(frame -> memory.frameTable().kind(frame) == FrameKind.DETACHED_TABLE);
    }
}
