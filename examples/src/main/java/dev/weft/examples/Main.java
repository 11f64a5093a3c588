package dev.weft.examples;

import dev.weft.examples.chat.Chat;
import dev.weft.examples.http.HttpHello;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the examples that the command line names, or all of them one after the other. */
public final class Main {
    private static final Map<String, Program> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("SequentialAwaits", SequentialAwaits::main);
        PROGRAMS.put("TwoTasks", TwoTasks::main);
        PROGRAMS.put("TaskGroups", TaskGroups::main);
        PROGRAMS.put("Gather", Gather::main);
        PROGRAMS.put("FetchEndpoints", FetchEndpoints::main);
        PROGRAMS.put("AsCompleted", AsCompleted::main);
        PROGRAMS.put("RaceOfMirrors", RaceOfMirrors::main);
        PROGRAMS.put("ExplicitLoop", ExplicitLoop::main);
        PROGRAMS.put("RunningLoop", RunningLoop::main);
        PROGRAMS.put("RunForever", RunForever::main);
        PROGRAMS.put("Refusals", Refusals::main);
        PROGRAMS.put("CancelAndStatus", CancelAndStatus::main);
        PROGRAMS.put("ToThread", ToThread::main);
        PROGRAMS.put("NotYetRunning", NotYetRunning::main);
        PROGRAMS.put("WhatRunFinalises", WhatRunFinalises::main);
        PROGRAMS.put("LostFailure", LostFailure::main);
        PROGRAMS.put("Timeouts", Timeouts::main);
        PROGRAMS.put("FailingGroup", FailingGroup::main);
        PROGRAMS.put("Countdown", Countdown::main);
        PROGRAMS.put("ProducersAndConsumers", ProducersAndConsumers::main);
        PROGRAMS.put("TwoAtATime", TwoAtATime::main);
        PROGRAMS.put("RequestIds", RequestIds::main);
        PROGRAMS.put("FuturesForOthers", FuturesForOthers::main);
        PROGRAMS.put("OrderingFacts", OrderingFacts::main);
        PROGRAMS.put("Echo", Echo::main);
        PROGRAMS.put("Chat", Chat::main);
        PROGRAMS.put("FetchPages", FetchPages::main);
        PROGRAMS.put("HttpHello", HttpHello::main);
        PROGRAMS.put("PortScanner", PortScanner::main);
        PROGRAMS.put("Redis", Redis::main);
        PROGRAMS.put("Pipeline", Pipeline::main);
        PROGRAMS.put("FanOut", FanOut::main);
    }

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> names = args.length == 0 ? List.copyOf(PROGRAMS.keySet()) : List.of(args);
        for (String name : names) {
            Program program = PROGRAMS.get(name);
            if (program == null) {
                System.err.println(
                        "There is no example " + name + ". There are: " + String.join(" ", PROGRAMS.keySet()));
                System.exit(2);
            }
            System.out.println("== " + name);
            program.main(new String[0]);
            System.out.println();
        }
    }

    @FunctionalInterface
    public interface Program {
        void main(String[] args) throws Exception;
    }
}
