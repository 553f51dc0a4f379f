package io.rdsagent.observe.jmx;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/** One meter: an attribute for each of its figures, times in seconds. */
final class MeterMBean implements DynamicMBean {

    private final Meter meter;

    MeterMBean(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        for (Measurement figure : meter.measure()) {
            if (name(figure).equals(name)) {
                return figure.getValue();
            }
        }
        throw new AttributeNotFoundException(name);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList found = new AttributeList();
        for (String name : names) {
            try {
                found.add(new Attribute(name, getAttribute(name)));
            } catch (AttributeNotFoundException none) {
                // Left out, as the contract has it.
            }
        }
        return found;
    }

    /** {@code Count}, {@code TotalTime}, {@code Max}, {@code Value}. */
    private static String name(Measurement figure) {
        StringBuilder name = new StringBuilder();
        for (String word : figure.getStatistic().name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        List<MBeanAttributeInfo> attributes = new ArrayList<>();
        for (Measurement figure : meter.measure()) {
            attributes.add(
                    new MBeanAttributeInfo(name(figure), "double", meter.getId().getDescription(), true, false, false));
        }
        return new MBeanInfo(
                MeterMBean.class.getName(),
                meter.getId().getDescription(),
                attributes.toArray(new MBeanAttributeInfo[0]),
                null,
                null,
                null);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("read only");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] arguments, String[] signature) {
        throw new UnsupportedOperationException(action);
    }
}
