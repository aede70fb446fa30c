// Long work, in pieces between frames.

const PIECE = 4; // ms

// Run a generator to its end, a few milliseconds at a time; return what stops it. The end of the
// view stops it too.
export function inIdleTime({ signal }, work) {
  const later = globalThis.requestIdleCallback?.bind(globalThis) ?? ((run) => setTimeout(run));
  let stopped = false;
  const run = () => {
    const end = performance.now() + PIECE;
    while (!stopped && !signal.aborted && performance.now() < end) stopped = work.next().done;
    if (!stopped && !signal.aborted) later(run, { timeout: 100 });
  };
  later(run, { timeout: 100 });
  return () => (stopped = true);
}
