import { Mount } from "@/components/mount.tsx";
import { Plate } from "@/components/plate.tsx";

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

/**
 * Comes with every page in case it is needed, so it is made of little: its links load a whole new page, which is what
 * is wanted here anyway, and it does without the icons, which may have broken too.
 */
export function BrokenPage({ texts, number, tryAgain }: BrokenPageProps) {
  return (
    <>
      <header className="top">
        <div className="wrap">
          <a className="mark" href="/">
            {texts.mark}
          </a>
        </div>
      </header>
      <main id="main">
        <div className="wrap page">
          <div className="beside">
            <div className="stack">
              <h1>{texts.heading}</h1>
              <p className="lead">{texts.lead}</p>
              <p>
                {number ? texts.numbered : texts.text} {number ? <b className="code">{number}</b> : null}
              </p>
              <div className="actions">
                <button type="button" className="button" onClick={tryAgain}>
                  {texts.again}
                </button>
                <a href="/">{texts.front}</a>
              </div>
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
