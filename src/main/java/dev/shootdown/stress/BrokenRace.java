package dev.shootdown.stress;

import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.Outcome;

/**
 * What a test of a race that is broken on purpose may see: for {@code @JCStressMeta}. jcstress cannot require an outcome;
 * the gate does.
 */
@Description("Broken on purpose: the failure must be seen, or the safe twin's silence means nothing.")
@Outcome(id = "PINNED", expect = Expect.ACCEPTABLE, desc = "The walk came first and took a reference to the page.")
@Outcome(id = "NOT_PRESENT", expect = Expect.ACCEPTABLE, desc = "The walk came second and found nothing mapped.")
@Outcome(id = "RETRY", expect = Expect.ACCEPTABLE, desc = "The re-check saw the change and dropped the reference.")
@Outcome(id = "UNMET", expect = Expect.ACCEPTABLE, desc = "The actors did not meet in time: says nothing.")
@Outcome(
        id = "NEAR_MISS",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "A table was freed while a walk through it was still under way, and not read again.")
@Outcome(
        id = "READ_FREED_TABLE",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The failure: an entry was read from a freed table.")
@Outcome(
        id = "READ_RECYCLED_TABLE",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The failure: an entry was read from a table that had gone to somebody else.")
@Outcome(
        id = "PINNED_FOREIGN_PAGE",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The failure: a page of another owner was pinned.")
@Outcome(
        id = "READ_UNINITIALISED_TABLE",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The failure: an entry was read from a table before it was initialised.")
@Outcome(
        id = "WROTE_FREED_TABLE",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "The failure: the hardware set a bit in a freed table.")
@Outcome(
        id = "USED_STALE_TRANSLATION",
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc =
                "The failure: a page was accessed, through a cached translation, that had been freed, or is another owner's.")
@Outcome(id = "FOUND", expect = Expect.ACCEPTABLE, desc = "The walk came first, found the page and took no reference.")
@Outcome(id = "TRANSLATED", expect = Expect.ACCEPTABLE, desc = "The hardware came first and accessed the page.")
@Outcome(id = "PAGE_FAULT", expect = Expect.ACCEPTABLE, desc = "The hardware found nothing mapped.")
@Outcome(expect = Expect.FORBIDDEN, desc = "This cannot happen in any race of this family.")
public final class BrokenRace {
    private BrokenRace() {}
}
