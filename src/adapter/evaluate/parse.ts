/** Reads an expression: precedence climbing over its tokens, with C's precedences. */
import { type BinaryOperator, type Expression, ExpressionError, MEMORY_TYPES, type MemoryType, type TypeName, unsignedType } from './expression.ts';
import { integerOf, type Token, tokensOf } from './tokens.ts';

const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  '||': 1, '&&': 2, '|': 3, '^': 4, '&': 5, '==': 6, '!=': 6, '<': 7, '<=': 7, '>': 7, '>=': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10,
};
const C_KEYWORDS: ReadonlySet<string> = new Set(['char', 'double', 'enum', 'float', 'int', 'long', 'short', 'signed', 'struct', 'union', 'unsigned', 'void']);
/** Deeper than anybody writes, and far from the end of the stack. */
const MOST_DEPTH = 100;

/** @throws ExpressionError with the place of the mistake. */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}

function isBinary(text: string): text is BinaryOperator {
  return Object.hasOwn(PRECEDENCE, text);
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
  }

  whole(): Expression {
    const target = this.binary(0);
    const expression: Expression = this.take('=') ? { kind: 'assign', target, value: this.binary(0) } : target;
    if (this.next.kind !== 'end') throw this.unexpected('the end');
    return expression;
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const { kind, text } = this.next;
      if (kind !== 'sign' || !isBinary(text) || PRECEDENCE[text] <= least) return left;
      this.at += 1;
      left = { kind: 'binary', operator: text, left, right: this.binary(PRECEDENCE[text]) };
    }
  }

  private unary(): Expression {
    this.depth += 1;
    if (this.depth > MOST_DEPTH) throw new ExpressionError('The expression is nested too deeply.');
    const result = this.prefixed();
    this.depth -= 1;
    return result;
  }

  private prefixed(): Expression {
    for (const operator of ['-', '~', '!'] as const) if (this.take(operator)) return { kind: 'unary', operator, operand: this.unary() };
    if (this.take('&')) return { kind: 'address', operand: this.unary() };
    if (this.take('+')) return this.unary();
    if (this.takeName('sizeof')) return this.size();
    const cast = this.cast();
    if (cast) return { kind: 'cast', type: cast, operand: this.unary() };
    if (!this.take('*')) return this.postfixed(this.primary());
    const type = this.pointerType();
    return { kind: 'memory', address: this.unary(), type };
  }

  /** `(u32*)`, where it stands. */
  private pointerType(): MemoryType | undefined {
    const [open, name, star, close] = this.tokens.slice(this.at, this.at + 4);
    const type = open?.text === '(' && star?.text === '*' && close?.text === ')' && name ? MEMORY_TYPES[name.text] : undefined;
    if (type) this.at += 4;
    return type;
  }

  /** Members and elements behind a value. */
  private postfixed(primary: Expression): Expression {
    let object = primary;
    for (;;) {
      if (this.take('->')) object = this.members(object, this.name());
      else if (this.take('[')) {
        object = { kind: 'index', object, index: this.binary(0) };
        this.expect(']');
      } else if (this.next.kind === 'name' && this.next.text.startsWith('.')) object = this.members(object, this.name());
      else return object;
    }
  }

  /** `a.b.c` is one word. */
  private members(object: Expression, path: string): Expression {
    return path.split('.').filter((name) => name !== '').reduce<Expression>((inner, name) => ({ kind: 'member', object: inner, name }), object);
  }

  private size(): Expression {
    const type = this.cast();
    return { kind: 'size', of: type ?? this.unary() };
  }

  /** A type in parentheses: with a keyword of C or a star it cannot be anything else; a name alone is one before another value. */
  private cast(): TypeName | undefined {
    if (this.next.kind !== 'sign' || this.next.text !== '(') return undefined;
    let at = this.at + 1;
    const words: string[] = [];
    for (let token = this.tokens[at]; token?.kind === 'name'; at += 1, token = this.tokens[at]) words.push(token.text);
    let stars = 0;
    for (let token = this.tokens[at]; token?.text === '*' || token?.text === '**'; at += 1, token = this.tokens[at]) stars += 1;
    const [close, behind] = [this.tokens[at], this.tokens[at + 1]];
    if (words.length === 0 || close?.text !== ')') return undefined;
    const isType = stars > 0 || words.length > 1 || C_KEYWORDS.has(words[0] ?? '');
    const isBeforeValue = behind !== undefined && (behind.kind === 'name' || behind.kind === 'integer' || behind.kind === 'float') && !behind.text.startsWith('.');
    if (!isType && !isBeforeValue) return undefined;
    this.at = at + 1;
    return { kind: 'type', name: words.join(' '), stars };
  }

  private name(): string {
    const { kind, text } = this.next;
    if (kind !== 'name') throw this.unexpected('the name of a member');
    this.at += 1;
    return text;
  }

  private takeName(name: string): boolean {
    if (this.next.kind !== 'name' || this.next.text !== name) return false;
    this.at += 1;
    return true;
  }

  private primary(): Expression {
    const token = this.next;
    this.at += 1;
    switch (token.kind) {
      case 'integer': return { kind: 'integer', value: integerOf(token.text), isDecimal: !/^0[xb]/i.test(token.text) };
      case 'float': return { kind: 'float', value: Number(token.text) };
      case 'text': return { kind: 'text', value: token.text.slice(1, -1) };
      case 'name': return { kind: 'name', name: token.text };
      default: break;
    }
    if (token.text === '(') {
      const inner = this.binary(0);
      this.expect(')');
      return inner;
    }
    if (token.text === '[') return this.bracketed();
    this.at -= 1;
    throw this.unexpected('a value');
  }

  /** `[address]` or `[address:bytes]`, behind the bracket. */
  private bracketed(): Expression {
    const address = this.binary(0);
    let type: MemoryType | undefined;
    if (this.take(':')) {
      const size = this.next;
      this.at += 1;
      type = size.kind === 'integer' ? unsignedType(integerOf(size.text)) : MEMORY_TYPES[size.text];
      if (!type) throw new ExpressionError(`"${size.text}" at column ${String(size.column)} is no size of memory; write 1, 2, 4 or 8, or a type such as s32 or f64.`);
    }
    this.expect(']');
    return { kind: 'memory', address, type };
  }

  private get next(): Token {
    const token = this.tokens[this.at] ?? this.tokens.at(-1);
    if (!token) throw new ExpressionError('The expression is empty.');
    return token;
  }

  private take(sign: string): boolean {
    if (this.next.kind !== 'sign' || this.next.text !== sign) return false;
    this.at += 1;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw this.unexpected(`"${sign}"`);
  }

  private unexpected(wanted: string): ExpressionError {
    const { kind, text, column } = this.next;
    if (kind === 'end') return new ExpressionError(`The expression ends where ${wanted} should be.`);
    return new ExpressionError(`At column ${String(column)} of the expression there is "${text}" where ${wanted} should be.`);
  }
}
