import { literalValue } from '../engine/literal-value.ts';
import type {
  AccessClause,
  Assignment,
  Block,
  Clause,
  Conjunction,
  FunctionCall,
  LetValue,
  ParameterizedCall,
  Query,
  QueryPart,
  Rule,
  RuleItem,
  RuleReference,
  RulesFile,
  TypeBlock,
  WhenBlock,
} from '../language/ast.ts';
import type { Source } from '../source/source.ts';
import { type Document, Embedded } from './native/document.ts';
import { DATA_NAMES } from './native/operator-names.ts';

/**
 * The tree that the native `parse-tree` prints, in the native key order. Literals stay values, because JSON and YAML
 * have their own forms for floats, integers beyond 53 bits and ranges.
 *
 * @param source the text that `file` was parsed from
 */
export function parseTreeJson(file: RulesFile, source: Source): Document {
  const tree = new ParseTree(source);
  return {
    assignments: file.assignments.map((assignment) => tree.assignment(assignment)),
    guard_rules: file.rules.map((rule) => tree.rule(rule)),
    parameterized_rules: file.parameterizedRules.map(({ parameters, rule }) => ({
      parameter_names: parameters,
      rule: tree.rule(rule),
    })),
  };
}

class ParseTree {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  rule({ name, when, block }: Rule): Document {
    return {
      rule_name: name,
      conditions: this.#conditions(when),
      block: this.#block(block, (item) => this.#ruleItem(item)),
    };
  }

  assignment({ name, value }: Assignment): Document {
    return { var: name, value: this.#letValue(value) };
  }

  #block<T>({ assignments, conjunction }: Block<T>, item: (item: T) => Document): Document {
    return {
      assignments: assignments.map((assignment) => this.assignment(assignment)),
      conjunctions: mapAll(conjunction, item),
    };
  }

  #conditions(when: Conjunction<Clause> | null): Document {
    return when === null ? null : mapAll(when, (condition) => this.#clause(condition));
  }

  #ruleItem(item: RuleItem): Document {
    if (item.kind === 'type-block') return { TypeBlock: this.#typeBlock(item) };
    return item.kind === 'when-block' ? this.#whenBlock(item) : { Clause: this.#clause(item) };
  }

  #typeBlock({ typeName, when, block, query }: TypeBlock): Document {
    return {
      type_name: typeName,
      conditions: this.#conditions(when),
      block: this.#block(block, (clause) => this.#clause(clause)),
      query: this.#parts(query),
    };
  }

  #whenBlock({ when, block }: WhenBlock): Document {
    return { WhenBlock: [this.#conditions(when), this.#block(block, (clause) => this.#clause(clause))] };
  }

  #clause(clause: Clause): Document {
    switch (clause.kind) {
      case 'access-clause':
        return { Clause: { access_clause: this.#accessClause(clause), negation: clause.not } };
      case 'rule-reference':
        return { NamedRule: this.#reference(clause) };
      case 'parameterized-call':
        return {
          ParameterizedNamedRule: {
            parameters: clause.arguments.map((argument) => this.#letValue(argument)),
            named_rule: this.#reference(clause),
          },
        };
      case 'block-clause':
        return {
          BlockClause: {
            query: this.#query(clause.query),
            block: this.#block(clause.block, (inner) => this.#clause(inner)),
            location: this.#location(clause.span.start),
            not_empty: clause.notEmpty,
          },
        };
      case 'when-block':
        return this.#whenBlock(clause);
    }
  }

  #accessClause({ query, operator, negated, right, message, span }: AccessClause): Document {
    return {
      query: this.#query(query),
      comparator: [DATA_NAMES[operator], negated],
      compare_with: right === null ? null : this.#letValue(right),
      custom_message: message,
      location: this.#location(span.start),
    };
  }

  #reference({ name, not, message, span }: RuleReference | ParameterizedCall): Document {
    return {
      dependent_rule: name,
      negation: not,
      custom_message: message,
      location: this.#location(span.start),
    };
  }

  #letValue(value: LetValue): Document {
    if (value.kind === 'query') return { AccessClause: this.#query(value) };
    if (value.kind === 'function-call') return { FunctionCall: this.#functionCall(value) };
    return { Value: { path: '', value: new Embedded(literalValue(value)) } };
  }

  #functionCall({ name, arguments: values, span }: FunctionCall): Document {
    const parameters = values.map((value) => this.#letValue(value));
    return { parameters, name, location: this.#byteLocation(span.start) };
  }

  #query(query: Query): Document {
    return { query: this.#parts(query), match_all: query.matchAll };
  }

  #parts({ parts }: Query): Document {
    return parts.map((part) => this.#part(part));
  }

  #part(part: QueryPart): Document {
    switch (part.kind) {
      case 'this':
        return 'This';
      case 'key':
        return { Key: part.name };
      case 'variable':
        return { Key: `%${part.name}` };
      case 'index':
        return { Index: part.index };
      case 'all-values':
        return { AllValues: part.capture };
      case 'all-indices':
        return { AllIndices: part.capture };
      case 'filter':
        return { Filter: [part.capture, this.#conditions(part.conjunction)] };
      case 'key-filter': {
        const comparator = [DATA_NAMES[part.operator], part.negated];
        return { MapKeyFilter: [part.capture, { comparator, compare_with: this.#letValue(part.right) }] };
      }
    }
  }

  #location(offset: number): Document {
    return { ...this.#source.position(offset) };
  }

  /** The native tool counts the columns of functions, and only those, in bytes. */
  #byteLocation(offset: number): Document {
    const { text } = this.#source;
    const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    const column = Buffer.byteLength(text.slice(lineStart, offset)) + 1;
    return { line: this.#source.position(offset).line, column };
  }
}

function mapAll<T>(conjunction: Conjunction<T>, convert: (item: T) => Document): Document {
  return conjunction.map((disjunction) => disjunction.map(convert));
}
