/** Sentences of the program: one, or a quiet list of them. */
import { useSay, type Sayable } from "../i18n/say";

export function MessageText({ message }: { message: Sayable }) {
  const say = useSay();
  return <>{say(message)}</>;
}

/** What to know about the figures above or below. Nothing if there is nothing to know. */
export function Notes({ messages, tone = "info" }: { messages: readonly Sayable[]; tone?: "info" | "warning" }) {
  const say = useSay();
  if (messages.length === 0) return null;
  return (
    <ul className={`notes notes-${tone}`}>
      {messages.map((message, index) => (
        // Two notes may have the same code.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${message.code}-${index}`}>{say(message)}</li>
      ))}
    </ul>
  );
}
