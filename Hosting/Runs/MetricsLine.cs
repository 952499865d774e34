using System.Buffers;
using System.Text.Json;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Hosting.Runs;

/// <summary>One line of metrics/rN.jsonl.</summary>
public static class MetricsLine
{
    /// <summary>UTF-8 JSON with a line end; a value that is not finite is null.</summary>
    public static ReadOnlyMemory<byte> Write(ReplicaProgress progress)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("replica", progress.Replica);
            json.WriteNumber("epoch", progress.Epoch);
            json.WriteNumber("step", progress.Step);
            json.WriteNumber("images", progress.Images);
            json.WriteNumber("seconds", Math.Round(progress.Seconds, 3));
            foreach (var (name, value) in progress.Values)
            {
                WriteValue(json, name, value);
            }

            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    public static void WriteValue(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
