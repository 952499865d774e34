using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Client.Display;
using TorchSharp;

namespace DistGan.Client.Runs.Contents;

/// <summary>machine.json: where a run was trained. Figures such as images per second mean little without it.</summary>
public static class MachineFacts
{
    /// <summary>The file, relative to the run folder.</summary>
    public const string FileName = "machine.json";

    private const string Schema = "distgan.machine/1";

    /// <summary>Writes down this machine, over what an earlier part of the run wrote.</summary>
    /// <param name="runFolder">The run.</param>
    /// <param name="device">cpu, cuda or cuda:I.</param>
    public static void Write(string runFolder, string device)
    {
        var document = new JsonObject
        {
            ["schema"] = Schema,
            ["system"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            ["processor"] = Processor(),
            ["cores"] = Environment.ProcessorCount,
            ["memory"] = Text.Bytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
            ["device"] = device,
            ["dotnet"] = Environment.Version.ToString(),
            ["libtorch"] = torch.__version__,
            ["torchsharp"] = typeof(torch).Assembly.GetName().Version?.ToString(3),
            ["distgan"] = typeof(MachineFacts).Assembly.GetName().Version?.ToString(3),
        };
        WholeFile.Write(Path.Combine(runFolder, FileName), document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>What was written down, by name; empty where nothing was.</summary>
    public static IReadOnlyList<(string Name, string Value)> Read(string runFolder)
    {
        var text = System.Text.Encoding.UTF8.GetString(JsonLines.Bytes(Path.Combine(runFolder, FileName)));
        return JsonLines.Object(text) is { } json
            ? [.. json.EnumerateObject()
                .Where(static property => property.Name != "schema" && property.Value.ValueKind is (JsonValueKind.String or JsonValueKind.Number))
                .Select(static property => (property.Name, property.Value.ToString()))]
            : [];
    }

    private static string? Processor()
    {
        const string Source = "/proc/cpuinfo";
        const string Key = "model name";
        var line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(static text => text.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
