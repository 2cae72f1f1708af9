// Keeps the app's own files, so that it opens without a network. It never sees what people write: that goes from the page to the server.
const CACHE = "shell-" + {{ version | tojson }};
const SHELL = "/app/";
const FILES = {{ files | tojson }};
const KEPT = new Set(FILES.map(plain));

self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

// A newer version waits until the page says so: never in the middle of a visit.
self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
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
  await Promise.all([SHELL, ...FILES].map(async (address) => {
    const response = await fetch(address, { cache: "reload", redirect: "error", credentials: "omit" });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    await cache.put(plain(address), response);
  }));
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)));
}
