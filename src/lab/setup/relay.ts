/**
 * Makes items one after another and hands each on while the next ones are being made; both in the order of the items. When it
 * throws, neither is still under way. After a failure nothing new is begun.
 */
export async function relay<T>(
  items: readonly T[],
  make: (item: T) => Promise<void>,
  handOn: (item: T) => Promise<void>,
): Promise<void> {
  let failed = false;
  let handing: Promise<void> = Promise.resolve();
  try {
    for (const item of items) {
      if (failed) break;
      await make(item);
      handing = handing.then(() => handOn(item));
      // It is awaited at the end; until then a failure would count as one that nobody looks after.
      handing.catch(() => {
        failed = true;
      });
    }
  } finally {
    await handing;
  }
}
