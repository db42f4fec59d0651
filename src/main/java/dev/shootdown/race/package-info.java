/**
 * The one concept that a user composes: a race of a walker against a mutator, over a shootdown and a free strategy.
 *
 * <p>{@link dev.shootdown.race.Race} says what runs; {@link dev.shootdown.race.RaceInstance} is that on one machine, its
 * actors ready to be called by an engine; {@link dev.shootdown.race.TruthTable} says what must come out, why, and where
 * that is written. The engines know races only, no protocol.
 *
 * <p>Everything that a race is made of can be brought along: {@link dev.shootdown.race.WalkerKind}, {@link
 * dev.shootdown.race.MutatorKind}, {@link dev.shootdown.race.ShootdownKind} and {@link dev.shootdown.race.FreeingKind} are
 * small interfaces, and the built-in families ({@link dev.shootdown.race.Walkers}, {@link dev.shootdown.race.Mutators},
 * {@link dev.shootdown.race.Shootdowns}, {@link dev.shootdown.race.Freeings}) implement them as enums. An {@link
 * dev.shootdown.race.OutcomeClassifier} adds outcomes to the built-in ones, each with its {@link dev.shootdown.race.Grade}.
 *
 * <p>{@link dev.shootdown.race.KnownRaces} has every race with a name: those of {@link dev.shootdown.race.Catalogue}, which the
 * truth table tells apart, and those of each {@link dev.shootdown.race.RaceCollection}.
 *
 * <p>{@link dev.shootdown.race.Race#explore}, {@link dev.shootdown.race.Race#stress} and the assertions run a race in a test of
 * one's own, on engines that {@link java.util.ServiceLoader} finds. All of this package is API.
 */
@NullMarked
package dev.shootdown.race;

import org.jspecify.annotations.NullMarked;
