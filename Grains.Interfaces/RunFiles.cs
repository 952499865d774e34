using System.Globalization;

namespace DistGan.Grains.Interfaces;

/// <summary>Names of the objects of a run, relative to its folder.</summary>
public static class RunFiles
{
    public const string Recipe = "recipe.yaml";
    public const string Events = "events.jsonl";
    public const string Summary = "summary.json";
    public const string MergedMetrics = "metrics.jsonl";
    public const string Evaluation = "evaluation.jsonl";
    public const string SamplesPrefix = "samples/";
    public const string Manifest = "manifest.json";

    /// <summary>Weights that the run began with.</summary>
    public const string StartWeights = "start/weights.safetensors";

    public static string Metrics(int replica) => string.Create(CultureInfo.InvariantCulture, $"metrics/r{replica}.jsonl");

    /// <summary>The folder of a replica's pictures, ending in '/': those of replica 0 lie in samples/ itself.</summary>
    public static string SamplesOf(int replica)
        => replica == 0 ? SamplesPrefix : string.Create(CultureInfo.InvariantCulture, $"{SamplesPrefix}r{replica}/");

    public static string Samples(int replica, long step) => string.Create(CultureInfo.InvariantCulture, $"{SamplesOf(replica)}step-{step:D8}.png");

    public static string SnapshotsOf(int replica) => string.Create(CultureInfo.InvariantCulture, $"snapshots/r{replica}/");

    /// <summary>The folder of one snapshot, ending in '/'.</summary>
    public static string Snapshot(int replica, long step, long epoch)
        => string.Create(CultureInfo.InvariantCulture, $"snapshots/r{replica}/step-{step:D8}-e{epoch}/");
}
