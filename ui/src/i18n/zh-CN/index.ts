/** All words of this language, by area. */
import bonus from "./bonus";
import charts from "./charts";
import common from "./common";
import data from "./data";
import frame from "./frame";
import goals from "./goals";
import history from "./history";
import home from "./home";
import performance from "./performance";
import records from "./records";
import settings from "./settings";

export default { common, frame, home, data, settings, performance, goals, bonus, charts, records, history } as const;
