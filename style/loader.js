// Fetches the islands and hydrates them, as leptos' own start-up script does (leptos 0.8.23,
// src/hydration/island_script.js), but as a module of its own: the content security policy
// allows no inline script. Addresses are told from this module's own, version included.
// Without it every page still works.

const version = new URL(import.meta.url).search;
const beside = (path) => new URL(path + version, import.meta.url);

/** What an island does just before its children are hydrated; the innermost is last. */
const childrenCallbacks = [];

async function hydrateIsland(element, mod) {
  const hydrate = mod[element.dataset.component];
  if (!hydrate) {
    console.warn("No island is called " + element.dataset.component);
    return;
  }
  childrenCallbacks.at(-1)?.();
  await hydrate(element);
}

async function traverse(node, mod) {
  const island = node.localName === "leptos-island";
  const children = node.localName === "leptos-children";
  if (island) {
    await hydrateIsland(node, mod);
  }
  if (children) {
    childrenCallbacks.push(node.$$on_hydrate);
  }
  for (const child of node.children) {
    await traverse(child, mod);
  }
  if (children) {
    childrenCallbacks.pop();
  }
}

async function start() {
  const mod = await import(beside("islands/app.js"));
  await mod.default({ module_or_path: beside("islands/app_bg.wasm") });
  window.__hydrateIsland = (element) => hydrateIsland(element, mod);
  mod.hydrate();
  await traverse(document.body, mod);
  document.documentElement.dataset.islands = "ready";
}

const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
whenIdle(() => start().catch((fault) => console.error("Islands did not start", fault)));
