package dev.shootdown.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/octet-stream\" id=\"pack\">([^<]*)</script>");
    private static final int MOST_BYTES_A_RACE = 4_000;

    @TempDir
    Path results;

    @Test
    void thePageHoldsWhatAFailingExecutionOpensTo() throws Exception {
        Page page = Pages.of(SamplePage.document(results), results, results);
        List<String> stories = stories(new HtmlReport(page).text(), 1);
        String story = stories.getFirst();
        assertEquals(2, story.split("<figure class=\"picture\"", -1).length - 1, "broken and repaired");
        assertTrue(story.contains("<svg class=\"tables\""));
        assertTrue(story.contains("<pre tabindex=\"0\">"));
    }

    @Test
    void whatIsPackedIsUnpackedAsItWas() throws Exception {
        List<String> stories = List.of("a\n\nb\na\n", "", "c\na\nb", "\n");
        assertEquals(stories, unpacked(Pack.of(stories), stories.size()));
        assertEquals(List.of(), unpacked(Pack.of(List.of()), 0));
    }

    @Test
    void aPageOfManyFailingRacesStaysSmall() throws Exception {
        // The first brings the matrix with it, whose size is that of the truth table.
        int one = HtmlReport.of(SamplePage.failing(results, 1), results, results)
                .text()
                .length();
        int races = 40;
        String text = HtmlReport.of(SamplePage.failing(results, races), results, results)
                .text();
        int scenes = text.split("<details class=\"witness\"", -1).length - 1;
        int plain = stories(text, scenes).stream().mapToInt(String::length).sum();
        int each = (text.length() - one) / (races - 1);
        assertTrue(plain / races > 3 * MOST_BYTES_A_RACE, plain / races + " bytes a race unpacked");
        assertTrue(each < MOST_BYTES_A_RACE, each + " bytes a race");
    }

    private static List<String> stories(String text, int number) {
        Matcher data = DATA.matcher(text);
        assertTrue(data.find());
        return unpacked(data.group(1), number);
    }

    /** As the page's script does it. */
    private static List<String> unpacked(String data, int number) {
        String[] lines = inflated(data).split("\n", -1);
        List<String> stories = new ArrayList<>();
        for (int story = 0; story < number; story++) {
            StringJoiner text = new StringJoiner("\n");
            int next = 0;
            for (String between : lines[story].split(" ")) {
                next += Integer.parseInt(between) + 1;
                text.add(lines[next - 1]);
            }
            stories.add(text.toString());
        }
        return stories;
    }

    private static String inflated(String data) {
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
