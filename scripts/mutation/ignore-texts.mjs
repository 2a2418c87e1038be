// A plugin of Stryker: leaves texts meant for people as they are. A test that pins a wording states no promise, and the
// codes that programs go by have no blank. Markup and SQL are no texts: they have one of < > =.

const isText = (text) => /\S \S/.test(text) && !/[<>=]/.test(text);

/** Whether there is nothing in the template beside the text that could be mutated. */
const onlyNames = (expressions) =>
  expressions.every(({ type }) => type === 'Identifier' || type === 'MemberExpression');

function shouldIgnore(path) {
  const { node } = path;
  const ignored =
    (path.isStringLiteral() && isText(node.value)) ||
    (path.isTemplateLiteral() &&
      isText(node.quasis.map(({ value }) => value.raw).join('x')) &&
      onlyNames(node.expressions));
  return ignored ? 'a text for people' : undefined;
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'texts', value: { shouldIgnore } }];
