/**
 * Shared 64-bit words, and the physical memory of page frames that is made of them.
 *
 * <p>{@link dev.shootdown.memory.Words} is the seam between protocol and engine: every access that two harts can both make
 * goes through it and names its ordering. {@code VarHandle} and {@code MemorySegment} appear in this package only.
 *
 * <table>
 * <caption>The access vocabulary</caption>
 * <tr><th>here</th><th>Linux</th><th>promises</th></tr>
 * <tr><td>{@code get}, {@code set}</td><td>plain C access</td><td>nothing; for words that one hart owns at the time</td></tr>
 * <tr><td>{@code getOpaque}, {@code setOpaque}</td><td>READ_ONCE, WRITE_ONCE</td><td>one access, not torn, coherent a word</td></tr>
 * <tr><td>{@code getAcquire}</td><td>smp_load_acquire</td><td>later accesses stay later</td></tr>
 * <tr><td>{@code setRelease}</td><td>smp_store_release</td><td>earlier accesses stay earlier</td></tr>
 * <tr><td>{@code getVolatile}, {@code setVolatile}</td><td>(none)</td><td>also one total order among such accesses</td></tr>
 * <tr><td>{@code compareAndSet}, {@code getAnd…}</td><td>fully ordered atomics, xchg, cmpxchg</td><td>full barrier</td></tr>
 * <tr><td>{@code fullFence}</td><td>smp_mb</td><td>full barrier</td></tr>
 * <tr><td>{@code await}</td><td>smp_cond_load_acquire</td><td>as {@code getAcquire} of the value that ended the wait</td></tr>
 * <tr><td>{@code awaitAndUpdate}, {@code awaitAndAdd}</td><td>a cmpxchg loop that waits</td><td>full barrier; as {@code await} where nothing changes</td></tr>
 * </table>
 *
 * <p>{@link dev.shootdown.memory.PhysicalMemory} hands out frames, takes them back and fills freed ones with a pattern
 * that no table entry can hold; {@link dev.shootdown.memory.FrameTable} is {@code mem_map}, one descriptor a frame;
 * {@link dev.shootdown.memory.Poison} tells the patterns apart.
 *
 * <p>Deliberately not here: virtual memory zones, splitting and merging of folios, NUMA, reclaim. An allocation that finds no frame says so
 * at once.
 */
@NullMarked
package dev.shootdown.memory;

import org.jspecify.annotations.NullMarked;
