using System.Text.Json;
using DistGan.Silo.Documents;

namespace DistGan.Silo.Web.Studies;

/// <summary>What a page needs of study.json and of the files beside it. The console writes them, perhaps just now.</summary>
internal sealed record StudyPlanFile
{
    private const string CurrentSchema = "distgan.study-plan/1";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string Schema { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Recipe { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    public string Command { get; init; } = "";

    public string? Baseline { get; init; }

    public IReadOnlyList<Configuration> Configurations { get; init; } = [];

    /// <summary>The plan; null where the file is none of a version that is known.</summary>
    public static StudyPlanFile? TryRead(string path)
    {
        try
        {
            return TryParse(path)?.Deserialize<StudyPlanFile>(Options) is { Schema: CurrentSchema } plan ? plan : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first score of the best configuration.</summary>
    public static StudyScore? BestOf(JsonElement results)
    {
        if (Text(results, "best") is not { } best || !results.TryGetProperty("configurations", out var all) || all.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var configuration = all.EnumerateArray().FirstOrDefault(one => Text(one, "name") == best);
        return Member(configuration, "scores") is { ValueKind: JsonValueKind.Object } scores && scores.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } first && Member(first.Value, "final") is { } final
            ? new() { Configuration = best, Score = first.Name, Mean = Number(final, "mean"), StandardDeviation = Number(final, "standard_deviation") }
            : null;
    }

    /// <summary>A file as JSON; null where there is none, where it is a link, or where it is no JSON.</summary>
    public static JsonElement? TryParse(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, LinkTarget: null } ? JsonDocument.Parse(ReadShared(path)).RootElement : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a file that another process may be writing to.</summary>
    public static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>A text of an object; null where it has none.</summary>
    public static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static JsonElement? Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;

    internal sealed record Configuration
    {
        public string Name { get; init; } = "";

        public IReadOnlyList<Run> Runs { get; init; } = [];
    }

    internal sealed record Run
    {
        public string Name { get; init; } = "";

        public long Seed { get; init; }
    }
}
