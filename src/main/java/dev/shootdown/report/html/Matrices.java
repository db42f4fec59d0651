package dev.shootdown.report.html;

import dev.shootdown.race.Freeings;
import dev.shootdown.race.Shootdowns;
import dev.shootdown.report.VerdictGrid;
import dev.shootdown.report.VerdictGrid.HartCase;
import dev.shootdown.report.VerdictsDocument.Race;
import java.util.Arrays;
import java.util.List;

/** Makes the matrices of dispatchers and strategies: one a walker, and one more for each special case of its hart. */
final class Matrices {
    private final Cells cells;

    Matrices(Cells cells) {
        this.cells = cells;
    }

    List<Page.Matrix> of(List<Race> races) {
        return VerdictGrid.of(races).stream().map(this::matrix).toList();
    }

    private Page.Matrix matrix(VerdictGrid grid) {
        String title = Words.dashed(grid.walker()) + suffix(grid.hart());
        List<Shootdowns> columns = switch (grid.hart()) {
            case IN_MASK, NOT_IN_MASK -> List.of(Shootdowns.values());
            case DESCHEDULED, LAZY -> grid.shootdowns();
        };
        return new Page.Matrix(
                Words.anchor("matrix " + title),
                title,
                note(grid.hart()),
                columns.stream().map(Glossary::of).toList(),
                Arrays.stream(Freeings.values())
                        .map(each -> row(each, columns, grid))
                        .toList());
    }

    private static String suffix(HartCase hart) {
        return switch (hart) {
            case IN_MASK -> "";
            case NOT_IN_MASK -> ", not in mm_cpumask";
            case DESCHEDULED -> ", descheduled";
            case LAZY -> ", lazy";
        };
    }

    private static String note(HartCase hart) {
        return switch (hart) {
            case IN_MASK -> "The walker’s hart is in the mask; under local-only it sets its bit as it switches in.";
            case NOT_IN_MASK -> "The walker’s hart is missing from the mask: no flush is sent to it.";
            case DESCHEDULED -> "The walker’s vCPU is stopped by its host in mid-walk, and goes on later.";
            case LAZY -> "The walker’s hart runs a kernel thread on the tables, in lazy TLB mode, before it walks.";
        };
    }

    private Page.MatrixRow row(Freeings freeing, List<Shootdowns> columns, VerdictGrid grid) {
        return new Page.MatrixRow(
                Glossary.of(freeing),
                columns.stream()
                        .map(each -> new Page.Slot(
                                Words.dashed(each.name()),
                                grid.at(freeing, each).map(cells::of).orElse(null)))
                        .toList());
    }
}
