import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Section } from './section';

const CODE = /^(src|libs)\/.*(?<!\.spec)\.ts$/;
const NOT_OFFERED = /\/testing\//;

/**
 * Exported functions and classes without a docstring. Not asked of what is described elsewhere: Nest's modules, and
 * controllers, DTOs and entities, whose words stand in their decorators.
 */
export function undocumented(root: string, files: readonly string[]): Section {
  let exported = 0;
  const findings: string[] = [];
  for (const file of files.filter((name) => CODE.test(name) && !NOT_OFFERED.test(name))) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) continue;
      if (!isExported(statement) || isDescribedElsewhere(statement)) continue;
      exported += 1;
      if (ts.getJSDocCommentsAndTags(statement).length > 0) continue;
      const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
      findings.push(`${file}:${line + 1}: ${statement.name?.text ?? 'default'}`);
    }
  }
  return {
    check: 'exported functions and classes without a docstring',
    found: `${findings.length} of ${exported}`,
    findings,
  };
}

function isExported(statement: ts.FunctionDeclaration | ts.ClassDeclaration): boolean {
  return (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function isDescribedElsewhere(statement: ts.FunctionDeclaration | ts.ClassDeclaration): boolean {
  if (!ts.isClassDeclaration(statement)) return false;
  const decorated = (ts.getDecorators(statement) ?? []).map(({ expression }) => expression.getText());
  if (decorated.some((text) => /^(Module|Controller|Entity|Global)\(/.test(text))) return true;
  const properties = statement.members.filter(ts.isPropertyDeclaration);
  const isDto = properties.some((property) =>
    (ts.getDecorators(property) ?? []).some(({ expression }) => /^Api\w*Property/.test(expression.getText())),
  );
  return isDto || /(Dto|Query)$/.test(statement.name?.text ?? '');
}
