import "./desk/menu.js";
import "./desk/map.js";
import "./desk/review.js";
