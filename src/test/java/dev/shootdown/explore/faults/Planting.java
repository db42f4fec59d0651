package dev.shootdown.explore.faults;

import dev.shootdown.memory.ImageLayout;
import dev.shootdown.memory.Words;

/** Puts a fault between a program and its words: what stands before the words changes one thing that is done to them. */
@FunctionalInterface
interface Planting {
    Words plant(Words words, ImageLayout layout);
}
