/** Numbers of DWARF 5, chapter 7: tags (7.5.3), attributes (7.5.4), base type encodings (7.8). Only those that a reader here asks for. */
export const DW_TAG = {
  arrayType: 0x01, classType: 0x02, enumerationType: 0x04, formalParameter: 0x05, lexicalBlock: 0x0b, member: 0x0d, pointerType: 0x0f,
  referenceType: 0x10, compileUnit: 0x11, structureType: 0x13, subroutineType: 0x15, typedef: 0x16, unionType: 0x17, unspecifiedParameters: 0x18,
  inlinedSubroutine: 0x1d, subrangeType: 0x21, baseType: 0x24, constType: 0x26, enumerator: 0x28, subprogram: 0x2e, variable: 0x34,
  volatileType: 0x35, restrictType: 0x37, partialUnit: 0x3c, atomicType: 0x47, callSite: 0x48, callSiteParameter: 0x49,
  gnuCallSite: 0x4109, gnuCallSiteParameter: 0x410a,
} as const;

export const DW_AT = {
  location: 0x02, name: 0x03, byteSize: 0x0b, bitOffset: 0x0c, bitSize: 0x0d, statementList: 0x10, lowPc: 0x11, highPc: 0x12, compileDirectory: 0x1b,
  constValue: 0x1c, inline: 0x20, prototyped: 0x27, upperBound: 0x2f, abstractOrigin: 0x31, count: 0x37, dataMemberLocation: 0x38, declaration: 0x3c,
  encoding: 0x3e, external: 0x3f, frameBase: 0x40, specification: 0x47, type: 0x49, ranges: 0x55, entryPc: 0x52, callColumn: 0x57, callFile: 0x58,
  callLine: 0x59, dataBitOffset: 0x6b, stringOffsetsBase: 0x72, addressBase: 0x73, rangeListsBase: 0x74, locationListsBase: 0x8c,
  callReturnPc: 0x7d, callValue: 0x7e, callTarget: 0x83, gnuCallSiteValue: 0x2111, gnuVector: 0x2107,
} as const;

export const DW_ATE = { boolean: 0x02, complexFloat: 0x03, float: 0x04, signed: 0x05, signedChar: 0x06, unsigned: 0x07, unsignedChar: 0x08, utf: 0x10 } as const;
