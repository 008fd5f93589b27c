//! The rest of this program, in a file of its own: what no first visit runs (`scripts/split.mjs`). Of each of its
//! functions a stub is left here, which calls `load_rest` first.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Boot;
    #[wasm_bindgen(thread_local_v2, js_name = lifelineBoot)]
    static BOOT: Boot;
    #[wasm_bindgen(method, js_name = joinRest)]
    fn join_rest(this: &Boot, exports: &JsValue, waits: bool);
}

/// Joins the rest to this instance; waits for it where it isn't there yet. boot.js calls it too, when it is.
#[wasm_bindgen]
pub fn load_rest() {
    BOOT.with(|boot| boot.join_rest(&wasm_bindgen::exports(), true));
}

/// Before anything else runs: joins the rest if it came together with the program.
pub fn join_if_here() {
    BOOT.with(|boot| boot.join_rest(&wasm_bindgen::exports(), false));
}

/// What no first visit runs: here the rest begins.
#[inline(never)]
pub fn rarely<T>(run: impl FnOnce() -> T) -> T {
    run()
}
