package dev.shootdown.report.html;

import dev.shootdown.explore.Timeline;
import dev.shootdown.race.Freeings;
import dev.shootdown.race.Race;
import dev.shootdown.race.Repairs.Repair;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.race.Walkers;
import dev.shootdown.report.VerdictsDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws the races that the whole is about: an SBI fence that frees at once, and the same with each of its two repairs. */
final class Stories {
    private static final Race BROKEN =
            Race.of(Walkers.FAST_GUP).shootdown(Shootdowns.SBI_RFENCE).freeing(Freeings.REMOVE_PAGE);
    private static final Repair BY_INTERRUPT = new Repair(
            BROKEN.shootdown(Shootdowns.S_MODE_IPI),
            "shootdown",
            Shootdowns.SBI_RFENCE.name(),
            Shootdowns.S_MODE_IPI.name());
    private static final Repair AFTER_GRACE_PERIOD = new Repair(
            BROKEN.freeing(Freeings.REMOVE_TABLE),
            "freeing",
            Freeings.REMOVE_PAGE.name(),
            Freeings.REMOVE_TABLE.name());

    private final VerdictsDocument document;
    private final Cells cells;

    private Stories(VerdictsDocument document, Cells cells) {
        this.document = document;
        this.cells = cells;
    }

    static Page.Story of(VerdictsDocument document, Path results, Cells cells) {
        Stories stories = new Stories(document, cells);
        return stories.find(BROKEN)
                .flatMap(race -> Scenes.witness(race, results))
                .map(stories::story)
                .orElse(new Page.Story(List.of(), "No failing execution of " + BROKEN.id() + " is in this run."));
    }

    private Page.Story story(Scenes.Found found) {
        return switch (found) {
            case Scenes.Seen seen -> story(seen);
            case Scenes.Lost(Undrawn undrawn) ->
                new Page.Story(List.of(), "There is no picture of " + BROKEN.id() + ": " + undrawn.sentence());
        };
    }

    private Page.Story story(Scenes.Seen seen) {
        Stream<Page.Panel> broken = Stream.of(broken(Timeline.of(seen.witness().race(), seen.recording())));
        Stream<Page.Panel> interrupting = repaired(seen, BY_INTERRUPT, "story-ipi", "By interrupt, then free");
        Stream<Page.Panel> waiting =
                repaired(seen, AFTER_GRACE_PERIOD, "story-rcu", "By SBI fence, then free after an RCU grace period");
        return new Page.Story(
                Stream.of(broken, interrupting, waiting).flatMap(each -> each).toList(), "");
    }

    private Page.Panel broken(Timeline timeline) {
        return new Page.Panel(
                "story-sbi",
                "By SBI fence, then free",
                cell(BROKEN),
                LanePainter.of(timeline, "From its first step"),
                "Firmware fences at once, in the middle of the walk; the table is freed, and the walker reads it.");
    }

    private Stream<Page.Panel> repaired(Scenes.Seen seen, Repair repair, String id, String heading) {
        return seen
                .repairedBy(repair)
                .map(pair -> new Page.Panel(id, heading, cell(repair.race()), RepairedPart.of(pair), pair.sentence()))
                .stream();
    }

    private Page.@Nullable Cell cell(Race race) {
        return find(race).map(cells::of).orElse(null);
    }

    private Optional<VerdictsDocument.Race> find(Race race) {
        return document.races().stream()
                .filter(each -> each.id().equals(race.id()))
                .findFirst();
    }
}
