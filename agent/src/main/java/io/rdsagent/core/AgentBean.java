package io.rdsagent.core;

import io.rdsagent.config.AgentVersion;
import io.rdsagent.observe.jmx.AgentMXBean;
import io.rdsagent.observe.status.Report;
import java.util.function.Supplier;

/** What JMX shows of the agent as a whole. */
final class AgentBean implements AgentMXBean {

    private final Report report;
    private final Supplier<String> page;

    AgentBean(Report report, Supplier<String> page) {
        this.report = report;
        this.page = page;
    }

    @Override
    public String getVersion() {
        return AgentVersion.ofThisJar();
    }

    @Override
    public boolean isUp() {
        return report.isUp();
    }

    @Override
    public String getStatus() {
        return report.status();
    }

    @Override
    public String getStatusPage() {
        return page.get();
    }
}
