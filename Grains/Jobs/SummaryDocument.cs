using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Grains.Jobs;

/// <summary>summary.json.</summary>
public static class SummaryDocument
{
    private const string Schema = "distgan.summary/1";

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8 JSON.</summary>
    /// <param name="summary">The job.</param>
    /// <param name="time">When it was so.</param>
    public static byte[] Write(JobSummary summary, DateTimeOffset time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writer.WriteString("job", summary.Job.Value);
            writer.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(summary.State.ToString()));
            writer.WriteString("time", time.UtcDateTime);
            writer.WriteNumber("steps", summary.Steps);
            writer.WriteNumber("images", summary.Images);
            writer.WriteFinite("seconds", summary.Seconds);
            writer.WriteFinite("images_per_second", summary.ImagesPerSecond);
            writer.WriteValues("scores", summary.Scores);
            writer.WriteStartObject("files");
            foreach (var (role, file) in summary.Files.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(role, file);
            }

            writer.WriteEndObject();
            writer.WriteString("failure", summary.Failure);
            WriteReplicas(writer, summary);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Numbers as numbers; nothing where the replica has the recipe's own values.</summary>
    private static void WriteOverrides(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> overrides)
    {
        if (overrides.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("overrides");
        foreach (var (key, value) in overrides.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                writer.WriteNumber(key, number);
            }
            else
            {
                writer.WriteString(key, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteReplicas(Utf8JsonWriter writer, JobSummary summary)
    {
        if (summary.BestReplica is { } best)
        {
            writer.WriteNumber("best_replica", best);
        }
        else
        {
            writer.WriteNull("best_replica");
        }

        writer.WriteStartArray("replicas");
        foreach (var replica in summary.Replicas)
        {
            writer.WriteStartObject();
            writer.WriteNumber("replica", replica.Replica);
            writer.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(
                replica.Outcome?.ToString() ?? (replica.Waiting ? nameof(JobState.Waiting) : nameof(JobState.Running))));
            writer.WriteNumber("step", replica.Step);
            writer.WriteNumber("images", replica.Images);
            writer.WriteFinite("seconds", replica.Seconds);
            writer.WriteValues("scores", replica.Scores);
            writer.WriteString("failure", replica.Failure);
            WriteOverrides(writer, replica.Overrides);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
