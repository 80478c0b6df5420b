/** Home: the two ways in while there is no data, then what needs attention now. */
import { useRead } from "../../backend/query";
import { Overview } from "./Overview";
import { Welcome } from "./Welcome";
import "./home.css";

export default function HomePage() {
  const status = useRead("get_status", {}).data;
  // The frame shows loading and an unavailable store.
  if (!status) return null;
  return status.state === "empty" ? <Welcome status={status} /> : <Overview status={status} />;
}
