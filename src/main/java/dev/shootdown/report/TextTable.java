package dev.shootdown.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in columns, for a terminal. */
public final class TextTable {
    private TextTable() {}

    /**
     * {@return a line for the header, and one for each row}
     *
     * @param header a word a column
     * @param rows each with at least as many words
     */
    public static List<String> lines(List<String> header, List<List<String>> rows) {
        List<List<String>> table = new ArrayList<>();
        table.add(header);
        table.addAll(rows);
        int[] widths = new int[header.size()];
        for (List<String> row : table) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return table.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(String.format(Locale.ROOT, "%-" + widths[column] + "s  ", row.get(column)));
        }
        return line.toString().stripTrailing();
    }
}
