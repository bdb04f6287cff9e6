/** The most that glibc lets its thresholds grow by (DEFAULT_MMAP_THRESHOLD_MAX is 32 MiB on 64 bits), with room for its own header. */
const justBelowTheMost = 31 * 1024 * 1024;
let done = false;

/**
 * Has the C library keep the memory of buffers that are freed. A link takes a fresh 64 KiB from it for every read, and glibc gives the top of its heap
 * back to the system as soon as 128 KiB there are free: with every garbage collection the heap shrinks, to be faulted in again page by page, which took
 * a third and more of a fast link's time. Once one big allocation has been freed, glibc keeps twice as much as that was (mallopt(3),
 * M_MMAP_THRESHOLD, "dynamic"). Its pages are never touched. Other C libraries do not mind.
 */
export function keepFreedMemory(): void {
  if (done) return;
  done = true;
  // Freed by the next garbage collection; nothing holds it.
  Buffer.alloc(justBelowTheMost);
}
