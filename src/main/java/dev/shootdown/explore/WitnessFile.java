package dev.shootdown.explore;

import dev.shootdown.race.MemoryModel;
import dev.shootdown.race.Race;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes witnesses as JSON files of a few kilobytes, and reads them back. */
public final class WitnessFile {
    private static final String FAMILY = Witness.SCHEMA.substring(0, Witness.SCHEMA.indexOf('/') + 1);
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .defaultPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
            .build();

    private WitnessFile() {}

    /** What stands in the file, in this order. */
    private record Document(
            String schema,
            String race,
            String model,
            String outcome,
            Witness.Violation violation,
            int preemptions,
            int violationStep,
            String schedule,
            List<String> steps) {
        static Document of(Witness witness) {
            Schedule schedule = witness.schedule();
            return new Document(
                    Witness.SCHEMA,
                    witness.race().id(),
                    witness.model().name(),
                    schedule.outcome(),
                    witness.violation(),
                    schedule.preemptions(),
                    schedule.violationStep(),
                    ScheduleText.encode(schedule.decisions(), witness.race().actors()),
                    witness.steps());
        }
    }

    /** The text of the file. */
    static String text(Witness witness) {
        return MAPPER.writeValueAsString(Document.of(witness)) + "\n";
    }

    /**
     * Writes a witness, or replaces it: first into a file beside it, which is then moved into its place.
     *
     * @param file where to
     * @param witness what to write
     * @throws WitnessException if that is not possible
     */
    public static void write(Path file, Witness witness) {
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + ".tmp-" + ProcessHandle.current().pid());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                Files.writeString(temporary, text(witness));
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new WitnessException(file, "cannot be written: " + e, e);
        }
    }

    /**
     * Reads a witness of a race of built-in parts.
     *
     * @param file where from
     * @return the witness
     * @throws WitnessException if the file cannot be read, is no JSON, is cut short, or is no witness of this version
     */
    public static Witness read(Path file) {
        return read(file, Race::parse);
    }

    /**
     * Reads a witness of {@code race}, which may have parts of your own.
     *
     * @param file where from
     * @param race what it must be a witness of
     * @return the witness
     * @throws WitnessException as {@link #read(Path)}, and if it is a witness of another race
     */
    public static Witness read(Path file, Race race) {
        return read(file, id -> {
            if (!id.equals(race.id())) {
                throw new IllegalArgumentException("it is of the race " + id + ", not of " + race.id());
            }
            return race;
        });
    }

    private static Witness read(Path file, Function<String, Race> races) {
        JsonNode root = parse(file);
        try {
            return witness(root, races);
        } catch (IllegalArgumentException e) {
            throw new WitnessException(file, "is no usable witness: " + e.getMessage(), e);
        }
    }

    /** Between two entries of an object, the end of the input is told by the message only. */
    private static boolean isCutShort(JacksonException e) {
        return e instanceof UnexpectedEndOfInputException
                || e.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    private static JsonNode parse(Path file) {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JacksonException e) {
            String why = isCutShort(e)
                    ? "is cut short: the JSON in it does not end"
                    : "is not JSON: " + e.getOriginalMessage();
            throw new WitnessException(file, why, e);
        } catch (CharacterCodingException e) {
            throw new WitnessException(file, "is not JSON: it is not even text", e);
        } catch (NoSuchFileException e) {
            throw new WitnessException(file, "does not exist", e);
        } catch (IOException e) {
            throw new WitnessException(file, "cannot be read: " + e, e);
        }
    }

    private static Witness witness(JsonNode root, Function<String, Race> races) {
        checkSchema(root);
        Race race = races.apply(text(root, "race"));
        List<String> steps = steps(field(root, "steps"));
        int violationStep = number(root, "violationStep");
        if (violationStep < 1 || violationStep > steps.size()) {
            throw new IllegalArgumentException(
                    "violationStep is " + violationStep + ", but there are " + steps.size() + " steps");
        }
        Schedule schedule = new Schedule(
                ScheduleText.decode(text(root, "schedule"), race.actors()),
                number(root, "preemptions"),
                violationStep,
                text(root, "outcome"));
        return new Witness(race, model(text(root, "model")), schedule, violation(field(root, "violation")), steps);
    }

    private static void checkSchema(JsonNode root) {
        if (!root.isObject() || !root.path("schema").isString()) {
            throw new IllegalArgumentException("it has no text field schema, which would be " + Witness.SCHEMA);
        }
        String schema = text(root, "schema");
        if (!schema.equals(Witness.SCHEMA)) {
            String what = schema.startsWith(FAMILY) ? "a witness of another version, " : "something else, ";
            throw new IllegalArgumentException("it is " + what + schema + "; this version reads " + Witness.SCHEMA);
        }
    }

    private static MemoryModel model(String name) {
        return Arrays.stream(MemoryModel.values())
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no memory model '" + name + "', only " + Arrays.toString(MemoryModel.values())));
    }

    private static Witness.Violation violation(JsonNode node) {
        return new Witness.Violation(
                number(node, "step"), number(node, "hart"), text(node, "word"), text(node, "value"));
    }

    private static List<String> steps(JsonNode node) {
        if (!node.isArray() || node.isEmpty() || !node.valueStream().allMatch(JsonNode::isString)) {
            throw new IllegalArgumentException("its field steps is not a list of texts");
        }
        return node.valueStream().map(JsonNode::stringValue).toList();
    }

    private static String text(JsonNode node, String name) {
        if (!field(node, name).isString()) {
            throw new IllegalArgumentException("its field " + name + " is not a text");
        }
        return field(node, name).stringValue();
    }

    private static int number(JsonNode node, String name) {
        if (!field(node, name).isInt()) {
            throw new IllegalArgumentException("its field " + name + " is not a whole number");
        }
        return field(node, name).intValue();
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode field = node.path(name);
        if (field.isMissingNode()) {
            throw new IllegalArgumentException("it has no field " + name);
        }
        return field;
    }
}
