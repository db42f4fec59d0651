/**
 * The page {@code results/index.html}: every verdict of a run, and a picture of a failing execution of every broken race.
 *
 * <p>{@link dev.shootdown.report.html.HtmlReport} makes it from files alone: a {@link dev.shootdown.report.VerdictsDocument} and
 * the witnesses beside it, which it runs again. {@link dev.shootdown.report.html.Page} and the records below it hold what is
 * shown, down to the coordinates; the templates write it down and escape every text: {@code index.ftlh} the page,
 * {@code cell.ftlh} what is known of a race, {@code story.ftlh} what a failing execution opens to, {@code picture.ftlh} drawings.
 *
 * <p>The page needs no network and no other file. What failing executions open to would be four fifths of it, so that stands in
 * it as a {@link dev.shootdown.report.html.Pack} and is unpacked by script. Without script, the files are linked in its place, and
 * everything else is shown; script adds the filter, the stepping, and cells with their verdicts alone.
 */
@NullMarked
package dev.shootdown.report.html;

import org.jspecify.annotations.NullMarked;
