// Parts the program in two: what a first visit runs, and the rest, which src/app/boot.js fetches when somebody does
// something. `node split.mjs PROGRAM.wasm RARE.txt REST.wasm` leaves the first part in PROGRAM; with PROGRAM alone it is
// made smaller as a whole.
//
// RARE names modules, one a line. Their functions, and what only they reach, go to the rest. Each of them that is called
// from the first part, or stands in the table, leaves a stub of the same type, which has the rest loaded where it isn't
// there (src/app/rest.rs) and calls on through the table; the rest works on the memory, table and stack of the first part.
// So where a line stands only decides what a visit downloads, never what the program does.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FEATURES =
  "--enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue".split(" ");
const OPTIONS = ["-Os", "--low-memory-unused", "--reorder-functions-by-name", ...(process.env.LIFELINE_NAMES ? ["-g"] : [])];

/** A name in the text of a program; a call by name; one of our own functions, whose name says in which module it is. */
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s)]+)`;
const CALL = new RegExp(`\\(call (${NAME})`, "g");
const OURS = /^\$"?[<&([*]*(?:app|lifeline|columns|reading)\[/;

const run = (tool, ...words) => execFileSync(tool, [...FEATURES, ...words], { stdio: ["ignore", "inherit", "inherit"] });
const nameIn = (field) => field.match(NAME)[0];
const callsIn = (field) => Array.from(field.matchAll(CALL), ([, callee]) => callee);

const [file, rareFile, restFile] = process.argv.slice(2);
if (restFile) split();
else run("wasm-opt", ...OPTIONS, file, "-o", file);

function split() {
  const folder = mkdtempSync(join(tmpdir(), "lifeline-split-"));
  const [whole, text, binary] = ["whole.wat", "part.wat", "part.wasm"].map((name) => join(folder, name));
  try {
    run("wasm-dis", file, "-o", whole);
    const program = read(readFileSync(whole, "utf8"));
    const parts = partsOf(program, isListed(readFileSync(rareFile, "utf8")));
    for (const [fields, to] of [[firstPart(program, parts), file], [restPart(program, parts), restFile]]) {
      writeFileSync(text, ["(module", ...fields, ")"].join("\n"));
      run("wasm-as", "-g", text, "-o", binary);
      run("wasm-opt", ...OPTIONS, binary, "-o", to);
    }
    console.log(`split: ${parts.first.size} functions first, ${parts.moved.length} in the rest, ${parts.places.size} places`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The program's text as wasm-dis writes it: every field begins on a line of its own, after one space. */
function read(text) {
  const fields = text.slice(text.indexOf("\n (") + 1, text.lastIndexOf("\n)")).split(/\n(?= \()/);
  const of = (kind) => fields.filter((field) => field.startsWith(` (${kind} `));
  const segments = of("elem");
  if (segments.length !== 1) throw new Error(`split: the table has ${segments.length} segments, not one`);
  return {
    fields,
    of,
    functions: new Map(of("func").map((field) => [nameIn(field), field])),
    imports: new Map(of("import").flatMap((field) => (field.includes(" (func ") ? [[nameIn(field), field.slice(field.indexOf("(func "))]] : []))),
    exports: new Map(of("export").flatMap((field) => { const name = field.match(` \\(func (${NAME})\\)`)?.[1]; return name ? [[field.match(/"(.*?)"/)[1], name]] : []; })),
    /** By place; no function stands at the first. */
    table: [undefined, ...segments[0].slice(segments[0].indexOf(" func ") + 6).match(new RegExp(NAME, "g"))],
  };
}

/** Which functions are first and which are moved, their places in a table of `size`, and what the rest calls by which name. */
function partsOf(program, isRare) {
  const { functions, imports, exports, table } = program;
  const load = exports.get("load_rest");
  if (!load) throw new Error("split: the program has no load_rest");

  const reaches = whatEachReaches(program);
  const reached = new Set([...reaches.values()].flatMap((names) => [...names]));
  // Of what is handed on by its place alone nothing tells by whom. The libraries' are small. A plain function, or a closure
  // that is handed on as one, stands in no table of methods, though what follows one in memory may look like more of it.
  const isPlain = (name) => /::call_once(\.\d+)?"?$/.test(name) || !/ as |\{closure#\d+\}(\.\d+)?"?$|drop_in_place/.test(name);
  const isLoose = (name) => !reached.has(name) || isPlain(name) || (!OURS.test(name) && !name.includes("drop_in_place"));
  const roots = [...program.of("start").map(nameIn), ...exports.values(), ...table.filter((name) => name && isLoose(name))];
  const first = closure([load, ...roots.filter((name) => !isRare(name))], (name) => [...(reaches.get(name) ?? [])].filter((name) => !isRare(name)));
  const moved = [...functions.keys()].filter((name) => !first.has(name));

  const places = new Map();
  for (const [place, name] of table.entries()) if (name) places.set(name, [...(places.get(name) ?? []), place]);
  const called = new Set([...exports.values(), ...[...first].flatMap((name) => callsIn(functions.get(name) ?? ""))]);
  let size = table.length;
  for (const name of moved) if (called.has(name) && !places.has(name)) places.set(name, [size++]);

  const used = new Set(moved.flatMap((name) => callsIn(functions.get(name))));
  const shared = new Map([...used].filter((name) => first.has(name) || imports.has(name)).map((name, n) => [name, `$${n.toString(36)}`]));
  return { load, first, moved, places, size, shared };
}

function firstPart({ fields, functions }, { load, first, places, size, shared }) {
  const stub = (name) => {
    const { type, params } = typeOf(functions.get(name));
    const values = params.map((_, n) => ` (local.get ${n})`).join("");
    return ` (func ${name}${type} (if (i32.eqz (global.get $rest)) (then (call ${load}))) (call_indirect $0${type}${values} (i32.const ${places.get(name)[0]})))`;
  };
  const left = fields.flatMap((field) => {
    if (field.startsWith(" (table $0 ")) return ` (table $0 ${size} ${size} funcref)`;
    const name = field.startsWith(" (func ") && nameIn(field);
    if (!name || first.has(name)) return field;
    return places.has(name) ? stub(name) : [];
  });
  return [
    ...left,
    " (global $rest (mut i32) (i32.const 0))",
    ' (export "$rest" (global $rest))',
    ' (export "$table" (table $0))',
    ' (export "$stack" (global $__stack_pointer))',
    ...Array.from(shared, ([name, short]) => ` (export "${short}" (func ${name}))`),
  ];
}

function restPart({ of, functions, imports }, { moved, places, size, shared }) {
  return [
    ...of("type"),
    ' (import "" "memory" (memory 1))',
    ` (import "" "$table" (table $0 ${size} ${size} funcref))`,
    ' (import "" "__wbindgen_externrefs" (table $__wbindgen_externrefs 1 externref))',
    ' (import "" "$rest" (global $rest (mut i32)))',
    ' (import "" "$stack" (global $__stack_pointer (mut i32)))',
    ...Array.from(shared, ([name, short]) => ` (import "" "${short}" (func ${name}${typeOf(functions.get(name) ?? imports.get(name)).type}))`),
    ...of("global").filter((field) => !field.includes("(mut ")),
    ...moved.map((name) => functions.get(name)),
    ...moved.flatMap((name) => (places.get(name) ?? []).map((place) => ` (elem (table $0) (i32.const ${place}) func ${name})`)),
    " (func $here (global.set $rest (i32.const 1)))",
    " (start $here)",
  ];
}

function typeOf(field) {
  const head = field.split("\n", 1)[0];
  const params = Array.from(head.matchAll(/\(param (?:\$\S+ )?([^)]*)\)/g), ([, types]) => types.split(" ")).flat();
  const results = head.match(/ \(result [^)]*\)/)?.[0] ?? "";
  return { params, type: params.map((type) => ` (param ${type})`).join("") + results };
}

/** Whether a function is in a module of the list, by where it is written, not by what it is made for. */
function isListed(list) {
  const lines = list.split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
  const paths = lines.map((line) => ({ path: line.replace(/^!/, ""), isRare: !line.startsWith("!") }));
  return (name) => {
    const own = name.replace(/\[[0-9a-f]+\]/g, "").replace(/^\$"?[<&([*]*(?:dyn |mut )?/, "");
    return paths.findLast(({ path }) => own.startsWith(path) && !/\w/.test(own[path.length] ?? ""))?.isRare ?? false;
  };
}

/** What each function calls, and what it hands on in tables of methods, whose addresses stand in its text. */
function whatEachReaches({ functions, table, of }) {
  const memory = memoryOf(of("data"));
  const methods = (field) => Array.from(field.matchAll(/(?:i32\.const |offset=)(\d+)/g), ([, value]) => methodsAt(Number(value), table, memory)).flat();
  return new Map(Array.from(functions, ([name, field]) => [name, new Set([...callsIn(field), ...methods(field)])]));
}

/** The functions in what looks like a table of methods at this address: drop, size, align, then methods. */
function methodsAt(address, table, memory) {
  const word = (at) => (at % 4 === 0 && at + 4 <= memory.byteLength ? memory.getUint32(at, true) : NaN);
  const [drop, size, align] = [0, 4, 8].map((at) => word(address + at));
  if (!(drop < table.length && size < 100_000 && [1, 2, 4, 8, 16].includes(align))) return [];
  const found = [table[drop]];
  for (let at = address + 12; table[word(at)]; at += 4) found.push(table[word(at)]);
  return found.filter(Boolean);
}

/** What the program's memory holds at the start. */
function memoryOf(segments) {
  const parts = segments.map((field) => field.match(/^ \(data \S+ \(i32\.const (\d+)\) "(.*)"\)$/s)).map(([, at, text]) => [Number(at), bytesOf(text)]);
  const memory = new Uint8Array(Math.max(...parts.map(([at, bytes]) => at + bytes.length)));
  for (const [at, bytes] of parts) memory.set(bytes, at);
  return new DataView(memory.buffer);
}

function bytesOf(text) {
  const SIGNS = { n: 10, t: 9, r: 13 };
  const byteOf = (sign) => {
    if (sign.length === 3) return parseInt(sign.slice(1), 16);
    return sign.length === 2 ? (SIGNS[sign[1]] ?? sign.charCodeAt(1)) : sign.charCodeAt(0);
  };
  return Uint8Array.from(text.match(/\\[0-9a-fA-F]{2}|\\.|[^\\]/gs), byteOf);
}

/** All that is reached from the roots. */
function closure(roots, next) {
  const seen = new Set(roots);
  for (const name of seen) for (const other of next(name)) seen.add(other);
  return seen;
}
