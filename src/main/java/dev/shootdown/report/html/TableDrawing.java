package dev.shootdown.report.html;

import dev.shootdown.explore.TablePicture;
import dev.shootdown.explore.TablePicture.Entry;
import dev.shootdown.explore.TablePicture.Table;
import dev.shootdown.explore.TablePicture.Touch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Page tables from the root on the left to the leaves on the right, with the coordinates of everything.
 *
 * @param step the step at which they are so
 * @param width of the whole, in units of the drawing, like all coordinates
 * @param height of the whole
 * @param boxes the tables
 * @param links from entries to tables
 */
public record TableDrawing(int step, int width, int height, List<Box> boxes, List<SwimLanes.Arrow> links) {
    private static final int BOX = 216;
    private static final int GAP = 48;
    private static final int ROW = 18;
    private static final int HEAD = 42;

    /**
     * A table.
     *
     * @param x left
     * @param y top
     * @param width of the frame drawn around it
     * @param height of the same
     * @param name such as {@code pte table 0x80003}
     * @param condition what its frame is by now, for people
     * @param rows its entries
     */
    public record Box(int x, int y, int width, int height, String name, String condition, List<Row> rows) {}

    /**
     * An entry.
     *
     * @param x where its text begins
     * @param y the base line of that
     * @param css its class in the style sheet
     * @param text name and value
     */
    public record Row(int x, int y, String css, String text) {}

    static TableDrawing of(TablePicture picture) {
        Map<Integer, Integer> bottoms = new HashMap<>();
        Map<Long, Box> boxes = new HashMap<>();
        List<Box> ordered = new ArrayList<>();
        for (Table table : picture.tables()) {
            Box box = box(table, bottoms.getOrDefault(table.depth(), 8));
            bottoms.put(table.depth(), box.y() + box.height() + 12);
            boxes.put(table.frame(), box);
            ordered.add(box);
        }
        int depth = bottoms.keySet().stream().mapToInt(each -> each).max().orElse(0);
        int height = bottoms.values().stream().mapToInt(each -> each).max().orElse(0);
        return new TableDrawing(
                picture.step(), (depth + 1) * (BOX + GAP) - GAP + 16, height, ordered, links(picture, boxes));
    }

    private static Box box(Table table, int y) {
        int x = 8 + table.depth() * (BOX + GAP);
        List<Row> rows = new ArrayList<>();
        for (Entry entry : table.entries()) {
            rows.add(row(entry, x + 10, y + HEAD + rows.size() * ROW + 12));
        }
        String condition = Words.dashed(table.condition().name());
        return new Box(x, y, BOX, HEAD + rows.size() * ROW + 6, table.name(), condition, rows);
    }

    private static Row row(Entry entry, int x, int y) {
        String css = entry.touch() == Touch.TOUCHED ? "touched" : entry.was().equals(entry.is()) ? "same" : "changed";
        String mark = entry.touch() == Touch.TOUCHED ? " ◀" : "";
        return new Row(x, y, css, entry.name() + ": " + entry.is() + mark);
    }

    private static List<SwimLanes.Arrow> links(TablePicture picture, Map<Long, Box> boxes) {
        List<SwimLanes.Arrow> links = new ArrayList<>();
        for (Table table : picture.tables()) {
            Box from = box(boxes, table.frame());
            for (int index = 0; index < table.entries().size(); index++) {
                Entry entry = table.entries().get(index);
                int y = from.rows().get(index).y() - 4;
                long target = entry.to() == TablePicture.NO_TABLE ? entry.from() : entry.to();
                if (target != TablePicture.NO_TABLE) {
                    links.add(link(from, y, box(boxes, target), entry));
                }
            }
        }
        return links;
    }

    private static Box box(Map<Long, Box> boxes, long frame) {
        Box box = boxes.get(frame);
        if (box == null) {
            throw new IllegalArgumentException("no table in frame 0x" + Long.toHexString(frame));
        }
        return box;
    }

    private static SwimLanes.Arrow link(Box from, int y, Box to, Entry entry) {
        boolean cut = entry.to() == TablePicture.NO_TABLE;
        String title = entry.name() + (cut ? " led to " : " leads to ") + to.name();
        return new SwimLanes.Arrow(from.x() + BOX, y, to.x() - 3, to.y() + 14, cut ? "cut" : "link", title);
    }
}
