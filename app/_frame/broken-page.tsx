import { Actions, Button } from "@/components/button.tsx";
import { Mount } from "@/components/mount.tsx";
import { Plate } from "@/components/plate.tsx";
import { TopBar } from "@/components/top-bar.tsx";

export interface BrokenTexts {
  readonly mark: string;
  readonly heading: string;
  readonly lead: string;
  readonly text: string;
  readonly numbered: string;
  readonly plate: string;
  readonly again: string;
  readonly front: string;
}

interface BrokenPageProps {
  readonly texts: BrokenTexts;
  /** Finds this failure in our log. */
  readonly number: string | undefined;
  readonly tryAgain: () => void;
}

export function BrokenPage({ texts, number, tryAgain }: BrokenPageProps) {
  return (
    <>
      <TopBar mark={texts.mark} />
      <main id="main">
        <div className="wrap page">
          <div className="beside">
            <div className="stack">
              <h1>{texts.heading}</h1>
              <p className="lead">{texts.lead}</p>
              <p>
                {number ? texts.numbered : texts.text} {number ? <b className="code">{number}</b> : null}
              </p>
              <Actions>
                <Button type="button" icon="rotate-cw" onClick={tryAgain}>
                  {texts.again}
                </Button>
                {/* A whole new page: whatever broke is not kept. */}
                <a href="/">{texts.front}</a>
              </Actions>
            </div>
            <aside aria-hidden="true">
              <Mount>
                <Plate name={texts.plate} />
              </Mount>
            </aside>
          </div>
        </div>
      </main>
    </>
  );
}
