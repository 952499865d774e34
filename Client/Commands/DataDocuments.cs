using System.Text.Json.Nodes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Commands;

/// <summary>Parts that the documents of the data commands share.</summary>
internal static class DataDocuments
{
    public static JsonArray Shape(SampleShape shape) => shape.IsImage ? [shape.Channels, shape.Height, shape.Width] : [shape.Channels];

    public static JsonNode File(DataFile file) => new JsonObject
    {
        ["name"] = file.Name,
        ["bytes"] = file.Bytes,
        ["sha256"] = file.Sha256,
        ["addresses"] = new JsonArray([.. file.Addresses.Select(static address => (JsonNode)address)]),
    };
}
