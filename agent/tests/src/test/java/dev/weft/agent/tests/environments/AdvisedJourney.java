package dev.weft.agent.tests.environments;

import dev.weft.agent.tests.journey.Journey;

/** The journey, once more with advice that came late, and whether it was advised. */
final class AdvisedJourney {
    private AdvisedJourney() {}

    public static void main(String[] args) {
        System.out.println(Journey.travel());
        AdviceAgent.installLate();
        System.out.println(Journey.travel());
        int entered = AdviceAgent.ENTERED.get();
        int left = AdviceAgent.LEFT.get();
        System.out.println((entered > 30 ? "entered" : "entered " + entered) + ", left as often: " + (entered == left)
                + ", failed: " + (AdviceAgent.FAILED.get() > 0));
    }
}
