using System.Text.Json.Nodes;
using DistGan.Recipes.Binding;

namespace DistGan.Recipes;

/// <summary>The parts of the schema: what each form of key may hold.</summary>
internal static class SchemaNodes
{
    /// <summary>A mapping with the keys of a part and no others.</summary>
    /// <param name="part">The part with its defaults.</param>
    /// <param name="kind">The kind that it is, where there are several.</param>
    /// <param name="isNamed">Whether the mapping must say its kind.</param>
    public static JsonObject OfPart(object part, string? kind = null, bool isNamed = false)
    {
        var properties = new JsonObject();
        if (kind is not null)
        {
            properties[KindCatalog.Key] = new JsonObject { ["const"] = kind };
        }

        foreach (var member in RecipePart.Of(part.GetType()).Members)
        {
            properties[member.Key] = OfMember(member, member.Get(part));
        }

        var node = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (isNamed)
        {
            node["required"] = new JsonArray(KindCatalog.Key);
        }

        return node;
    }

    private static JsonObject OfMember(RecipeMember member, object? value)
    {
        var node = new JsonObject { ["description"] = member.Description };
        if (DefaultOf(member, value, out var written))
        {
            node["default"] = written;
        }

        foreach (var (key, rule) in Rules(member, value).ToList())
        {
            node[key] = rule?.DeepClone();
        }

        return node;
    }

    private static JsonObject Rules(RecipeMember member, object? value) => member.Form switch
    {
        MemberForm.Integer or MemberForm.Number => OfNumber(member),
        MemberForm.Text => OfText(member),
        MemberForm.List => AnyOf(OfText(member), new JsonObject { ["type"] = "array", ["items"] = OfText(member), ["minItems"] = 1, ["uniqueItems"] = true }),
        MemberForm.Part => OfSubpart(member, value),
        MemberForm.Kinds => OfKinds(member, value),
        _ => [],
    };

    private static JsonObject OfNumber(RecipeMember member)
    {
        var number = new JsonObject { ["type"] = Typed(member, member.Form == MemberForm.Integer ? "integer" : "number") };
        if (member.Range is { } range)
        {
            number[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = Number(member.Minimum);
            if (member.Maximum < Bounds.Unbounded)
            {
                number[range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum"] = Number(member.Maximum);
            }
        }

        return member.IsAuto ? AnyOf(number, new JsonObject { ["const"] = AutoAttribute.Word }) : number;
    }

    private static JsonObject OfText(RecipeMember member)
    {
        if (member.Names.Count > 0)
        {
            var names = new JsonArray([.. member.Names.Select(static name => (JsonNode)name)]);
            if (member.IsOptional)
            {
                names.Add(null);
            }

            return new JsonObject { ["enum"] = names };
        }

        var text = new JsonObject { ["type"] = Typed(member, "string") };
        if (member.Pattern is { } pattern)
        {
            text["pattern"] = pattern.Pattern;
        }

        return text;
    }

    private static JsonObject OfSubpart(RecipeMember member, object? value)
    {
        var part = OfPart(value ?? RecipePart.Of(member.Type).Default());
        return member.IsOptional ? AnyOf(part, Switch()) : part;
    }

    /// <summary>A name, or a mapping with the options of that kind; the kind that is there already need not be named.</summary>
    private static JsonObject OfKinds(RecipeMember member, object? value)
    {
        var catalog = KindCatalog.Of(member.Type);
        var current = value is null ? null : catalog.KindOf(value);
        List<JsonObject> forms = [new JsonObject { ["enum"] = new JsonArray([.. catalog.Makers.Keys.Select(static kind => (JsonNode)kind)]) }];
        forms.AddRange(catalog.Makers.Select(kind => OfPart(kind.Key == current ? value! : kind.Value(), kind.Key, kind.Key != current)));
        if (member.IsOptional)
        {
            forms.Add(Switch());
        }

        return AnyOf([.. forms]);
    }

    private static bool DefaultOf(RecipeMember member, object? value, out JsonNode? written)
    {
        written = (value, member.Form) switch
        {
            (null, _) => member.IsAuto ? AutoAttribute.Word : null,
            (_, MemberForm.Kinds) => KindCatalog.Of(member.Type).KindOf(value),
            (IEnumerable<string> texts, MemberForm.List) => new JsonArray([.. texts.Select(static text => (JsonNode)text)]),
            (string text, _) => text,
            (int or long or double, _) => JsonNode.Parse(Scalars.Write(value)),
            _ => null,
        };
        return value is null || written is not null;
    }

    private static JsonObject AnyOf(params JsonObject[] forms) => new() { ["anyOf"] = new JsonArray([.. forms]) };

    /// <summary>true is on, false and null are off.</summary>
    private static JsonObject Switch() => new() { ["type"] = new JsonArray("boolean", "null") };

    private static JsonNode Typed(RecipeMember member, string type) => member.IsOptional ? new JsonArray(type, "null") : (JsonNode)type;

    private static JsonNode Number(double number) => JsonNode.Parse(Scalars.Write(number))!;
}
