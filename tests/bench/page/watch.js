// Runs in every page of the app before its own scripts: hears of long tasks, of the first row, and takes the times of frames.
globalThis.watch = {
  /** Of the main thread, over 50 ms: how long each took. */
  longTasks: [],
  frames: [],
  isOn: false,

  start() {
    this.frames = [];
    this.isOn = true;
    let before = performance.now();
    const frame = (now) => {
      this.frames.push(now - before);
      before = now;
      if (this.isOn) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => ((before = now), requestAnimationFrame(frame)));
  },

  /** Milliseconds from frame to frame since `start`, and the long tasks of the same time. */
  stop() {
    this.isOn = false;
    return { frames: this.frames.slice(), longTasks: this.longTasks.splice(0) };
  },

  /** When something of a selector has text for the first time, in milliseconds since navigation. */
  first: (selector) =>
    new Promise((resolve) => {
      const look = (now) => (document.querySelector(selector)?.textContent ? resolve(performance.now()) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    }),

  /** Makes `shown` the time from now until that text stands there. */
  awaitText(selector, text) {
    const began = performance.now();
    this.shown = new Promise((resolve) => {
      const look = () => (document.querySelector(selector)?.textContent === text ? setTimeout(() => resolve(performance.now() - began)) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  },

  /** Makes `other` the time from the next key to the frame that shows another text there. */
  awaitOther(selector) {
    this.other = new Promise((resolve, reject) => {
      const text = () => document.querySelector(selector)?.textContent;
      const before = text();
      const pressed = ({ timeStamp }) => {
        const look = () => {
          // What a frame shows is on screen when the next task runs.
          if (text() !== before) setTimeout(() => resolve(performance.now() - timeStamp));
          else if (performance.now() - timeStamp > 10_000) reject(new Error("the key changed nothing"));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      addEventListener("keydown", pressed, { capture: true, once: true });
    });
  },

  /** Scrolls for so many frames, by a wheel's steps first, then by drags of the bar over all there is. */
  async scroll(selector, n) {
    const scroller = scrollerIn(document.querySelector(selector));
    const most = scroller.scrollHeight - scroller.clientHeight;
    for (let at = 0; at < n; at++) {
      scroller.scrollTop = at < n / 2 ? scroller.scrollTop + 100 : (most * (at - n / 2)) / (n / 2);
      await new Promise(requestAnimationFrame);
    }
  },

  /** From a jump to the end until an element of the last row has text. */
  async jumpToEnd(selector, last) {
    const scroller = scrollerIn(document.querySelector(selector));
    scroller.scrollTop = 0;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const began = performance.now();
    scroller.scrollTop = scroller.scrollHeight;
    while (!document.querySelector(last)?.textContent) {
      if (performance.now() - began > 10_000) throw new Error("the last row is not reached");
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - began;
  },
};

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) globalThis.watch.longTasks.push(duration);
}).observe({ type: "longtask", buffered: true });

function scrollerIn(root) {
  const all = [root, ...root.querySelectorAll("*")].filter((element) => element.scrollHeight > element.clientHeight + 100 && getComputedStyle(element).overflowY !== "visible");
  return all.sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? root;
}
