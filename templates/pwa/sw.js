// Keeps the app's own files, so that it opens without a network. It never sees what people write: that goes from the page to the server.
const CACHE = "shell-" + {{ version | tojson }};
const SHELL = "/app/";
const FILES = {{ files | tojson }};
const KEPT = new Set(FILES.map(plain));
// What the app says in other languages; the phone keeps the one that it speaks.
const CATALOGUES = new Map({{ catalogues | tojson }}.map((address) => [plain(address), address]));

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => event.waitUntil(bringAlong().then(dropOthers).then(() => self.clients.claim())));

// A newer version waits until the page says so: never in the middle of a visit.
self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
  if (event.data === "CLAIM") event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
  if (CATALOGUES.has(pathname)) {
    const answered = said(pathname);
    event.waitUntil(answered.then(() => forgetAllBut(pathname), () => {}));
    return event.respondWith(answered);
  }
  const kept = event.request.mode === "navigate" ? isScreen(pathname) && SHELL : KEPT.has(pathname) && pathname;
  if (kept) event.respondWith(answer(kept, event.request));
});

function plain(address) {
  return address.split("?")[0];
}

function isScreen(pathname) {
  return pathname.startsWith(SHELL) && !/\.(js|webmanifest)$/.test(pathname);
}

async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

// All or nothing: a redirect to a sign-in page or a half-finished deployment must not become the app.
async function fill() {
  const cache = await caches.open(CACHE);
  const spoken = (await heldCatalogues()).map((path) => CATALOGUES.get(path));
  await Promise.all([SHELL, ...FILES, ...spoken].map(async (address) => cache.put(plain(address), await fetched(address))));
}

async function fetched(address) {
  const response = await fetch(address, { cache: "reload", redirect: "error", credentials: "omit" });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

// Languages that any version on this phone has spoken: a new one brings its own texts for them, or does not come.
async function heldCatalogues() {
  const held = await Promise.all([...CATALOGUES.keys()].map(async (path) => (await caches.match(path)) && path));
  return held.filter(Boolean);
}

// The language may have changed while this version waited; old texts are better than none.
async function bringAlong() {
  const cache = await caches.open(CACHE);
  for (const path of await heldCatalogues()) {
    if (await cache.match(path)) continue;
    await cache.put(path, await fetched(CATALOGUES.get(path)).catch(() => caches.match(path)));
  }
}

async function said(path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  if (kept) return kept;
  const response = await fetched(CATALOGUES.get(path));
  const isOurs = response.headers.get("Content-Type") === "application/json"; // and not a hotel's page
  if (isOurs) await cache.put(path, response.clone());
  return response;
}

async function forgetAllBut(path) {
  const cache = await caches.open(CACHE);
  await Promise.all([...CATALOGUES.keys()].filter((other) => other !== path).map((other) => cache.delete(other)));
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)));
}
