using System.Buffers;
using System.Text.Json;
using DistGan.Worker.Metrics;

namespace DistGan.Worker.Replicas;

/// <summary>One line of evaluation.jsonl.</summary>
internal static class EvaluationLine
{
    public static ReadOnlyMemory<byte> Write(int replica, long epoch, long step, long images, DateTimeOffset time, Evaluation evaluation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("replica", replica);
            json.WriteNumber("epoch", epoch);
            json.WriteNumber("step", step);
            json.WriteNumber("images", images);
            json.WriteString("time", time.UtcDateTime);
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
