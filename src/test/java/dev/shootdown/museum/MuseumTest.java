package dev.shootdown.museum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shootdown.explore.Bounds;
import dev.shootdown.explore.Exploration;
import dev.shootdown.explore.Explorer;
import dev.shootdown.explore.Recording;
import dev.shootdown.explore.Replayer;
import dev.shootdown.explore.Step;
import dev.shootdown.explore.Timeline;
import dev.shootdown.explore.TimelineText;
import dev.shootdown.explore.WordNames;
import dev.shootdown.museum.Beat.Role;
import dev.shootdown.museum.Exhibit.Form;
import dev.shootdown.race.FailsFrom;
import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import dev.shootdown.race.Repairs;
import dev.shootdown.race.Verdict;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MuseumTest {
    private static final int AT_LEAST = 18;
    /** One for all: what fails under SC, and how soon, shortens the search under weaker models, which come later. */
    private static final Explorer EXPLORER = new Explorer(Bounds.DEFAULT);
    /** What came of each race under each model: looking for the shortest failure takes longest, and more than one test asks. */
    private static final Map<String, Exploration> EXPLORED = new ConcurrentHashMap<>();

    /** An exhibit, with a name for reports. */
    record Shown(Scenario scenario, Exhibit exhibit) {
        @Override
        public String toString() {
            return scenario.number() + " " + exhibit.form() + " "
                    + exhibit.race().id();
        }
    }

    static Stream<Shown> exhibits() {
        return Museum.all().stream()
                .flatMap(scenario -> scenario.exhibits().stream().map(exhibit -> new Shown(scenario, exhibit)));
    }

    static List<Scenario> scenarios() {
        return Museum.all();
    }

    static Stream<Shown> broken() {
        return exhibits().filter(each -> each.exhibit().form() == Form.BROKEN);
    }

    /** What the tests below ask for, on all processors. */
    @BeforeAll
    static void exploreMany() {
        broken().map(shown -> shown.exhibit().race())
                .parallel()
                .forEach(race -> models(race).forEach(model -> explore(race, model)));
    }

    /** Which models show a broken form's failure. */
    private static Stream<MemoryModel> models(Race race) {
        FailsFrom failsFrom = race.expectation().orElseThrow().failsFrom();
        return Arrays.stream(MemoryModel.values()).filter(failsFrom::failsUnder);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theShortestFailureOfABrokenFormReadsAsItIsToldUnderEveryModelThatShowsIt(Shown shown) {
        models(shown.exhibit().race()).forEach(model -> assertReadsAsTold(shown.exhibit(), model));
    }

    private static void assertReadsAsTold(Exhibit exhibit, MemoryModel model) {
        Race race = exhibit.race();
        Exploration found = explore(race, model);
        assertEquals(Verdict.UNSAFE, found.verdict(), model::toString);
        Recording recording = Replayer.replay(race, model, found.witness().orElseThrow());
        assertEquals(
                List.of(),
                untold(exhibit.tellingUnder(model), recording.steps(), WordNames.of(race, recording)),
                () -> model + ", not in this order: " + told(race, recording));
    }

    private static Exploration explore(Race race, MemoryModel model) {
        return EXPLORED.computeIfAbsent(race.id() + " under " + model, once -> EXPLORER.explore(race, model));
    }

    private static String told(Race race, Recording recording) {
        return "\n" + TimelineText.of(Timeline.of(race, recording));
    }

    /** What is left of a telling after going once through the steps: each beat takes a step of its own. */
    private static List<Beat> untold(List<Beat> telling, List<Step> steps, WordNames names) {
        int told = 0;
        for (Step step : steps) {
            if (told < telling.size() && isAt(telling.get(told), step, names)) {
                told++;
            }
        }
        return telling.subList(told, telling.size());
    }

    private static boolean isAt(Beat beat, Step step, WordNames names) {
        return step.hart() == beat.role().hart()
                && step.mirrors().stream()
                        .anyMatch(name -> name.equals(beat.mirrors())
                                || List.of(name.split(", ")).contains(beat.mirrors()))
                && beat.isAbout(names.word(step.offset(), step.number()));
    }

    @Test
    void scenariosAreNumberedInOrder() {
        List<Integer> numbers = Museum.all().stream().map(Scenario::number).toList();
        assertEquals(IntStream.rangeClosed(1, numbers.size()).boxed().toList(), numbers);
        assertTrue(numbers.size() >= AT_LEAST, numbers::toString);
    }

    @Test
    void noScenarioShowsARaceTwice() {
        for (Scenario scenario : Museum.all()) {
            Set<String> ids = new HashSet<>();
            scenario.exhibits()
                    .forEach(each -> assertTrue(ids.add(each.race().id()), () -> scenario.number() + " " + each));
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theRepairOfABrokenFormIsTheFixedOne(Shown shown) {
        Race repaired = Repairs.of(shown.exhibit().race()).orElseThrow().race();
        assertTrue(
                shown.scenario().of(Form.FIXED).stream()
                        .anyMatch(each -> each.race().equals(repaired)),
                shown::toString);
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void everyRaceIsFoundByItsId(Shown shown) {
        String id = shown.exhibit().race().id();
        assertEquals(id.toLowerCase(Locale.ROOT), id);
        assertEquals(id, Race.parse(id).id());
        assertTrue(Race.parse(id).expectation().isPresent(), id);
        assertTrue(Museum.find(id).orElseThrow().number() <= shown.scenario().number());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenFormThatTotalStoreOrderHidesSaysWhatItTakes(Shown shown) {
        FailsFrom failsFrom = shown.exhibit().race().expectation().orElseThrow().failsFrom();
        assertEquals(failsFrom == FailsFrom.WEAK, shown.exhibit().weakerHost().isPresent(), shown::toString);
    }

    @Test
    void onlyWhatTotalStoreOrderHidesTakesAWeakerHost() {
        Exhibit shownAnywhere = Museum.all().getFirst().exhibits().getFirst();
        assertThrows(IllegalArgumentException.class, () -> shownAnywhere.onWeakerHosts("reordered stores"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyHartOfItsRacesHasAnActor(Scenario scenario) {
        int harts = scenario.exhibits().stream()
                .mapToInt(each -> each.race().actors())
                .max()
                .orElseThrow();
        assertEquals(
                List.of(Role.values()).subList(0, harts),
                scenario.actors().stream().map(Actor::role).toList());
    }

    @Test
    void aCastIsOfTwoOrThree() {
        assertEquals(
                List.of("walker: one", "freer: two", "third: three"),
                Actor.cast("one", "two", "three").stream().map(Actor::toString).toList());
        assertThrows(IllegalArgumentException.class, () -> Actor.cast("one"));
        assertThrows(IllegalArgumentException.class, () -> Actor.cast("one", "two", "three", "four"));
    }

    @Test
    void aScenarioWantsABrokenFormFirstAndAFixedOne() {
        List<Exhibit> forms = Museum.all().getFirst().exhibits();
        List<Actor> actors = Museum.all().getFirst().actors();
        List<Exhibit> fixed =
                forms.stream().filter(each -> each.form() == Form.FIXED).toList();
        assertThrows(IllegalArgumentException.class, () -> new Scenario(1, "name", "source", actors, fixed));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Scenario(1, "name", "source", actors, List.of(forms.getFirst())));
        Race race = fixed.getFirst().race();
        assertThrows(IllegalArgumentException.class, () -> Exhibit.broken(race, "it is not", Beat.walker("gup_fast")));
    }
}
