package dev.shootdown.stress;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
    private Numbers() {}

    /**
     * {@return all digits of the number, grouped: {@code 1,234,567}}
     *
     * @param number at least 0
     */
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /**
     * {@return the number in three digits or so: {@code 987}, {@code 12 K}, {@code 1.2 M}}
     *
     * @param number at least 0
     */
    public static String compact(long number) {
        return compact((double) number);
    }

    /**
     * {@return the number in three digits or so: {@code 987}, {@code 12 K}, {@code 1.2 M}}
     *
     * @param number at least 0
     */
    public static String compact(double number) {
        if (number >= 1e9) {
            return scaled(number / 1e9, "G");
        }
        if (number >= 1e6) {
            return scaled(number / 1e6, "M");
        }
        return number >= 1e4 ? scaled(number / 1e3, "K") : scaled(number, "").strip();
    }

    private static String scaled(double number, String unit) {
        String format = number < 10 && number != Math.rint(number) ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, number, unit);
    }

    /**
     * {@return the share of all samples, in two digits: {@code 0.00031}, {@code 3.1e-07}}
     *
     * @param share 0 to 1
     */
    public static String share(double share) {
        return String.format(Locale.ROOT, "%.2g", share);
    }

    /**
     * {@return the time in whole seconds or minutes: {@code 45 s}, {@code 2 min 10 s}}
     *
     * @param time at least 0
     */
    public static String time(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /**
     * {@return the seconds with one digit after the point: {@code 0.4 s}, {@code 71.2 s}}
     *
     * @param time at least 0
     */
    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /**
     * {@return a short time in two digits or so: {@code 850 ns}, {@code 4.1 µs}, {@code 2.0 ms}}
     *
     * @param nanos nanoseconds
     */
    public static String nanos(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        double micros = nanos / 1e3;
        return micros < 1_000 ? twoDigits(micros, "µs") : twoDigits(micros / 1e3, "ms");
    }

    private static String twoDigits(double number, String unit) {
        return String.format(Locale.ROOT, number < 10 ? "%.1f %s" : "%.0f %s", number, unit);
    }

    /**
     * {@return the number and the noun, of one thing or several: {@code 1 fork}, {@code 3 forks}}
     *
     * @param number at least 0
     * @param noun in the singular; takes an s in the plural
     */
    public static String counted(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
