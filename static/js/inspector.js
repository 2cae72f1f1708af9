import { start } from "./sync/app.js";
import { mount } from "./ui/app.js";

const app = await start();
mount(document.getElementById("app"), app);
