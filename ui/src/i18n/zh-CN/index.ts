/** All words of this language, by area. */
import bonus from "./bonus";
import bonusObjectives from "./bonusObjectives";
import bonusPeople from "./bonusPeople";
import bonusIf from "./bonusIf";
import calendar from "./calendar";
import charts from "./charts";
import common from "./common";
import data from "./data";
import frame from "./frame";
import goalBlend from "./goalBlend";
import goalMoves from "./goalMoves";
import goalProgress from "./goalProgress";
import goalRound from "./goalRound";
import goalWhy from "./goalWhy";
import goals from "./goals";
import history from "./history";
import home from "./home";
import performance from "./performance";
import records from "./records";
import scorecards from "./scorecards";
import settings from "./settings";

export default { common, frame, home, data, settings, performance, goals, goalBlend, goalMoves, goalWhy, goalRound, goalProgress, scorecards, calendar, bonus, bonusPeople, bonusObjectives, bonusIf, charts, records, history } as const;
