using System.Text;

namespace DistGan.EndToEnd.Tests.Telemetry;

/// <summary>Reads spans out of the body of an OTLP request: protobuf, of which a few fields are enough here.</summary>
internal static class SpanReader
{
    /// <summary>A span as it was sent.</summary>
    internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name);

    /// <summary>The spans of an ExportTraceServiceRequest.</summary>
    public static IReadOnlyList<Span> Read(byte[] body) => [.. Fields(body, 1).SelectMany(OfResource)];

    private static IEnumerable<Span> OfResource(byte[] resourceSpans)
    {
        var attributes = Fields(resourceSpans, 1).SelectMany(static resource => Fields(resource, 1));
        var service = attributes.Where(static pair => Text(Fields(pair, 1)) == "service.name").Select(static pair => Text(Fields(Fields(pair, 2)[0], 1))).SingleOrDefault() ?? "";
        return Fields(resourceSpans, 2).SelectMany(static scope => Fields(scope, 2))
            .Select(span => new Span(service, Hex(Fields(span, 1)), Hex(Fields(span, 2)), Hex(Fields(span, 4)), Text(Fields(span, 5))));
    }

    private static string Hex(List<byte[]> values) => values.Count == 0 ? "" : Convert.ToHexStringLower(values[0]);

    private static string Text(List<byte[]> values) => values.Count == 0 ? "" : Encoding.UTF8.GetString(values[0]);

    /// <summary>The contents of a field of variable length, each time that it occurs.</summary>
    private static List<byte[]> Fields(ReadOnlySpan<byte> message, int wanted)
    {
        var found = new List<byte[]>();
        while (!message.IsEmpty)
        {
            var key = Varint(ref message);
            switch (key & 7)
            {
                case 0:
                    _ = Varint(ref message);
                    break;
                case 1:
                    message = message[sizeof(ulong)..];
                    break;
                case 5:
                    message = message[sizeof(uint)..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    if ((int)(key >> 3) == wanted)
                    {
                        found.Add(message[..length].ToArray());
                    }

                    message = message[length..];
                    break;
                default:
                    throw new InvalidDataException($"No protobuf of today has the wire type {key & 7}.");
            }
        }

        return found;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
