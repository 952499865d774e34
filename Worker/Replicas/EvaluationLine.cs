using System.Buffers;
using System.Text.Json;
using DistGan.Hosting.Runs;

namespace DistGan.Worker.Replicas;

/// <summary>One line of evaluation.jsonl, written while training or by a later evaluation of a snapshot.</summary>
public static class EvaluationLine
{
    /// <summary>Source of a line that training wrote.</summary>
    public const string Training = "train";

    /// <summary>Source of a line about a snapshot, written by the command evaluate; its score is no part of the run's course.</summary>
    public const string Command = "evaluate";

    /// <summary>UTF-8 JSON with a line end; a value that is not finite is null.</summary>
    public static ReadOnlyMemory<byte> Write(
        int replica, long epoch, long step, long images, DateTimeOffset time, Evaluation evaluation, string source = Training)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("replica", replica);
            json.WriteNumber("epoch", epoch);
            json.WriteNumber("step", step);
            json.WriteNumber("images", images);
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("source", source);
            json.WriteStartObject("scores");
            foreach (var (name, value) in evaluation.Scores)
            {
                MetricsLine.WriteValue(json, name, value);
            }

            json.WriteEndObject();
            json.WritePropertyName("provenance");
            evaluation.Provenance.WriteTo(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
