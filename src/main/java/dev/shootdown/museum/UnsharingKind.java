package dev.shootdown.museum;

import dev.shootdown.hart.MachineSpec;
import dev.shootdown.race.MutatorKind;
import dev.shootdown.race.OwnActor;
import dev.shootdown.race.Position;
import dev.shootdown.race.RaceConditions;
import dev.shootdown.race.RaceSite;
import dev.shootdown.riscv.TableLevel;
import dev.shootdown.walk.WalkOutcome;
import java.util.Optional;

/** A process that lets go of pmd tables which it shares with a {@link SecondProcess}; that one is a third actor. */
interface UnsharingKind extends MutatorKind {
    @Override
    default MachineSpec prepare(MachineSpec spec) {
        return SecondProcess.addRegion(spec);
    }

    @Override
    default Optional<OwnActor> ownActor() {
        return Optional.of(SecondProcess.SECOND_PROCESS);
    }

    /** The huge page, which goes if the second process is the last to unmap it: the table does not. */
    @Override
    default long victimFrame(RaceSite site) {
        return site.mm().tableAt(site.address(), TableLevel.PTE);
    }

    // Nobody steps below the pmd table before it changes hands.
    @Override
    default boolean cameBefore(WalkOutcome outcome, Position position) {
        return !outcome.foundNothing();
    }

    @Override
    default boolean isExposed(WalkOutcome outcome, Position position) {
        return !outcome.foundNothing();
    }

    @Override
    default int weakestStep(RaceConditions conditions) {
        return TableLevel.PMD.level();
    }
}
