package io.rdsagent.observe.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The text format of Prometheus, with the names that Micrometer's own Prometheus registry would give; that one brings
 * five times the code of this agent's observations with it.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
 */
public final class PrometheusText {

    private final MeterRegistry registry;

    public PrometheusText(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String toString() {
        Map<String, StringBuilder> families = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            write(meter, families);
        }
        return String.join("", families.values());
    }

    private static void write(Meter meter, Map<String, StringBuilder> families) {
        if (meter instanceof Timer) {
            Timer timer = (Timer) meter;
            String name = name(meter) + "_seconds";
            StringBuilder family = family(families, name, "summary", meter);
            sample(family, name + "_count", meter, (double) timer.count());
            sample(family, name + "_sum", meter, timer.totalTime(TimeUnit.SECONDS));
            sample(family(families, name + "_max", "gauge", meter), name + "_max", meter, timer.max(TimeUnit.SECONDS));
        } else if (meter instanceof Counter || meter instanceof FunctionCounter) {
            String name = name(meter) + unit(meter) + "_total";
            sample(family(families, name, "counter", meter), name, meter, value(meter));
        } else {
            String name = name(meter) + unit(meter);
            sample(family(families, name, "gauge", meter), name, meter, value(meter));
        }
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }

    private static String name(Meter meter) {
        return meter.getId().getName().replace('.', '_');
    }

    private static String unit(Meter meter) {
        String unit = meter.getId().getBaseUnit();
        return unit == null || name(meter).endsWith(unit) ? "" : '_' + unit;
    }

    private static StringBuilder family(Map<String, StringBuilder> families, String name, String type, Meter meter) {
        return families.computeIfAbsent(
                name,
                first -> new StringBuilder("# HELP ")
                        .append(name)
                        .append(' ')
                        .append(meter.getId().getDescription())
                        .append("\n# TYPE ")
                        .append(name)
                        .append(' ')
                        .append(type)
                        .append('\n'));
    }

    private static void sample(StringBuilder family, String name, Meter meter, double value) {
        family.append(name);
        String before = "{";
        for (Tag tag : meter.getId().getTagsAsIterable()) {
            family.append(before)
                    .append(tag.getKey())
                    .append("=\"")
                    .append(escaped(tag.getValue()))
                    .append('"');
            before = ",";
        }
        family.append(before.equals(",") ? "} " : " ").append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
