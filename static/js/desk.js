import "./desk/menu.js";
