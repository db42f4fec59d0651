package dev.shootdown.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** One benchmark under one set of parameters. */
record Measurement(
        String benchmark,
        Map<String, String> parameters,
        double score,
        double error,
        double median,
        String unit,
        double bytesPerOp) {
    static Measurement of(RunResult run) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String key : run.getParams().getParamsKeys()) {
            parameters.put(key, run.getParams().getParam(key));
        }
        String name = run.getParams().getBenchmark();
        Result<?> primary = run.getPrimaryResult();
        return new Measurement(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                parameters,
                primary.getScore(),
                primary.getScoreError(),
                primary.getStatistics().getPercentile(50),
                primary.getScoreUnit(),
                // The least of all iterations: a sample that allocates does so in each, JMH's own threads now and
                // then.
                run.getSecondaryResults()
                        .get("gc.alloc.rate.norm")
                        .getStatistics()
                        .getMin());
    }

    boolean is(Class<?> type, String method, String... values) {
        return benchmark.equals(type.getSimpleName() + "." + method)
                && parameters.values().containsAll(List.of(values));
    }
}
