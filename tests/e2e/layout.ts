// Whether anything on screen is cut or overlaps, by element boxes and scroll widths.
import type { Page } from "@playwright/test";

/** What is wrong with the layout, in words. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const named = (e: Element) =>
      `${e.tagName.toLowerCase()}${e.className && typeof e.className === "string" ? "." + e.className.trim().replace(/\s+/g, ".") : ""} “${(e.getAttribute("aria-label") ?? e.textContent ?? "").trim().slice(0, 40)}”`;
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) faults.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);

    const isShown = (e: Element) => {
      const box = e.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) return false;
      if (box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight) return false;
      return e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest(".visually-hidden,[inert]");
    };
    // Text that doesn't fit must say so with an ellipsis or be scrollable; it may not be cut off or spill.
    for (const e of document.querySelectorAll<HTMLElement>("body *")) {
      if (!isShown(e) || e.closest("svg,canvas")) continue;
      const ownText = [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent!.trim());
      if (!ownText || e.scrollWidth <= e.clientWidth + 1 || e.clientWidth === 0) continue;
      const style = getComputedStyle(e);
      if (style.display === "inline") continue;
      if (style.textOverflow === "ellipsis" || ["auto", "scroll"].includes(style.overflowX)) continue;
      faults.push(`${named(e)} holds ${e.scrollWidth} px of text in ${e.clientWidth}`);
    }
    // A menu or sheet stays where it can be reached.
    for (const e of document.querySelectorAll("dialog[open],.popover,.completions.is-shown")) {
      const box = e.getBoundingClientRect();
      if (box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
        faults.push(`${named(e)} leaves the window: ${box.left.toFixed(0)} to ${box.right.toFixed(0)}, ${box.top.toFixed(0)} to ${box.bottom.toFixed(0)}`);
    }
    // What can be pressed must not lie over something else that can.
    const pressable = [...document.querySelectorAll("button,a[href],input:not([type=file]),select,summary")].filter((e) => isShown(e));
    /** The part of an element that its scrolling and clipping ancestors show. */
    const shownBox = (e: Element) => {
      const box = e.getBoundingClientRect();
      const shown = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
      for (let up = e.parentElement; up; up = up.parentElement) {
        if (getComputedStyle(up).overflow === "visible") continue;
        const clip = up.getBoundingClientRect();
        shown.left = Math.max(shown.left, clip.left);
        shown.top = Math.max(shown.top, clip.top);
        shown.right = Math.min(shown.right, clip.right);
        shown.bottom = Math.min(shown.bottom, clip.bottom);
      }
      return shown;
    };
    // An open menu or sheet lies over what is behind it on purpose; so does the detail where three panes don't fit.
    const layer = (e: Element) => e.closest("dialog,[role=dialog],[popover],.popover,.completions,.detail");
    for (let i = 0; i < pressable.length; i++)
      for (let j = i + 1; j < pressable.length; j++) {
        const [a, b] = [pressable[i]!, pressable[j]!];
        if (a.contains(b) || b.contains(a) || layer(a) !== layer(b)) continue;
        const [x, y] = [shownBox(a), shownBox(b)];
        const width = Math.min(x.right, y.right) - Math.max(x.left, y.left);
        const height = Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top);
        if (width > 2 && height > 2) faults.push(`${named(a)} and ${named(b)} overlap by ${width.toFixed(0)} × ${height.toFixed(0)} px`);
      }
    return faults;
  });
}
