using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Export;
using DistGan.Training.Native;
using DistGan.Training.Steps;

namespace DistGan.Client.Commands;

/// <summary><c>export RUN_DIR</c>: the trained generator for use elsewhere.</summary>
public static class ExportCommand
{
    private const string Schema = "distgan.export/1";

    /// <summary>How each format is written.</summary>
    private static readonly Dictionary<string, Action<Stream, TrainedGenerator, IReadOnlyDictionary<string, string>>> Formats = new()
    {
        ["safetensors"] = GeneratorFile.Write,
        ["onnx"] = OnnxFile.Write,
    };

    public static CommandEntry Create(CommandConsole console)
    {
        var folder = RunOrJob.Argument();
        var format = new Option<string>("--format") { Description = "safetensors: weights by name; onnx: a model that other programs run.", HelpName = string.Join('|', Formats.Keys), Required = true };
        format.Validators.Add(static result =>
        {
            if (result.ReadableValue<string>() is { } name && !Formats.ContainsKey(name))
            {
                result.AddError($"--format {name}: allowed are {string.Join(", ", Formats.Keys)}.");
            }
        });
        var file = new Option<string>("--out") { Description = "The file to write; one that exists is replaced.", HelpName = "FILE", Required = true };
        var replica = new Option<int?>("--replica") { Description = "Whose generator; the one with the best last evaluation without it.", HelpName = "N" };
        var raw = new Option<bool>("--raw") { Description = "The weights of the last step, where the run has a moving average of them." };
        var command = new Command("export", "Writes the trained generator to a file for use elsewhere.")
        {
            folder, format, file, replica, raw, ClusterArguments.Cluster, CommonOptions.Output,
        };
        command.Validators.Add(result => RefuseOtherFormat(result, result.ReadableValue(format), result.ReadableValue(file)));
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(
            console,
            parsed.GetValue(CommonOptions.Output),
            new(await RunOrJob.FolderAsync(console, parsed, parsed.GetRequiredValue(folder), JobParts.Snapshots, cancellationToken), parsed.GetRequiredValue(format), parsed.GetRequiredValue(file), parsed.GetValue(replica), parsed.GetValue(raw)),
            cancellationToken));
        return new(command,
        [
            new("distgan export runs/fashion --format onnx --out clothes.onnx", "a model: z [N, 64] in, images [N, 1, 28, 28] in [-1, 1] out"),
            new("distgan export runs/fashion --format safetensors --out clothes.safetensors", "weights and statistics by name, with the recipe"),
        ]);
    }

    /// <summary>A name that says another format would mislead whoever opens it; any other name is the user's choice.</summary>
    private static void RefuseOtherFormat(CommandResult result, string? format, string? file)
    {
        var extension = Path.GetExtension(file ?? "").TrimStart('.').ToLowerInvariant();
        if (format is not null && Formats.ContainsKey(format) && extension != format && Formats.ContainsKey(extension))
        {
            result.AddError($"--out {file}: the extension says {extension} and --format says {format}; name a .{format} file, or give --format {extension}.");
        }
    }

    private static async Task<int> RunAsync(CommandConsole console, OutputFormat output, Wish wish, CancellationToken cancellationToken)
    {
        var run = await TrainedRun.OpenAsync(wish.Folder, wish.Replica, console.Error.WriteLine, cancellationToken);
        NativeBackend.Load();
        console.Error.WriteLine($"exporting the generator of step {run.Step}, replica {run.Replica}");
        using var generator = await run.OpenGeneratorAsync(cancellationToken, averaged: !wish.Raw);
        var averaged = !wish.Raw && run.Recipe.Techniques.Ema is not null;
        var metadata = ExportMetadata.Of(generator, run.Step, run.Replica, run.WeightsSha256(averaged), averaged);
        var path = Path.GetFullPath(wish.File);
        ReplacedFile.Write(path, stream => Formats[wish.Format](stream, generator, metadata));
        var shown = CommandForm.PathOf(path, Environment.CurrentDirectory);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(wish.Format, shown, path, metadata));
            return ExitCodes.Done;
        }

        console.Out.WriteLine($"{shown}  {Text.Bytes(new FileInfo(path).Length)}, {metadata["weights"]} weights of step {run.Step}, latents {metadata["latent_size"]} {metadata["latent_distribution"]}{(metadata.TryGetValue(ExportMetadata.InputColumnsKey, out var columns) ? $", input {columns}" : "")}, samples {metadata[ExportMetadata.SampleShapeKey]}");
        return ExitCodes.Done;
    }

    private static JsonObject Document(string format, string shown, string path, IReadOnlyDictionary<string, string> metadata)
    {
        using var file = File.OpenRead(path);
        var document = new JsonObject
        {
            ["schema"] = Schema,
            ["file"] = shown,
            ["format"] = format,
            ["bytes"] = file.Length,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(file)),
            ["step"] = long.Parse(metadata["step"], System.Globalization.CultureInfo.InvariantCulture),
            ["replica"] = int.Parse(metadata["replica"], System.Globalization.CultureInfo.InvariantCulture),
            ["weights"] = metadata["weights"],
            ["weights_sha256"] = metadata["weights_sha256"],
            ["recipe_sha256"] = metadata[ExportMetadata.RecipeSha256Key],
            ["sample_shape"] = JsonNode.Parse(metadata[ExportMetadata.SampleShapeKey]),
            ["latent_size"] = int.Parse(metadata["latent_size"], System.Globalization.CultureInfo.InvariantCulture),
            ["latent_distribution"] = metadata["latent_distribution"],
        };
        foreach (var key in new[] { ExportMetadata.InputColumnsKey, ExportMetadata.ClassCountsKey, ExportMetadata.ClassNamesKey }.Where(metadata.ContainsKey))
        {
            document[key] = JsonNode.Parse(metadata[key]);
        }

        return document;
    }

    private sealed record Wish(string Folder, string Format, string File, int? Replica, bool Raw);
}
