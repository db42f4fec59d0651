package dev.shootdown.stress;

import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.Outcome;

/** What a test of a safe race may see: for {@code @JCStressMeta}. */
@Description("The walker must never load an entry from a table that was freed.")
@Outcome(id = "FOUND", expect = Expect.ACCEPTABLE, desc = "The walk came first, found the page and took no reference.")
@Outcome(id = "TRANSLATED", expect = Expect.ACCEPTABLE, desc = "The hardware came first and accessed the page.")
@Outcome(id = "PAGE_FAULT", expect = Expect.ACCEPTABLE, desc = "The hardware found nothing mapped.")
@Outcome(id = "PINNED", expect = Expect.ACCEPTABLE, desc = "The walk came first and took a reference to the page.")
@Outcome(id = "NOT_PRESENT", expect = Expect.ACCEPTABLE, desc = "The walk came second and found nothing mapped.")
@Outcome(id = "RETRY", expect = Expect.ACCEPTABLE, desc = "The re-check saw the change and dropped the reference.")
@Outcome(id = "UNMET", expect = Expect.ACCEPTABLE, desc = "The actors did not meet in time: says nothing.")
@Outcome(
        id = "NEAR_MISS",
        expect = Expect.FORBIDDEN,
        desc = "A table was freed while a walk through it was still protected: only chance kept it from being read.")
@Outcome(id = "READ_FREED_TABLE", expect = Expect.FORBIDDEN, desc = "An entry was read from a freed table.")
@Outcome(
        id = "READ_RECYCLED_TABLE",
        expect = Expect.FORBIDDEN,
        desc = "An entry was read from a table that had gone to somebody else.")
@Outcome(id = "PINNED_FOREIGN_PAGE", expect = Expect.FORBIDDEN, desc = "A page of another owner was pinned.")
@Outcome(
        id = "READ_UNINITIALISED_TABLE",
        expect = Expect.FORBIDDEN,
        desc = "An entry was read from a table before it was initialised.")
@Outcome(id = "WROTE_FREED_TABLE", expect = Expect.FORBIDDEN, desc = "An entry was written in a freed table.")
@Outcome(
        id = "USED_STALE_TRANSLATION",
        expect = Expect.FORBIDDEN,
        desc = "A page was accessed, through a cached translation, that had been freed, or is another owner's.")
@Outcome(id = "ACCESS_FAULT", expect = Expect.FORBIDDEN, desc = "An entry led outside memory.")
@Outcome(expect = Expect.FORBIDDEN, desc = "No such outcome is known.")
public final class SafeRace {
    private SafeRace() {}
}
