/** The map of a long page marks the section that is being read. */
const links = new Map([...document.querySelectorAll(".map a")].map((link) => [link.hash.slice(1), link]));

const read = (id) => links.forEach((link, key) => (key === id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));

const nearest = () => {
  const heads = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const passed = heads.filter((head) => head.getBoundingClientRect().top < innerHeight / 3);
  read((passed.at(-1) ?? heads[0])?.id);
};

if (links.size) {
  addEventListener("scroll", () => requestAnimationFrame(nearest), { passive: true });
  nearest();
}
