"""A reader of JSON Schema: the keywords that schema.json uses, and no others."""
import json, os, re

SCHEMA = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'schema.json')))
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int}
KNOWN = {'type', 'enum', 'pattern', 'minLength', 'required', 'properties', 'additionalProperties', 'minProperties', 'maxProperties', 'items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems', '$ref'}


def problems(value, kind, path='$'):
    """What of a document is not as the kind ("domain", ...) says."""
    return list(check(value, SCHEMA['$defs'][kind], path))


def check(value, schema, path):
    if set(schema) - KNOWN:
        raise Exception('schema.json uses %s' % (set(schema) - KNOWN))
    if '$ref' in schema:
        schema = SCHEMA['$defs'][schema['$ref'].rsplit('/', 1)[1]]
    if 'type' in schema and (not isinstance(value, TYPES[schema['type']]) or (schema['type'] == 'integer' and isinstance(value, bool))):
        yield '%s is no %s' % (path, schema['type'])
        return
    if 'enum' in schema and value not in schema['enum']:
        yield '%s: %r is not known' % (path, value)
    if isinstance(value, str):
        if len(value) < schema.get('minLength', 0):
            yield '%s is empty' % path
        if 'pattern' in schema and not re.search(schema['pattern'], value):
            yield '%s: %r has another form' % (path, value)
    if isinstance(value, dict):
        for name in schema.get('required', []):
            if name not in value:
                yield '%s has no %s' % (path, name)
        if not schema.get('minProperties', 0) <= len(value) <= schema.get('maxProperties', len(value)):
            yield '%s has %d members' % (path, len(value))
        for name, member in value.items():
            if name in schema.get('properties', {}):
                yield from check(member, schema['properties'][name], '%s.%s' % (path, name))
            elif schema.get('additionalProperties') is False:
                yield '%s may not have %s' % (path, name)
    if isinstance(value, list):
        if not schema.get('minItems', 0) <= len(value) <= schema.get('maxItems', len(value)):
            yield '%s has %d elements' % (path, len(value))
        if schema.get('uniqueItems') and len({json.dumps(v, sort_keys=True) for v in value}) < len(value):
            yield '%s has an element twice' % path
        for i, element in enumerate(value):
            one = schema['prefixItems'][i] if i < len(schema.get('prefixItems', [])) else schema.get('items')
            if one:
                yield from check(element, one, '%s[%d]' % (path, i))
