/** A date in Chinese, Japanese or Korean signs, spelled with the signs of ISO 8601 and `am` and `pm` behind the time; Korean ones in Korea's time. */
export function spellWesternDate(text: string): string {
  if (!/[\u3040-\u9FFF\uAC00-\uD7AF]/.test(text)) return text;
  const spelled = text
    .replace(/(\d+)\s*[年년]\s*(\d+)\s*[月월]\s*(\d+)\s*[日일]?/, '$1-$2-$3 ')
    .replace(/(\d+)\s*[時时點点시]\s*(\d*)\s*[分분]?\s*(\d*)\s*[秒초]?/, spellTime)
    .replace(/(?:上午|午前|凌晨|早上|오전)\s*([\d:]+)/, '$1 am')
    .replace(/(?:下午|午後|晚上|오후)\s*([\d:]+)/, '$1 pm');
  const western = spelled.replace(/[\u3040-\u9FFF\uAC00-\uD7AF]+/g, ' ').trim();
  return /[\uAC00-\uD7AF]/.test(text) ? `${western} KST` : western;
}

function spellTime(_: string, hour: string, ...rest: string[]): string {
  const [minute, second] = rest;
  return `${hour}:${minute || '00'}:${second || '00'} `;
}
