using System.Text.Json.Nodes;

namespace DistGan.Silo.Documents;

/// <summary>A job to be submitted.</summary>
public sealed record SubmitRequest
{
    /// <summary>The recipe: its keys as an object, or a text in YAML or JSON. Without recipe and preset, the preset fashion.</summary>
    public JsonNode? Recipe { get; init; }

    /// <summary>A recipe that comes with the program.</summary>
    public string? Preset { get; init; }

    /// <summary>Overrides, KEY=VALUE each with dotted keys.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>The job's name, and its identity: submitting the same again changes nothing. Without it, the recipe's name, with a number where that is taken.</summary>
    public string? Job { get; init; }

    /// <summary>Whose share of the slots it uses; who has signed in uses his own.</summary>
    public string? User { get; init; }

    /// <summary>A waiting job of a higher priority gets its slots first; -100 to 100.</summary>
    public int Priority { get; init; }
}
