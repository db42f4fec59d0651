package dev.shootdown.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTest {
    private static final Pattern DATA = Pattern.compile("<script type=\"application/octet-stream\">([^<]*)</script>");
    private static final int MOST_BYTES_A_RACE = 5_000;

    @TempDir
    Path results;

    @Test
    void thePageHoldsWhatAFailingExecutionOpensTo() throws Exception {
        Page page = Pages.of(SamplePage.document(results), results, results);
        List<String> packs = unpacked(HtmlReport.text(page));
        assertEquals(1, packs.size());
        String story = packs.getFirst();
        assertTrue(story.contains("<div data-of=\"" + page.scenes().getFirst().id() + "\">"));
        assertEquals(2, story.split("<figure class=\"picture\"", -1).length - 1, "broken and repaired");
        assertTrue(story.contains("<svg class=\"tables\""));
        assertTrue(story.contains("<pre tabindex=\"0\">"));
    }

    @Test
    void aPageOfManyFailingRacesStaysSmall() throws Exception {
        int none = HtmlReport.text(SamplePage.failing(results, 0), results, results)
                .length();
        int races = 40;
        String text = HtmlReport.text(SamplePage.failing(results, races), results, results);
        List<String> packs = unpacked(text);
        int plain = packs.stream().mapToInt(String::length).sum();
        int each = (text.length() - none) / races;
        assertTrue(packs.size() > 1, "one pack only");
        assertTrue(plain / races > 3 * MOST_BYTES_A_RACE, plain / races + " bytes a race unpacked");
        assertTrue(each < MOST_BYTES_A_RACE, each + " bytes a race");
    }

    private static List<String> unpacked(String text) {
        return DATA.matcher(text).results().map(found -> unpack(found.group(1))).toList();
    }

    private static String unpack(String data) {
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
