using System.Text;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Runs;

/// <summary>
/// Reads the metrics that replicas append. A replica that died may leave a torn line, and one that went back to a snapshot
/// leaves lines of steps that were done again: both are dropped.
/// </summary>
public static class MetricsReader
{
    /// <summary>The lines of one replica that count, in the order of their steps.</summary>
    /// <param name="content">The bytes of metrics/rN.jsonl.</param>
    public static IReadOnlyList<JsonElement> Effective(ReadOnlySpan<byte> content)
    {
        var kept = new List<Line>();
        var newest = long.MinValue;
        foreach (var text in Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(text) is not { } line || line.Epoch < newest)
            {
                continue;
            }

            newest = line.Epoch;
            // What is kept ascends by step, so only its end can be replaced.
            var end = kept.FindLastIndex(older => older.Step < line.Step) + 1;
            var stays = kept[end..].Where(older => !line.Replaces(older)).ToList();
            kept.RemoveRange(end, kept.Count - end);
            kept.AddRange(stays);
            kept.Add(line);
        }

        return [.. kept.Select(line => line.Json)];
    }

    /// <summary>Writes metrics.jsonl, the merge of all replicas by step and then by replica; again where another replica did so in between.</summary>
    public static async Task MergeAsync(IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        var name = $"{prefix}{RunFiles.MergedMetrics}";
        string? written;
        do
        {
            var before = await store.GetAsync(name, cancellationToken);
            var merged = await ReadAllAsync(store, prefix, cancellationToken);
            written = await store.PutAsync(name, merged, before is null ? PutCondition.IfAbsent : PutCondition.IfTag(before.Tag), cancellationToken);
        }
        while (written is null);
    }

    private static async Task<byte[]> ReadAllAsync(IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        var lines = new List<JsonElement>();
        await foreach (var name in store.ListAsync($"{prefix}metrics/", cancellationToken))
        {
            if (name.EndsWith(".jsonl", StringComparison.Ordinal) && await store.GetAsync(name, cancellationToken) is { } file)
            {
                lines.AddRange(Effective(file.Content.Span));
            }
        }

        var merged = lines.OrderBy(line => line.GetProperty("step").GetInt64()).ThenBy(line => line.GetProperty("replica").GetInt32());
        var text = string.Concat(merged.Select(line => line.GetRawText() + "\n"));
        return Encoding.UTF8.GetBytes(text);
    }

    private static Line? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty("epoch", out var epoch) && epoch.TryGetInt64(out var epochNumber)
                && json.TryGetProperty("step", out var step) && step.TryGetInt64(out var stepNumber)
                && json.TryGetProperty("replica", out var replica) && replica.TryGetInt32(out _)
                ? new Line(epochNumber, stepNumber, json.Clone())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(long Epoch, long Step, JsonElement Json)
    {
        private static readonly HashSet<string> Fixed = new(StringComparer.Ordinal) { "replica", "epoch", "step", "images", "seconds" };

        /// <summary>
        /// Later steps were done again. At the same step a newer epoch did them again too, and so did the same epoch when it
        /// tells the same values; an evaluation beside the round's report tells others.
        /// </summary>
        public bool Replaces(Line older)
            => older.Step > Step || (older.Step == Step && (older.Epoch < Epoch || Names(older.Json).Intersect(Names(Json)).Any()));

        private static IEnumerable<string> Names(JsonElement json)
            => json.EnumerateObject().Select(property => property.Name).Where(name => !Fixed.Contains(name));
    }
}
