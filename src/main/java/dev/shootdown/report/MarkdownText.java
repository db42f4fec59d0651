package dev.shootdown.report;

import java.util.List;

/** A text in Markdown, as it grows. */
final class MarkdownText {
    private final StringBuilder text = new StringBuilder();

    /** A paragraph or heading, as it stands. */
    void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    /** A list, with whatever Markdown would take for its own made harmless. */
    void items(List<String> sentences) {
        if (sentences.isEmpty()) {
            paragraph("None.");
            return;
        }
        sentences.forEach(
                sentence -> text.append("- ").append(escaped(sentence)).append('\n'));
        text.append('\n');
    }

    /** A table, its cells made harmless too. */
    void table(List<String> header, List<List<String>> rows) {
        row(header);
        row(header.stream().map(name -> "---").toList());
        rows.forEach(this::row);
        text.append('\n');
    }

    private void row(List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(escaped(cell)).append(' '));
        text.append("|\n");
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
