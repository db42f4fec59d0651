package dev.shootdown.explore.faults;

import dev.shootdown.explore.Program;
import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/**
 * A program with a fault planted in its words.
 *
 * @param name its own
 */
record PlantedProgram(String name, Program sound, Planting fault) implements Program {
    @Override
    public int harts() {
        return sound.harts();
    }

    @Override
    public ImageLayout layout() {
        return sound.layout();
    }

    @Override
    public void prepare(Words words) {
        sound.prepare(words);
    }

    @Override
    public Actors attach(Words words) {
        return sound.attach(fault.plant(words, layout()));
    }
}
