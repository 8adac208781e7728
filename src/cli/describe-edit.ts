import type { ListedEdit } from '../app/edit-issue.ts';

/** A line of the editor's log as people read it. */
export function describeEdit(edit: ListedEdit): string {
  const { number, at, who, about, command, isUndone, conflict } = edit;
  const time = `${at.slice(0, 16).replace('T', ' ')} UTC`;
  const state = isUndone ? '  (undone)' : conflict ? `\n     ! ${conflict}` : '';
  return `${String(number).padStart(3)}  ${time}  ${who}  ${command.kind} ${about}${state}`;
}
