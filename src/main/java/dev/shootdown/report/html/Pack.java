package dev.shootdown.report.html;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Some failing executions, and what their places on the page open to: as HTML, deflated, in base64. A picture is twenty times
 * as large as it has to be, for it names every coordinate; and it is like its neighbours, so that several go into one.
 *
 * @param scenes what is in it
 * @param data what its script unpacks
 */
public record Pack(List<Scene> scenes, String data) {
    /** What unpacks at once when one of them is opened: half a megabyte or so. */
    private static final int SCENES = 16;

    /** All of them, in packs; {@code html} writes down what some of them open to. */
    static List<Pack> of(List<Scene> all, Function<List<Scene>, String> html) {
        List<Pack> packs = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SCENES) {
            List<Scene> some = all.subList(from, Math.min(all.size(), from + SCENES));
            packs.add(new Pack(some, packed(html.apply(some))));
        }
        return packs;
    }

    private static String packed(String html) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Deflater best = new Deflater(Deflater.BEST_COMPRESSION);
                OutputStream out = new DeflaterOutputStream(packed, best)) {
            out.write(html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
