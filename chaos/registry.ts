/** The registry and the people in it, told what to do by the stand-in's control endpoints. */
export interface Registry {
  /** Somebody else buys the name. */
  take(name: string): Promise<void>;
  plan(name: string, outcome: { outcome: "action_required" | "pending"; afterMs?: number }): Promise<void>;
  /** The owner presses the link in the registry's mail. */
  answerMail(name: string): Promise<void>;
}

export function openRegistry(standIn: string): Registry {
  const tell = async (method: "POST" | "PUT", path: string, body: object): Promise<void> => {
    const answer = await fetch(`${standIn}/_sandbox/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  };
  return {
    take: (name) => tell("PUT", `names/${name}`, { state: "taken" }),
    plan: (name, outcome) => tell("PUT", "registrations/next", { name, ...outcome }),
    answerMail: (name) => tell("POST", `registrations/${name}/advance`, { state: "succeeded" }),
  };
}
