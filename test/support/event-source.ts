/**
 * Reads an event stream exactly as the HTML standard tells browsers to (9.2.6, "interpreting an event stream"): anything
 * that a browser would ignore or refuse is ignored or refused here, too.
 */
export interface BrowserEvent {
  readonly type: string;
  readonly data: string;
  readonly lastEventId: string;
}

/** Dispatches the events of a response as an `EventSource` would; rejects where it would fail the connection. */
export async function readAsBrowser(response: Response): Promise<{ events: BrowserEvent[]; comments: number }> {
  if (response.status !== 200) throw new Error(`the connection fails: status ${response.status}`);
  if (!/^text\/event-stream(;|$)/i.test(response.headers.get('content-type') ?? '')) {
    throw new Error(`the connection fails: content type ${response.headers.get('content-type')}`);
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(await response.arrayBuffer());
  const events: BrowserEvent[] = [];
  let comments = 0;
  let data = '';
  let type = '';
  let idBuffer = '';
  const lines = text.split(/\r\n|\n|\r/);
  // What follows the last line end is no line: an event that is not closed by an empty line is dropped.
  lines.pop();
  for (const line of lines) {
    if (line === '') {
      if (data !== '') events.push({ type: type || 'message', data: data.replace(/\n$/, ''), lastEventId: idBuffer });
      data = '';
      type = '';
      continue;
    }
    if (line.startsWith(':')) {
      comments += 1;
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') type = value;
    else if (field === 'data') data += `${value}\n`;
    else if (field === 'id' && !value.includes('\0')) idBuffer = value;
  }
  return { events, comments };
}
