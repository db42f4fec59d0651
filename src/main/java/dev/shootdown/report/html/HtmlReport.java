package dev.shootdown.report.html;

import dev.shootdown.report.VerdictsDocument;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The page of a run.
 *
 * @param page what it shows
 */
public record HtmlReport(Page page) {
    private static final Configuration TEMPLATES = templates();

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(HtmlReport.class, "");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setAutoEscapingPolicy(Configuration.ENABLE_IF_SUPPORTED_AUTO_ESCAPING_POLICY);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setNumberFormat("computer");
        return configuration;
    }

    /**
     * {@return the page of a run}
     *
     * @param document what the run found
     * @param results the directory of its results, against which the document names witnesses
     * @param directory where the page will stand, against which it links; {@code results} itself unless the run was interrupted
     */
    public static HtmlReport of(VerdictsDocument document, Path results, Path directory) {
        return new HtmlReport(Pages.of(document, results, directory));
    }

    /** {@return it as HTML} */
    public String text() {
        List<String> stories = page.scenes().stream()
                .map(scene -> filled("story.ftlh", Map.of("s", scene)))
                .toList();
        return filled("index.ftlh", Map.of("page", page, "pack", Pack.of(stories)));
    }

    private static String filled(String template, Map<String, Object> data) {
        try {
            StringWriter out = new StringWriter();
            TEMPLATES.getTemplate(template).process(data, out);
            return out.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(
                    "the template " + template + " does not fit its data: " + e.getMessage(), e);
        }
    }
}
