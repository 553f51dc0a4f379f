package io.rdsagent.lease;

/** At most so many in a second, at most a second's worth at once. */
final class Pace {

    private final double perSecond;
    private double saved;
    private long at;

    /** @param perSecond more than 0 */
    Pace(double perSecond, long now) {
        this.perSecond = perSecond;
        this.saved = Math.max(1, perSecond);
        this.at = now;
    }

    double perSecond() {
        return perSecond;
    }

    boolean allows(long now) {
        double earned = Math.max(0, now - at) * perSecond / 1000;
        saved = Math.min(saved + earned, Math.max(1, perSecond));
        at = now;
        if (saved < 1) {
            return false;
        }
        saved -= 1;
        return true;
    }
}
