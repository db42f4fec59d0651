package dev.shootdown.report;

import dev.shootdown.stress.ExitCode;
import dev.shootdown.stress.PlanException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@code verdicts.json} that may be anything. */
public final class VerdictsFile {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private VerdictsFile() {}

    /**
     * Reads a file.
     *
     * @param file a {@code verdicts.json}
     * @return the document
     * @throws PlanException if it cannot be used; the message names it and says why in one sentence
     */
    public static VerdictsDocument read(Path file) {
        try {
            JsonNode root = MAPPER.readTree(Files.readString(file));
            checkSchema(file, root);
            VerdictsDocument document = MAPPER.treeToValue(root, VerdictsDocument.class);
            Missing.in(document).ifPresent(what -> {
                throw bad(file, "is no verdicts.json: it lacks " + what, null);
            });
            document.findings().forEach(finding -> checkExitCode(file, finding.exitCode()));
            return document;
        } catch (JacksonException e) {
            throw bad(
                    file,
                    isCutShort(e)
                            ? "is cut short: the JSON in it does not end"
                            : "is no verdicts.json: " + e.getOriginalMessage(),
                    e);
        } catch (CharacterCodingException e) {
            throw bad(file, "is no verdicts.json: it is not text", e);
        } catch (NoSuchFileException e) {
            throw bad(file, "does not exist; a directory of results has one", e);
        } catch (IOException e) {
            throw bad(file, "cannot be read: " + e, e);
        }
    }

    /** Between two entries of an object, the end of the input is told by the message only. */
    private static boolean isCutShort(JacksonException e) {
        return e instanceof UnexpectedEndOfInputException
                || e.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    private static void checkSchema(Path file, JsonNode root) {
        JsonNode schema = root.path("schema");
        if (!schema.isInt()) {
            throw bad(file, "is no verdicts.json: it has no number schema", null);
        }
        if (schema.intValue() != VerdictsDocument.SCHEMA) {
            throw bad(
                    file,
                    "is of schema " + schema.intValue() + ", which another version of shootdown writes; this one reads "
                            + VerdictsDocument.SCHEMA,
                    null);
        }
    }

    private static void checkExitCode(Path file, int number) {
        if (ExitCode.of(number).isEmpty()) {
            throw bad(file, "is no verdicts.json: a finding has the exit code " + number, null);
        }
    }

    private static PlanException bad(Path file, String why, @Nullable Exception cause) {
        PlanException bad = new PlanException(ExitCode.BAD_INPUT, file + " " + why);
        if (cause != null) {
            bad.initCause(cause);
        }
        return bad;
    }
}
