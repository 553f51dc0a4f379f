package io.rdsagent.token;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.protocols.query.unmarshall.XmlElement;

/** A part of what the RDS API has answered. */
public final class RdsAnswer {

    private final XmlElement element;

    RdsAnswer(XmlElement element) {
        this.element = element;
    }

    /** All that are called so in the list that is called otherwise. */
    public List<RdsAnswer> all(String list, String name) {
        List<RdsAnswer> all = new ArrayList<>();
        XmlElement found = element.getElementByName(list);
        if (found != null) {
            for (XmlElement child : found.getElementsByName(name)) {
                all.add(new RdsAnswer(child));
            }
        }
        return all;
    }

    /** Null when there is none. */
    public RdsAnswer one(String name) {
        XmlElement found = element.getElementByName(name);
        return found == null ? null : new RdsAnswer(found);
    }

    /** Null when there is none. */
    public String text(String name) {
        XmlElement found = element.getElementByName(name);
        return found == null ? null : found.textContent();
    }
}
