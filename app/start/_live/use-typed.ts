import { useEffect, useState } from "react";

/** What stands in an input of the page's form, as it is typed. The form itself needs none of this. */
export function useTyped(id: string, initial: string): string {
  const [typed, setTyped] = useState(initial);
  useEffect(() => {
    const input = document.getElementById(id);
    if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) return;
    const read = () => setTyped(input.value);
    // The browser may have filled it in before this script arrived.
    read();
    input.addEventListener("input", read);
    return () => input.removeEventListener("input", read);
  }, [id]);
  return typed;
}
