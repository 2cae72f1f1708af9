import { useEffect, useState } from "../../../vendor/hooks.js";
import { html } from "../html.js";

/** The address of a picture that is kept, while it is drawn; null before it is read and where there is none. */
export function usePicture(store, sha256) {
  const [address, setAddress] = useState(null);
  useEffect(() => {
    let made = null;
    let gone = false;
    store.thumbnail(sha256).then((bytes) => {
      if (gone || !bytes) return;
      made = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
      setAddress(made);
    });
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [sha256]);
  return address;
}

/** A kept photo, small. @param {{store: object, sha256: string, words: string}} props words is its text alternative. */
export function Thumbnail({ store, sha256, words, look = "" }) {
  const address = usePicture(store, sha256);
  return address ? html`<img class=${look} src=${address} alt=${words} />` : html`<span class="heard">${words}</span>`;
}
