/** Whether a text is a day of the calendar in the form `2027-03-31`. Texts of that form are ordered as their days are. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // What `Date` takes for the 30th of February is a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
