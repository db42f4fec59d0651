package dev.shootdown.report.html;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Packs what failing executions' places on the page open to. As HTML that is thirty times as large, for a picture names every
 * coordinate; but most of its lines stand in other pictures too, further away than deflate looks back. So each line is kept
 * once, and before them all, for each execution, a line that lists its lines: each by how many lie between it and the last.
 * Deflated, in base64.
 */
final class Pack {
    private final int executions;
    /** Lines, each with its place in the text. */
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private Pack(int executions) {
        this.executions = executions;
    }

    /** What the page's script unpacks, from what each of them opens to. */
    static String of(List<String> stories) {
        return deflated(String.join("\n", new Pack(stories.size()).lines(stories)));
    }

    private List<String> lines(List<String> stories) {
        List<String> lines = new ArrayList<>();
        stories.forEach(story -> lines.add(list(story)));
        lines.addAll(places.keySet());
        return lines;
    }

    private String list(String story) {
        StringJoiner list = new StringJoiner(" ");
        int next = 0;
        for (String line : story.split("\n", -1)) {
            int place = place(line);
            list.add(Integer.toString(place - next));
            next = place + 1;
        }
        return list.toString();
    }

    private int place(String line) {
        int end = executions + places.size();
        return places.computeIfAbsent(line, _ -> end);
    }

    private static String deflated(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
                OutputStream out = new DeflaterOutputStream(packed, best)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
