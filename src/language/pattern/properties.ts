import type { CharacterSet } from './node.ts';
import { PatternSyntaxError, UNUSABLE } from './syntax-error.ts';

function property(name: string): CharacterSet {
  return { kind: 'property', name, negated: false };
}

export const DIGIT: CharacterSet = property('Nd');
export const SPACE: CharacterSet = property('White_Space');
/** Word characters as Unicode's annex on regular expressions (UTS 18, annex C) defines them. */
export const WORD: CharacterSet = {
  kind: 'union',
  items: ['Alphabetic', 'M', 'Nd', 'Pc', 'Join_Control'].map(property),
  negated: false,
};
export const HEX_DIGIT: CharacterSet = {
  kind: 'union',
  items: [
    { kind: 'range', from: 0x30, to: 0x39 },
    { kind: 'range', from: 0x41, to: 0x46 },
    { kind: 'range', from: 0x61, to: 0x66 },
  ],
  negated: false,
};

/**
 * The set of `\p{text}`. Names are matched loosely, as Rust's regex crate does: letter case, blanks, `_`, `-` and a
 * leading `is` do not matter.
 *
 * @param text `Greek`, `Lu`, `Script=Greek`, `scx:Greek`
 * @throws {PatternSyntaxError} for a property that the crate does not know
 */
export function propertySet(text: string, negated: boolean): CharacterSet {
  // `!=` is accepted but not applied: the crate forgets about it.
  const [, name, value] = /^(.*?)(?:!=|:|=)(.*)$/s.exec(text) ?? [];
  const found =
    name === undefined ? binaryName(normalize(text)) : valueName(normalize(name), normalize(value ?? ''));
  if (found === undefined) throw new PatternSyntaxError(UNUSABLE);
  return { kind: 'property', name: isKnownHere(found) ? found : null, negated };
}

function normalize(name: string): string {
  const plain = name
    .replace(/^is/i, '')
    .replace(/[^\0-\x7f]|[ _-]/g, '')
    .toLowerCase();
  return plain === 'c' && plain.length < name.length ? 'isc' : plain;
}

function binaryName(name: string): string | undefined {
  return BINARY().get(name) ?? CATEGORIES().get(name) ?? script(name, 'Script');
}

function valueName(property: string, value: string): string | undefined {
  switch (property) {
    case 'gc':
    case 'generalcategory':
      return CATEGORIES().get(value);
    case 'sc':
    case 'script':
      return script(value, 'Script');
    case 'scx':
    case 'scriptextensions':
      return script(value, 'Script_Extensions');
    default:
      return undefined;
  }
}

/** Scripts by name or by four-letter code. */
function script(value: string, property: 'Script' | 'Script_Extensions'): string | undefined {
  const name = SCRIPTS().get(value);
  if (name !== undefined) return `${property}=${name}`;
  const code = `${property}=${value.slice(0, 1).toUpperCase()}${value.slice(1)}`;
  return /^[a-z]{4}$/.test(value) && isKnownHere(code) ? code : undefined;
}

/** Whether this JavaScript engine has the property. One of a later Unicode version has no characters here. */
function isKnownHere(name: string): boolean {
  try {
    new RegExp(`\\p{${name}}`, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Maps the loose form of each name to the name itself. */
function lookup(names: string): () => ReadonlyMap<string, string> {
  let table: ReadonlyMap<string, string> | undefined;
  return () => {
    table ??= new Map(names.split(/\s+/).map((name) => [name.replaceAll('_', '').toLowerCase(), name]));
    return table;
  };
}

const BINARY = lookup(
  `Alphabetic Alpha ASCII_Hex_Digit AHex Bidi_Control Bidi_C Bidi_Mirrored Bidi_M Case_Ignorable CI Cased
  Changes_When_Casefolded CWCF Changes_When_Casemapped CWCM Changes_When_Lowercased CWL Changes_When_Titlecased CWT
  Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated Dep Diacritic Dia Emoji Emoji_Component
  EComp Emoji_Modifier EMod Emoji_Modifier_Base EBase Emoji_Presentation EPres Extended_Pictographic ExtPict Extender
  Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext Hex_Digit Hex IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST
  ID_Continue IDC ID_Start IDS Ideographic Ideo Join_Control Join_C Logical_Order_Exception LOE Lowercase Lower Math
  Noncharacter_Code_Point NChar Pattern_Syntax Pat_Syn Pattern_White_Space Pat_WS Quotation_Mark QMark Radical
  Regional_Indicator RI Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term Unified_Ideograph UIdeo
  Uppercase Upper Variation_Selector VS White_Space space XID_Continue XIDC XID_Start XIDS`,
);

const CATEGORIES = lookup(
  `Any Assigned ASCII C Other Cc Control cntrl Cf Format Cn Unassigned Co Private_Use Cs Surrogate L Letter LC
  Cased_Letter Ll Lowercase_Letter Lm Modifier_Letter Lo Other_Letter Lt Titlecase_Letter Lu Uppercase_Letter M Mark
  Combining_Mark Mc Spacing_Mark Me Enclosing_Mark Mn Nonspacing_Mark N Number Nd Decimal_Number digit Nl
  Letter_Number No Other_Number P Punctuation punct Pc Connector_Punctuation Pd Dash_Punctuation Pe
  Close_Punctuation Pf Final_Punctuation Pi Initial_Punctuation Po Other_Punctuation Ps Open_Punctuation S Symbol Sc
  Currency_Symbol Sk Modifier_Symbol Sm Math_Symbol So Other_Symbol Z Separator Zl Line_Separator Zp
  Paragraph_Separator Zs Space_Separator`,
);

const SCRIPTS = lookup(
  `Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki
  Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee
  Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan
  Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay Georgian Glagolitic Gothic Grantha Greek Gujarati
  Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic
  Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Katakana_Or_Hiragana
  Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A
  Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin
  Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar
  Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal
  Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic
  Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang
  Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese
  Sunuwar Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana
  Thai Tibetan Tifinagh Tirhuta Todhri Toto Tulu_Tigalari Ugaritic Unknown Vai Vithkuqi Wancho Warang_Citi
  Yezidi Yi Zanabazar_Square`,
);
