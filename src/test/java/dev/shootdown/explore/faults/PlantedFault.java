package dev.shootdown.explore.faults;

import dev.shootdown.explore.Program;
import dev.shootdown.race.MemoryModel;

/** One thing done wrong in a program that is right without it. */
interface PlantedFault {
    /** What is planted. */
    String name();

    /** The program without the fault: it must hold. */
    Program sound();

    /** The program with the fault. */
    Program broken();

    /** The strongest memory model under which the fault shows. */
    MemoryModel showsFrom();

    /** How it shows. */
    Symptom symptom();
}
