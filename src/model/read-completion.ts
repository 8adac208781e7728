/** The JSON object that a chat completion holds, out of its first choice; null when it holds none or was cut short. */
export function readCompletion(reply: unknown): Readonly<Record<string, unknown>> | null {
  const choices = isRecord(reply) ? reply['choices'] : null;
  const choice: unknown = Array.isArray(choices) ? choices[0] : null;
  if (!isRecord(choice) || choice['finish_reason'] === 'length') return null;
  const message = choice['message'];
  const content = isRecord(message) ? message['content'] : null;
  return typeof content === 'string' ? parseObject(unwrap(content)) : null;
}

/** Models that think aloud or put a fence around their JSON mean no harm. */
function unwrap(content: string): string {
  const spoken = content.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  return /^```(?:json)?\s*([\s\S]*?)\s*```$/.exec(spoken)?.[1] ?? spoken;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
