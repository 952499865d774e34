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

    /// <summary>Every replica's champions lie below it.</summary>
    public const string ChampionsPrefix = "champions/";

    /// <summary>The folder of a replica's champions, ending in '/'.</summary>
    public static string ChampionsOf(int replica) => string.Create(CultureInfo.InvariantCulture, $"{ChampionsPrefix}r{replica}/");

    /// <summary>The list of a replica's champions.</summary>
    public static string ChampionIndex(int replica) => $"{ChampionsOf(replica)}champions.json";

    /// <summary>The weights of a champion; never written twice with other contents.</summary>
    public static string Champion(int replica, int mode, long step, long epoch)
        => string.Create(CultureInfo.InvariantCulture, $"{ChampionsOf(replica)}mode-{mode}-step-{step:D8}-e{epoch}.safetensors");

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
