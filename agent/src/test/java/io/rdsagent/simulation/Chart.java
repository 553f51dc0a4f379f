package io.rdsagent.simulation;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The day as a picture: for each minute the busiest second of the busiest reader, beside what RDS allows. */
final class Chart {

    private static final int MINUTE = 60;
    private static final double ALLOWED = 200;

    static void write(Tally seen, Duration span, Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(360)
                .title("Logins a second at the busiest reader")
                .xAxisTitle("hour of the day")
                .yAxisTitle("logins a second")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisMax((double) span.toHours());
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setYAxisMin(0.0);
        double[] peaks = seen.peaks(MINUTE);
        double[] hours = new double[peaks.length];
        for (int i = 0; i < hours.length; i++) {
            hours[i] = i / 60.0;
        }
        chart.addSeries("busiest second of each minute", hours, peaks)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(new Color(0x1f, 0x5f, 0x9f));
        chart.addSeries("what RDS allows", new double[] {0, span.toHours()}, new double[] {ALLOWED, ALLOWED})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(new Color(0xb0, 0x30, 0x30));
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private Chart() {}
}
