package dev.shootdown.race;

import java.util.Comparator;
import java.util.List;

/** Guesses what was meant by a name that does not exist. */
public final class NearestName {
    private NearestName() {}

    /**
     * {@return the name, of {@code valid}, that fewest insertions, deletions and replacements lead to}
     *
     * @param given what somebody wrote
     * @param valid not empty
     */
    public static String of(String given, List<String> valid) {
        return valid.stream()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .orElseThrow();
    }

    /** The Levenshtein distance, row by row. */
    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            above = next(above, row, one.charAt(row - 1), other);
        }
        return above[other.length()];
    }

    private static int[] next(int[] above, int row, char letter, String other) {
        int[] now = new int[above.length];
        now[0] = row;
        for (int column = 1; column < now.length; column++) {
            int replaced = above[column - 1] + (letter == other.charAt(column - 1) ? 0 : 1);
            now[column] = Math.min(replaced, 1 + Math.min(above[column], now[column - 1]));
        }
        return now;
    }
}
